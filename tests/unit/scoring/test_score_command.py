"""`compliance score FILE`: the JSON of the page, plain lines for people, refusals with exit status 2."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from compliance.cli.score import score
from tests.unit.scoring.scoring_cases import everywhere, raw, result

EXAMPLE = """
{"items": [{"id": "x1", "area": "human_rights", "criticality": "major", "state": "answered", "credit": 0.5,
            "expects_evidence": true, "evidence": "checked",
            "remedied": false, "judged_false": false, "bonus": false}],
 "inherent_risk": "medium"}
"""
KEYS = (
    "state band declared supported shown if_accepted areas gates "
    "inherent_risk residual_risk reassess_months points method"
)


def run(text, *options):
    return CliRunner().invoke(score, ["-", *options], input=text)


def test_the_items_of_the_page_give_the_keys_of_the_page():
    outcome = run(EXAMPLE, "--json")
    card = json.loads(outcome.stdout)
    assert (outcome.exit_code, list(card)) == (0, KEYS.split())
    assert list(card["areas"]) == ["human_rights", "working_conditions", "work_environment"]
    assert list(card["areas"]["human_rights"]) == ["state", "band", "declared", "supported"]
    assert list(card["points"][0]) == ["id", "area", "lost", "lost_answer", "lost_proof"]


def test_a_file_is_scored_like_standard_input(tmp_path):
    file = tmp_path / "case.json"
    file.write_text(
        json.dumps({"items": everywhere(), "name": "other keys are left alone"}), encoding="utf-8"
    )
    outcome = CliRunner().invoke(score, [str(file), "--json"])
    assert json.loads(outcome.stdout) == result(everywhere(), "unknown")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_refused_case_ends_with_status_2_and_all_errors_on_stdout(options):
    outcome = run(json.dumps({"items": [raw("x", credit=2), raw("x")]}), *options)
    assert outcome.exit_code == 2
    errors = json.loads(outcome.stdout)["errors"]
    assert [error["at"] for error in errors] == ["items[0].credit", "items[1].id"]
    assert all(set(error) == {"at", "message"} and error["message"] for error in errors)


def test_a_file_that_is_not_there_is_a_refusal_too(tmp_path):
    outcome = CliRunner().invoke(score, [str(tmp_path / "gone.json"), "--json"])
    assert (outcome.exit_code, len(json.loads(outcome.stdout)["errors"])) == (2, 1)


def test_people_get_band_gates_losses_and_what_would_help():
    spoiled = raw("broken", criticality="major", credit=0)
    unproven = raw("paper", area="work_environment", expects_evidence=True)
    text = run(json.dumps({"items": [*everywhere(), spoiled, unproven]})).stdout
    assert text.startswith("Band ")
    for part in (
        "G3: ",
        "paper: No document",
        "broken loses 37.50 points of human_rights",
        "To band A: broken.",
    ):
        assert part in text


def test_scoring_loads_neither_web_nor_database():
    program = "import sys, compliance.cli.score; print({'flask', 'sqlalchemy', 'wtforms'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "set()"
