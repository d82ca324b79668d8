"""Every event that the program writes has a sentence of its own in the timeline, and every mail a name."""

import ast
from pathlib import Path

from compliance.web.office_events import SENTENCES as OFFICE_SENTENCES
from compliance.web.procurer.event_words import SENTENCES
from compliance.web.procurer.messages import KINDS

ROOT = Path(__file__).parents[3]
OWN_TO_SUPPLIER = {"answer_saved"}


def calls_of(name):
    for path in (ROOT / "compliance" / "workflow").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield node


def texts(node):
    return {
        one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }


def test_every_recorded_event_has_a_sentence():
    names = set().union(*(texts(call.args[2]) for call in calls_of("record") if len(call.args) > 2))
    assert len(names) > 10
    assert names - set(SENTENCES) - set(OFFICE_SENTENCES) - OWN_TO_SUPPLIER == set()


def test_every_kind_of_mail_has_a_name_and_both_templates():
    emails = {path.stem for path in (ROOT / "templates" / "emails").glob("*.txt")}
    assert set(KINDS) == emails
    assert {path.stem for path in (ROOT / "templates" / "emails").glob("*.html")} - {"parts"} == emails
