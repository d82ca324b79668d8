"""Rounds that are being answered in a database of their own: what the served program is asked for."""

import json
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from benchmarks._fields import questions_in
from benchmarks._yardsticks import FIELDS
from compliance import clock
from compliance.app import create_app
from compliance.config import Settings
from compliance.extensions import db
from compliance.storage.base import Base
from compliance.storage.models import Answer
from compliance.workflow.answering import journey_of
from tests.integration.supplier import answering
from tests.integration.supplier.company import build_company

SECRET = "only-for-benchmarks-" * 3
MUCH = {"employees_in_sweden": "60"}
"""A company that is asked nearly everything: the more questions, the longer the page."""


@dataclass(frozen=True)
class Asked:
    """One supplier's round: who it is for the server, its largest page, and where one of its texts is saved."""

    cookie: str
    token: str
    page: str
    save: str


def build_rounds(folder: Path, number: int) -> list[Asked]:
    """So many suppliers who lack only one text; the fields of their largest page are written down beside."""
    app = create_app(settings_in(folder))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        answering.GIVEN.update(MUCH)
        built = [_build() for _ in range(number)]
        db.session.commit()
    rounds = [Asked(*_signed_in(app, mark), page, save) for mark, page, save in built]
    questions = questions_in(_page(app, rounds[0]))
    (folder / FIELDS).write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
    app.extensions["wake"].close()
    return rounds


def settings_in(folder: Path) -> Settings:
    """An installation in a folder."""
    return Settings(
        secret_key=SECRET,
        password_salt=SECRET,
        instance=folder,
        database_url=f"sqlite:///{folder / 'compliance.sqlite'}",
        uploads=folder / "uploads",
    )


def _build() -> tuple[str, str, str]:
    """Who is signed in, and the addresses of the largest page and of the text that is not answered yet."""
    company = build_company(inherent_risk="high")
    answering.answer_all(db.session(), company)
    plan = journey_of(db.session(), company.assessment, now=clock.now())
    largest = max(plan.sections, key=lambda one: len(one.items))
    text = next(item.question for item in plan.items if item.question.type == "text")
    rows = db.session.query(Answer).filter_by(assessment_id=company.assessment.id, question_id=text.id)
    rows.delete()
    address = company.address
    return company.user.fs_uniquifier, f"{address}/sections/{largest.key}", f"{address}/answers/{text.id}"


def _signed_in(app: Flask, mark: str) -> tuple[str, str]:
    """The cookie of a visit as the application itself would sign it, and the token of its forms."""
    with app.test_request_context():
        token = generate_csrf()
        session["_user_id"], session["_fresh"], session["_permanent"] = mark, True, True
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return f"session={signer.dumps(dict(session))}", token


def _page(app: Flask, asked: Asked) -> str:
    answer = app.test_client(use_cookies=False).get(asked.page, headers={"Cookie": asked.cookie})
    assert answer.status_code == 200, answer.status  # noqa: PLR2004
    return answer.text
