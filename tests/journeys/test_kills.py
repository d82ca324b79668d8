"""Web, worker and clock are killed at any moment while people save, upload and are mailed: nothing is lost."""

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest

from compliance import clock
from compliance.app import create_app
from compliance.jobs.mailing import send_waiting
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Answer, Document, Message
from compliance.storage.models import Event as Recorded
from compliance.storage.waking import MAIL, READING
from compliance.workflow.reading import put_back_expired
from tests.integration.jobs.installation import eventually
from tests.journeys.demo_site import DemoSite, demo_site
from tests.journeys.fresh_papers import draw_policy, draw_policy_in_word, draw_policy_photo
from tests.journeys.test_nothing_is_lost import TOKEN, Saver
from tests.rows import build_message

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]
KILLS, SECONDS_FOR_REST = 14, 60
QUESTIONS = ("social_responsible_role", "human_rights_responsible")
TARGETS = (("web", 0), ("web", -1), ("worker", 0), ("clock", 0))
LINK = re.compile(r"http://\S+(/link/\S+)")
SECTION, PROOF = re.compile(r"/sections/([^\"#?]+)\""), re.compile(r"data-url=\"([^\"]+/documents)\"")
UNREAD = {"waiting", "reading"}
PAPERS = (("pdf", draw_policy), ("jpg", draw_policy_photo), ("docx", draw_policy_in_word))


class Uploader(Thread):
    """Uploads one paper after the other; remembers those that were called received."""

    def __init__(self, opener: OpenerDirector, address: str, token: str, folder: Path) -> None:
        super().__init__(daemon=True)
        self.opener, self.address, self.token, self.folder = opener, address, token, folder
        self.stop, self.received, self.attempts = Event(), [], 0

    def run(self) -> None:
        while not self.stop.is_set() and len(self.received) < 15:
            self.attempts += 1
            ending, draw = PAPERS[self.attempts % len(PAPERS)]
            name = f"policy-{self.attempts}.{ending}"
            paper = draw(self.folder / name, f"Exempel {self.attempts} AB", date(2026, 3, 12))
            try:
                if name in self._give(paper):
                    self.received.append(name)
            except (URLError, HTTPException, OSError):
                time.sleep(0.1)
            time.sleep(0.5)

    def _give(self, paper: Path) -> str:
        mark = "-----------mark"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self.token}\r\n--{mark}\r\n'
        head += f'Content-Disposition: form-data; name="file"; filename="{paper.name}"\r\n'
        head += "Content-Type: application/pdf\r\n\r\n"
        body = head.encode() + paper.read_bytes() + f"\r\n--{mark}--\r\n".encode()
        request = Request(self.address, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})
        with self.opener.open(request, timeout=20) as answer:
            return answer.read().decode()


class Writer(Thread):
    """Writes mails to the outbox, each to a reader of its own."""

    def __init__(self, app) -> None:
        super().__init__(daemon=True)
        self.app, self.stop, self.written = app, Event(), []

    def run(self) -> None:
        while not self.stop.is_set():
            recipient = f"reader{len(self.written)}@exempelbostader.example"
            with transaction(self.app) as session:
                build_message(
                    session, key=f"kill:{recipient}", recipient=recipient, next_attempt_at=clock.now()
                )
            self.app.extensions["wake"](MAIL)
            self.written.append(recipient)
            time.sleep(0.3)


@pytest.fixture
def site(tmp_path) -> Iterator[DemoSite]:
    with demo_site(tmp_path / "demo") as running:
        yield running


@pytest.fixture
def inside(site, monkeypatch):
    """The same installation from within, to write mails and to count."""
    for name, value in site.environment.items():
        if name.startswith("COMPLIANCE_"):
            monkeypatch.setenv(name, value)
    app = create_app()
    yield app
    app.extensions["wake"].close()


def test_whatever_is_killed_nothing_acknowledged_is_lost_and_no_mail_doubled(site, inside, tmp_path):
    busy = _busy_people(site, inside, tmp_path)
    for one in busy:
        one.start()
    chance = random.Random(7)
    for _ in range(KILLS):
        name, which = chance.choice(TARGETS)
        time.sleep(chance.uniform(0.3, 2.0))
        killed = site.kill(name, which=which)
        assert eventually(lambda name=name, killed=killed: set(site.living(name)) - {killed}), name
        assert eventually(site.answers)
    time.sleep(3)
    for one in busy:
        one.stop.set()
        one.join(timeout=30)
    *savers, uploader, writer = busy
    assert _lost(inside, savers) == []
    _let_claims_of_the_dead_run_out(inside)
    assert eventually(lambda: not _unread(inside, uploader), SECONDS_FOR_REST), _unread(inside, uploader)
    assert _read_twice(inside) == []
    assert eventually(lambda: not _unsent(inside), SECONDS_FOR_REST), _unsent(inside)
    doubled, uncertain = _doubled(site, inside, writer)
    print(  # noqa: T201  the numbers are what a reader of the run wants
        f"{KILLS} kills; {sum(one.acknowledged[0] for one in savers)} saves, {len(uploader.received)} uploads, "
        f"{len(writer.written)} mails; doubled {doubled}, uncertain {uncertain}"
    )
    assert uploader.received
    assert doubled <= uncertain
    assert site.run("audit", "verify").returncode == 0


def _let_claims_of_the_dead_run_out(app) -> None:
    """What a killed worker had claimed is free again after some minutes, which we do not sit through."""
    later = clock.now() + timedelta(minutes=11)
    with transaction(app) as session:
        put_back_expired(session, now=later)
    send_waiting(app, moment=lambda: later)
    app.extensions["wake"](READING)


def _busy_people(site: DemoSite, inside, folder: Path) -> list:
    opener, token, home = _enter(site)
    Saver(opener, home, token, "employees_total")._save("8")  # decides whether the second question is asked
    savers = [Saver(opener, home, token, question) for question in QUESTIONS]
    uploader = Uploader(opener, site.address + _proof_address(opener, home), token, folder)
    return [*savers, uploader, Writer(inside)]


def _enter(site: DemoSite) -> tuple[OpenerDirector, str, str]:
    """The gardener follows the link in the demo's mailbox."""
    mails = [
        message_from_bytes(path.read_bytes()) for path in sorted((site.folder / "mailbox").glob("*.eml"))
    ]
    mail = [one for one in mails if one["To"] == "karin@exempelbygg.example"][-1]
    text = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    path = LINK.search(text.get_payload(decode=True).decode())[1]
    opener = build_opener(HTTPCookieProcessor())
    page = opener.open(site.address + path).read().decode()
    fields = {"csrf_token": TOKEN.search(page)[1]}
    inside = opener.open(site.address + path, urlencode(fields).encode())
    return opener, TOKEN.search(inside.read().decode())[1], inside.geturl()


def _proof_address(opener: OpenerDirector, home: str) -> str:
    """Where a page of questions sends documents."""
    for section in SECTION.findall(opener.open(home).read().decode()):
        page = opener.open(f"{home}/sections/{section}").read().decode()
        if found := PROOF.search(page):
            return found[1]
    pytest.fail("no question takes documents")


def _lost(app, savers: list[Saver]) -> list[str]:
    """The questions whose last acknowledged text is not there and was not replaced by a later one."""
    with reading(app) as session:
        rows = {
            row.question_id: row for row in session.query(Answer).filter(Answer.question_id.in_(QUESTIONS))
        }
        return [
            one.question
            for one in savers
            if not _stands(rows[one.question].revision, rows[one.question].value, one.acknowledged)
        ]


def _stands(revision: int, text: str, acknowledged: tuple[int, str]) -> bool:
    return acknowledged[0] > 0 and (revision > acknowledged[0] or (revision, text) == acknowledged)


def _unread(app, uploader: Uploader) -> list[str]:
    """The papers that were called received and are not there, or have not come to an end."""
    with reading(app) as session:
        states = dict(session.query(Document.name, Document.state).all())
        return [name for name in uploader.received if states.get(name, "waiting") in UNREAD]


def _read_twice(app) -> list[int]:
    """The documents whose reading was written down more than once."""
    with reading(app) as session:
        read = Counter(
            row.payload["document"] for row in session.query(Recorded).filter_by(name="document_read")
        )
    return [document for document, times in read.items() if times > 1]


def _unsent(app) -> list[str]:
    with reading(app) as session:
        return [row.key for row in session.query(Message).filter(Message.state.in_(["queued", "sending"]))]


def _doubled(site: DemoSite, app, writer: Writer) -> tuple[int, int]:
    """How many mails came twice, and how many are marked as perhaps doubled; none may be missing."""
    came = Counter(
        message_from_bytes(path.read_bytes())["To"] for path in (site.folder / "mailbox").glob("*.eml")
    )
    with reading(app) as session:
        sent = {row.recipient: row.uncertain for row in session.query(Message).filter_by(state="sent")}
    assert not [one for one in writer.written if not came[one] and one in sent]
    twice = [one for one in writer.written if came[one] > 1]
    assert not [one for one in twice if not sent[one]]
    return len(twice), sum(sent[one] for one in writer.written if one in sent)
