"""Facts read from documents, as people read them."""

from flask_babel import gettext

from compliance.evidence.facts import WARNINGS
from compliance.questionnaires.vocabulary import vocabulary
from compliance.storage.models import FactRow
from compliance.web.languages import current_language

DOCUMENT_TYPE = "document_type"


def fact_value(row: FactRow) -> str:
    """The value; kinds of document by their name."""
    if row.field != DOCUMENT_TYPE:
        return row.value
    known = vocabulary().documents.get(row.value)
    return known.to(current_language()) if known else row.value.replace("_", " ")


def fact_warning(row: FactRow) -> str | None:
    """Why a person should look before relying on the value."""
    return " ".join(gettext(WARNINGS[warning]) for warning in row.warnings if warning in WARNINGS) or None
