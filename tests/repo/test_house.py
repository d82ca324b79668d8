"""Rules about the code itself: sizes, words, the map, no question id in Python, templates that compile."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from compliance.questionnaires import catalogue

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "compliance"
SOURCES = [p for p in sorted(PACKAGE.rglob("*.py")) if "migrations" not in p.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 60, 160
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_there_are_files_to_look_at():
    assert len(SOURCES) > 50
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_has_grown_past_one_idea(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_template_has_grown_past_one_idea(path):
    assert len(path.read_text().splitlines()) <= LONGEST_TEMPLATE


def test_no_function_is_too_long_to_see_at_once():
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_every_module_says_what_it_is_for():
    silent = [str(p.relative_to(ROOT)) for p in SOURCES if not ast.get_docstring(ast.parse(p.read_text()))]
    assert silent == []


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [p for p in SOURCES if p.stem in FORBIDDEN_NAMES] == []


def test_no_question_id_stands_in_python():
    ids = {q.id for questionnaire in catalogue.released() for q in questionnaire.questions}
    assert ids
    found = [
        f"{path.relative_to(ROOT)}: {node.value}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and node.value in ids
    ]
    assert found == []


def test_importing_a_step_does_not_load_flask_or_sqlalchemy():
    code = (
        "import sys, compliance.scoring, compliance.evidence.matching, compliance.answers.journey; "
        "print([m for m in ('flask', 'sqlalchemy', 'wtforms') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_template_compiles(app):
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix in {".html", ".txt"}:
            app.jinja_env.get_template(str(path.relative_to(ROOT / "templates")))
