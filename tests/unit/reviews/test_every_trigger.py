"""All triggers together: each has its words, planning is repeatable, and no two keys are the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reviews import answer_triggers, contract_triggers, register_triggers, reported, triggers
from compliance.reviews.answer_triggers import Outcome
from compliance.reviews.document_triggers import document_findings
from compliance.reviews.due_items import rearm, select_due
from compliance.reviews.parameters import parameters
from compliance.reviews.reasons import wording

RULES, DAY = parameters(), date(2027, 3, 31)


def every_plan():
    """The triggers that are not planned from a contract's terms, each around one date."""
    facts = {"approved_for_f_tax": ["no"], "company_status": ["konkurs"]}
    plans = [
        contract_triggers.deep_follow_up("contract-1", DAY, "high", RULES),
        triggers.late_completion("assessment-1", DAY, date(2026, 1, 1), RULES),
        answer_triggers.score_drop("assessment-1", DAY, (Outcome("A", 90), Outcome("C", 60)), RULES),
        register_triggers.unapproved_subcontractor("subcontractor-1", DAY, "waiting", RULES),
        register_triggers.unapproved_subcontractor("subcontractor-2", DAY, "refused", RULES),
        register_triggers.too_many_tiers("subcontractor-1", DAY, (3, 1), RULES),
        answer_triggers.posting_without_proof("contract-1", DAY, supplier_is_foreign=True, rules=RULES),
        document_findings("document-1", "tax_extract", facts, DAY, RULES),
        document_findings("document-2", "insurance_certificate", {"valid_until": ["2027-03-31"]}, DAY, RULES),
        contract_triggers.employees_crossing("assessment-1", (1, 60), DAY, RULES),
        contract_triggers.value_crossing("contract-1", (1, 6_000_000), DAY, RULES),
        answer_triggers.new_questions("assessment-1", {"a": 1}, {"a": 2}, DAY, RULES),
        contract_triggers.start_up_meeting("contract-1", DAY, (None, None), RULES),
        contract_triggers.terms_without_plan(
            "contract-1", DAY, special_terms=True, has_plan=False, rules=RULES
        ),
        answer_triggers.accident_answered("assessment-1", DAY, RULES),
        contract_triggers.quiet_contract("contract-1", "high", DAY, RULES),
    ]
    events = [
        reported.reported_event(f"event-{number}", code, kind.severities[0], DAY, RULES)
        for number, (code, kind) in enumerate(reported.event_kinds().items())
    ]
    return [item for plan in [*plans, *events] for item in plan]


def test_every_trigger_of_the_table_is_here_or_with_those_of_dates():
    of_dates = {"T1", "T2", "T4", "T6", "T7", "T9"}
    assert {item.kind for item in every_plan()} | of_dates == {f"T{number}" for number in range(1, 23)}


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2028, 9, 1)])
@pytest.mark.parametrize("item", every_plan(), ids=lambda item: item.key)
def test_every_reason_can_be_said_from_its_own_values(item, today):
    words = wording(item.kind, item.params, today=today)
    for sentence in (words.why % item.params, words.what_now % item.params):
        assert sentence.endswith(".")
        assert "%" not in sentence


def test_planning_twice_gives_the_same_and_every_key_once():
    keys = [item.key for item in every_plan()]
    assert every_plan() == every_plan()
    assert len(keys) == len(set(keys))


@given(st.permutations(every_plan()), st.integers(-400, 800))
def test_the_order_in_which_items_come_does_not_matter(items, after):
    today = date.fromordinal(DAY.toordinal() + after)
    chosen, usual = select_due(items, today=today), select_due(every_plan(), today=today)
    assert {item.key for item in chosen.tell} == {item.key for item in usual.tell}


@given(st.sets(st.sampled_from([item.key for item in every_plan()])))
def test_arming_is_the_same_whatever_is_armed_already(armed):
    change = rearm(every_plan(), dict.fromkeys(armed, "waiting"))
    assert {item.key for item in change.arm} | armed == {item.key for item in every_plan()}
    assert change.cancel == ()
