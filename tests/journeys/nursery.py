"""A process that has loaded everything once and starts webs, workers and clocks by forking itself.

A kill then costs no start-up, so that there can be many. Each child is a whole process: it opens its own connections,
and dies with this one. Each line that comes in names what to start; the answer is its process id. Leases and pauses
are shortened, or what a dead one held would be waited for.
"""

import os
import signal
import sys
import traceback
from datetime import timedelta

from flask import Flask

from compliance.app import create_app
from compliance.jobs import clock_process, documents
from compliance.jobs.parentage import SUPERVISED, end_with_parent
from compliance.jobs.queue import Queue  # loads what the worker needs
from compliance.jobs.schedule import Entry
from compliance.jobs.worker_process import run_worker
from compliance.workflow import leasing, opening, reading, sending

CLOCK_LEASE_SECONDS, MAIL_LEASE_SECONDS, READING_LEASE_SECONDS = 4, 10, 20


def main() -> None:
    """Start what standard input asks for, until it ends; then end everything."""
    answers = os.fdopen(os.dup(1), "w")
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ[SUPERVISED] = "1"
    hasten()
    app = create_app()
    app.config["RATELIMIT_ENABLED"] = False
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            answers.close()
            _live(app, line.split())
        print(child, file=answers, flush=True)


def hasten() -> None:
    """Shorten what one would have to sit through; no rule changes."""
    clock_process.TIMETABLE = (Entry("tick", timedelta(seconds=0.3)),)
    leasing.LEASE = timedelta(seconds=CLOCK_LEASE_SECONDS)
    sending.LEASE = timedelta(seconds=MAIL_LEASE_SECONDS)
    sending.BACK_OFF_MINUTES = (0.01, 0.02)
    opening.SOON = timedelta(seconds=0.3)
    reading.LEASE = timedelta(seconds=READING_LEASE_SECONDS)
    reading.MOST_ATTEMPTS = 1000  # a reader is killed more often here than a document deserves
    documents.RENEW_SECONDS = READING_LEASE_SECONDS / 4


def _live(app: Flask, command: list[str]) -> None:
    """Be a web, a worker or a clock for the rest of this process's life."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    end_with_parent()
    try:
        _LIVES[command[0]](app, *command[1:])
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stderr.flush()
        os._exit(1)


def _web(app: Flask, port: str) -> None:
    from werkzeug.serving import make_server

    make_server("127.0.0.1", int(port), app, threaded=True).serve_forever()


_LIVES = {
    "web": _web,
    "worker": lambda app: run_worker(app, threads=2),
    "clock": lambda app: clock_process.ClockProcess(app).run(),
}

if __name__ == "__main__":
    assert Queue
    main()
