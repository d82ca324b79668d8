"""A whole case (profile, contracts, answers, evidence) is scored by the same engine as bare items."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from compliance.cli.score import score as command
from compliance.scoring import CaseRefusedError, load_method, score
from compliance.scoring.whole_case import read_whole_case
from compliance.scoring.words import ItemState, Verdict

TODAY = date(2026, 11, 23)
PROFILE = {
    "employees_in_sweden": 3,
    "work_types": ["office"],
    "subcontracting": "none",
    "workforce": ["none"],
    "outside_eea": "no",
    "hazards": ["none"],
    "work_settings": ["none"],
    "certificates_held": ["none"],
}


def case(**parts) -> dict:
    return {"profile": PROFILE, "contracts": [{"id": 7}], "inherent_risk": "low", "on": "2026-11-23", **parts}


def by_id(document: dict) -> dict:
    return {item.id: item for item in read_whole_case(document, TODAY).items}


def test_a_question_asked_per_contract_is_one_item_per_contract():
    items = by_id(case(contracts=[{"id": 7}, {"id": 8}], answers={"code_of_conduct_accepted@7": "yes"}))
    assert items["code_of_conduct_accepted@7"].state is ItemState.ANSWERED
    assert items["code_of_conduct_accepted@8"].state is ItemState.UNANSWERED


def test_evidence_reaches_its_item():
    items = by_id(case(answers={"annual_leave": "yes"}, evidence={"annual_leave": "expired"}))
    assert items["annual_leave"].evidence is Verdict.EXPIRED


def test_a_question_that_the_profile_hides_is_hidden():
    assert (
        by_id(case(profile={**PROFILE, "employees_in_sweden": 0}))["annual_leave"].state is ItemState.HIDDEN
    )


def test_a_case_without_answers_to_zero_tolerance_questions_has_no_band():
    whole = read_whole_case(case(), TODAY)
    assert score(whole.items, whole.inherent_risk, load_method()).band is None


@pytest.mark.parametrize(
    ("parts", "at"),
    [
        ({"evidence": {"annual_leave": "good"}}, "evidence.annual_leave"),
        ({"evidence": {"no_such": "checked"}}, "evidence.no_such"),
        ({"evidence": ["checked"]}, "evidence"),
        ({"answers": {"annual_leave": "maybe"}}, "answers.annual_leave"),
        ({"inherent_risk": "huge"}, "inherent_risk"),
    ],
)
def test_every_mistake_is_named_with_its_place(parts, at):
    with pytest.raises(CaseRefusedError) as refused:
        read_whole_case(case(**parts), TODAY)
    assert [one.at for one in refused.value.refusals] == [at]


def test_the_command_scores_a_whole_case(tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case(answers={"annual_leave": "yes"})))
    done = CliRunner().invoke(command, [str(file), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["state"] == "incomplete"
