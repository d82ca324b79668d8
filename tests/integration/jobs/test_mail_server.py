"""The talk with the buyer's mail server: encrypted where the server can, and signed in where it asks."""

import ssl
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from compliance.jobs.mail_server import MailServer, ServerAwayError
from tests.integration.jobs.smtp_sink import Mailbox, free_port


def own_certificate(folder):
    """A certificate that the server made itself, as mail servers on the same machine do."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return context


def only_us(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (b"post", b"hemligt/@ord"))


@pytest.fixture
def strict_server(tmp_path):
    """A server that takes mail only over STARTTLS from those who have signed in; gives its mailbox and port."""
    mailbox, port = Mailbox(), free_port()
    server = Controller(
        mailbox, hostname="127.0.0.1", port=port, tls_context=own_certificate(tmp_path),
        require_starttls=True, auth_required=True, authenticator=only_us,
    )  # fmt: skip
    server.start()
    yield mailbox, port
    server.stop()


def a_mail():
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@buyer.example", "b@leverantor.example", "Hej"
    mail.set_content("Text")
    return mail


def test_mail_goes_encrypted_and_signed_in(strict_server):
    mailbox, port = strict_server
    with MailServer(f"smtp://post:hemligt%2F%40ord@127.0.0.1:{port}") as server:
        server.deliver(a_mail())
    assert len(mailbox.mails) == 1


def test_a_wrong_password_is_said_and_no_mail_is_lost(strict_server):
    mailbox, port = strict_server
    address = f"smtp://post:fel@127.0.0.1:{port}"
    with MailServer(address, timeout=2) as server, pytest.raises(ServerAwayError):
        server.deliver(a_mail())
    assert mailbox.mails == []
