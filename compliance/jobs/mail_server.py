"""The buyer's mail server: one connection for many mails, and what its answers mean."""

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT_SECONDS = 30
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
PERMANENT = 500
SMTP_PORT, SMTPS_PORT = 25, 465


class ServerAwayError(Exception):
    """The server could not be reached, or takes no mail from us just now. Nothing was sent."""


class DelayedError(Exception):
    """The server asks to try this mail again later."""


class UnsureError(DelayedError):
    """The connection broke while the mail was handed over: the server may have it, so a second try may double it."""


class RefusedError(Exception):
    """The server will never take this mail; `recipient` says that it is the address that is wrong."""

    def __init__(self, *, recipient: bool) -> None:
        super().__init__("refused")
        self.recipient = recipient


class MailServer:
    """A lazily opened connection to the server of an smtp:// or smtps:// address."""

    def __init__(self, url: str, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._url = urlsplit(url)
        self._timeout = timeout
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Be connected, encrypted where the server can, and signed in. Raises `ServerAwayError`."""
        if self._connection is not None and _still_answers(self._connection):
            return
        self.close()
        try:
            self._connection = self._connect()
        except (OSError, smtplib.SMTPException) as problem:
            raise ServerAwayError(type(problem).__name__) from problem

    def close(self) -> None:
        """Say goodbye, if there is anyone to say it to."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()

    def deliver(self, mail: EmailMessage, *, sender: str | None = None) -> None:
        """Hand over one mail; it comes back to `sender` if it must, else to its From.

        Raises `ServerAwayError`, `DelayedError`, `UnsureError` or `RefusedError`.
        """
        self.open()
        assert self._connection is not None
        try:
            self._connection.send_message(mail, from_addr=sender)
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _ in problem.recipients.values()]
            raise _verdict(min(codes), recipient=True) from problem
        except smtplib.SMTPResponseException as problem:
            raise _verdict(problem.smtp_code, recipient=False) from problem
        except (smtplib.SMTPNotSupportedError, UnicodeError, ValueError) as problem:
            raise RefusedError(recipient=True) from problem
        except (OSError, smtplib.SMTPException) as problem:
            self._connection.close()  # without a goodbye, for which a server that hangs would be waited for
            self._connection = None
            raise UnsureError(type(problem).__name__) from problem

    def _connect(self) -> smtplib.SMTP:
        host, context = self._url.hostname or "localhost", _tls(self._url)
        if self._url.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or SMTPS_PORT, timeout=self._timeout, context=context
            )
        else:
            connection = smtplib.SMTP(host, self._url.port or SMTP_PORT, timeout=self._timeout)
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=context)
                connection.ehlo()
        try:
            self._sign_in(connection)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection

    def _sign_in(self, connection: smtplib.SMTP) -> None:
        if self._url.username is None:
            return
        if not isinstance(connection.sock, ssl.SSLSocket) and self._url.hostname not in LOCAL:
            raise smtplib.SMTPException("the server offers no encryption, so the password is not sent")
        connection.login(unquote(self._url.username), unquote(self._url.password or ""))


def _verdict(code: int, *, recipient: bool) -> Exception:
    return RefusedError(recipient=recipient) if code >= PERMANENT else DelayedError(str(code))


def _still_answers(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == 250  # noqa: PLR2004  the protocol's OK
    except (OSError, smtplib.SMTPException):
        return False


def _tls(url: SplitResult) -> ssl.SSLContext:
    """Certificates are checked, except on this very machine, where mail servers usually make their own."""
    context = ssl.create_default_context()
    if url.hostname in LOCAL:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
