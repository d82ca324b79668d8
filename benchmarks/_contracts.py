"""Many contracts with their days armed, in a database of their own, written as fast as the database takes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, insert, text

from benchmarks._round import SECRET
from compliance.app import create_app
from compliance.clock import STOCKHOLM
from compliance.config import Settings
from compliance.extensions import db
from compliance.storage.base import Base
from compliance.storage.models import Contract, DueRow, Installation, Role, Supplier, User
from compliance.storage.models.people import role_of_user
from compliance.suppliers.calendar import add_months

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FIRST_END = date(2026, 4, 30)
YEARS = 4
"""The ends of the contracts lie evenly in so many years: a procurer's usual length."""
RENEWALS: tuple[dict[str, Any], ...] = (
    {"notice": {"n": 3, "unit": "months"}, "renewal": {"kind": "tacit", "months": 12}},
    {"notice": None, "renewal": {"kind": "none"}},
    {
        "notice": None,
        "renewal": {"kind": "option", "periods": 2, "months": 12, "notice": {"n": 4, "unit": "months"}},
    },
)


@contextmanager
def installation(folder: Path, url: str) -> Iterator[Flask]:
    """The application on an empty database, with one procurer who is responsible for everything."""
    settings = Settings(
        secret_key=SECRET,
        password_salt=SECRET,
        instance=folder,
        database_url=url,
        uploads=folder / "uploads",
        testing=True,
    )
    app = create_app(settings)
    try:
        with app.app_context():
            Base.metadata.create_all(db.engine)
            with db.engine.begin() as connection:
                _people(connection)
        yield app
    finally:
        app.extensions["wake"].close()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def build_contracts(count: int) -> None:
    """So many contracts, thirty to a supplier, with nothing computed yet. Needs an application context."""
    with db.engine.begin() as connection:
        connection.execute(insert(Supplier), [_supplier(number) for number in range(1, count // 30 + 2)])
        for begin in range(0, count, 5000):
            rows = [_contract(number) for number in range(begin + 1, min(begin + 5000, count) + 1)]
            connection.execute(insert(Contract), rows)
        if connection.dialect.name == "postgresql":
            for table in ("supplier", "contract"):
                connection.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))


def tell_statistics() -> None:
    """Let the database count its rows, as its own housekeeping does sooner or later."""
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


def make_due(number: int, *, count: int, now: datetime = NOW) -> None:
    """So many contracts, spread over all, have a reminder due now."""
    due = datetime.combine(now.astimezone(STOCKHOLM).date(), now.time(), tzinfo=UTC) - timedelta(hours=1)
    params = {
        "audience": "procurer",
        "opens_review": True,
        "severity": "high",
        "values": {"deadline": "2026-06-30", "decide_by": "2026-06-01"},
    }
    rows = [
        {
            "key": f"T1:contract-{place}:2026-06-30:procurer:due",
            "kind": "T1",
            "source": f"contract:{place}",
            "ladder": f"T1:contract-{place}:2026-06-30:procurer",
            "due_on": due.date(),
            "due_at": due,
            "params": params,
            "attempts": 0,
            "last_error": "",
        }
        for place in range(1, count + 1, count // number)
    ][:number]
    with db.engine.begin() as connection:
        connection.execute(insert(DueRow), rows)


def _people(connection: Connection) -> None:
    connection.execute(insert(Installation), [{"id": 1, "created_at": NOW, "reviews_per_day": 1_000_000}])
    connection.execute(insert(Role), [{"id": 1, "name": "procurer"}])
    owner = {"id": 1, "email": "anna@exempelbostader.example", "name": "Anna", "fs_uniquifier": "anna"}
    connection.execute(insert(User), [{**owner, "active": True, "created_at": NOW}])
    connection.execute(insert(role_of_user), [{"user_id": 1, "role_id": 1}])


def _supplier(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"Exempelföretag {number} AB (påhittat)",
        "identity_kind": "legal_person",
        "identity_number": f"55{number:08}",
        "profile": {},
        "created_at": NOW,
    }


def _contract(number: int) -> dict[str, Any]:
    end = FIRST_END + timedelta(days=(number * 389) % (365 * YEARS))
    return {
        "id": number,
        "supplier_id": number // 30 + 1,
        "owner_id": 1,
        "number": f"B-{number:06}",
        "title": f"Exempelavtal {number}",
        "agreed_terms": [],
        "terms": {
            "start": add_months(end, -36).isoformat(),
            "end": end.isoformat(),
            "notice_given_on": None,
            **RENEWALS[number % len(RENEWALS)],
        },
        "created_at": NOW,
    }
