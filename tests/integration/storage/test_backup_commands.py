"""The commands for a backup and its return, run as an operator runs them."""

import os
import subprocess
import sys

import pytest

from tests.conftest import SECRET


@pytest.fixture
def operator(tmp_path):
    """Runs a command against the installation of a name."""

    def run(name, *arguments):
        settings = {
            "COMPLIANCE_SECRET_KEY": SECRET,
            "COMPLIANCE_PASSWORD_SALT": SECRET,
            "COMPLIANCE_INSTANCE": str(tmp_path / name),
            "COMPLIANCE_DATABASE_URL": f"sqlite:///{tmp_path / name}.sqlite",
            "COMPLIANCE_UPLOADS": str(tmp_path / name / "uploads"),
        }
        return subprocess.run(
            [sys.executable, "-m", "compliance.cli", *arguments],
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_an_operator_backs_up_restores_and_releases_mail(operator, tmp_path):
    assert operator("old", "db", "upgrade").returncode == 0
    made = operator("old", "backup", str(tmp_path / "backup"))
    assert made.returncode == 0, made.stderr
    back = operator("new", "restore", str(tmp_path / "backup"))
    assert back.returncode == 0, back.stderr
    assert "held since" in operator("new", "mail", "held").stdout
    assert operator("new", "mail", "release").returncode == 0
    assert "not held" in operator("new", "mail", "held").stdout


def test_a_restore_over_rows_is_refused_in_a_sentence(operator, tmp_path):
    operator("old", "db", "upgrade")
    operator("old", "backup", str(tmp_path / "backup"))
    refused = operator("old", "restore", str(tmp_path / "backup"))
    assert refused.returncode == 1
    assert "restore into an empty one" in refused.stderr
    assert "Traceback" not in refused.stderr
