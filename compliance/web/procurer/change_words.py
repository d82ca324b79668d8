"""A contract's fields in words, and what changed in them."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext

from compliance.storage.models import CodeOfConduct, Contract, User
from compliance.suppliers.identity import MASK
from compliance.suppliers.register_words import label, words
from compliance.web.languages import current_language
from compliance.web.procurer.requested import session
from compliance.web.procurer.term_words import terms_in_words

FIELDS = {
    "number": lazy_gettext("Contract number"),
    "case_number": lazy_gettext("Case number (diarienummer)"),
    "procurement_number": lazy_gettext("Procurement number"),
    "title": lazy_gettext("What it is about"),
    "category": lazy_gettext("Category"),
    "cpv": lazy_gettext("CPV code"),
    "value_sek": lazy_gettext("Total value"),
    "value_annual_sek": lazy_gettext("Value a year"),
    "procedure": lazy_gettext("Procedure"),
    "threshold": lazy_gettext("Threshold"),
    "priority": lazy_gettext("Priority of the follow-up"),
    "special_labour_terms": lazy_gettext("Special terms on pay, leave and working time"),
    "labour_levels": lazy_gettext("Stated levels"),
    "agreed_terms": lazy_gettext("Other terms that were agreed"),
    "code_of_conduct_id": lazy_gettext("Version of the code of conduct"),
    "fine_clause": lazy_gettext("Fine (vite) according to the contract"),
    "audit_right": lazy_gettext("Right to audit"),
    "max_tiers": lazy_gettext("Most tiers of subcontractors"),
    "sites": lazy_gettext("Where the work is done"),
    "follow_up_plan": lazy_gettext("Plan for the follow-up"),
    "follow_up_on": lazy_gettext("Next day of the plan"),
    "startup_planned_on": lazy_gettext("Start-up meeting planned for"),
    "startup_held_on": lazy_gettext("Start-up meeting held on"),
    "startup_note": lazy_gettext("Note of the start-up meeting"),
    "note": lazy_gettext("Notes"),
    "owner_id": lazy_gettext("Who is responsible here"),
    "substitute_id": lazy_gettext("Substitute"),
    "framework_id": lazy_gettext("Framework agreement"),
    "terms": lazy_gettext("Terms"),
    # of a subcontractor
    "name": lazy_gettext("Name"),
    "identity_number": lazy_gettext("Number"),
    "country": lazy_gettext("Country"),
    "tier": lazy_gettext("Tier"),
    "hired_by_id": lazy_gettext("Hired by"),
    "task": lazy_gettext("Task"),
    "starts_on": lazy_gettext("From"),
    "ends_on": lazy_gettext("To"),
    "representative": lazy_gettext("Legal representative"),
    "approval": lazy_gettext("Approval"),
    "approval_note": lazy_gettext("Reason of the approval or refusal"),
    "removed_at": lazy_gettext("Taken away from the list"),
    # of a commitment
    "kind": lazy_gettext("Kind"),
    "description": lazy_gettext("What was promised"),
    "quantity": lazy_gettext("How many"),
    "due_on": lazy_gettext("By when"),
    "reported_on": lazy_gettext("Reported on"),
    "reported_quantity": lazy_gettext("Reported number"),
    "reported_by": lazy_gettext("Reported by"),
    "verified_on": lazy_gettext("Verified on"),
    "verified_by_id": lazy_gettext("Verified by"),
}
LISTS = {
    "procedure": "procedure",
    "threshold": "threshold",
    "priority": "priority",
    "approval": "approval",
    "kind": "commitment_kind",
}
PEOPLE = frozenset({"owner_id", "substitute_id", "verified_by_id"})
MONEY = frozenset({"value_sek", "value_annual_sek"})


def changes_in_words(payload: dict[str, Any]) -> Iterable[str]:
    """One line a changed field of a contract, as the log knows it: before and after."""
    for name, change in payload.items():
        if name == "note_changed":
            yield gettext("The notes were changed.")
        elif name == "texts_changed":
            yield from (gettext("%(field)s: changed.", field=FIELDS[text]) for text in change)
        elif name == "owner_id":
            yield gettext("Somebody else is responsible for it.")
        elif name in FIELDS:
            before, after = (in_words(name, value) for value in change)
            yield gettext("%(field)s: %(before)s → %(after)s", field=FIELDS[name], before=before, after=after)


def in_words(name: str, value: Any) -> str:
    """A field's value as people read it; a dash where there is none."""
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if name in LISTS:
        return label(LISTS[name], value, current_language())
    if name in PEOPLE:
        return _name(User, value, "name")
    return _WORDS.get(name, str)(value)


def agreed_in_words(codes: Iterable[str]) -> list[str]:
    """The agreed terms in words, in the order of the list."""
    language, chosen = current_language(), set(codes)
    return [word.in_language(language) for code, word in words("agreed_terms").items() if code in chosen]


def _name(model: Any, row_id: int, attribute: str) -> str:
    row = session().get(model, row_id)
    return str(getattr(row, attribute)) if row is not None else "–"


def _money(value: Any) -> str:
    return f"{format_decimal(value, '#,##0')} kr"


def _number(value: Any) -> str:
    """The normal form without its inner marks; a sole trader's is kept masked."""
    return MASK if value == MASK else str(value).replace(":reg:", " ").replace(":vat:", " ")


_WORDS: dict[str, Callable[[Any], str]] = {
    "terms": lambda terms: " ".join(terms_in_words(terms)),
    "agreed_terms": lambda codes: "; ".join(agreed_in_words(codes)),
    "code_of_conduct_id": lambda row_id: _name(CodeOfConduct, row_id, "version"),
    "framework_id": lambda row_id: _name(Contract, row_id, "number"),
    "identity_number": _number,
    **dict.fromkeys(MONEY, _money),
}
