"""The contents of a workbook between preview and yes: signed into the page's own form, kept nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from compliance.storage.models import Assessment, User
from compliance.web.supplier.offline.proposal import Change
from compliance.workflow.answering import Content
from compliance.workflow.taking_in import Wanted

OLDEST_SECONDS = 24 * 3600
LONGEST = 3_000_000
"""Characters: the rest of the form must fit beside it in what a request may bring."""


@dataclass(frozen=True)
class Carried:
    """Every proposed change, by item; which of them to take is the supplier's choice."""

    wanted: dict[str, Wanted]


def carry(changes: Iterable[Change], assessment: Assessment, *, of: User) -> str:
    """The changes as text for a hidden field; empty when they are too much to carry."""
    told = [
        [one.item.id, one.seen, one.new.state, one.new.value, one.new.comment, one.new.na_reason]
        for one in changes
    ]
    text = _signer().dumps([of.id, assessment.id, told])
    carried = text if isinstance(text, str) else text.decode()
    return carried if len(carried) <= LONGEST else ""


def carried_in(text: str, assessment: Assessment, *, of: User) -> Carried | None:
    """What a form brings back; None for what we did not make for this user and round, or too long ago."""
    try:
        user_id, assessment_id, told = _signer().loads(text, max_age=OLDEST_SECONDS)
    except BadData:
        return None
    if (user_id, assessment_id) != (of.id, assessment.id):
        return None
    return Carried({item: _wanted(*rest) for item, *rest in told})


def _wanted(seen: int, state: str, value: Any, comment: str, na_reason: str) -> Wanted:
    kept = tuple(value) if isinstance(value, list) else value
    return Wanted(Content(state=state, value=kept, comment=comment, na_reason=na_reason), seen)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="supplier-workbook-preview")
