"""A page and a save take as long among a million stored answers as among a thousand, on both databases."""

import os
import secrets
from dataclasses import replace
from statistics import median
from time import perf_counter

import pytest
from flask import Flask
from sqlalchemy import Integer, func, insert, literal, select

from compliance import clock
from compliance.app import create_app
from compliance.extensions import db
from compliance.storage.base import Base
from compliance.storage.models import Answer, Assessment, Event, EventChain
from compliance.workflow.answering import journey_of
from tests.conftest import BOTH_DATABASES
from tests.integration.supplier.answering import answer_all
from tests.integration.supplier.company import build_company

pytestmark = [pytest.mark.soak, pytest.mark.slow]

FEW, MANY = 10, 10_000
"""Rounds of others, each with a hundred answers and an event for each."""
PER_ROUND = 100
TURNS, WARM_UP = 150, 15
MOST = 1.2


class Supplier:
    """Somebody who answers in an installation that holds the answers of so many other rounds."""

    def __init__(self, app: Flask, others: int) -> None:
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            Base.metadata.create_all(db.engine)
            mark = self._build()
            fill(others)
            db.session.commit()
            assert db.session.scalar(select(func.count()).select_from(Answer)) >= others * PER_ROUND
        self.client, self.revision, self.took = app.test_client(), 0, {"page": [], "save": []}
        with self.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = mark, True

    def _build(self) -> str:
        company = build_company()
        answer_all(db.session(), company)
        plan = journey_of(db.session(), company.assessment, now=clock.now())
        largest = max(plan.sections, key=lambda one: len(one.items))
        question = next(item.question.id for item in plan.items if item.question.type == "text")
        db.session.query(Answer).filter_by(question_id=question).delete()
        self.page = f"{company.address}/sections/{largest.key}"
        self.save = f"{company.address}/answers/{question}"
        return company.user.fs_uniquifier

    def take_a_turn(self) -> None:
        self._timed("page", lambda: self.client.get(self.page))
        form = {"present": 1, "revision": self.revision, "value": os.urandom(8).hex()}
        self._timed(
            "save", lambda: self.client.post(self.save, data=form, headers={"Accept": "application/json"})
        )
        self.revision += 1

    def _timed(self, what, request) -> None:
        began = perf_counter()
        answer = request()
        self.took[what].append(perf_counter() - began)
        assert answer.status_code == 200, answer.text[:500]


def fill(rounds: int) -> None:
    """Rounds of another company in one statement a table: copies of a row, with answers and a log of their own."""
    pattern = build_company().assessment
    number = select(literal(1, Integer).label("i")).cte("number", recursive=True)
    number = number.union_all(select(number.c.i + 1).where(number.c.i < max(rounds, PER_ROUND)))
    copied = [column for column in Assessment.__table__.c if column.name != "id"]
    rows = (
        select(*copied).join_from(Assessment, number, number.c.i <= rounds).where(Assessment.id == pattern.id)
    )
    db.session.execute(insert(Assessment).from_select([column.name for column in copied], rows))
    theirs = Assessment.supplier_id == pattern.supplier_id
    answer = select(
        Assessment.id, literal("question_").concat(number.c.i), literal(0), literal("answered"),
        literal("", Answer.comment.type), literal(""), literal(1), Assessment.created_at,
    ).join_from(Assessment, number, number.c.i <= PER_ROUND).where(theirs)  # fmt: skip
    names = [
        "assessment_id",
        "question_id",
        "contract_id",
        "state",
        "comment",
        "na_reason",
        "revision",
        "saved_at",
    ]
    db.session.execute(insert(Answer).from_select(names, answer))
    fill_log(number, theirs)


def fill_log(number, theirs) -> None:
    case = literal("assessment:").concat(Assessment.id)
    chains = select(case, literal(PER_ROUND), literal("0" * 64)).where(theirs)
    db.session.execute(insert(EventChain).from_select(["case", "sequence", "head"], chains))
    seals = [literal("0" * 64)] * 3
    events = (
        select(
            case,
            number.c.i,
            literal("answer_saved"),
            Assessment.created_at,
            literal("system"),
            literal(True),
            *seals,
        )
        .join_from(Assessment, number, number.c.i <= PER_ROUND)
        .where(theirs)
    )
    names = [
        "case",
        "sequence",
        "name",
        "happened_at",
        "actor",
        "draft",
        "payload_digest",
        "previous_hash",
        "hash",
    ]
    db.session.execute(insert(Event).from_select(names, events))


@pytest.fixture
def large_url(request, database_url, tmp_path):
    """The address of a second empty database of the same kind."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'large.sqlite'}"
        return
    server, name = request.getfixturevalue("postgres_server"), f"test_{secrets.token_hex(6)}"
    server.psql(f"CREATE DATABASE {name};")
    yield server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")
    server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture
def two(settings, large_url):
    """The same supplier among few and among many answers."""
    apps = [create_app(settings), create_app(replace(settings, database_url=large_url))]
    yield [Supplier(app, others) for app, others in zip(apps, (FEW, MANY), strict=True)]
    for app in apps:
        app.extensions["wake"].close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@BOTH_DATABASES
def test_a_page_and_a_save_do_not_grow_with_what_others_have_stored(two, record_property):
    for turn in range(WARM_UP + TURNS):
        for supplier in two[:: 1 if turn % 2 else -1]:
            supplier.take_a_turn()
    few, many = ({what: median(took[WARM_UP:]) for what, took in one.took.items()} for one in two)
    for what in few:
        told = (
            f"{what}: {1000 * few[what]:.2f} ms among few answers, {1000 * many[what]:.2f} ms among a million"
        )
        record_property(what, told)
        assert many[what] <= MOST * few[what], told
