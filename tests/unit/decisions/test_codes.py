"""Which decisions there are, what they demand, and what is refused."""

from datetime import date

import pytest

from compliance.decisions.codes import DecisionDraft, decision_code, decision_refusals, decision_table

TODAY, LATER = date(2026, 11, 23), date(2027, 1, 22)
REASON = "Bristerna är små och rättas enligt planen."


@pytest.mark.parametrize(
    ("code", "hearing", "next_date", "reopens"),
    [
        ("approve", False, "suggested", False),
        ("approve_with_plan", False, "required", False),
        ("request_completion", False, "required", True),
        ("do_not_extend", False, "suggested", False),  # not an exclusion: LOU 13 kap. 4 § does not apply
        ("escalate", True, "required", False),
    ],
)
def test_what_each_decision_demands(code, hearing, next_date, reopens):
    row = decision_code(code)
    assert (row.needs_hearing, row.next_date, row.reopens_assessment) == (hearing, next_date, reopens)
    assert row.closes_review
    assert row.source


def test_every_decision_is_explained_in_both_languages():
    for row in decision_table().codes.values():
        for text in (row.label, row.help):
            assert text.in_language("sv") != text.in_language("en")
            assert text.in_language("de") == text.sv
        assert row.help.sv.endswith(".")
        assert row.help.en.endswith(".")


@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        (DecisionDraft("approve", REASON, LATER), []),
        (DecisionDraft("approve", REASON, None), []),
        (DecisionDraft("approve_with_plan", REASON, None), ["next_on"]),
        (DecisionDraft("approve_with_plan", REASON, TODAY), ["next_on"]),
        (DecisionDraft("approve", "ok", LATER), ["reason"]),
        (DecisionDraft("approve", "o k " * 4 + " " * 50, LATER), ["reason"]),  # spaces are no reason
        (DecisionDraft("escalate", REASON, LATER), ["heard_on"]),
        (DecisionDraft("escalate", REASON, LATER, heard_on=LATER), ["heard_on"]),
        (DecisionDraft("escalate", REASON, LATER, heard_on=TODAY), []),
        (DecisionDraft("terminate", "", None), ["code", "reason"]),
        (DecisionDraft("escalate", "", None), ["reason", "next_on", "heard_on"]),
    ],
)
def test_all_that_is_missing_is_told_at_once(draft, refused):
    refusals = decision_refusals(draft, today=TODAY)
    assert [refusal.at for refusal in refusals] == refused
    assert all("%" not in refusal.message for refusal in refusals)
