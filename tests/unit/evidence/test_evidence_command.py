"""Step 4, evidence: `compliance evidence read` prints one JSON document and starts without the web."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from compliance.cli.evidence import evidence
from compliance.evidence.reading_json import reading_from_json, reading_to_json
from compliance.evidence.sandbox import read_pdf

FOLDER = Path(__file__).parents[2] / "evidence_files"
CERTIFICATE = FOLDER / "certificate_sv_value_beside_label.pdf"


def test_the_command_prints_what_was_read():
    result = CliRunner().invoke(evidence, ["read", str(CERTIFICATE), "--json"])
    document = json.loads(result.output)
    assert (result.exit_code, document["state"], document["pages"]) == (0, "read", 1)
    fact = next(fact for fact in document["facts"] if fact["field"] == "valid_until")
    assert fact["value"] == "2028-03-13"
    assert set(fact) == {
        "field", "value", "page", "box", "quote", "confidence", "source", "warnings", "answer",
    }  # fmt: skip
    assert "text" not in document


def test_without_json_it_prints_lines_for_people():
    result = CliRunner().invoke(evidence, ["read", str(CERTIFICATE)])
    assert "valid_until" in result.output
    assert "2028-03-13" in result.output


def test_a_missing_file_is_refused_with_status_two(tmp_path):
    result = CliRunner().invoke(evidence, ["read", str(tmp_path / "none.pdf"), "--json"])
    assert result.exit_code == 2
    assert json.loads(result.output)["errors"][0]["message"].startswith("The file could not be opened")


def test_a_bad_document_is_a_state_and_no_refusal():
    result = CliRunner().invoke(evidence, ["read", str(FOLDER / "truncated_upload.pdf"), "--json"])
    assert (result.exit_code, json.loads(result.output)["state"]) == (0, "broken")


def test_the_command_loads_neither_the_web_nor_the_pdf_libraries():
    program = (
        "import sys; from click.testing import CliRunner; from compliance.cli.evidence import evidence;"
        f"CliRunner().invoke(evidence, ['read', {str(CERTIFICATE)!r}]);"
        "print([m for m in ('flask', 'sqlalchemy', 'pdfplumber', 'pypdfium2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_a_reading_survives_the_way_to_json_and_back():
    reading = read_pdf(CERTIFICATE)
    back = reading_from_json(json.loads(json.dumps(reading_to_json(reading, with_text=True))))
    assert back.text == reading.text
    assert [fact.value for fact in back.facts] == [fact.value for fact in reading.facts]


@pytest.mark.parametrize("data", [None, [], {}, {"state": "splendid"}, {"state": "read", "sha256": "x"}])
def test_what_is_no_reading_is_not_taken_for_one(data):
    with pytest.raises(ValueError, match=r"reading|state"):
        reading_from_json(data)
