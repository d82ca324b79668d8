"""There is a connection for every thread of the web: none waits in vain for another to be done."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import text

from compliance.extensions import db
from compliance.storage.engine import only_reading
from tests.conftest import BOTH_DATABASES

THREADS = 40


@pytest.fixture
def settings(settings):
    return replace(settings, threads=THREADS)


@BOTH_DATABASES
def test_as_many_threads_as_the_settings_say_read_at_the_same_moment(app):
    together = Barrier(THREADS, timeout=20)

    def read(_):
        with app.app_context(), only_reading():
            value = db.session.scalar(text("SELECT 1"))
            together.wait()  # nobody gives its connection back before all have one
            db.session.remove()
        return value

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(read, range(THREADS))) == [1] * THREADS
