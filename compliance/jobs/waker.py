"""What the web calls after a commit, so that a worker does at once what was written down for it."""

from threading import Lock
from typing import TYPE_CHECKING

import structlog
from flask import Flask

if TYPE_CHECKING:
    from compliance.jobs.queue import Queue

log = structlog.get_logger()


class Waker:
    """What `app.extensions["wake"]` is: call it with a queue's name after the commit. It never raises.

    The queue is opened on first use, in the process that uses it, because its connection must not be forked.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._queue: Queue | None = None
        self._opening = Lock()

    def __call__(self, name: str) -> None:
        """Wake one of the workers that do `name`."""
        try:
            self.queue.wake(name)
        except Exception:  # the row is committed: whoever wrote it must not see an error now
            log.exception("wake-up lost", queue=name)

    def close(self) -> None:
        """Let go of the queue's connection; the next wake-up opens it again."""
        if self._queue is not None:
            self._queue.close()

    @property
    def queue(self) -> "Queue":
        """The queue of this process."""
        from compliance.jobs.queue import Queue  # noqa: PLC0415  it and its jobs take 10 MiB: not before they are used

        with self._opening:
            self._queue = self._queue or Queue(self._app)
            return self._queue
