"""A web worker loads what its pages need: libraries of many MiB are left to those who use them."""

import subprocess
import sys

import pytest

LEFT_OUT = (
    "alembic", "apscheduler", "docx", "flask_migrate", "holidays", "huey", "icalendar", "lxml", "openpyxl",
    "pdfplumber", "PIL", "psycopg", "pypdfium2", "typst",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded():
    """The top-level modules of a fresh process that imported the application."""
    code = "import sys; import compliance.app; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("library", LEFT_OUT)
def test_the_application_starts_without(loaded, library):
    assert library not in loaded
