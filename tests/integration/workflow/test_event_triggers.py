"""When facts change, what follows comes under review with the next tick, once: T8, T13, T14, T15, T17, T18, T21."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from compliance.assessments import State
from compliance.jobs.ticks import do_due_rows
from compliance.jobs.transactions import reading, transaction
from compliance.questionnaires import catalogue
from compliance.storage.models import AnswerDocument, Assessment, DueRow, Message, ReviewReason, Scorecard
from compliance.workflow import arming
from compliance.workflow.releasing import note_releases
from tests.conftest import BOTH_DATABASES
from tests.rows import (
    NOW,
    build_assessment,
    build_contact,
    build_contract,
    build_document,
    build_staff,
    build_subcontractor,
    build_supplier,
    terms,
)

SOON = NOW + timedelta(minutes=1)


def reasons(app) -> list[tuple[str, str, str]]:
    with reading(app) as session:
        found = session.query(ReviewReason).order_by(ReviewReason.trigger, ReviewReason.id)
        return [(row.trigger, row.severity, row.params.get("cause", "")) for row in found]


def scored(session, assessment: Assessment, said: dict[str, Any], *, shown: float = 80) -> None:
    """A result of the round, in which these questions were answered so; a document of each that begins with +."""
    questions = [
        {
            "question": name.lstrip("+"), "asked": True, "answer": "answered", "value": value,
            "documents": [{"judged": None}] if name.startswith("+") else [],
        }
        for name, value in said.items()
    ]  # fmt: skip
    session.add(
        Scorecard(
            assessment_id=assessment.id, sequence=1, method="m", versions={}, digest="0" * 64, created_at=NOW,
            inputs={"questions": questions}, result={"band": assessment.band, "gates": [], "shown": shown},
        )
    )  # fmt: skip
    session.flush()


def submitted(session, said: dict[str, Any], *, contact=None, shown: float = 80, **values: Any) -> Assessment:
    """A submitted round about one contract of the supplier."""
    contact = contact or build_contact(session)
    owner = build_staff(session)
    contract = build_contract(session, contact.supplier, owner_id=owner.id, terms=terms(end=None))
    defaults = {"state": State.SUBMITTED, "submitted_at": NOW, "band": "B", "reassess_on": date(2028, 3, 2)}
    row = build_assessment(session, contact, contracts=(contract,), **defaults | values)
    scored(session, row, said, shown=shown)
    arming.rearm_assessment(session, row, now=NOW)
    return row


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"workforce": ["posted"], "posting_notified": "yes"}, [("T14", "critical", "supplier")]),
        ({"workforce": ["posted"], "+posting_notified": "yes"}, []),
        ({"workforce": ["agency"], "posting_notified": "yes"}, []),
        ({"serious_accident": "danger_remains"}, [("T21", "critical", "answered")]),
        ({"serious_accident": "none"}, []),
    ],
)
def test_what_was_answered_comes_under_review_with_the_next_tick(app, said, expected):
    with transaction(app) as session:
        submitted(session, said)
    do_due_rows(app, now=SOON)
    assert reasons(app) == expected


def test_the_buyer_has_the_duty_itself_when_the_supplier_is_foreign(app):
    with transaction(app) as session:
        supplier = build_supplier(
            session, identity_kind="foreign", identity_number="PL1234567890", country="PL"
        )
        submitted(session, {"workforce": ["posted"]}, contact=build_contact(session, supplier))
    do_due_rows(app, now=SOON)
    assert reasons(app) == [("T14", "critical", "ours")]


@BOTH_DATABASES
def test_looking_at_the_same_facts_again_and_again_tells_once(app):
    with transaction(app) as session:
        row_id = submitted(session, {"workforce": ["posted"], "serious_accident": "danger_remains"}).id
    for count in range(4):
        do_due_rows(app, now=SOON + timedelta(minutes=count))
        with transaction(app) as session:
            arming.rearm_assessment(session, session.get(Assessment, row_id), now=SOON)
    assert [trigger for trigger, _, _ in reasons(app)] == ["T14", "T21"]
    with reading(app) as session:
        assert session.query(Message).count() == 2


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [((80, "B"), (60, "B"), "points"), ((80, "A"), (79, "B"), "bands"), ((80, "B"), (70, "B"), None)],
)
def test_a_result_lower_than_the_round_before_comes_under_review(app, before, now, expected):
    with transaction(app) as session:
        contact = build_contact(session)
        earlier = NOW - timedelta(days=700)
        submitted(
            session, {}, contact=contact, shown=before[0], band=before[1], submitted_at=earlier,
            state=State.CLOSED,
        )  # fmt: skip
        submitted(session, {}, contact=contact, shown=now[0], band=now[1])
    do_due_rows(app, now=SOON)
    drops = [cause for trigger, _, cause in reasons(app) if trigger == "T8"]
    assert drops == ([expected] if expected else [])


def test_growth_and_new_questions_wait_for_the_next_round_and_send_no_mail(app):
    newest = {one.key: one.version for one in catalogue.released()}
    with transaction(app) as session:
        contact = build_contact(session)
        old = {"submitted_at": NOW - timedelta(days=700), "state": State.CLOSED}
        submitted(session, {"employees_total": "9"}, contact=contact, **old)
        asked = dict.fromkeys(newest, 1)
        submitted(session, {"employees_total": "12"}, contact=contact, questionnaires=asked)
    on = datetime(2027, 12, 1, 8, tzinfo=UTC)
    with transaction(app) as session:
        assert note_releases(session, now=on) == 1
        assert note_releases(session, now=on) == 0
    do_due_rows(app, now=on)
    assert not {"T17", "T18"} & {trigger for trigger, _, _ in reasons(app)}
    with transaction(app) as session:
        session.query(DueRow).filter_by(kind="T4").delete()
    do_due_rows(app, now=datetime(2028, 1, 3, 8, tzinfo=UTC))
    found = {trigger: severity for trigger, severity, _ in reasons(app)}
    assert found["T17"] == found["T18"] == "normal"
    with reading(app) as session:
        assert not [row.key for row in session.query(Message) if "T17" in row.key or "T18" in row.key]


@pytest.mark.parametrize(
    ("kind", "facts", "expected"),
    [
        ("tax_extract", {"approved_for_f_tax": "no"}, [("T15", "critical", "no_f_tax")]),
        ("tax_extract", {"debt": "12000 SEK"}, [("T15", "high", "debt")]),
        ("registration", {"company_status": "konkurs inledd"}, [("T16", "high", "bankruptcy")]),
        ("tax_extract", {"approved_for_f_tax": "yes", "debt": "0 SEK"}, []),
    ],
)
def test_bad_news_in_a_document_that_was_read_comes_under_review(app, kind, facts, expected):
    with transaction(app) as session:
        row = submitted(session, {})
        document = build_document(session, row.supplier, kind=kind, facts=facts)
        use = {"assessment_id": row.id, "question_id": "any", "document_id": document.id}
        session.add(AnswerDocument(attached_at=NOW, **use))
        session.flush()
        arming.rearm_document(session, document, now=NOW)
    do_due_rows(app, now=SOON)
    assert reasons(app) == expected


def test_what_is_not_sent_in_yet_sets_nothing_off(app):
    """A round that is being completed keeps what was submitted; the draft is the supplier's own."""
    with transaction(app) as session:
        row = build_assessment(session, state=State.ANSWERING)
        document = build_document(
            session, row.supplier, kind="tax_extract", facts={"approved_for_f_tax": "no"}
        )
        use = {"assessment_id": row.id, "question_id": "any", "document_id": document.id}
        session.add(AnswerDocument(attached_at=NOW, **use))
        session.flush()
        arming.rearm_document(session, document, now=NOW)
        arming.rearm_assessment(session, row, now=NOW)
    do_due_rows(app, now=SOON)
    assert reasons(app) == []


def test_a_chain_that_is_too_deep_comes_under_review(app):
    with transaction(app) as session:
        owner = build_staff(session)
        contract = build_contract(session, owner_id=owner.id, terms=terms(end=None), max_tiers=1)
        entry = build_subcontractor(session, contract, tier=2, approval="approved")
        arming.rearm_subcontractor(session, entry, now=NOW)
    do_due_rows(app, now=SOON)
    assert reasons(app) == [("T13", "high", "")]


def test_a_quiet_contract_is_told_of_until_somebody_does_something(app):
    with transaction(app) as session:
        owner = build_staff(session)
        contract = build_contract(session, owner_id=owner.id, terms=terms(end=None), priority="high")
        arming.rearm_contract(session, contract, now=NOW)
        contract_id = contract.id
    do_due_rows(app, now=datetime(2026, 9, 2, 8, tzinfo=UTC))
    do_due_rows(app, now=datetime(2026, 10, 2, 8, tzinfo=UTC))
    assert [trigger for trigger, _, _ in reasons(app)] == ["T22"]
    with reading(app) as session:
        assert session.query(Message).filter_by(contract_id=contract_id).count() == 2


def test_the_procurer_hears_the_day_after_a_completion_was_due(app):
    with transaction(app) as session:
        contact = build_contact(session)
        owner = build_staff(session)
        contract = build_contract(session, contact.supplier, owner_id=owner.id, terms=terms(end=None))
        values = {"state": State.SENT_BACK, "submitted_at": NOW, "due_on": date(2026, 4, 14)}
        row = build_assessment(session, contact, contracts=(contract,), **values)
        arming.rearm_assessment(session, row, now=NOW)
    do_due_rows(app, now=datetime(2026, 4, 14, 8, tzinfo=UTC))
    assert reasons(app) == []
    do_due_rows(app, now=datetime(2026, 4, 15, 8, tzinfo=UTC))
    assert reasons(app) == [("T5", "normal", "")]
