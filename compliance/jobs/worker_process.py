"""The worker process: huey's consumer with threads; the heavy reading happens in child processes anyway."""

from flask import Flask

from compliance.jobs.queue import Queue
from compliance.storage.waking import MAIL, READING

LOOK_EVERY_SECONDS = 1.0
STOP_WITHIN_SECONDS = 20


def run_worker(app: Flask, *, threads: int) -> None:
    """Answer wake-ups until SIGTERM; what is under way is finished first. Begins with what waits already."""
    queue = Queue(app)
    for name in (MAIL, READING):
        queue.wake(name)
    queue.huey.create_consumer(
        workers=threads,
        periodic=False,
        max_delay=LOOK_EVERY_SECONDS,
        shutdown_timeout=STOP_WITHIN_SECONDS,
        graceful_signal="TERM",
    ).run()
