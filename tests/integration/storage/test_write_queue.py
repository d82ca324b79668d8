"""Writers of one process take turns, and nobody keeps the turn who has nothing more to write."""

import gc
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from compliance.storage import engine as engine_module
from compliance.storage.engine import only_reading, prepare_engine


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'queue.sqlite'}")
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (value INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    yield engine
    engine.dispose()


def add_one(engine):
    with engine.begin() as connection:
        value = connection.scalar(text("SELECT value FROM counter"))
        connection.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})


def test_no_update_is_lost_among_many_threads(engine):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: add_one(engine), range(200)))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT value FROM counter")) == 200


def fail(engine):
    with engine.begin():
        raise RuntimeError


def test_the_turn_is_free_after_a_failure(engine):
    for _ in range(3):
        with pytest.raises(RuntimeError):
            fail(engine)
    add_one(engine)


def test_reading_waits_for_no_turn(engine):
    with engine.begin() as writing:
        writing.execute(text("UPDATE counter SET value = 7"))
        with only_reading(), engine.connect() as reading:
            assert reading.scalar(text("SELECT value FROM counter")) == 0


@pytest.fixture
def impatient(tmp_path, monkeypatch):
    """A queue whose writers, and SQLite, wait for a third of a second."""
    monkeypatch.setattr(engine_module, "BUSY_MILLISECONDS", 300)
    monkeypatch.setattr(engine_module, "PRAGMAS", ("journal_mode=WAL", "busy_timeout=300"))
    engine = create_engine(f"sqlite:///{tmp_path / 'impatient.sqlite'}", pool_size=16)
    prepare_engine(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (value INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    yield engine
    engine.dispose()


def test_the_turn_is_free_after_a_thread_that_ended_in_the_middle_of_writing(impatient):
    def leave_open():
        Session(impatient).execute(text("UPDATE counter SET value = 7"))

    thread = Thread(target=leave_open)
    thread.start()
    thread.join()
    gc.collect()
    begun = time.monotonic()
    add_one(impatient)
    assert time.monotonic() - begun < 0.3


def test_one_who_writes_inside_a_writer_is_refused_and_the_turn_is_free_afterwards(impatient):
    with impatient.begin() as outer:
        outer.execute(text("UPDATE counter SET value = 7"))
        with pytest.raises(OperationalError, match="locked"):
            add_one(impatient)
    add_one(impatient)
    with impatient.connect() as connection:
        assert connection.scalar(text("SELECT value FROM counter")) == 8


def test_a_turn_that_is_never_given_back_is_waited_for_once_only(impatient):
    lost = impatient.connect()
    lost.execute(text("UPDATE counter SET value = 7"))
    lost.detach()  # the pool will not see it again
    lost.close()
    add_one(impatient)
    begun = time.monotonic()
    for _ in range(5):
        add_one(impatient)
    assert time.monotonic() - begun < 0.3


def test_one_who_writes_for_too_long_makes_others_fail_but_not_hang(impatient):
    def outcome(_):
        try:
            add_one(impatient)
        except OperationalError:
            return "refused"
        return "written"

    with impatient.begin() as long, ThreadPoolExecutor(8) as pool:
        long.execute(text("UPDATE counter SET value = 7"))
        assert set(pool.map(outcome, range(8))) == {"refused"}
    assert outcome(0) == "written"
