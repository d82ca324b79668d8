"""Telling: the office gets a mail about a review, with its reasons in sentences and nothing of what was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from compliance.clock import day_of
from compliance.reviews.reasons import wording
from compliance.storage.models import Review, User
from compliance.workflow.addressing import office_for
from compliance.workflow.posting import Draft, post_to_user


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


NEEDS_REVIEW = N_("A contract needs a review.")
UNTIL_CLOSED = N_("The review is closed before the mail is sent.")


BY_HAND = "hand"
"""The trigger of a reason that a person wrote; its words stay on the page."""


@dataclass(frozen=True)
class Told:
    """What a mail says: sentences with their values, how serious it is, until when, and the key of the occasion."""

    occasion: str
    severity: str
    due_on: date | None
    sentences: Sequence[tuple[str, Mapping[str, Any]]]


def sentences_of(
    trigger: str, params: Mapping[str, Any], *, now: datetime
) -> list[tuple[str, Mapping[str, Any]]]:
    """The two sentences of a reason; none of one that a person wrote."""
    if trigger == BY_HAND:
        return []
    words = wording(trigger, params, today=day_of(now))
    return [(words.why, params), (words.what_now, params)]


def tell_office(
    session: Session, review: Review, told: Told, *, now: datetime, others: Sequence[User] = ()
) -> None:
    """Write to the contract's owner, or to every procurer, and to the others named; once an occasion."""
    contract = review.contract
    draft = Draft(
        kind="review_opened",
        key=f"review_opened:{contract.id}:{told.occasion}",
        why=NEEDS_REVIEW,
        cancelled_by=UNTIL_CLOSED,
        params={
            "review": review.id,
            "severity": told.severity,
            "reasons": [{"sentence": one, "params": dict(values)} for one, values in told.sentences],
        },
        due_on=told.due_on,
        supplier_id=contract.supplier_id,
        contract_id=contract.id,
        may_wait=told.severity != "critical",
    )
    for user in {one.id: one for one in (*office_for(session, [contract]), *others)}.values():
        post_to_user(session, user, draft, now=now)
