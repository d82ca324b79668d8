"""`compliance contracts dates` from a file to the document on standard output."""

import json
import subprocess
import sys

from click.testing import CliRunner

from compliance.cli.contracts import contracts
from tests.unit.suppliers.contract_cases import dates_on, option


def run(case, *arguments):
    text = case if isinstance(case, str) else json.dumps(case)
    return CliRunner().invoke(contracts, ["dates", "-", *arguments], input=text)


def test_the_document_is_the_only_thing_on_standard_output():
    result = run(option(), "--on", "2026-11-23", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == dates_on(option(), "2026-11-23")


def test_people_get_lines():
    result = run(option(), "--on", "2026-11-23")
    assert "last_notice_day         2026-12-31" in result.stdout
    assert "30 days before" in result.stdout


def test_mistakes_in_the_day_and_in_the_file_are_told_together_with_status_2():
    result = run(option(extended=9), "--on", "2026-02-30", "--json")
    assert result.exit_code == 2
    assert [error["at"] for error in json.loads(result.stdout)["errors"]] == ["on", "renewal.extended"]


def test_what_is_not_json_is_refused():
    for text in ("{", "", "[" * 100_000):
        result = run(text, "--on", "2026-11-23", "--json")
        assert result.exit_code == 2
        assert json.loads(result.stdout)["errors"][0]["message"] == "The file is not JSON in UTF-8."


def test_a_file_that_is_not_there_is_refused(tmp_path):
    result = CliRunner().invoke(
        contracts, ["dates", str(tmp_path / "none.json"), "--on", "2026-11-23", "--json"]
    )
    assert result.exit_code == 2
    assert "cannot be read" in result.stdout


def test_the_command_starts_without_flask_and_sqlalchemy():
    code = (
        "import sys, compliance.cli.contracts; print({'flask', 'sqlalchemy', 'pydantic'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_name_that_is_no_text_at_all_is_refused_like_any_other():
    result = run('{"\\ud800": 1}', "--on", "2026-11-23", "--json")
    assert result.exit_code == 2
    assert "\ud800" in [error["at"] for error in json.loads(result.stdout)["errors"]]
