"""The demo's mail server: real SMTP, but every mail ends as a file in the instance's folder."""

import os
import secrets
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from compliance.config import Settings

FOLDER = "mailbox"


class KeepInFolder:
    """Writes each mail to a file of its own, on disk before the server says yes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  their name
        """Called by the server with each mail."""
        del server, session
        content = envelope.content
        if not isinstance(content, bytes):
            return "554 5.6.0 No content"
        name = f"{time.time_ns():020}-{secrets.token_hex(3)}.eml"
        unfinished = self._folder / f".{name}"
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(self._folder / name)
        return "250 2.0.0 Kept"


def mail_folder(settings: Settings) -> Path:
    """Where the demo's mails are kept."""
    return settings.instance / FOLDER


@contextmanager
def mail_server(settings: Settings) -> Iterator[None]:
    """A mail server at the settings' address, for as long as the block lasts."""
    address = urlsplit(settings.smtp_url)
    server = Controller(
        KeepInFolder(mail_folder(settings)), hostname=address.hostname or "127.0.0.1", port=address.port or 25
    )
    server.start()
    try:
        yield
    finally:
        server.stop()


def run_mail_server(settings: Settings) -> None:
    """Take mail until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with mail_server(settings):
        stop.wait()
