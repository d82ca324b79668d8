"""The folder of a demo instance: its secrets, its settings, and starting it over."""

import secrets
import shlex
import shutil
from pathlib import Path

SETTINGS_FILE = "demo.env"


class NotADemoError(Exception):
    """The folder holds something that `compliance demo` did not make; it is left alone."""


def prepare_folder(folder: Path, *, fresh: bool) -> None:
    """Make the folder; with `fresh` what an earlier demo left in it is removed. Raises `NotADemoError`."""
    made_by_us = (folder / SETTINGS_FILE).is_file()
    if folder.is_dir() and any(folder.iterdir()) and not made_by_us:
        raise NotADemoError(f"{folder} is not empty and was not made by `compliance demo`.")
    if fresh and made_by_us:
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def settings_of(folder: Path, *, port: int) -> dict[str, str]:
    """The environment of a demo instance: secrets are made once and kept, addresses follow the port."""
    kept = _read(folder / SETTINGS_FILE)
    values = {
        "COMPLIANCE_SECRET_KEY": kept.get("COMPLIANCE_SECRET_KEY") or secrets.token_hex(32),
        "COMPLIANCE_PASSWORD_SALT": kept.get("COMPLIANCE_PASSWORD_SALT") or secrets.token_hex(32),
        "COMPLIANCE_DEMO": "1",
        "COMPLIANCE_INSTANCE": str(folder),
        "COMPLIANCE_DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite'}",
        "COMPLIANCE_UPLOADS": str(folder / "uploads"),
        "COMPLIANCE_BIND": f"127.0.0.1:{port}",
        "COMPLIANCE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "COMPLIANCE_SMTP_URL": f"smtp://127.0.0.1:{port + 1}",
        "COMPLIANCE_MAIL_FROM": "no-reply@exempelbostader.example",
        "COMPLIANCE_BUYER_NAME": "Exempelbostäder AB (påhittat)",
        "COMPLIANCE_BUYER_EMAIL": "inkop@exempelbostader.example",
    }
    _write(folder / SETTINGS_FILE, values)
    return values


def _read(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    words = shlex.split(path.read_text(encoding="utf-8"))
    return dict(word.split("=", 1) for word in words)


def _write(path: Path, values: dict[str, str]) -> None:
    """In the shell's own form. Only the owner may read it: it holds the secrets."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(
        "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items()), encoding="utf-8"
    )
