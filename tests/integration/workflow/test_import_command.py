"""`compliance contracts import` and `export`, run as an operator runs them."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import SECRET
from tests.rows import organisation_number

HEAD = "Avtalsnr;Titel;Leverantör;Org.nr;Start;Slut"
LINES = [
    f"HB-{n};Målning;Exempel Måleri AB (påhittat);{organisation_number(9001)};2026-01-01;{end}"
    for n, end in ((1, "2027-12-31"), (2, "2025-12-31"))
]


@pytest.fixture
def operator(tmp_path):
    """Runs a command against one installation."""
    settings = {
        "COMPLIANCE_SECRET_KEY": SECRET,
        "COMPLIANCE_PASSWORD_SALT": SECRET,
        "COMPLIANCE_INSTANCE": str(tmp_path),
        "COMPLIANCE_DATABASE_URL": f"sqlite:///{tmp_path / 'test.sqlite'}",
        "COMPLIANCE_UPLOADS": str(tmp_path / "uploads"),
    }

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "compliance.cli", *arguments],
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("db", "upgrade").returncode == 0
    return run


def test_a_dry_run_then_the_good_rows_then_nothing_more(operator, tmp_path):
    file = tmp_path / "avtal.csv"
    file.write_bytes("\r\n".join([HEAD, *LINES]).encode("cp1252"))
    dry = json.loads(operator("contracts", "import", str(file), "--json").stdout)
    assert (dry["applied"], dry["created"], dry["refused"], dry["suppliers"]) == (False, 1, 1, 1)
    assert dry["errors"][0]["at"] == "row 3, Slut"
    applied = operator("contracts", "import", str(file), "--apply")
    assert "1 created" in applied.stdout
    assert "row 3, Slut: The last day is before the first day" in applied.stderr
    again = json.loads(operator("contracts", "import", str(file), "--json").stdout)
    assert (again["unchanged"], again["created"], again["changed"]) == (1, 0, 0)
    assert "1 contracts were written" in operator("contracts", "export", str(tmp_path / "ut.xlsx")).stdout
    back = json.loads(operator("contracts", "import", str(tmp_path / "ut.xlsx"), "--json").stdout)
    assert (back["rows"], back["unchanged"]) == (1, 1)


def test_a_file_that_is_no_register_is_refused_with_status_2(operator, tmp_path):
    file = tmp_path / "bild.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    refused = operator("contracts", "import", str(file), "--json")
    assert refused.returncode == 2
    assert "cannot be read" in json.loads(refused.stdout)["errors"][0]["message"]
