"""A section page and one saved answer, against a bare page with as many fields and a bare upsert with commit."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request, session
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import generate_csrf
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks.measured import Measured
from compliance.app import create_app
from compliance.config import Settings
from compliance.extensions import db
from compliance.storage.base import Base
from compliance.storage.engine import prepare_engine
from compliance.storage.models import Answer
from compliance.workflow.answering import journey_of
from tests.integration.supplier.answering import answer_all
from tests.integration.supplier.company import build_company

SECRET = "only-for-benchmarks-" * 3
ROUNDS, ROUNDS_IN_FULL = 60, 400
UNCOUNTED = 5
"""What is loaded once is not counted."""
PAGE_GOAL, SAVE_GOAL = 1 / 0.4, 1 / 0.25
"""The rates should be 0.4 and 0.25 of the bare ones: so our times at most 2.5 and 4 times theirs."""

BARE_PAGE = """<!doctype html><title>{{ title }}</title><form method="post">{% for one in fields %}
<fieldset><legend>{{ one.text }}</legend><p>{{ one.why }}</p>
{% for option in one.options %}<label><input type="radio" name="{{ one.id }}" value="{{ option }}"> {{ option }}</label>
{% endfor %}<textarea name="{{ one.id }}:comment"></textarea></fieldset>
{% endfor %}<button>Save</button></form>"""


class _Bare(DeclarativeBase):
    pass


class _Answer(_Bare):
    __tablename__ = "answer"
    respondent: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


@dataclass
class Asked:
    """The largest section of a round that is being answered, and a question of it that takes any text."""

    app: Flask
    cookie: str
    token: str
    page: str
    save: str
    fields: list[dict[str, Any]]


def run(*, full: bool) -> Iterator[Measured]:
    """Everything in one process without a server, in turns, so that a busy machine slows all alike."""
    rounds = ROUNDS_IN_FULL if full else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        asked = _asked(Path(folder))
        bare = _bare(Path(folder), asked.fields)
        revision = 0

        def save() -> None:
            nonlocal revision
            fields = {
                "present": 1,
                "revision": revision,
                "value": os.urandom(8).hex(),
                "csrf_token": asked.token,
            }
            _call(asked.app, asked.save, cookie=asked.cookie, body=fields)
            revision += 1

        took = _in_turns(
            rounds,
            page=lambda: _call(asked.app, asked.page, cookie=asked.cookie),
            bare_page=lambda: _call(bare, "/page"),
            save=save,
            bare_save=lambda: _call(bare, "/save", body={"value": os.urandom(8).hex()}),
        )
    ms = {name: 1000 * median(spent) for name, spent in took.items()}
    tail = sorted(took["save"])[int(rounds * 0.99)] * 1000
    note = "{:.2f} ms against {:.2f} ms"
    yield Measured(
        f"a section with {len(asked.fields)} questions",
        ms["page"] / ms["bare_page"],
        PAGE_GOAL,
        note.format(ms["page"], ms["bare_page"]),
    )
    yield Measured(
        "one answer saved",
        ms["save"] / ms["bare_save"],
        SAVE_GOAL,
        note.format(ms["save"], ms["bare_save"]) + f"; p99 {tail:.1f} ms",
    )


def _in_turns(rounds: int, **actions: Callable[[], None]) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(-UNCOUNTED, rounds):
        for name, action in actions.items():
            began = time.perf_counter()
            action()
            if number >= 0:
                took[name].append(time.perf_counter() - began)
    return took


def _call(app: Flask, path: str, *, cookie: str = "", body: dict[str, Any] | None = None) -> bytes:
    """A request as a server passes it on. Raises AssertionError for anything but 200."""
    sent = urlencode(body).encode() if body else b""
    address, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(sent),
        "CONTENT_LENGTH": str(len(sent)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_ACCEPT": "application/json" if body else "text/html",
        "HTTP_COOKIE": cookie,
    }
    status: list[str] = []
    with closing(app.wsgi_app(environ, lambda said, *_: status.append(said))) as parts:  # type: ignore[arg-type]
        content = b"".join(parts)
    assert status[0].startswith("200"), (status, path, content[:300])
    return content


def _asked(folder: Path) -> Asked:
    """A round with everything answered, so that all its pages are as large as they get."""
    settings = Settings(
        secret_key=SECRET,
        password_salt=SECRET,
        instance=folder,
        database_url=f"sqlite:///{folder / 'ours.sqlite'}",
        uploads=folder / "uploads",
        testing=True,
    )
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        company = build_company()
        answer_all(db.session(), company)
        plan = journey_of(db.session(), company.assessment, now=company.assessment.created_at)
        section = max(plan.sections, key=lambda one: len(one.items))
        text = next(item for item in plan.items if item.question.type == "text")
        db.session.delete(
            next(row for row in db.session.query(Answer) if row.question_id == text.question.id)
        )
        mark, address = company.user.fs_uniquifier, company.address
        db.session.commit()
        fields = [
            {
                "id": item.id,
                "text": item.question.text.sv,
                "why": item.question.help.why.sv,
                "options": [option.label.sv for option in item.question.options],
            }
            for item in section.items
        ]
    with app.test_request_context():
        token = generate_csrf()
        session["_user_id"], session["_fresh"] = mark, True
        sealed = app.session_interface.get_signing_serializer(app).dumps(dict(session))  # type: ignore[attr-defined]
    return Asked(
        app=app,
        cookie=f"session={sealed}",
        token=token,
        page=f"{address}/sections/{section.key}",
        save=f"{address}/answers/{text.question.id}",
        fields=fields,
    )


def _bare(folder: Path, fields: list[dict[str, Any]]) -> Flask:
    """The yardsticks: no sign-in, no rules, no log; the database is as safe as ours."""
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'bare.sqlite'}"
    bare = SQLAlchemy(app, model_class=_Bare)
    page = app.jinja_env.from_string(BARE_PAGE)
    with app.app_context():
        prepare_engine(bare.engine)
        bare.create_all()

    @app.get("/page")
    def show() -> str:
        return page.render(title="Bare", fields=fields)

    @app.post("/save")
    def save() -> dict[str, bool]:
        row = insert(_Answer).values(respondent=1, question="a", value=request.form["value"])
        bare.session.execute(
            row.on_conflict_do_update(
                index_elements=["respondent", "question"], set_={"value": row.excluded.value}
            )
        )
        bare.session.commit()
        return {"saved": True}

    return app
