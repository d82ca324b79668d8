"""However time jumps, what falls due is done once: changes of the hour, 29 February, 1 April, a week of silence."""

from datetime import UTC, date, datetime, timedelta

import pytest

from compliance.jobs.ticks import do_due_rows
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Contract, DueRow, Message
from compliance.workflow.arming import rearm_contract
from tests.conftest import BOTH_DATABASES
from tests.rows import build_contract, build_staff, terms

ENDS = {
    "the night before the hour is lost": date(2027, 3, 27),
    "the day on which the hour is lost": date(2027, 3, 28),
    "the night before the hour comes twice": date(2026, 10, 24),
    "the day with the hour that comes twice": date(2026, 10, 25),
    "28 February of a leap year": date(2028, 2, 28),
    "29 February": date(2028, 2, 29),
    "31 March, so that 1 April is the day after": date(2027, 3, 31),
    "New Year's Eve": date(2026, 12, 31),
}
HALF_HOUR = timedelta(minutes=30)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def every_day(end: date) -> list[datetime]:
    """The yardstick: a tick each morning."""
    return [midnight(end) + timedelta(days=count, hours=8) for count in range(-9, 4)]


def every_half_hour_at_night(end: date) -> list[datetime]:
    """Each morning, and all through the nights around the end, also in the hours that come twice or never."""
    nights = [midnight(end) - timedelta(hours=3) + HALF_HOUR * count for count in range(2 * 33)]
    return sorted({*every_day(end), *nights})


def a_week_of_silence(end: date) -> list[datetime]:
    return [moment for moment in every_day(end) if not -7 < (moment.date() - end).days < 1]


def a_clock_set_back(end: date) -> list[datetime]:
    """After each tick the clock is three hours and then a day behind for a while."""
    jumps = (timedelta(), timedelta(hours=-3), timedelta(), timedelta(days=-1), timedelta())
    return [moment + jump for moment in every_day(end) for jump in jumps]


def lived(app, end: date, moments: list[datetime]) -> tuple[list[str], list[str], date]:
    """The mails and dates seen anew, as their keys say, and the end of the period the contract is in then."""
    first = midnight(end) - timedelta(days=10)
    renewal = {"kind": "tacit", "months": 12}
    with transaction(app) as session:
        session.query(Message).delete()
        session.query(DueRow).delete()
        contract = build_contract(
            session, owner_id=build_staff(session).id,
            terms=terms(
                start="2020-01-01", end=end.isoformat(), notice={"n": 2, "unit": "days"}, renewal=renewal
            ),
        )  # fmt: skip
        rearm_contract(session, contract, now=first)
        number = contract.id
    for moment in moments:
        do_due_rows(app, now=moment)
    with reading(app) as session:
        mails = [nameless(row.key, number) for row in session.query(Message)]
        seen = [
            nameless(row.key, number)
            for row in session.query(DueRow).filter_by(kind="recompute", outcome="done")
        ]
        return sorted(mails), sorted(seen), session.get_one(Contract, number).period_end


def nameless(key: str, number: int) -> str:
    """The key without the ids that differ from one life to the next."""
    about = key.partition(">")[0].replace(f"contract-{number}:", "contract:").replace(f":{number}:", ":")
    return ":".join(about.split(":")[:4])


@BOTH_DATABASES
@pytest.mark.parametrize("moments", [every_half_hour_at_night, a_clock_set_back])
def test_all_that_is_due_is_done_once_however_time_jumps(app, moments):
    for name, end in ENDS.items():
        usual = lived(app, end, every_day(end))
        assert usual[0], name
        assert usual[2] > end, name
        assert lived(app, end, moments(end)) == usual, name


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_after_a_week_of_silence_the_contract_is_in_its_new_period_once(app, end):
    _, seen, period_end = lived(app, end, a_week_of_silence(end))
    assert (seen, period_end) == lived(app, end, every_day(end))[1:]
