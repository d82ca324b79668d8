"""Writers of one process take turns, and nobody keeps the turn who has nothing more to write."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, text

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
