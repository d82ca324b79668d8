"""Scanning for viruses where a scanner is set: before a file is read, and by the tick for those that had to wait."""

from datetime import datetime
from time import monotonic

import structlog
from flask import Flask

from compliance.evidence.store import NotStoredError, open_store
from compliance.jobs.clamav import NotScannableError, Scanner, ScannerAwayError
from compliance.jobs.transactions import reading, transaction
from compliance.workflow.scanning import NOT_SCANNED, ScanState, not_scanned, note_scan, scan_state

BATCH = 100
SECONDS_A_TICK = 5.0
REST_SECONDS = 60.0
"""A scanner that just failed to answer is not asked before each file: reading must not wait for it. The tick asks."""

AWAY = "scanner_away_until"

log = structlog.get_logger()


def scan(app: Flask, sha256: str, *, now: datetime) -> str:
    """Have a file scanned unless it was: clean, infected (then it is refused), or not_scanned when none could say."""
    scanner = scanner_of(app)
    with reading(app) as session:
        said = scan_state(session, sha256)
    if scanner is None or said != NOT_SCANNED or monotonic() < app.extensions.get(AWAY, 0.0):
        return said
    return _scan(app, scanner, sha256, now=now) or NOT_SCANNED


def scan_waiting(app: Flask, *, now: datetime) -> int:
    """Scan files that no scanner has judged, for a few seconds and as long as one answers; how many were tried."""
    scanner = scanner_of(app)
    if scanner is None:
        return 0
    with reading(app) as session:
        waiting = not_scanned(session, limit=BATCH)
    until, done = monotonic() + SECONDS_A_TICK, 0
    for sha256 in waiting:
        if monotonic() > until or _scan(app, scanner, sha256, now=now) is None:
            break
        done += 1
    return done


def scanner_of(app: Flask) -> Scanner | None:
    """The scanner that the settings name."""
    address = app.config["SETTINGS"].clamav
    return Scanner(address) if address else None


def _scan(app: Flask, scanner: Scanner, sha256: str, *, now: datetime) -> str | None:
    """What the scanner said, kept; None when it is away."""
    try:
        data = open_store(app.config["SETTINGS"].uploads).get(sha256)
        said: ScanState = "infected" if scanner.is_infected(data) else "clean"
    except NotStoredError:
        return NOT_SCANNED  # it was withdrawn meanwhile
    except NotScannableError as problem:
        log.warning("file not scannable", sha256=sha256, problem=str(problem))
        said = "not_scanned"
    except ScannerAwayError as problem:
        log.warning("virus scanner away", problem=str(problem))
        app.extensions[AWAY] = monotonic() + REST_SECONDS
        return None
    with transaction(app) as session:
        note_scan(session, sha256, said, now=now)
    return said
