"""Where in a document a fact stands, in words."""

from flask_babel import gettext

from compliance.storage.models import FactRow

PARAGRAPH = "paragraph"


def fact_place(row: FactRow, media_type: str) -> str:
    """Word files have paragraphs, a picture is one page, everything else has pages."""
    if not row.page:
        return ""
    if media_type.startswith("image/"):
        return str(gettext("In the picture"))
    if row.source == PARAGRAPH:
        return str(gettext("Paragraph %(number)s", number=row.page))
    return str(gettext("Page %(page)s", page=row.page))
