"""Step 4, evidence: who issued a certificate: a known body, a body that is announced, a company named as one."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from compliance.evidence.facts import Fact
from compliance.evidence.labelled import Value, fact_at, on_line, values_after
from compliance.evidence.labels import Labels
from compliance.evidence.layout import Line, Page
from compliance.evidence.misread import is_label_word
from compliance.evidence.names import core_name, find_names, plausible, web_names
from compliance.evidence.vocabulary import vocabulary

_CERTIFIES = re.compile(r"cert(?!ain)|registrar|assur", re.IGNORECASE)
_SAYS = re.compile(
    r"(?P<who>[^.:]{0,70}?)(?:hereby |härmed )?(?:certif(?:ies|y)|confirms?|attests?|intygar|bekräftar|certifierar)"
    r"(?: hereby| härmed)?,? (?:that|att)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"^(?:we|vi)\b[\s,]*|[\s,]+$", re.IGNORECASE)
_SMALL = frozenset({"i", "och", "and", "of", "för", "for", "the", "&", "av"})
_SHORT = frozenset({"för"})  # stands between a title and the holder as well
LONGEST_SUBJECT = 7  # words
SHORTEST_HOST, LONGEST_SPELT = 3, 4  # letters; words


@cache
def _known() -> re.Pattern[str]:
    bodies: dict[str, list[str]] = vocabulary("certifiers")["bodies"]
    aliases = {alias for listed in bodies.values() for alias in listed}
    names = sorted(aliases | {alias.upper() for alias in aliases}, key=len, reverse=True)
    return re.compile(rf"(?<![\w./@-])(?:{'|'.join(map(re.escape, names))})(?![\w@-]|\.\w)")


@cache
def _announced() -> re.Pattern[str]:
    words = sorted(vocabulary("certifiers")["announced"], key=len, reverse=True)
    spaced = "|".join(r"\s".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<![^\W_])(?:{spaced})(?:\s?:)?\s+", re.IGNORECASE)


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, vocabulary('certifiers')['telling']))}|\w{{2,}}cert)(?!\w)",
        re.IGNORECASE,
    )


def issuers(pages: Sequence[Page]) -> tuple[Fact, ...]:
    """Issuers, best founded first: a known body that is announced, any known body, announced, named as one."""
    found = [fact for page in pages for line in page.lines for fact in _on_line(page, line)]
    found += [fact for page in pages for fact in (*_below_label(page), *certifying(page))]
    found += _named_in_address(pages)
    return tuple(sorted(found, key=lambda fact: -fact.confidence))


def _below_label(page: Page) -> Iterator[Fact]:
    """A name under 'Certification body' or over it, where that stands alone."""
    for place in values_after(page, _issuer_labels(), ("issuer",)):
        head = place.quote[: len(place.quote) - len(" ".join(place.text.split()))].strip(" :.")
        if place.how == "below" and head.casefold() == place.label.casefold():
            yield from _unknown(page, place.line, place.start)


def certifying(page: Page) -> Iterator[Fact]:
    """Who 'certifies that': the name before the verb, or the line above where the verb begins its line."""
    for index, line in enumerate(page.lines):
        match = _SAYS.match(line.text)
        if match is None:
            continue
        before = match["who"].strip(" ,\t")
        if before:
            yield from _named_as_subject(page, line, before)
        elif index:
            yield from _named_as_subject(page, page.lines[index - 1], page.lines[index - 1].text.strip())


def _named_as_subject(page: Page, line: Line, text: str) -> Iterator[Fact]:
    name = _WE.sub("", text)
    if not name or "\t" in name or not plausible(name) or all(map(is_label_word, name.split())):
        return
    if len(name.split()) > LONGEST_SUBJECT or not all(
        word[0].isupper() or word in _SMALL for word in name.split()
    ):
        return
    at = line.text.find(name)
    yield fact_at("issuer", name, on_line(page, line, at, at + len(name)), 0.8)


@cache
def _issuer_labels() -> Labels:
    return Labels(
        {"issuer": [label for label in vocabulary("certifiers")["announced"] if label not in _SHORT]}
    )


def _named_in_address(pages: Sequence[Page]) -> Iterator[Fact]:
    """The words that spell a certifier's web address ('Exempel Cert', exempelcert.se), or its company's first word."""
    text = "\n".join(page.text for page in pages)
    hosts = {host.casefold().replace("-", "") for host in web_names(text) if _CERTIFIES.search(host)}
    for page in pages if hosts else ():
        for line in page.lines:
            yield from _spelling(page, line, hosts)


def _spelling(page: Page, line: Line, hosts: Collection[str]) -> Iterator[Fact]:
    for name in find_names(line.text):
        first = core_name(name.name).partition(" ")[0]
        if len(first) >= SHORTEST_HOST and any(host.startswith(first) for host in hosts):
            yield fact_at("issuer", name.name, on_line(page, line, name.start, name.end), 0.85)
    for at, start in enumerate(line.starts):
        for more in range(1, LONGEST_SPELT + 1):
            words = line.words[at : at + more]
            spelt = "".join(re.sub(r"[\W_]", "", word.text) for word in words).casefold()
            if spelt in hosts and words[0].text[0].isupper():
                end = line.starts[at + len(words) - 1] + len(words[-1].text)
                yield fact_at("issuer", line.text[start:end], on_line(page, line, start, end), 0.82)


def _on_line(page: Page, line: Line) -> Iterator[Fact]:
    for match in _known().finditer(line.text):
        announced = any(m.end() == match.start() for m in _announced().finditer(line.text))
        place = on_line(page, line, match.start(), match.end())
        company = next((n for n in find_names(line.text) if n.start == match.start()), None)
        if company is not None and company.end > match.end():
            place = on_line(page, line, company.start, company.end)
        yield fact_at("issuer", place.text, place, 0.97 if announced else 0.93)
    for match in _announced().finditer(line.text):
        yield from _unknown(page, line, match.end())
    for name in find_names(line.text):
        if _telling().search(name.name):
            yield fact_at("issuer", name.name, on_line(page, line, name.start, name.end), 0.8)


def _unknown(page: Page, line: Line, start: int) -> Iterator[Fact]:
    """A name after 'assessed by' that is in no list: with its legal form, or words in capitals."""
    rest = line.text[start:].split("\t")[0]
    named = next((name for name in find_names(rest) if name.start == 0), None)
    capitals = re.match(r"(?:[A-ZÅÄÖ][\w.&-]+\s?){1,4}(?=$|[\s,.)])", rest)
    text = named.name if named else (capitals.group().strip(" .,)") if capitals else "")
    if not text or not plausible(text) or text.split()[0] in vocabulary("certifiers")["accreditors"]:
        return
    if not named and all(map(is_label_word, text.split())):
        return
    at = start + rest.find(text)
    certain = 0.85 if named or _telling().search(text) or text.isupper() else 0.5
    yield fact_at(
        "issuer",
        text,
        Value(page, line, at, at + len(text), "", "line", " ".join(line.text.split())),
        certain,
    )
