"""Days of contracts in one's own calendar: the feed moves what moves, and is as secret as its address."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from compliance import clock
from compliance.storage.models import CalendarDay, CalendarFeed
from compliance.workflow import feeding
from compliance.workflow.arming import rearm_contract
from compliance.workflow.committing import CommitmentDetails, add_commitment
from tests.conftest import BOTH_DATABASES
from tests.rows import build_contract, build_staff, terms

AHEAD = clock.today() + timedelta(days=500)


@pytest.fixture
def contract(rows, anna):
    """Anna's contract with days ahead."""
    row = build_contract(rows(), owner_id=anna.id, number="HB-7", terms=fixed(AHEAD))
    rearm_contract(rows(), row, now=clock.now())
    rows.commit()
    return row


@pytest.fixture
def fetch(app, rows, anna):
    """The feed as a calendar program gets it, without any sign-in."""
    token = feeding.make_feed(rows(), anna, everybodys=False, now=clock.now())
    rows.commit()

    def fetched():
        answer = app.test_client().get(f"/calendar/{token}.ics")
        assert answer.mimetype == "text/calendar"
        return {str(one["uid"]): one for one in Calendar.from_ical(answer.get_data()).walk("VEVENT")}

    return fetched


def fixed(end: date, **values):
    return terms(start="2020-01-01", end=end.isoformat(), **values)


def change(rows, contract, **values):
    for name, value in values.items():
        setattr(contract, name, value)
    rearm_contract(rows(), contract, now=clock.now())
    rows.commit()


def the(events, kind):
    return next(one for uid, one in events.items() if f"-{kind}@" in uid)


@BOTH_DATABASES
def test_every_day_is_an_event_of_one_whole_day(contract, fetch):
    event = the(fetch(), "end")
    assert event["dtstart"].params["VALUE"] == event["dtend"].params["VALUE"] == "DATE"
    assert event["dtstart"].dt == AHEAD
    assert event["dtend"].dt == AHEAD + timedelta(days=1)
    assert event["dtstamp"].dt.tzinfo is not None
    assert "HB-7" in event["summary"]
    assert event["url"].endswith(f"/contracts/{contract.id}")


@BOTH_DATABASES
def test_a_moved_day_moves_its_event_and_makes_no_second_one(rows, contract, fetch):
    before = fetch()
    later = AHEAD + timedelta(days=40)
    change(rows, contract, terms=fixed(later))
    after = fetch()
    assert after.keys() == before.keys()
    assert the(after, "end")["dtstart"].dt == later
    assert the(after, "end")["sequence"] > the(before, "end")["sequence"]
    assert the(after, "end")["last-modified"].dt >= the(before, "end")["last-modified"].dt


def test_what_did_not_change_keeps_its_sequence(rows, contract, fetch):
    before = fetch()
    change(rows, contract, title="Ett annat namn")
    assert {uid: one["sequence"] for uid, one in fetch().items()} == {
        uid: one["sequence"] for uid, one in before.items()
    }


@BOTH_DATABASES
def test_a_day_that_is_gone_is_called_off_for_a_while_and_comes_back_as_the_same_event(rows, contract, fetch):
    first = the(fetch(), "decide")
    change(rows, contract, terms=fixed(AHEAD, renewal={"kind": "none"}) | {"end": None})
    gone = the(fetch(), "decide")
    assert (gone["uid"], gone["status"]) == (first["uid"], "CANCELLED")
    rows.query(CalendarDay).update({"gone_at": clock.now() - timedelta(days=70)})
    rows.commit()
    assert not fetch()
    change(rows, contract, terms=fixed(AHEAD))
    back = the(fetch(), "decide")
    assert (back["uid"], back["status"]) == (first["uid"], "CONFIRMED")
    assert back["sequence"] > gone["sequence"]


def test_meetings_plans_and_promises_are_in_the_calendar(rows, contract, fetch):
    change(rows, contract, startup_planned_on=AHEAD - timedelta(days=3), follow_up_on=AHEAD)
    promised = CommitmentDetails(kind="apprenticeship", quantity=2, due_on=AHEAD)
    add_commitment(rows(), contract, promised, actor="system", now=clock.now())
    rows.commit()
    kinds = {row.kind for row in rows.query(CalendarDay)}
    assert {"startup", "planned", "commitment"} <= kinds
    assert len(fetch()) == rows.query(CalendarDay).count()


def test_only_own_contracts_unless_all_were_chosen(app, rows, contract, fetch, anna):
    other = build_contract(rows(), number="X-1", owner_id=build_staff(rows()).id, terms=fixed(AHEAD))
    rearm_contract(rows(), other, now=clock.now())
    token = feeding.make_feed(rows(), anna, everybodys=True, now=clock.now())
    rows.commit()
    assert not [one for one in fetch().values() if "X-1" in one["summary"]]
    assert b"X-1" in app.test_client().get(f"/calendar/{token}.ics").data


def test_the_address_is_shown_once_and_only_its_hash_is_kept(app, rows, desk):
    page = desk.post("/account/calendars", {"which": "own"})
    address = page.text.split("<code")[1].split(">")[1].split("<")[0]
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in desk.get("/account/calendars").text
    assert rows.query(CalendarFeed).one().token_hash not in (token, "")
    assert app.test_client().get(f"/calendar/{token}.ics").status_code == 200


def test_a_revoked_address_answers_no_more(app, rows, desk, anna):
    token = feeding.make_feed(rows(), anna, everybodys=False, now=clock.now())
    rows.commit()
    feed = rows.query(CalendarFeed).one()
    desk.post(f"/account/calendars/{feed.id}/revoke")
    assert app.test_client().get(f"/calendar/{token}.ics").status_code == 404
    assert app.test_client().get("/calendar/unknown.ics").status_code == 404


def test_nobody_revokes_the_address_of_another(rows, desk):
    feeding.make_feed(rows(), build_staff(rows()), everybodys=False, now=clock.now())
    rows.commit()
    feed = rows.query(CalendarFeed).one()
    assert desk.post(f"/account/calendars/{feed.id}/revoke").status_code == 404


def test_somebody_who_left_gets_nothing_more(rows, app, anna):
    token = feeding.make_feed(rows(), anna, everybodys=True, now=clock.now())
    anna.active = False
    rows.commit()
    assert app.test_client().get(f"/calendar/{token}.ics").status_code == 404


def test_fetching_notes_the_day_and_nothing_else(rows, contract, fetch):
    fetch()
    rows.rollback()
    assert rows.query(CalendarFeed).one().last_used_on == clock.today()


def test_the_file_of_one_contract_has_the_same_events(desk, contract, fetch):
    answer = desk.get(f"/contracts/{contract.id}/days.ics")
    saved = {str(one["uid"]) for one in Calendar.from_ical(answer.get_data()).walk("VEVENT")}
    assert saved == set(fetch())


def test_nothing_personal_is_in_the_feed(contract, fetch):
    text = str(fetch())
    assert contract.supplier.name not in text
    assert contract.supplier.identity_number not in text
