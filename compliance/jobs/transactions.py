"""One transaction of a job: an application context, a session, a commit, and then the wake-ups."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy.orm import Session

from compliance.extensions import db
from compliance.storage.engine import only_reading
from compliance.storage.waking import take_queues_to_wake


@contextmanager
def transaction(app: Flask) -> Iterator[Session]:
    """A session that is committed at the end, or rolled back when something is raised.

    Never nest it: an inner application context has a session of its own, which would wait for the outer one.
    """
    with app.app_context():
        session = db.session()
        try:
            yield session
            session.commit()
            queues = take_queues_to_wake(session)
        finally:
            db.session.remove()  # rolls back what was not committed
    wake: Callable[[str], None] = app.extensions["wake"]
    for queue in queues:
        wake(queue)


@contextmanager
def reading(app: Flask) -> Iterator[Session]:
    """A session that takes no write lock and commits nothing."""
    with app.app_context(), only_reading():
        try:
            yield db.session()
        finally:
            db.session.remove()
