"""A database of the first release, with everything a demo of four months holds, keeps every row when it is upgraded.

`first_release.zip` holds the rows as that release wrote them, a file of JSON lines a table. It never changes.
"""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect

from compliance.app import create_app
from compliance.cli.migrating import downgrade, upgrade
from compliance.extensions import db
from compliance.storage.dumping import dump_table, load_tables, tables_of
from compliance.storage.models import Assessment, Contract
from compliance.workflow.verifying import broken_links
from tests.conftest import BOTH_DATABASES

ROWS = Path(__file__).with_name("first_release.zip")
FIRST = "0001"


@pytest.fixture
def first_release(settings, tmp_path):
    """The application on the tables and rows of the first release."""
    with zipfile.ZipFile(ROWS) as archive:
        archive.extractall(tmp_path / "first")
    app = create_app(settings)
    with app.app_context():
        upgrade(revision=FIRST)
        with db.engine.begin() as connection:
            load_tables(connection, tmp_path / "first")
        yield tmp_path
        db.session.remove()
        db.engine.dispose()


@BOTH_DATABASES
def test_the_application_starts_on_tables_that_still_wait_for_their_upgrade(first_release, settings):
    db.session.remove()
    with create_app(replace(settings, demo=True)).app_context():
        upgrade()
        assert db.session.scalar(db.select(Assessment.id).limit(1))
        db.session.remove()
        db.engine.dispose()


def rows_now(folder):
    folder.mkdir()
    with db.engine.connect() as connection:
        for name, table in tables_of(connection).items():
            dump_table(connection, table, folder / f"{name}.jsonl")
    return {file.stem: lines_of(file) for file in folder.iterdir()}


def lines_of(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def lost(before, after):
    """The rows that are gone or say something else in a column that both have."""
    return [
        (table, row)
        for table, rows in before.items()
        for row in rows
        if not any(all(new.get(name, value) == value for name, value in row.items()) for new in after[table])
    ]


@BOTH_DATABASES
def test_an_upgrade_keeps_every_row_of_the_first_release(first_release):
    upgrade()
    before = {file.stem: lines_of(file) for file in (first_release / "first").iterdir()}
    assert lost(before, rows_now(first_release / "after")) == []


@BOTH_DATABASES
def test_what_was_upgraded_can_be_read_and_its_log_holds(first_release):
    upgrade()
    session = db.session()
    assert list(broken_links(session)) == []
    assert [one.supplier.name for one in session.scalars(db.select(Assessment))]
    assert all(one.terms for one in session.scalars(db.select(Contract)))


@BOTH_DATABASES
def test_a_downgrade_leads_back_to_the_first_tables(first_release):
    before = {name: set(columns_of(name)) for name in inspect(db.engine).get_table_names()}
    upgrade()
    downgrade(revision=FIRST)
    assert {name: set(columns_of(name)) for name in inspect(db.engine).get_table_names()} == before


def columns_of(table):
    return (column["name"] for column in inspect(db.engine).get_columns(table))
