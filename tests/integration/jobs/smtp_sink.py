"""A real mail server that keeps what it gets."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as SmtpSession


class Mailbox:
    """A mail server's handler: keeps every mail it accepted; refuses or delays the addresses it is told to."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.data_answer = "250 OK"

    async def handle_RCPT(self, server: SMTP, session: SmtpSession, envelope: Envelope, address, options):  # noqa: N802
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: Envelope) -> str:  # noqa: N802
        if self.data_answer.startswith("2"):
            self.mails.append(message_from_bytes(envelope.content, policy=POLICY))
        return self.data_answer

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]


class MailServerInTest(Controller):
    """A controller whose port can be chosen by the system, and that can be stopped and started again."""

    def __init__(self, mailbox: Mailbox, port: int = 0) -> None:
        super().__init__(mailbox, hostname="127.0.0.1", port=port or free_port())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(mailbox: Mailbox, port: int) -> Iterator[None]:
    server = MailServerInTest(mailbox, port)
    server.start()
    try:
        yield
    finally:
        server.stop()
