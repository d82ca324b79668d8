"""An installation on a real database file that sends to a real mail server."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from compliance.config import Settings
from tests.integration.jobs.smtp_sink import Mailbox, free_port, running


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mail_port() -> int:
    return free_port()


@pytest.fixture
def mail_server(mailbox: Mailbox, mail_port: int) -> Iterator[Mailbox]:
    with running(mailbox, mail_port):
        yield mailbox


@pytest.fixture
def settings(settings: Settings, mail_port: int) -> Settings:
    return replace(
        settings,
        smtp_url=f"smtp://127.0.0.1:{mail_port}",
        mail_from="no-reply@exempelbostader.example",
        public_url="https://kollen.exempelbostader.example",
    )
