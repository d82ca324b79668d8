"""Starting: a supplier is invited to a round; the round is extended or cancelled while it is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from compliance.assessments import OPEN_TO_SUPPLIER, NotAllowedNow, State, step
from compliance.clock import day_of
from compliance.storage.models import Assessment, AssessmentContract, Contact, Contract, Message, Supplier
from compliance.suppliers.calendar import working_day_on_or_after
from compliance.workflow import arming
from compliance.workflow.contacting import UNTIL_SUBMITTED, invite_again
from compliance.workflow.posting import Draft, post_to_contact
from compliance.workflow.recording import assessment_case, record
from compliance.workflow.remembering import round_to_renew

DAYS_TO_ANSWER = 30
LONGEST_DAYS = 366
ENDED = frozenset({State.CLOSED, State.CANCELLED})


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


INVITED = N_("A procurer invited the supplier to a new round.")
SENT_AGAIN = N_("A procurer sent the invitation once more.")
DUE_DAY_CHANGED = N_("A procurer changed the last day to answer.")
ROUND_CANCELLED = N_("A procurer cancelled the round.")


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Whom to ask, about which contracts, what (questionnaire key -> version), and until when.

    `send_at` is when the mail may leave, if not at once.
    """

    contact: Contact
    contracts: Sequence[Contract]
    questionnaires: Mapping[str, int]
    due_on: date
    inherent_risk: str
    send_at: datetime | None = None


class RoundOpenError(Exception):
    """The supplier has a round that is not closed; `assessment` is that one."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(f"assessment {assessment.id}")
        self.assessment = assessment


class DayOutOfRangeError(Exception):
    """The last day to answer lies in the past or more than a year ahead."""


class NoMailPossibleError(Exception):
    """The contact is not active, or mail to its address comes back."""


def suggested_due_day(today: date) -> date:
    """The working day on or after thirty days from now."""
    return working_day_on_or_after(today + timedelta(days=DAYS_TO_ANSWER))


def invite(
    session: Session, supplier: Supplier, invitation: Invitation, *, actor: str, actor_id: int, now: datetime
) -> Assessment:
    """A new round; it renews the newest one that was sent in, if there is any.

    Raises `RoundOpenError`, `DayOutOfRangeError`, `NoMailPossibleError`.
    """
    session.scalar(select(Supplier.id).where(Supplier.id == supplier.id).with_for_update())
    if (present := open_round(session, supplier)) is not None:
        raise RoundOpenError(present)
    check_due_day(invitation.due_on, day_of(now))
    if not invitation.contact.active or invitation.contact.bounced_at is not None:
        raise NoMailPossibleError
    supplier.inherent_risk = invitation.inherent_risk
    earlier = round_to_renew(session, supplier)
    assessment = Assessment(
        supplier_id=supplier.id,
        contact_id=invitation.contact.id,
        created_by_id=actor_id,
        renews_id=earlier.id if earlier else None,
        state=State.INVITED,
        questionnaires=dict(invitation.questionnaires),
        inherent_risk=invitation.inherent_risk,
        due_on=invitation.due_on,
        created_at=now,
    )
    session.add(assessment)
    session.flush()
    session.add_all(
        AssessmentContract(assessment_id=assessment.id, contract_id=contract.id)
        for contract in invitation.contracts
    )
    session.flush()
    _announce(session, assessment, invitation, actor=actor, now=now)
    return assessment


def _announce(
    session: Session, assessment: Assessment, invitation: Invitation, *, actor: str, now: datetime
) -> None:
    payload = {
        "contact": invitation.contact.id,
        "contracts": [contract.id for contract in invitation.contracts],
        "questionnaires": dict(invitation.questionnaires),
        "due_on": invitation.due_on.isoformat(),
        "inherent_risk": invitation.inherent_risk,
        "renews": assessment.renews_id,
    }
    record(session, assessment_case(assessment.id), "invited", actor=actor, now=now, payload=payload)
    message = _post(session, assessment, "invitation", "first", why=INVITED, now=now)
    if message is not None and invitation.send_at is not None:
        message.next_attempt_at = invitation.send_at
    arming.rearm_assessment(session, assessment, now=now)


def open_round(session: Session, supplier: Supplier) -> Assessment | None:
    """The supplier's round that is neither closed nor cancelled."""
    return session.scalar(
        select(Assessment)
        .where(Assessment.supplier_id == supplier.id, Assessment.state.not_in(ENDED))
        .order_by(Assessment.id.desc())
        .limit(1)
    )


def check_due_day(due_on: date, today: date) -> None:
    """Raises `DayOutOfRangeError` for a day before today or more than a year ahead."""
    if not today <= due_on <= today + timedelta(days=LONGEST_DAYS):
        raise DayOutOfRangeError


def resend_invitation(session: Session, assessment: Assessment, *, actor: str, now: datetime) -> None:
    """Mail the invitation once more, at most once a minute. Raises `NotAllowedNow`, `NoMailPossibleError`."""
    _refuse_unless_open(assessment)
    if not assessment.contact.active or assessment.contact.bounced_at is not None:
        raise NoMailPossibleError
    if invite_again(session, assessment, key=f"{now:%Y-%m-%dT%H:%M}", now=now, why=SENT_AGAIN):
        record(session, assessment_case(assessment.id), "invitation_resent", actor=actor, now=now)


def change_due_day(
    session: Session, assessment: Assessment, due_on: date, *, actor: str, now: datetime
) -> None:
    """Give the supplier another last day, tell it, and arm the reminders anew.

    Raises `NotAllowedNow` when the supplier cannot answer now, and `DayOutOfRangeError`.
    """
    _refuse_unless_open(assessment)
    check_due_day(due_on, day_of(now))
    before = assessment.due_on
    if before == due_on:
        return
    assessment.due_on = due_on
    session.flush()
    payload = {"before": before.isoformat(), "after": due_on.isoformat()}
    event = record(
        session, assessment_case(assessment.id), "due_day_changed", actor=actor, now=now, payload=payload
    )
    _post(session, assessment, "due_day_changed", str(event.sequence), why=DUE_DAY_CHANGED, now=now)
    arming.rearm_assessment(session, assessment, now=now)


def cancel_round(session: Session, assessment: Assessment, *, actor: str, now: datetime) -> None:
    """End a round that has not been submitted; the link stops working and the supplier is told."""
    assessment.state = step(State(assessment.state), State.CANCELLED)
    assessment.closed_at = now
    session.flush()
    record(session, assessment_case(assessment.id), "round_cancelled", actor=actor, now=now)
    _post(session, assessment, "round_cancelled", "once", why=ROUND_CANCELLED, now=now)
    arming.rearm_assessment(session, assessment, now=now)


def _refuse_unless_open(assessment: Assessment) -> None:
    present = State(assessment.state)
    if present not in OPEN_TO_SUPPLIER:
        raise NotAllowedNow(present, State.ANSWERING)


def _post(
    session: Session, assessment: Assessment, kind: str, occasion: str, *, why: str, now: datetime
) -> Message | None:
    """A mail about a round to its contact, once an occasion."""
    return post_to_contact(
        session,
        assessment.contact,
        Draft(
            kind=kind,
            key=f"{kind}:{assessment.id}:{occasion}",
            why=why,
            cancelled_by=UNTIL_SUBMITTED if kind == "invitation" else "",
            params={"due_on": assessment.due_on.isoformat()},
            due_on=assessment.due_on,
            supplier_id=assessment.supplier_id,
            assessment_id=assessment.id,
        ),
        now=now,
    )
