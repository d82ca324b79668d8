"""Events are reported on the contract's page, by the procurer and by the supplier; reviews are put off on theirs."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.storage.models import Contract, DueRow, Event, Message, ReportedEvent, Review
from compliance.workflow.reviewing import open_by_hand
from tests.rows import build_staff, build_supplier_user
from tests.visitors import Visitor

SECRET = "Kalle föll från taket"


def report(**changes):
    today = clock.today().isoformat()
    return {
        "kind": "media",
        "happened_on": today,
        "text": SECRET,
        "source": "media",
        "severity": "",
    } | changes


@pytest.fixture
def contract(rows, invited) -> Contract:
    return invited.contracts[0]


@pytest.mark.parametrize(
    ("changes", "trigger", "severity"),
    [
        ({}, "T11", "normal"),
        ({"severity": "critical"}, "T11", "critical"),
        ({"kind": "accident"}, "T21", "critical"),
        ({"kind": "serious_deviation"}, "T10", "critical"),
        ({"kind": "tax_or_insurance"}, "T15", "high"),
        ({"kind": "ownership"}, "T16", "high"),
    ],
)
def test_a_reported_event_puts_the_contract_on_the_desk_at_once(
    desk, rows, contract, changes, trigger, severity
):
    answer = desk.post(f"/contracts/{contract.id}/events/new", report(**changes))
    assert answer.status_code == 302
    review = rows.query(Review).one()
    assert (review.waiting, review.severity) == (False, severity)
    assert [reason.trigger for reason in review.reasons] == [trigger]
    assert SECRET in desk.get(f"/contracts/{contract.id}").text


def test_what_was_written_is_in_no_mail_and_no_log(desk, rows, contract):
    desk.post(f"/contracts/{contract.id}/events/new", report())
    rows.rollback()
    assert rows.query(Message).filter_by(kind="review_opened").count() == 1
    assert SECRET not in str([(row.params, row.key) for row in rows.query(Message)])
    assert SECRET not in str([row.payload for row in rows.query(Event)])


@pytest.mark.parametrize(
    "changes",
    [{"kind": ""}, {"text": " "}, {"happened_on": "2099-01-01"}, {"happened_on": "igår"}, {"source": "x"},
     {"kind": "accident", "severity": "normal"}],
)  # fmt: skip
def test_a_report_with_a_mistake_is_refused_and_keeps_what_was_typed(desk, rows, contract, changes):
    answer = desk.post(f"/contracts/{contract.id}/events/new", report(**changes))
    assert answer.status_code == 422
    assert changes.get("text") or SECRET in answer.text
    assert rows.query(ReportedEvent).count() == 0


def test_the_suppliers_report_ends_the_wait_for_it(desk, rows, contract):
    desk.post(f"/contracts/{contract.id}/events/new", report(kind="serious_deviation"))
    rows.rollback()
    event = rows.query(ReportedEvent).one()
    waits = rows.query(DueRow).filter_by(source=f"event:{event.id}", done_at=None)
    assert (waits.count(), event.report_due_on) == (1, clock.today() + timedelta(days=14))
    desk.post(f"/contracts/{contract.id}/events/{event.id}/report")
    rows.rollback()
    assert (waits.count(), rows.query(ReportedEvent).one().report_came_on) == (0, clock.today())


def test_an_event_of_another_contract_is_not_found(desk, rows, contract):
    desk.post(f"/contracts/{contract.id}/events/new", report(kind="serious_deviation"))
    assert (
        desk.post(f"/contracts/999999/events/{rows.query(ReportedEvent).one().id}/report").status_code == 404
    )


def test_the_supplier_reports_an_accident_itself(app, rows, invited):
    visitor = Visitor(app).become(build_supplier_user(rows, invited.contact))
    address = f"/supplier/assessments/{invited.id}/events/new"
    assert visitor.get(address).status_code == 200
    values = report(kind="accident", contract=str(invited.contracts[0].id))
    assert visitor.post(address, values | {"kind": "media"}).status_code == 422
    assert visitor.post(address, values).status_code == 302
    rows.rollback()
    assert rows.query(ReportedEvent).one().source == "supplier"
    assert rows.query(Review).one().severity == "critical"


def test_a_review_is_put_off_and_brought_back_on_its_page(desk, rows, contract):
    row = open_by_hand(rows(), contract, "Exempel", actor="system", now=clock.now())
    rows.commit()
    until = (clock.today() + timedelta(days=7)).isoformat()
    refused = desk.post(f"/reviews/{row.id}/snooze", {"wait_until": until, "wait_reason": "sen"})
    assert (refused.status_code, until in refused.text) == (422, True)
    assert (
        desk.post(
            f"/reviews/{row.id}/snooze", {"wait_until": until, "wait_reason": "Vi väntar på besked."}
        ).status_code
        == 302
    )
    shown = desk.get("/desk").text
    assert "1 review was put off" in shown
    desk.post(f"/reviews/{row.id}/snooze/end")
    assert "put off" not in desk.get("/desk").text


def test_a_review_put_off_twice_says_so_and_changes_nothing(desk, rows, contract):
    row = open_by_hand(rows(), contract, "Exempel", actor="system", now=clock.now())
    row.closed_at = clock.now()
    rows.commit()
    values = {
        "wait_until": (clock.today() + timedelta(days=7)).isoformat(),
        "wait_reason": "Vi väntar på besked.",
    }
    assert "somebody else" in desk.post(f"/reviews/{row.id}/snooze", values, follow_redirects=True).text


def test_the_administrator_sees_what_failed_and_has_it_tried_now(app, rows):
    ada = build_staff(rows, "administrator", locale="en")
    later = clock.now() + timedelta(hours=5)
    rows.add(
        DueRow(
            key="T1:contract-7:x", kind="T1", source="contract:7", due_on=clock.today(), due_at=later,
            params={}, attempts=3, last_error="NoResultFound",
        )
    )  # fmt: skip
    rows.commit()
    visitor = Visitor(app).become(ada)
    visitor.get("/language/en")
    shown = visitor.get("/admin/clock").text
    assert "NoResultFound" in shown
    row = rows.query(DueRow).one()
    visitor.post(f"/admin/clock/rows/{row.id}/retry")
    rows.rollback()
    assert rows.query(DueRow).one().due_at <= clock.now()


@pytest.mark.parametrize(
    ("number", "status"), [("3", 302), ("0", 422), ("many", 422), ("", 422), ("100000", 422)]
)
def test_the_administrator_sets_how_many_reviews_come_in_a_day(app, rows, number, status):
    ada = build_staff(rows, "administrator")
    rows.commit()
    assert Visitor(app).become(ada).post("/admin/clock", {"number": number}).status_code == status
