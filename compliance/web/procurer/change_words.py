"""What changed in a contract, field by field, in words."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext

from compliance.web.procurer.term_words import terms_in_words

FIELDS = {
    "number": lazy_gettext("Contract number"),
    "case_number": lazy_gettext("Case number (diarienummer)"),
    "title": lazy_gettext("What it is about"),
    "cpv": lazy_gettext("CPV code"),
    "value_sek": lazy_gettext("Total value"),
    "special_labour_terms": lazy_gettext("Special terms on pay, leave and working time"),
    "owner_id": lazy_gettext("Who is responsible here"),
    "terms": lazy_gettext("Terms"),
}


def changes_in_words(payload: dict[str, Any]) -> Iterable[str]:
    """One line a changed field: before and after."""
    for name, change in payload.items():
        if name == "note_changed":
            yield gettext("The notes were changed.")
        elif name == "owner_id":
            yield gettext("Somebody else is responsible for it.")
        elif name in FIELDS:
            before, after = change
            yield gettext(
                "%(field)s: %(before)s → %(after)s",
                field=FIELDS[name],
                before=_shown(name, before),
                after=_shown(name, after),
            )


def _shown(name: str, value: Any) -> str:
    if name == "terms":
        return " ".join(terms_in_words(value))
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    return "–" if value in {None, ""} else str(value)
