"""A reason whose cause has gone says so, and a review without reasons closes itself."""

from datetime import UTC, date, datetime, timedelta

import pytest

from compliance.assessments import State
from compliance.jobs.ticks import do_due_rows
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import (
    AnswerDocument,
    Assessment,
    Contract,
    Decision,
    Event,
    Message,
    Review,
    Subcontractor,
)
from compliance.workflow import arming
from compliance.workflow.reviewing import open_by_hand
from compliance.workflow.withdrawing import reason_to_withdraw
from tests.conftest import BOTH_DATABASES
from tests.rows import (
    NOW,
    build_assessment,
    build_contact,
    build_contract,
    build_document,
    build_staff,
    build_subcontractor,
    terms,
)

FIRST = date(2026, 4, 1)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def review_of(app) -> tuple[str, list[str], list[str]]:
    """How the only review was closed, the triggers that hold, and those whose cause has gone."""
    with reading(app) as session:
        row = session.query(Review).one()
        held = sorted(one.trigger for one in row.reasons if one.resolved_at is None)
        gone = sorted(one.trigger for one in row.reasons if one.resolved_at is not None)
        return ("open" if row.closed_at is None else row.closed_as), held, gone


def contract_under_review(app) -> int:
    """A contract that ends in nine months, and is under review because of it."""
    with transaction(app) as session:
        contract = build_contract(session, owner_id=build_staff(session).id, terms=terms(end="2026-12-31"))
        arming.rearm_contract(session, contract, now=NOW)
        contract_id = contract.id
    do_due_rows(app, now=moment(FIRST))
    return contract_id


def move_end(app, contract_id: int, end: str | None, day: date) -> None:
    with transaction(app) as session:
        contract = session.get(Contract, contract_id)
        contract.terms = terms(end=end)
        arming.rearm_contract(session, contract, now=moment(day))


@BOTH_DATABASES
def test_a_moved_contract_end_closes_its_review_and_says_so(app):
    contract_id = contract_under_review(app)
    move_end(app, contract_id, "2029-12-31", date(2026, 4, 2))
    assert review_of(app) == ("cause_gone", [], ["T1"])
    with reading(app) as session:
        names = [one.name for one in session.query(Event).order_by(Event.id)]
        assert names[-2:] == ["review_reason_resolved", "review_closed_itself"]


def test_looking_again_at_the_same_facts_changes_nothing(app):
    contract_id = contract_under_review(app)
    move_end(app, contract_id, "2026-12-31", date(2026, 4, 2))
    assert review_of(app) == ("open", ["T1"], [])


def test_a_cause_that_comes_back_opens_a_new_review(app):
    contract_id = contract_under_review(app)
    move_end(app, contract_id, None, date(2026, 4, 2))
    move_end(app, contract_id, "2026-12-31", date(2026, 4, 3))
    for count in range(100):
        do_due_rows(app, now=moment(date(2026, 4, 3) + timedelta(days=count)))
    with reading(app) as session:
        assert [row.closed_as for row in session.query(Review).order_by(Review.id)] == ["cause_gone", ""]


def test_a_review_about_which_a_decision_was_begun_stays(app):
    contract_id = contract_under_review(app)
    with transaction(app) as session:
        review = session.query(Review).one()
        session.add(
            Decision(
                review_id=review.id, contract_id=contract_id, code="escalate", reason="Exempel.",
                decided_by_id=review.contract.owner_id, decided_at=moment(FIRST),
            )
        )  # fmt: skip
    move_end(app, contract_id, "2029-12-31", date(2026, 4, 2))
    assert review_of(app) == ("open", [], ["T1"])


def test_what_a_person_asked_for_does_not_go_away(app):
    contract_id = contract_under_review(app)
    with transaction(app) as session:
        contract = session.get(Contract, contract_id)
        open_by_hand(session, contract, "Exempel", actor="user:1", now=moment(FIRST))
    move_end(app, contract_id, "2029-12-31", date(2026, 4, 2))
    assert review_of(app) == ("open", ["hand"], ["T1"])


@pytest.mark.parametrize("change", [{"approval": "approved"}, {"removed_at": NOW}])
def test_an_approved_or_removed_subcontractor_is_no_reason_any_more(app, change):
    with transaction(app) as session:
        contract = build_contract(session, owner_id=build_staff(session).id, terms=terms(end=None))
        entry = build_subcontractor(session, contract, starts_on=FIRST)
        arming.rearm_subcontractor(session, entry, now=NOW)
        entry_id = entry.id
    do_due_rows(app, now=moment(FIRST))
    assert review_of(app) == ("open", ["T12"], [])
    with transaction(app) as session:
        entry = session.get(Subcontractor, entry_id)
        for name, value in change.items():
            setattr(entry, name, value)
        arming.rearm_subcontractor(session, entry, now=moment(FIRST))
    assert review_of(app) == ("cause_gone", [], ["T12"])


def late_round(app) -> int:
    with transaction(app) as session:
        contact = build_contact(session)
        contract = build_contract(
            session, contact.supplier, owner_id=build_staff(session).id, terms=terms(end=None)
        )
        assessment = build_assessment(session, contact, contracts=(contract,), due_on=date(2026, 3, 11))
        arming.rearm_assessment(session, assessment, now=NOW)
        assessment_id = assessment.id
    do_due_rows(app, now=moment(FIRST))
    assert review_of(app) == ("open", ["T5"], [])
    return assessment_id


@pytest.mark.parametrize(
    "change", [{"state": State.SUBMITTED, "submitted_at": NOW}, {"due_on": date(2026, 5, 1)}]
)
def test_answers_that_came_in_or_got_more_time_are_no_reason_any_more(app, change):
    assessment_id = late_round(app)
    with transaction(app) as session:
        assessment = session.get(Assessment, assessment_id)
        for name, value in change.items():
            setattr(assessment, name, value)
        arming.rearm_assessment(session, assessment, now=moment(date(2026, 4, 2)))
    assert review_of(app) == ("cause_gone", [], ["T5"])


@BOTH_DATABASES
def test_a_newer_certificate_that_was_read_takes_the_reason_away(app):
    with transaction(app) as session:
        contact = build_contact(session)
        contract = build_contract(
            session, contact.supplier, owner_id=build_staff(session).id, terms=terms(end=None)
        )
        values = {"state": State.SUBMITTED, "submitted_at": NOW}
        assessment = build_assessment(session, contact, contracts=(contract,), **values)
        show(session, assessment, "2026-04-20")
        arming.rearm_assessment(session, assessment, now=NOW)
        assessment_id = assessment.id
    do_due_rows(app, now=moment(FIRST))
    assert review_of(app) == ("open", ["T6"], [])
    with transaction(app) as session:
        newer = show(session, session.get(Assessment, assessment_id), "2029-04-20")
        arming.rearm_document(session, newer, now=moment(FIRST))
    assert review_of(app) == ("cause_gone", [], ["T6"])


def show(session, assessment: Assessment, valid_until: str):
    """A certificate that the answers show."""
    document = build_document(
        session, assessment.supplier, kind="certificate", facts={"valid_until": valid_until}
    )
    use = {"assessment_id": assessment.id, "question_id": "any", "document_id": document.id}
    session.add(AnswerDocument(attached_at=NOW, **use))
    session.flush()
    return document


def test_a_mail_about_a_review_that_closed_itself_is_not_sent(app):
    contract_id = contract_under_review(app)
    move_end(app, contract_id, "2029-12-31", date(2026, 4, 2))
    with reading(app) as session:
        assert reason_to_withdraw(session, session.query(Message).one())
