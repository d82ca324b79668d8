"""Checking: people confirm or correct what the machine read in a document. Their word is kept beside the machine's."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from compliance.assessments import OPEN_TO_SUPPLIER, NotAllowedNow, State
from compliance.evidence.checked import PROCURER, SUPPLIER, Role, parse_value
from compliance.storage.models import Assessment, CheckedFact, Document, User
from compliance.workflow import arming
from compliance.workflow.answering import lock_for_answers
from compliance.workflow.recording import actor_of, digest, record, supplier_case
from compliance.workflow.scoring import rescore_document

LONGEST_ABOUT = 300  # characters: of a longer value its beginning tells it from the others


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a person says about one fact. `value` is None where it does not stand in the document.

    `seen` is the revision of the person's side that the page showed, 0 for none.
    """

    field: str
    about: str
    value: str | None
    seen: int


class StaleWordError(Exception):
    """Somebody on the same side has said something else in the meantime; nothing was changed."""


def say(session: Session, document: Document, said: Said, *, by: User, now: datetime) -> CheckedFact:
    """Keep a person's word about a fact; saying it again changes nothing.

    The procurer's word counts at once: for the score, and for the days that follow from the document. The supplier's
    is a claim that whoever reviews sees. Raises `BadWordError`, `StaleWordError`, and `NotAllowedNow` for a supplier
    without an open round.
    """
    role: Role = SUPPLIER if by.contact_id is not None else PROCURER
    if role == SUPPLIER:
        hold_open_round(session, document)
    value = "" if said.value is None else _value(document, said)
    row = _put(session, document, said, role, value, by=by, now=now)
    if row is None:
        return _present(session, document, said, role)
    _record(session, document, row, by=by, now=now)
    session.expire(document, ["checked"])
    if role == PROCURER:
        arming.rearm_document(session, document, now=now)
        rescore_document(session, document, now=now)
    return row


def may_say(session: Session, document: Document) -> bool:
    """Whether its supplier may say something about a document now: while one of its rounds is open."""
    return _open_round(session, document) is not None


def hold_open_round(session: Session, document: Document) -> Assessment:
    """The supplier's newest open round, held until the end of the transaction. Raises `NotAllowedNow`."""
    row = _open_round(session, document)
    if row is None:
        raise NotAllowedNow(State.CLOSED, State.ANSWERING)
    lock_for_answers(session, row)
    return row


def _open_round(session: Session, document: Document) -> Assessment | None:
    query = select(Assessment).where(
        Assessment.supplier_id == document.supplier_id, Assessment.state.in_(OPEN_TO_SUPPLIER)
    )
    return session.scalar(query.order_by(Assessment.id.desc()).limit(1))


def _value(document: Document, said: Said) -> str:
    """What the machine read may be confirmed as it stands, also where a person could not have typed it."""
    read = {(fact.field, fact.value[:LONGEST_ABOUT]) for fact in document.facts}
    confirmed = said.value == said.about and (said.field, said.about) in read
    return said.about if confirmed else parse_value(said.field, said.value or "")


def _put(  # noqa: PLR0913  who says what about which fact, when
    session: Session, document: Document, said: Said, role: Role, value: str, *, by: User, now: datetime
) -> CheckedFact | None:
    """The word as it stands now; None when it stood so already. Raises `StaleWordError`."""
    present = _find(session, document, said, role)
    if present is not None and present.value == value:
        return None
    if (present.revision if present else 0) != said.seen:
        raise StaleWordError
    row = present or CheckedFact(
        document_id=document.id, field=said.field, about=said.about[:LONGEST_ABOUT], role=role, revision=0
    )
    row.value, row.said_by_id, row.said_at, row.revision = value, by.id, now, row.revision + 1
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as problem:
        raise StaleWordError from problem
    return row


def _find(session: Session, document: Document, said: Said, role: Role) -> CheckedFact | None:
    query = select(CheckedFact).where(
        CheckedFact.document_id == document.id,
        CheckedFact.field == said.field,
        CheckedFact.about == said.about[:LONGEST_ABOUT],
        CheckedFact.role == role,
    )
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def _present(session: Session, document: Document, said: Said, role: Role) -> CheckedFact:
    row = _find(session, document, said, role)
    assert row is not None, "it stood there a moment ago, and this transaction holds it"
    return row


def _record(session: Session, document: Document, row: CheckedFact, *, by: User, now: datetime) -> None:
    """Which fact, not what it says. What a supplier says is its own until it is sent in."""
    name = "fact_confirmed" if row.value == row.about else "fact_corrected"
    payload = {
        "document": document.id,
        "field": row.field,
        "role": row.role,
        "revision": row.revision,
        "digest": digest({"value": row.value}),
    }
    case = supplier_case(document.supplier_id)
    record(
        session,
        case,
        name,
        actor=actor_of(by),
        now=now,
        payload=payload,
        draft=row.role == SUPPLIER,
    )


def words_sent_in(session: Session, document: Document) -> list[CheckedFact]:
    """What staff may see of what was said: all that staff said, of the supplier what it had said when it sent in."""
    last = session.scalar(
        select(func.max(Assessment.submitted_at)).where(Assessment.supplier_id == document.supplier_id)
    )
    return [
        row for row in document.checked if row.role == PROCURER or (last is not None and row.said_at <= last)
    ]
