"""Step 4, evidence: whose policy, plan or report it is: by label, municipality, company named most, or brand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from compliance.evidence.facts import Fact
from compliance.evidence.holder import announced, named_companies
from compliance.evidence.kinds import kinds, titles
from compliance.evidence.labelled import fact_at, on_line
from compliance.evidence.labels import unaccented
from compliance.evidence.layout import Page
from compliance.evidence.names import core_name, plausible, web_names

_MUNICIPALITY = re.compile(r"[A-ZÅÄÖ][\w-]+s? kommun\b")
_COMMON_HOSTS = frozenset(
    {
        "google",
        "microsoft",
        "youtube",
        "facebook",
        "linkedin",
        "gmail",
        "outlook",
        "hotmail",
        "adobe",
        "apple",
        "iso",
    }
)
_BESIDE_NAME = re.compile(r"^[\W_]*(?:för|for|of|hos|by|at)?\s+|[\W_]*(?:19|20)\d\d.*$|[\s\W]+$")
OFTEN = 3  # mentions that make a name the document's own
BRAND_WORDS = 4


def policy_holders(pages: Sequence[Page]) -> Iterator[Fact]:
    """Candidates for who adopted the document, the best founded first."""
    for page in pages[:2]:
        yield from announced(page, "")
    yield from _most_named(pages, _MUNICIPALITY)
    brand = _brand(pages)
    companies = list(named_companies(pages, ""))
    if brand is not None:
        told = core_name(brand.value)
        companies.sort(key=lambda fact: told not in core_name(fact.value))
    yield from companies
    if brand is not None:
        yield brand


def _most_named(pages: Sequence[Page], pattern: re.Pattern[str]) -> Iterator[Fact]:
    found = [
        fact_at("holder", match.group(), on_line(page, line, match.start(), match.end()), 0.7)
        for page in pages[:12]
        for line in page.lines
        for match in pattern.finditer(line.text)
    ]
    counts = Counter(fact.value for fact in found)
    yield from (
        fact for fact in found if counts[fact.value] >= OFTEN and fact.value == counts.most_common(1)[0][0]
    )


def _brand(pages: Sequence[Page]) -> Fact | None:
    """The name in the document's own web or mail address when the text uses it, else the rest of the title."""
    text = "\n".join(page.text for page in pages[:30])
    hosts = Counter(host.casefold() for host in web_names(text))
    for host, _ in hosts.most_common(3):
        found = None if host in _COMMON_HOSTS else _word_like(pages, host)
        if found is not None:
            return found
    return _rest_of_title(pages, text)


def _word_like(pages: Sequence[Page], host: str) -> Fact | None:
    pattern = re.compile(rf"(?<![\w.@/-]){re.escape(host)}(?![\w@-]|\.\w)", re.IGNORECASE)
    found = (
        fact_at("holder", match.group(), on_line(page, line, match.start(), match.end()), 0.6)
        for page in pages
        for line in page.lines
        for match in pattern.finditer(line.text)
        if match.group()[0].isupper()
    )
    return next(found, None)


def _rest_of_title(pages: Sequence[Page], text: str) -> Fact | None:
    """'Code of conduct for Exempel', 'Miljöpolicy Exempel': what is left of the title, if the text repeats it."""
    for title in titles(pages)[:4]:
        line = title.line.text
        match = next((m for kind in kinds() for m in [kind.title.search(unaccented(line))] if m), None)
        if match is None:
            continue
        for rest in (line[match.end() :], line[: match.start()]):
            name = _BESIDE_NAME.sub("", rest).strip(" -–|:")
            if _is_brand(name, text):
                at = line.find(name)
                return fact_at("holder", name, on_line(title.page, title.line, at, at + len(name)), 0.5)
    return None


def _is_brand(name: str, text: str) -> bool:
    if not name or not plausible(name) or len(name.split()) > BRAND_WORDS:
        return False
    return text.count(name.split(maxsplit=1)[0]) >= OFTEN
