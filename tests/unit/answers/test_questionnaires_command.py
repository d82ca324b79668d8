"""`compliance questionnaires`: what it prints, and how it refuses."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from compliance.cli.questionnaires import questionnaires
from tests.unit.answers.journey_cases import SAMPLES

FIXTURES = Path(__file__).parent / "profiles"


def run(*args, content=None):
    return CliRunner().invoke(questionnaires, [str(arg) for arg in args], input=content)


def route(case):
    done = run("route", "-", "--json", content=json.dumps(case))
    return done.exit_code, json.loads(done.stdout)


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_the_reviewed_companies_are_asked_what_was_reviewed(file):
    case = json.loads(file.read_text(encoding="utf-8"))
    status, told = route(case["case"])
    assert status == 0
    assert {key: told[key] for key in ("asked", "minutes", "expected_documents")} == case["reviewed"][
        "numbers"
    ]
    assert [question["id"] for question in told["questions"]] == case["reviewed"]["asked"]


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_small_companies_get_at_most_45_minutes_8_documents_and_enough_to_score(file):
    told = route(json.loads(file.read_text(encoding="utf-8"))["case"])[1]
    assert told["minutes"] <= 45
    assert told["expected_documents"] <= 8
    for area in ("human_rights", "working_conditions", "work_environment"):
        assert sum(q["questionnaire"] == area and q["scored"] for q in told["questions"]) > 5


def test_every_question_comes_with_its_reason_in_both_languages():
    told = route({"profile": {"employees_in_sweden": 8}})[1]
    for question in told["questions"] + told["not_asked"]:
        assert all(reason["sv"] and reason["en"] for reason in question["reasons"])


@pytest.mark.parametrize(
    ("case", "at"),
    [
        ([], ""),
        ({"profil": {}}, "profil"),
        ({"profile": []}, "profile"),
        ({"profile": {"employees_in_sweden": "många"}}, "profile.employees_in_sweden"),
        ({"profile": {"favourite_colour": "blue"}}, "profile.favourite_colour"),
        ({"profile": {"hazards": ["none", "dust"]}}, "profile.hazards"),
        ({"questionnaires": ["nothing"]}, "questionnaires[0]"),
        ({"questionnaires": [{"key": "human_rights", "version": 999}]}, "questionnaires[0]"),
        ({"questionnaires": [3]}, "questionnaires[0]"),
        ({"contracts": ["K-1"]}, "contracts[0]"),
        ({"contracts": [{"id": 1}, {"id": 1}]}, "contracts[1].id"),
        ({"contracts": [{"facts": ["golden"]}]}, "contracts[0].facts"),
        ({"contracts": [{"facts": [{}]}]}, "contracts[0].facts"),
        ({"answers": {"ohs_policy@1": "yes"}, "contracts": [{"id": 1}]}, "answers.ohs_policy@1"),
        ({"inherent_risk": "dreadful"}, "inherent_risk"),
        ({"on": "i dag"}, "on"),
        ({"on": 20261123}, "on"),
    ],
)
def test_a_case_that_cannot_be_read_is_refused_at_its_place(case, at):
    status, told = route(case)
    assert status == 2
    assert [error["at"] for error in told["errors"]] == [at]
    assert told["errors"][0]["message"].endswith(".")


@pytest.mark.parametrize("content", ["", "{", "\x00", "[" * 20000])
def test_what_is_not_json_is_refused(content):
    done = run("route", "-", content=content)
    assert done.exit_code == 2
    assert json.loads(done.stdout)["errors"]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert run("route", tmp_path / "none.json").exit_code == 2


def test_check_is_silent_about_right_definitions_and_exits_with_1_for_wrong_ones():
    assert run("check").exit_code == 0
    wrong = run("check", SAMPLES / "planted_mistakes.yaml", "--json")
    assert wrong.exit_code == 1
    assert len(json.loads(wrong.stdout)["mistakes"]) >= 20


def test_show_prints_the_questions_in_the_language_asked_for():
    assert "Har ni en arbetsmiljöpolicy?" in run("show", "work_environment").stdout
    assert "Do you have a work environment policy?" in run("show", "work_environment", "--lang", "en").stdout
    assert json.loads(run("show", "work_environment", "--version", 1, "--json").stdout)["version"] == 1


@pytest.mark.parametrize("args", [("show", "nothing"), ("show", "work_environment", "--version", 99)])
def test_show_refuses_what_is_not_there_and_says_what_is(args):
    done = run(*args)
    assert done.exit_code == 2
    assert "work_environment 1" in json.loads(done.stdout)["errors"][0]["message"]


def test_diff_of_a_version_with_itself_finds_nothing():
    assert run("diff", "human_rights", 1, 1).stdout.strip() == "No question differs."


def test_the_command_loads_neither_flask_nor_a_database():
    code = "import sys, compliance.cli.questionnaires; print({'flask', 'sqlalchemy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_newest_released_version_is_asked_unless_another_is_named():
    case = {"profile": {"employees_in_sweden": 8, "employees_total": 8, "work_types": ["construction"]}}
    newest = run("route", "-", "--json", content=json.dumps(case))
    assert "accident_statistics" in {question["id"] for question in json.loads(newest.stdout)["questions"]}
    # version 1 does not know employees_total
    assert run("route", "-", "--version", 1, content=json.dumps(case)).exit_code == 2
    refused = run("route", "-", "--version", 99, content=json.dumps(case))
    assert refused.exit_code == 2
    assert json.loads(refused.stdout)["errors"][0]["at"] == "questionnaires[0]"


def test_show_tells_which_version_it_is():
    shown = run("show", "work_environment", "--version", 2).stdout
    assert shown.startswith("Arbetsmiljö (work_environment 2, released)")


def test_diff_tells_in_words_what_a_later_version_adds_changes_and_keeps():
    told = run("diff", "working_conditions", 1, 2, "--lang", "en").stdout
    assert "subcontractor_register: Subcontractors in the contract\n    New question.\n" in told
    assert "tax_debts: Tax and contribution debts\n    Changed, must be answered again.\n" in told
    assert "    - The answer “Yes” now reads “Yes, without a payment plan”.\n" in told
    assert told.splitlines()[-1].startswith("Changed, the answer is kept: ")


def test_diff_tells_the_same_to_programs():
    told = json.loads(run("diff", "working_conditions", 1, 2, "--json").stdout)
    by_id = {change["question"]: change for change in told["changes"]}
    assert by_id["f_tax"]["keeps_answer"] is True
    assert by_id["tax_debts"]["outcome"]["sv"] == "Ändrad, ska besvaras på nytt"
    assert all(detail["sv"] and detail["en"] for detail in by_id["tax_debts"]["details"])
