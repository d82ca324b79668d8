"""Files are scanned for viruses where a scanner is set; one that is away holds nothing up and is asked again."""

import dataclasses
import socket
from datetime import timedelta

import pytest

from compliance.evidence.store import FolderStore
from compliance.jobs import examination
from compliance.jobs.clamav import NotScannableError, Scanner, ScannerAwayError
from compliance.jobs.documents import read_one
from compliance.jobs.scanning import scan_waiting
from compliance.jobs.ticks import tick
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Document, Event, FactRow, ReadingJob, StoredFile
from compliance.workflow.scanning import note_scan
from tests.conftest import BOTH_DATABASES
from tests.integration.jobs.clamd import HARMFUL, real_scanner, small_scanner
from tests.rows import NOW, build_document, build_fact, build_reading_job

CLEAN = b"%PDF-1.7 nothing to see"


@pytest.fixture
def scanner():
    with small_scanner() as server:
        yield server


def with_scanner(app, address: str) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], clamav=address)
    app.extensions.pop("scanner_away_until", None)


def waiting(app, data: bytes) -> int:
    sha256 = FolderStore(app.config["SETTINGS"].uploads).put(data)
    with transaction(app) as session:
        return build_reading_job(session, build_document(session, sha256=sha256)).document_id


def states(app) -> list[tuple[str, str]]:
    with reading(app) as session:
        return [(row.file.scan_state, row.state) for row in session.query(Document).order_by(Document.id)]


def nobody() -> str:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{closed.getsockname()[1]}"


@pytest.mark.parametrize("size", [0, 1, 262_144, 700_001])
def test_a_file_reaches_the_scanner_whole(scanner, size):
    assert not Scanner(scanner.address).is_infected(b"x" * size)
    assert scanner.received == [b"x" * size]


def test_what_the_scanner_finds_is_told(scanner):
    assert Scanner(scanner.address).is_infected(HARMFUL)
    assert Scanner(scanner.address).version() == "ClamAV 1.0/1/today"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b"INSTREAM size limit exceeded. ERROR\0", NotScannableError),
        (b"stream: something new\0", NotScannableError),
        (b"", ScannerAwayError),
    ],
)
def test_an_answer_that_says_neither_is_no_all_clear(scanner, said, error):
    scanner.says = said
    with pytest.raises(error):
        Scanner(scanner.address).is_infected(CLEAN)


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "127.0.0.1:x", nobody()])
def test_nobody_there_is_said_so(address):
    with pytest.raises(ScannerAwayError):
        Scanner(address).is_infected(CLEAN)


def test_a_scanner_that_hangs_is_left_after_a_while():
    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.raises(ScannerAwayError):
        Scanner(f"127.0.0.1:{deaf.getsockname()[1]}", seconds=0.2).is_infected(CLEAN)  # nobody picks up


@BOTH_DATABASES
def test_a_clean_file_is_read_and_an_infected_one_is_refused(app, scanner):
    with_scanner(app, scanner.address)
    waiting(app, CLEAN)
    waiting(app, HARMFUL)
    assert read_one(app)
    assert read_one(app)
    assert not read_one(app)
    assert states(app) == [("clean", "broken"), ("infected", "refused")]
    with reading(app) as session:
        assert session.query(Event).filter_by(name="document_infected").count() == 1
        assert "virus" in session.query(Document).filter_by(state="refused").one().state_reason


def test_without_a_scanner_files_are_read_and_say_that_they_were_not_scanned(app):
    waiting(app, CLEAN)
    assert read_one(app)
    assert states(app) == [("not_scanned", "broken")]


def test_a_scanner_that_is_away_holds_no_reading_up_and_the_tick_asks_again(app, scanner):
    with_scanner(app, nobody())
    waiting(app, CLEAN)
    waiting(app, HARMFUL)
    assert read_one(app)
    assert read_one(app)
    assert {scanned for scanned, _ in states(app)} == {"not_scanned"}
    with_scanner(app, scanner.address)
    tick(app, now=NOW + timedelta(minutes=1))
    assert states(app) == [("clean", "broken"), ("infected", "refused")]


def test_an_infected_file_that_was_read_before_loses_what_was_read(app, scanner):
    document_id = waiting(app, HARMFUL)
    with transaction(app) as session:
        document = session.get(Document, document_id)
        document.state, document.names_supplier = "read", True
        build_fact(session, document, field="holder", value="Exempel AB")
        note_scan(session, document.sha256, "infected", now=NOW)
    with reading(app) as session:
        document = session.get(Document, document_id)
        assert (document.state, document.names_supplier) == ("refused", False)
        assert session.query(FactRow).count() == 0
        assert session.get(ReadingJob, document_id).state == "done"


def test_a_file_that_cannot_be_scanned_does_not_keep_others_from_it(app, scanner):
    scanner.says = b"INSTREAM size limit exceeded. ERROR\0"
    with_scanner(app, scanner.address)
    for number in range(3):
        waiting(app, CLEAN + bytes([number]))
    assert scan_waiting(app, now=NOW) == 3
    assert {scanned for scanned, _ in states(app)} == {"not_scanned"}
    scanner.says = None
    assert scan_waiting(app, now=NOW) == 3
    assert {scanned for scanned, _ in states(app)} == {"clean"}
    assert scan_waiting(app, now=NOW) == 0


@pytest.mark.soak
def test_a_real_clamd_finds_our_own_sample(app, tmp_path):
    with real_scanner(tmp_path) as address:
        scanner = Scanner(address)
        assert scanner.version().startswith("ClamAV")
        assert scanner.is_infected(HARMFUL)
        assert scanner.is_infected(b"%PDF-1.7 and within: " + HARMFUL)
        assert not scanner.is_infected(CLEAN * 100_000)
        with_scanner(app, address)
        waiting(app, HARMFUL)
        waiting(app, CLEAN)
        assert scan_waiting(app, now=NOW) == 2
        assert [scanned for scanned, _ in states(app)] == ["infected", "clean"]
    assert scan_waiting(app, now=NOW) == 0
    with reading(app) as session:
        assert session.query(StoredFile).filter_by(scan_state="infected").count() == 1


@pytest.mark.parametrize(
    ("address", "level"), [("", "warning"), ("there", "ok"), ("/nowhere/clamd.ctl", "error")]
)
def test_the_doctor_says_how_scanning_stands(settings, scanner, address, level):
    address = scanner.address if address == "there" else address
    (finding,) = examination._scanner(dataclasses.replace(settings, clamav=address))
    assert (finding.what, finding.level) == ("scanner", level)
