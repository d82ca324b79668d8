"""Rehearsing: every flag and mail that would come in the days ahead, if nobody did anything meanwhile.

The real ticks are run on a private copy of the database, so that a rehearsal cannot differ from what will happen,
and nothing is changed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from compliance.clock import STOCKHOLM, day_of
from compliance.reviews.reasons import wording
from compliance.storage.models import Assessment, Contract, DueRow, Message, ReviewReason, Supplier
from compliance.workflow.arming import rearm_contract
from compliance.workflow.posting import GATHERED
from compliance.workflow.ticking import do_due_row, due_rows, push_ahead

LONGEST_DAYS = 800
AT_ONCE = 500
LAST_MINUTE = time(23, 59)
_NEXT_MOMENT = select(func.min(DueRow.due_at)).where(DueRow.done_at.is_(None))


@dataclass(frozen=True)
class Happening:
    """One thing that would happen on a day: a reason in a contract's review, a mail, or a failure of ours.

    `what` is the trigger or the kind of mail, `to` the mail's address. `why` is an English sentence whose values
    are `params`; pages translate it. `goes_on` is the day of the gathered mail for one that waits for it.
    """

    on: date
    sort: Literal["reason", "mail", "failure"]
    what: str
    contract: str
    supplier: str
    why: str
    params: tuple[tuple[str, str], ...] = ()
    severity: str = ""
    to: str = ""
    goes_on: date | None = None


@dataclass(frozen=True)
class OtherTerms:
    """A contract as it might be: its number, and terms as checked JSON of the contract-date rules."""

    number: str
    terms: Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """What another date or lead time would bring, and what it would take away."""

    added: tuple[Happening, ...]
    removed: tuple[Happening, ...]


class TakesTooLongError(Exception):
    """The rehearsal was given up: there is more than whoever asked wants to wait for."""


def never() -> bool:
    """Wait as long as it takes."""
    return False


def rehearse(
    session: Session,
    *,
    start: datetime,
    days: int,
    instead: OtherTerms | None = None,
    give_up: Callable[[], bool] = never,
) -> tuple[Happening, ...]:
    """Everything that would happen from `start` for so many days, in order.

    `session` is on a scratch copy and is used up. `instead` changes one contract first. Raises `TakesTooLongError`
    when `give_up`, asked again and again, says so.
    """
    if instead is not None:
        contract = session.scalars(select(Contract).where(Contract.number == instead.number)).one()
        contract.terms = dict(instead.terms)
        rearm_contract(session, contract, now=start)
    last = datetime.combine(day_of(start) + timedelta(days=days), LAST_MINUTE, tzinfo=STOCKHOLM)
    happened = list(_until(session, start, last, give_up))
    return tuple(
        sorted(happened, key=lambda one: (one.on, one.sort != "failure", one.contract, one.what, one.to))
    )


def compare(before: tuple[Happening, ...], after: tuple[Happening, ...]) -> Difference:
    """What is only in one of two rehearsals."""
    had, has = Counter(before), Counter(after)
    return Difference(tuple((has - had).elements()), tuple((had - has).elements()))


def _until(
    session: Session, start: datetime, last: datetime, give_up: Callable[[], bool]
) -> Iterator[Happening]:
    """From one moment at which something is due to the next, as the clock would go."""
    told: set[tuple[int, datetime]] = set()
    while (due_at := session.scalar(_NEXT_MOMENT)) is not None and due_at <= last:
        now = max(due_at, start)
        newest_mail = session.scalar(select(func.max(Message.id))) or 0
        for row_id in due_rows(session, now=now, limit=AT_ONCE):
            if give_up():
                raise TakesTooLongError
            yield from _try(session, row_id, now)
        yield from _reasons(session, told, now)
        yield from _mails(session, newest_mail, now)
        session.commit()  # to the copy: what is done need not be kept in memory
        session.expunge_all()


def _try(session: Session, row_id: int, now: datetime) -> Iterator[Happening]:
    """Do one row; a failure is told and pushed ahead, as the clock would."""
    try:
        with session.begin_nested():
            do_due_row(session, row_id, now=now)
    except Exception as problem:  # noqa: BLE001  one row must not hold up the others
        name = type(problem).__name__
        push_ahead(session, row_id, name, now=now)
        row = session.get_one(DueRow, row_id)
        yield Happening(day_of(now), "failure", row.kind, row.source, "", name)


def _reasons(session: Session, told: set[tuple[int, datetime]], now: datetime) -> Iterator[Happening]:
    """The reasons that came or grew at this moment, each once."""
    query = (
        select(ReviewReason, Contract.number, Supplier.name)
        .join(Contract, Contract.id == ReviewReason.contract_id)
        .join(Supplier, Supplier.id == Contract.supplier_id)
        .where(ReviewReason.updated_at == now)
        .order_by(ReviewReason.id)
    )
    for reason, number, supplier in session.execute(query):
        if (reason.id, now) in told:
            continue
        told.add((reason.id, now))
        words = wording(reason.trigger, reason.params, today=day_of(now))
        yield Happening(
            on=day_of(now),
            sort="reason",
            what=reason.trigger,
            contract=number,
            supplier=supplier,
            why=words.why,
            params=tuple(sorted(reason.params.items())),
            severity=reason.severity,
        )


def _mails(session: Session, newest: int, now: datetime) -> Iterator[Happening]:
    """The mails that were written at this moment."""
    query = select(Message).where(Message.id > newest).order_by(Message.id)
    for message in session.scalars(query):
        contracts = _contracts(session, message)
        yield Happening(
            on=day_of(now),
            sort="mail",
            what=message.kind,
            contract=", ".join(contract.number for contract in contracts),
            supplier=contracts[0].supplier.name if contracts else "",
            why=message.why,
            to=message.recipient,
            goes_on=day_of(message.next_attempt_at) if message.state == GATHERED else None,
        )


def _contracts(session: Session, message: Message) -> list[Contract]:
    if message.contract_id is not None:
        return [session.get_one(Contract, message.contract_id)]
    return session.get_one(Assessment, message.assessment_id).contracts if message.assessment_id else []
