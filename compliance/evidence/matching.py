"""Step 4, evidence: facts of a document against an answer; what it supports, where it differs, what it is worth.

The machine proposes: a finding is a sentence with its place, and the verdict is never `accepted` (a person's word).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from compliance.evidence.facts import N_, Fact, Part, Reading
from compliance.evidence.kinds import proves
from compliance.evidence.naming import (
    KnownSupplier,
    has_number,
    is_supplier,
    known_as,
    names_supplier,
    same_company,
)
from compliance.suppliers.calendar import add_months

Outcome = Literal["supports", "differs", "expired", "expiring", "other_holder", "not_found", "not_readable"]
Severity = Literal["info", "notice", "warning", "serious"]
Verdict = Literal["checked", "none", "expired", "wrong_holder"]

EXPIRING_DAYS = 90
SETTLED = 0.95  # a labelled number beside the holder's name, check digit right
SURE = 0.75  # confidence from which a fact may speak against an answer
UNREADABLE = frozenset({"scanned", "encrypted", "broken", "refused", "too_large", "not_pdf", "failed"})
UNCERTAIN_KINDS = frozenset({"other", "other_policy", "bundle"})


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a question expects as proof: kinds of document (empty: any), a standard, the greatest age in months."""

    kinds: frozenset[str] = frozenset()
    standard: str | None = None
    max_age_months: int | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a document is held against: the supplier, what the question expects, what the answers claim.

    `claims` maps a fact's field (standard, valid_until, certificate_number, issuer ...) to the answered text;
    dates as ISO 8601.
    """

    supplier: KnownSupplier
    expectation: Expectation = Expectation()
    claims: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: an English sentence to translate, its parameters, and the fact with its place, if any."""

    kind: Outcome
    severity: Severity
    sentence: str
    params: dict[str, str] = field(default_factory=dict)
    fact: Fact | None = None


NOT_READABLE = N_("The document could not be read by machine. A person must look at it.")
NAMES_SUPPLIER = N_("The document is about %(supplier)s.")
NAMED_WITHIN = N_("The document is issued to %(found)s and names %(supplier)s in its text.")
OTHER_HOLDER = N_("The document is issued to %(found)s, not to %(supplier)s.")
OTHER_NUMBER = N_("The document gives the organisation number %(found)s, which is not the supplier's.")
NOT_NAMED = N_("We did not find the name %(supplier)s in the document. Check that it is the right document.")
OTHER_KIND = N_(
    "The document looks like another kind than the question asks for. Check that it is the right one."
)
KIND_UNKNOWN = N_("We could not tell what kind of document this is. A person must look at it.")
STANDARD_HELD = N_("The document shows %(found)s.")
OTHER_STANDARD = N_("The document shows %(found)s, not %(wanted)s.")
NO_STANDARD = N_("We did not find %(wanted)s in the document.")
EXPIRED = N_("The document was valid until %(found)s and has expired. Upload a valid one.")
EXPIRING = N_("The document is valid until %(found)s, which is soon. Ask for a new one in time.")
VALID = N_("The document is valid until %(found)s.")
UNSURE_DATE = N_(
    "We read %(found)s as the last day of validity but are not sure. Check the date in the document."
)
NO_EXPIRY = N_("We did not find until when the document is valid.")
TOO_OLD = N_("The document is from %(found)s, which is more than %(months)s months ago. Upload a newer one.")
FRESH = N_("The document is from %(found)s.")
UNSURE_AGE = N_("We could not tell for sure how old the document is. Check its date.")
OLD_REGULATION = N_(
    "The document goes by %(found)s, which has been replaced. Check whether it has been revised."
)
ANSWER_AGREES = N_("The document gives %(found)s, as the answer does.")
ANSWER_DIFFERS = N_("The answer is %(wanted)s, but the document gives %(found)s.")


def compare(reading: Reading, proof: Proof, today: date) -> tuple[Finding, ...]:
    """Everything worth saying about a document as proof of an answer, the most serious first.

    Of a file that holds several documents the one that fits the supplier and the claim best is compared.
    """
    reading = fitting_part(reading, proof)
    if reading.state in UNREADABLE:
        return (Finding("not_readable", "notice", NOT_READABLE),)
    checks: tuple[Callable[[Reading, Proof, date], Iterator[Finding]], ...] = (
        _holder,
        _kind,
        _standard,
        _time,
        _claims,
        _regulations,
    )
    found = [finding for check in checks for finding in check(reading, proof, today)]
    order = ("serious", "warning", "notice", "info")
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def fitting_part(reading: Reading, proof: Proof) -> Reading:
    """The part of a bundle that best fits supplier, standard and kind wanted; the whole when none does."""

    def fits(part: Part) -> tuple[bool, bool, bool]:
        alone = reading.only(part)
        holder = alone.first("holder")
        ours = holder is not None and is_supplier(holder, proof.supplier)
        wanted = standard_number(proof.expectation.standard or proof.claims.get("standard", ""))
        shown = {standard_number(fact.value) for fact in alone.all("standard")}
        kind = bool(proof.expectation.kinds) and proves(part.kind, proof.expectation.kinds)
        return bool(wanted) and wanted in shown, kind, ours or names_supplier(alone, proof.supplier)

    best = max(reading.parts, key=lambda part: sum(fits(part)), default=None)
    return reading.only(best) if best is not None and any(fits(best)) else reading


def verdict(findings: tuple[Finding, ...]) -> Verdict:
    """What the machine may say: wrong holder, expired, checked when nothing is doubtful, else none."""
    kinds = {finding.kind for finding in findings}
    if "other_holder" in kinds:
        return "wrong_holder"
    if "expired" in kinds:
        return "expired"
    doubtful = {"differs", "not_found", "not_readable"} & kinds
    return "checked" if "supports" in kinds and not doubtful else "none"


def _holder(reading: Reading, proof: Proof, today: date) -> Iterator[Finding]:
    del today
    supplier, holder = proof.supplier, reading.first("holder")
    names = {"supplier": supplier.name, "found": holder.value if holder else ""}
    number = next(_number(reading, supplier), None)
    if number is not None:
        yield number
    if number is not None and number.kind == "other_holder":
        return
    if holder is not None and not holder.warnings and is_supplier(holder, supplier):
        yield Finding("supports", "info", NAMES_SUPPLIER, names, holder)
    elif names_supplier(reading, supplier):
        sentence = NAMED_WITHIN if holder is not None and _sure(holder) else NAMES_SUPPLIER
        yield Finding("supports", "notice" if sentence is NAMED_WITHIN else "info", sentence, names, holder)
    elif holder is not None and _sure(holder) and reading.state == "read":
        yield Finding("other_holder", "serious", OTHER_HOLDER, names, holder)
    else:
        yield Finding("not_found", "warning", NOT_NAMED, names, holder)


def _number(reading: Reading, supplier: KnownSupplier) -> Iterator[Finding]:
    """Another company's number is worth a look even when the name agrees; beside the holder's name it settles it."""
    numbers, identity = reading.all("org_number"), supplier.identity
    if (
        identity is None
        or identity.kind == "sole_trader"
        or identity.number_kind == "registration"
        or not numbers
    ):
        return
    if not any(has_number(fact, identity) for fact in numbers) and _sure(numbers[0]):
        settled = numbers[0].confidence >= SETTLED and len(numbers) == 1 and not numbers[0].warnings
        kind: Outcome = "other_holder" if settled else "differs"
        severity: Severity = "serious" if settled else "warning"
        yield Finding(kind, severity, OTHER_NUMBER, {"found": numbers[0].value}, numbers[0])


def _kind(reading: Reading, proof: Proof, today: date) -> Iterator[Finding]:
    del today
    fact = reading.first("document_type")
    if fact is None or proves(fact.value, proof.expectation.kinds):
        return
    unknown = fact.value in UNCERTAIN_KINDS
    kind: Outcome = "not_found" if unknown else "differs"
    yield Finding(kind, "notice" if unknown else "warning", KIND_UNKNOWN if unknown else OTHER_KIND, {}, fact)


def _standard(reading: Reading, proof: Proof, today: date) -> Iterator[Finding]:
    del today
    wanted = proof.expectation.standard
    if not wanted:
        return
    facts = reading.all("standard")
    held = next((fact for fact in facts if standard_number(fact.value) == standard_number(wanted)), None)
    if held is not None:
        yield Finding("supports", "info", STANDARD_HELD, {"found": held.value}, held)
    elif facts:
        yield Finding(
            "differs", "warning", OTHER_STANDARD, {"found": facts[0].value, "wanted": wanted}, facts[0]
        )
    else:
        yield Finding("not_found", "warning", NO_STANDARD, {"wanted": wanted})


def standard_number(value: str) -> str:
    """What tells standards apart: body and number, not edition ('SS-ISO 45001:2018' is ISO45001)."""
    plain = value.upper().replace("SS-", "").replace("EN ", "").replace("/IEC", "")
    return "".join(plain.split(":")[0].split())


def _time(reading: Reading, proof: Proof, today: date) -> Iterator[Finding]:
    fact = reading.first("valid_until")
    if fact is not None:
        yield _validity(fact, today)
    elif proof.expectation.max_age_months is not None:
        yield _age(reading.first("issued_on"), proof.expectation.max_age_months, today)
    elif reading.first("standard") is not None and proof.expectation.standard:
        yield Finding("not_found", "warning", NO_EXPIRY)


def _validity(fact: Fact, today: date) -> Finding:
    params = {"found": fact.value}
    if not _sure(fact):
        return Finding("not_found", "warning", UNSURE_DATE, params, fact)
    last = date.fromisoformat(fact.value)
    if last < today:
        return Finding("expired", "serious", EXPIRED, params, fact)
    if last <= today + timedelta(days=EXPIRING_DAYS):
        return Finding("expiring", "notice", EXPIRING, params, fact)
    return Finding("supports", "info", VALID, params, fact)


def _age(fact: Fact | None, months: int, today: date) -> Finding:
    """Without a last day of validity the age counts; a month or year counts from its last day."""
    if fact is None or {"ambiguous_date", "not_visible", "engines_disagree"} & set(fact.warnings):
        return Finding("not_found", "warning", UNSURE_AGE, {}, fact)
    params = {"found": fact.value, "months": str(months)}
    if add_months(_last_day(fact.value), months) < today:
        return Finding("expired", "serious", TOO_OLD, params, fact)
    return Finding("supports", "info", FRESH, params, fact)


def _last_day(value: str) -> date:
    """The last day a shortened date may mean."""
    first = date.fromisoformat((value + "-01-01")[:10])
    months = {4: 12, 7: 1}.get(len(value))
    return first if months is None else add_months(first, months) - timedelta(days=1)


def _claims(reading: Reading, proof: Proof, today: date) -> Iterator[Finding]:
    del today
    for name, wanted in proof.claims.items():
        facts = reading.all(name)
        if not facts or not wanted:
            continue
        same = next((fact for fact in facts if _agrees(name, fact.value, wanted)), None)
        if same is not None and not same.warnings:
            yield Finding("supports", "info", ANSWER_AGREES, {"found": same.value}, same)
        elif same is None:
            params = {"found": facts[0].value, "wanted": wanted}
            yield Finding("differs", "warning", ANSWER_DIFFERS, params, facts[0])


def _regulations(reading: Reading, proof: Proof, today: date) -> Iterator[Finding]:
    """Provisions that were replaced tell that nobody has gone through the document since."""
    del proof, today
    for fact in reading.all("regulation"):
        if "outdated_regulation" in fact.warnings:
            yield Finding("differs", "notice", OLD_REGULATION, {"found": fact.value}, fact)


def _agrees(name: str, found: str, wanted: str) -> bool:
    if name == "standard":
        return standard_number(found) == standard_number(wanted)
    if name in ("holder", "issuer"):
        return known_as(found, wanted) if name == "issuer" else same_company(found, wanted)
    return "".join(found.split()).casefold() == "".join(wanted.split()).casefold()


def _sure(fact: Fact) -> bool:
    return fact.confidence >= SURE and not fact.warnings
