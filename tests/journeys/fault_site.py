"""An installation that is killed all the time: its nursery, people who are busy in it, and what must come of it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from compliance import clock
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Document, DueRow, Installation, Message
from compliance.workflow import arming
from tests.integration.jobs.smtp_sink import Mailbox
from tests.rows import build_assessment, build_contact, build_contract, build_staff, build_supplier, terms

MOST_ALIVE = {"clock": 2, "worker": 2, "web": 1}


class Nursery:
    """Starts and kills the processes of one installation; counts the kills."""

    def __init__(self, environment: dict[str, str], port: int, log: Path) -> None:
        self.port, self.log, self.kills = port, log, Counter()
        self.living: dict[str, list[int]] = {name: [] for name in MOST_ALIVE}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.nursery", str(log)],
            env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert self._process.stdout.readline() == "ready\n", log.read_text()[-2000:]

    def start(self, name: str) -> int:
        command = f"web {self.port}" if name == "web" else name
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        self.living[name].append(int(self._process.stdout.readline()))
        return self.living[name][-1]

    def kill(self, name: str, which: int = 0) -> None:
        """kill -9; a process that had ended by itself is a failure of its own."""
        process = self.living[name].pop(which)
        assert Path(f"/proc/{process}").exists(), f"{name} ended by itself: {self.log.read_text()[-3000:]}"
        os.kill(process, signal.SIGKILL)
        self.kills[name] += 1
        while Path(f"/proc/{process}").exists():  # until then it holds its port
            time.sleep(0.005)

    def fill(self, **counts: int) -> None:
        """Start what is missing."""
        for name, count in (counts or MOST_ALIVE).items():
            while len(self.living[name]) < count:
                self.start(name)

    def answers(self) -> bool:
        with suppress(URLError, HTTPException, OSError):
            return urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5).status == 200
        return False

    def close(self) -> None:
        """Everything it started is killed by the kernel with it."""
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()


@dataclass
class Matters:
    """What falls due while everything is killed; each matter has one reader, who must get one mail."""

    readers: set[str] = field(default_factory=set)

    def write(self, app, count: int, *, over_seconds: float, chance: random.Random) -> None:
        """Contracts that end in nine months and rounds to answer in a week, due one after the other."""
        with transaction(app) as session:
            if session.get(Installation, 1) is None:
                session.add(Installation(id=1, created_at=clock.now(), reviews_per_day=100_000))
            for _ in range(count):
                self._contract(session)
                self._round(session)
        with transaction(app) as session:
            now = clock.now()
            for row in session.query(DueRow).filter(DueRow.done_at.is_(None), DueRow.due_at <= now):
                row.due_at = now + timedelta(seconds=chance.uniform(0, over_seconds))

    def _contract(self, session) -> None:
        person = build_staff(session, email=f"owner{len(self.readers)}@exempelbostader.example")
        contract = build_contract(
            session, build_supplier(session), owner_id=person.id,
            terms=terms(end=(clock.today() + timedelta(days=272)).isoformat()),
        )  # fmt: skip
        arming.rearm_contract(session, contract, now=clock.now() - timedelta(days=8))
        self.readers.add(person.email)

    def _round(self, session) -> None:
        supplier = build_supplier(session)
        contact = build_contact(session, supplier, email=f"contact{len(self.readers)}@leverantor.example")
        contract = build_contract(session, supplier, owner_id=build_staff(session).id, terms=terms(end=None))
        week = clock.today() + timedelta(days=6)
        assessment = build_assessment(session, contact, contracts=(contract,), due_on=week)
        arming.rearm_assessment(session, assessment, now=clock.now() - timedelta(days=8))
        self.readers.add(contact.email)


def unfinished(app) -> list[str]:
    """What is due and not done, mails that have not gone, documents that were not read."""
    with reading(app) as session:
        rows = session.query(DueRow).filter(DueRow.done_at.is_(None), DueRow.due_at <= clock.now())
        mails = session.query(Message).filter(Message.state.in_(["queued", "sending"]))
        papers = session.query(Document).filter(Document.state.in_(["waiting", "reading"]))
        return [
            *(f"{row.key} {row.attempts} {row.last_error}" for row in rows),
            *(f"{mail.key} {mail.last_error}" for mail in mails),
            *(paper.name for paper in papers),
        ]


def count_mails(app, mailbox: Mailbox, readers: set[str]) -> Counter[str]:
    """Mails by what is right and wrong about them; missing, doubled and unasked must be nought."""
    came = Counter(mail["To"] for mail in mailbox.mails)
    counts: Counter[str] = Counter(due=len(readers), came=sum(came.values()))
    with reading(app) as session:
        uncertain = {row.recipient for row in session.query(Message).filter_by(state="sent", uncertain=True)}
        counts["written"] = session.query(Message).count()
        counts["not_sent"] = session.query(Message).filter(Message.state != "sent").count()
    for reader in readers:
        counts["missing"] += came[reader] == 0
        extra = max(0, came[reader] - 1)
        counts["marked_twice" if reader in uncertain else "doubled"] += extra
    counts["marked"] = len(uncertain)
    counts["unasked"] = len(set(came) - readers)
    counts["message_ids"] = len({mail["Message-ID"] for mail in mailbox.mails})
    return counts


def kill_at_random(nursery: Nursery, kills: int, weights: dict[str, int], chance: random.Random) -> None:
    """Kill one after the other, with little pauses, and start another in its place."""
    names = list(weights)
    for _ in range(kills):
        time.sleep(chance.uniform(0.02, 0.4))
        [name] = chance.choices(names, [weights[one] for one in names])
        nursery.kill(name, chance.randrange(len(nursery.living[name])))
        nursery.start(name)
