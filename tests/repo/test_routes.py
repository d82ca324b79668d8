"""Every address, called as everybody: who gets in is what the view declares, and nobody sees what is not theirs.

The walk knows no address by name. An argument of a new name needs a value in `tests/worlds.py`.
"""

import hashlib
import io
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask_wtf.csrf import generate_csrf
from reportlab.pdfgen.canvas import Canvas
from werkzeug.routing import Rule

from compliance.extensions import db
from compliance.storage.models import User
from compliance.web.access import Access, declared_access
from tests.worlds import DRAFT_TEXT, World, build_world

WALKED = ("GET", "POST")
ROLES = {
    "stranger": frozenset(),
    "other supplier": frozenset({"supplier"}),
    "own supplier": frozenset({"supplier"}),
    "colleague": frozenset({"colleague"}),
    "reader": frozenset({"reader"}),
    "procurer": frozenset({"procurer"}),
    "administrator": frozenset({"administrator"}),
}
STAFF = ("reader", "procurer", "administrator")
ADMITTED = {
    Access.PUBLIC: set(ROLES),
    Access.SIGNED_IN: set(ROLES) - {"stranger"},
    Access.SUPPLIER: {"other supplier", "own supplier"},
    Access.COMPANY: {"other supplier", "own supplier", "colleague"},
    Access.STAFF: set(STAFF),
    Access.PROCURER: {"procurer"},
    Access.ADMINISTRATOR: {"administrator"},
}
OF_SUPPLIERS = {Access.SUPPLIER, Access.COMPANY}
SHARED_WITH_COLLEAGUE = {
    "supplier.assessment",
    "supplier.check_fact",
    "supplier.document_facts",
    "supplier.use_fact",
    "supplier.document",
}
"""The first page of its round, and the world's one document, which every answer shows."""

NOT_OF_A_COMPANY = {"filename", "language", "user_id"}
"""Arguments that mean the same for everybody."""

ANYWHERE = {"filename": "css/tokens.css", "language": "sv"}


class Walk:
    """Calls pages as people of the world; before every call the database is as it was made."""

    def __init__(self, app, settings):
        self.app = app
        self.file = Path(settings.database_url.removeprefix("sqlite:///"))
        self.fresh = self.file.with_suffix(".fresh")
        with app.app_context():
            self.world: World = build_world(db.session(), settings.uploads)
            self.sessions = {
                name: db.session.get(User, number).fs_uniquifier if number else None
                for name, number in self.world.people.items()
            }
            self._let_go()
        with app.test_request_context():
            from flask import session

            self.token = generate_csrf()
            self.secret = session["csrf_token"]
        shutil.copy(self.file, self.fresh)

    def rules(self) -> list[tuple[Rule, str]]:
        rules = sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        return [(rule, method) for rule in rules for method in WALKED if method in rule.methods]

    def address(self, rule: Rule, **changed: Any) -> str:
        known = {**ANYWHERE, **self.world.own.arguments, **changed}
        missing = rule.arguments - set(known)
        assert not missing, f"{rule.rule}: put a value for {missing} into tests/worlds.py"
        with self.app.test_request_context():
            return self.app.url_map.bind("localhost").build(
                rule.endpoint, {name: known[name] for name in rule.arguments}, method=next(iter(rule.methods))
            )

    def call(self, person: str, method: str, address: str, *, token: bool = True):
        self._restore()
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["csrf_token"] = self.secret
            if self.sessions[person]:
                session["_user_id"], session["_fresh"] = self.sessions[person], True
        data = {"csrf_token": self.token} if token and method == "POST" else None
        return client.open(address, method=method, data=data, buffered=True)

    def digest(self) -> str:
        with closing(sqlite3.connect(self.file)) as used:
            lines = "\n".join(used.iterdump())
        return hashlib.sha256(lines.encode()).hexdigest()

    def _let_go(self) -> None:
        db.session.remove()
        with db.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()

    def _restore(self) -> None:
        with closing(sqlite3.connect(self.fresh)) as fresh, closing(sqlite3.connect(self.file)) as used:
            fresh.backup(used)


@pytest.fixture
def walk(app, settings):
    return Walk(app, settings)


def level_of(app, rule: Rule) -> Access | None:
    return declared_access(app, rule.endpoint)


def owned(rule: Rule) -> set[str]:
    return rule.arguments - NOT_OF_A_COMPANY


def refused(response, person: str, level: Access) -> str | None:
    """What is wrong with how somebody was turned away; None when it is right."""
    to_sign_in = (response.location or "").startswith("/account/sign-in")
    if person != "stranger":
        return None if response.status_code == 403 else "should be 403"
    if level in OF_SUPPLIERS:
        return None if response.status_code == 401 else "should be 401"
    return None if response.status_code == 302 and to_sign_in else "should lead to the sign-in"


def let_in(response) -> str | None:
    """What is wrong with how somebody was let in; None when it is right."""
    if response.status_code in {401, 403}:
        return "was turned away"
    if (response.location or "").startswith("/account/sign-in"):
        return "was sent to the sign-in"
    return "failed" if response.status_code >= 500 else None


@pytest.mark.parametrize("demo", [False, True])
def test_every_view_declares_who_may_call_it(settings, demo):
    from compliance.app import create_app

    app = create_app(replace(settings, demo=demo))
    assert [rule.rule for rule in app.url_map.iter_rules() if level_of(app, rule) is None] == []


def test_everybody_gets_in_exactly_where_the_view_says(app, walk):
    problems = []
    for rule, method in walk.rules():
        level = level_of(app, rule)
        address = walk.address(rule)
        for person in ROLES:
            response = walk.call(person, method, address)
            wrong = let_in(response) if person in ADMITTED[level] else refused(response, person, level)
            if wrong:
                problems.append(
                    f"{method} {rule.rule} ({level}) as {person}: {response.status_code}, {wrong}"
                )
    assert problems == []


def test_another_companys_objects_do_not_exist(app, walk):
    leaks, found, walked = [], 0, 0
    for rule, method in walk.rules():
        if level_of(app, rule) not in OF_SUPPLIERS or not owned(rule):
            continue
        address = walk.address(rule)
        walked += 1
        found += walk.call("own supplier", method, address).status_code != 404
        code = walk.call("other supplier", method, address).status_code
        if code != 404:
            leaks.append(f"{method} {rule.rule}: {code}")
    assert leaks == []
    assert found > walked / 2  # some pages exist only later in a round, but most must, or this proves nothing


def test_what_was_not_shared_with_a_colleague_does_not_exist_for_it(app, walk):
    leaks = []
    for rule, method in walk.rules():
        if (
            level_of(app, rule) is Access.COMPANY
            and owned(rule)
            and rule.endpoint not in SHARED_WITH_COLLEAGUE
        ):
            code = walk.call("colleague", method, walk.address(rule)).status_code
            if code != 404:
                leaks.append(f"{method} {rule.rule}: {code}")
    assert leaks == []
    assert (
        walk.call(
            "colleague", "GET", f"/supplier/assessments/{walk.world.own.arguments['assessment_id']}"
        ).status_code
        == 200
    )


def test_an_object_is_only_found_under_its_own_owner(app, walk):
    problems = []
    for rule, method in walk.rules():
        mine = sorted(name for name in owned(rule) if name.endswith("_id") and name != "question_id")
        if len(mine) < 2:
            continue
        person = "own supplier" if level_of(app, rule) in OF_SUPPLIERS else "procurer"
        for name in mine:
            crossed = walk.address(rule, **{name: walk.world.other.arguments[name]})
            code = walk.call(person, method, crossed).status_code
            if code != 404:
                problems.append(f"{method} {rule.rule} with another company's {name}: {code}")
    assert problems == []


def test_what_does_not_exist_is_not_found(app, walk):
    problems = []
    for rule, method in walk.rules():
        numbers = [name for name in rule.arguments if name.endswith("_id") and name != "question_id"]
        person = {
            "supplier": "own supplier",
            "company": "own supplier",
            "administrator": "administrator",
        }.get(level_of(app, rule), "procurer")
        for name in numbers:
            code = walk.call(person, method, walk.address(rule, **{name: 999_999})).status_code
            if code != 404:
                problems.append(f"{method} {rule.rule} without such a {name}: {code}")
    assert problems == []


def test_no_post_is_taken_without_its_form_token(app, walk):
    problems = []
    for rule, method in walk.rules():
        if method != "POST":
            continue
        person = min(ADMITTED[level_of(app, rule)])
        before = walk.digest()
        response = walk.call(person, method, walk.address(rule), token=False)
        if response.status_code != 400 or 'href="/"' not in response.text or walk.digest() != before:
            problems.append(f"{rule.rule} as {person}: {response.status_code}")
    assert problems == []


def test_looking_changes_nothing(app, walk):
    problems = []
    for rule, method in walk.rules():
        if method != "GET":
            continue
        for person in sorted(ADMITTED[level_of(app, rule)] & {"own supplier", "procurer", "administrator"}):
            walk._restore()
            before = walk.digest()
            walk.call(person, method, walk.address(rule))
            if walk.digest() != before:
                problems.append(f"{rule.rule} as {person}")
    assert problems == []


def said(content: bytes) -> str:
    """All that a reader of an answer can find in it: of a PDF and of a workbook also what is packed in them."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts += [packed.read(name) for name in packed.namelist()]
    text = " ".join(part.decode(errors="replace") for part in parts)
    if content.startswith(b"%PDF") and b"%%EOF" in content:
        with closing(pypdfium2.PdfDocument(content)) as printed:
            pages = [printed[number].get_textpage().get_text_bounded() for number in range(len(printed))]
        text += " ".join(pages)
    return re.sub(r"[\s\x02\u00ad\ufffe-]", "", text).lower()  # a word may be broken at the end of a line


def pages_with_drafts(app, walk, people) -> list[str]:
    found = []
    for rule, method in walk.rules():
        for person in sorted(ADMITTED[level_of(app, rule)] & set(people)):
            for company in (walk.world.own, walk.world.other):
                response = walk.call(person, method, walk.address(rule, **company.arguments))
                if DRAFT_TEXT.lower() in said(response.get_data()):
                    found.append(f"{method} {rule.rule} as {person}")
    return found


def test_staff_see_nothing_of_a_draft(app, walk):
    assert pages_with_drafts(app, walk, STAFF) == []


def test_the_company_itself_sees_its_draft(app, walk):
    """Or the test above would prove nothing."""
    assert pages_with_drafts(app, walk, ["own supplier"]) != []


def test_a_draft_in_the_workbook_to_fill_in_is_seen_though_it_is_packed(app, walk):
    content = next(
        content
        for rule, method in walk.rules()
        if method == "GET" and level_of(app, rule) in OF_SUPPLIERS and "workbook" in rule.endpoint
        if (content := walk.call("own supplier", method, walk.address(rule)).get_data()).startswith(b"PK")
    )
    assert DRAFT_TEXT.encode() not in content
    assert DRAFT_TEXT.lower() in said(content)


def test_a_draft_in_a_pdf_is_seen_though_it_is_packed():
    file = io.BytesIO()
    page = Canvas(file, pageCompression=1)
    page.drawString(72, 720, f"Svar: {DRAFT_TEXT[:9]}-")
    page.drawString(72, 700, DRAFT_TEXT[9:])
    page.save()
    assert DRAFT_TEXT[9:].encode() not in file.getvalue()
    assert DRAFT_TEXT.lower() in said(file.getvalue())
