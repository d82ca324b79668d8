"""A whole installation that people can visit: a database with one invited supplier, a web process, a worker."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from compliance import clock
from compliance.config import Settings
from compliance.extensions import db
from compliance.storage.models import Answer
from compliance.workflow.linking import make_link
from tests.conftest import SECRET
from tests.integration.supplier.company import build_company
from tests.rows import build_staff

PATIENCE_SECONDS = 40


@dataclass
class LiveServer:
    """The processes of one installation. `link` is the path of the supplier's mailed link."""

    settings: Settings
    port: int
    link: str = ""
    round: str = ""
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, command: str) -> None:
        """Start a process; the web is waited for."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("COMPLIANCE_")
        }
        with (self.settings.instance / f"{command}.out").open("ab") as output:
            self.processes[command] = subprocess.Popen(
                [sys.executable, "-m", "compliance.cli", command],
                env=environment | self._variables(), stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        if command == "web":
            self._wait()

    def kill(self, command: str) -> None:
        """kill -9 of a process and everything it started."""
        process = self.processes.pop(command)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()

    def _variables(self) -> dict[str, str]:
        return {
            "COMPLIANCE_SECRET_KEY": SECRET,
            "COMPLIANCE_PASSWORD_SALT": SECRET,
            "COMPLIANCE_INSTANCE": str(self.settings.instance),
            "COMPLIANCE_UPLOADS": str(self.settings.uploads),
            "COMPLIANCE_DATABASE_URL": self.settings.database_url,
            "COMPLIANCE_BIND": f"127.0.0.1:{self.port}",
            "COMPLIANCE_PUBLIC_URL": self.url,
            "COMPLIANCE_BUYER_NAME": self.settings.buyer_name,
            "COMPLIANCE_BUYER_EMAIL": self.settings.buyer_email,
        }

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                with urlopen(f"{self.url}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.1)
        pytest.fail(Path(self.settings.instance / "web.out").read_text()[-2000:])


@pytest.fixture
def live_server(app, settings) -> Iterator[LiveServer]:
    """A running installation with one supplier who has just been invited."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = LiveServer(settings, free.getsockname()[1])
    with app.app_context():
        build_staff(db.session)
        company = build_company(due_on=clock.today())
        size = Answer(question_id="employees_total", state="answered", value="8", saved_at=clock.now())
        size.assessment_id = company.assessment.id  # known, so that it is known which questions are asked
        db.session.add(size)
        token = make_link(db.session(), company.assessment, company.assessment.contact, now=clock.now())
        server.link, server.round = f"/link/{token}", company.address
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    try:
        for command in ("web", "work"):
            server.start(command)
        yield server
    finally:
        for command in list(server.processes):
            server.kill(command)
