"""The mark inside a workbook: which round it was made for, and which answers stood in it. Only we can make one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext
from itsdangerous import BadData, URLSafeSerializer

from compliance.answers.journey import Journey
from compliance.answers.values import Key
from compliance.storage.models import Answer, Assessment
from compliance.workflow.answering import Content, content_of

FORMAT = 1
PRINT_LENGTH = 16

REFUSED = {
    "not_ours": lazy_gettext(
        "This is not a workbook from here, or its hidden sheet has been changed. Download it, fill it in and upload it."
    ),
    "format": lazy_gettext(
        "This workbook was made by an earlier version of the service. Download a new one."
    ),
    "company": lazy_gettext(
        "This workbook belongs to another company. Upload the one that you downloaded here."
    ),
    "round": lazy_gettext(
        "This workbook belongs to another round of questions. Download the one for this round."
    ),
    "version": lazy_gettext(
        "The questions have been changed since this workbook was made. Download a new one; your answers on the web "
        "are in it."
    ),
}


class ForeignWorkbookError(ValueError):
    """A workbook that is not for this round; `message` says why, in the reader's language."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.message = code, str(REFUSED[code])


@dataclass(frozen=True)
class Base:
    """One answer as it stood when the workbook was made."""

    revision: int
    fingerprint: str


Bases = Mapping[str, Base]


def mark_for(assessment: Assessment, plan: Journey, rows: Mapping[Key, Answer]) -> str:
    """The mark of a workbook made now."""
    base = {item.id: _base(rows.get(item.key)) for item in plan.items}
    mark = _marks().dumps([FORMAT, assessment.supplier_id, assessment.id, assessment.questionnaires, base])
    return mark if isinstance(mark, str) else mark.decode()


def bases_in(mark: str, assessment: Assessment) -> Bases:
    """The answers that stood in a workbook, by item. Raises `ForeignWorkbookError`."""
    try:
        made: Any = _marks().loads(mark)
    except BadData:
        raise ForeignWorkbookError("not_ours") from None
    if made[0] != FORMAT:
        raise ForeignWorkbookError("format")
    if made[1] != assessment.supplier_id:
        raise ForeignWorkbookError("company")
    if made[2] != assessment.id:
        raise ForeignWorkbookError("round")
    if made[3] != assessment.questionnaires:
        raise ForeignWorkbookError("version")
    return {item: Base(revision, fingerprint) for item, (revision, fingerprint) in made[4].items()}


def fingerprint(content: Content) -> str:
    """The same for the same answer, comment and reason, whatever else is kept about them."""
    bare = Content(
        state=content.state, value=content.value, comment=content.comment, na_reason=content.na_reason
    )
    return bare.fingerprint[:PRINT_LENGTH]


def _base(row: Answer | None) -> list[object]:
    return [row.revision if row else 0, fingerprint(content_of(row))]


def _marks() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="supplier-workbook")
