"""SQLite must not lose updates when two processes read and then write."""

import multiprocessing

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from compliance.storage.engine import only_reading, prepare_engine

WRITERS, ROUNDS = 2, 40


def count_up(url: str, prepared: bool) -> None:
    """Read a number and write it back one higher, in one transaction, many times."""
    engine = create_engine(url)
    if prepared:
        prepare_engine(engine)
    for _ in range(ROUNDS):
        with Session(engine) as session:
            value = session.execute(text("SELECT value FROM counter")).scalar_one()
            session.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})
            session.commit()


def run_writers(url: str) -> int:
    engine = create_engine(url)
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (value INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=count_up, args=(url, True)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    with engine.connect() as connection:
        value = connection.execute(text("SELECT value FROM counter")).scalar_one()
    engine.dispose()
    return value


def test_two_writers_lose_no_update(tmp_path):
    assert run_writers(f"sqlite:///{tmp_path / 'counter.sqlite'}") == WRITERS * ROUNDS


def test_a_connection_has_every_setting(app):
    from compliance.extensions import db

    with app.app_context():
        settings = {
            name: db.session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    full = 2
    assert settings == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": full, "busy_timeout": 15_000}


def test_a_reader_does_not_wait_for_a_writer(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'read.sqlite'}", connect_args={"timeout": 0.1})
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE thing (value INTEGER)"))
    with engine.connect() as writer, engine.connect() as reader:
        writer.execute(text("INSERT INTO thing VALUES (1)"))
        with only_reading():
            assert reader.execute(text("SELECT count(*) FROM thing")).scalar_one() == 0
        writer.commit()
    engine.dispose()
