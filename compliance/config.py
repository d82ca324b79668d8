"""Settings, read from the environment once at start-up and refused there when they are wrong."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
SHORTEST_SECRET = 32


class SettingsError(Exception):
    """The environment does not describe an installation that may start; the text says what to change."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between installations.

    `instance` is the folder for run files and, by default, the database. `public_url` is what goes into
    mails. `smtp_url` is smtp://user:password@host:port, or smtps://. `bounce_address` is where undeliverable
    mails come back to; each goes out with `+<number>.<tag>` added before the @. `clamav` is where a virus
    scanner listens: a socket's path, or host:port; empty without one. `demo` is true only in an instance that
    `compliance demo` made.
    """

    secret_key: str = field(repr=False)
    password_salt: str = field(repr=False)
    instance: Path
    database_url: str = field(repr=False)
    uploads: Path
    public_url: str = "http://127.0.0.1:8080"
    smtp_url: str = field(default="smtp://127.0.0.1:25", repr=False)
    mail_from: str = "no-reply@localhost"
    bounce_address: str = ""
    service_name: str = "Leverantörskollen"
    buyer_name: str = ""
    buyer_email: str = ""
    bind: str = "127.0.0.1:8080"
    clamav: str = ""
    workers: int = 1
    threads: int = 16
    demo: bool = False
    testing: bool = False

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies may travel over https only: yes wherever the public address is https."""
        return self.public_url.startswith("https:")

    @property
    def uses_sqlite(self) -> bool:
        """Whether the database is a SQLite file on this machine."""
        return self.database_url.startswith("sqlite")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `COMPLIANCE_*` variables.

    Raises `SettingsError` naming every variable that is missing or wrong.
    """
    env = os.environ if environment is None else environment
    problems = [*_secret_problems(env), *_address_problems(env)]
    if problems:
        raise SettingsError("\n".join(problems))
    instance = Path(env.get("COMPLIANCE_INSTANCE", PROJECT / "instance")).resolve()
    optional: dict[str, Any] = {
        name: env[f"COMPLIANCE_{name.upper()}"]
        for name in (
            "public_url",
            "smtp_url",
            "mail_from",
            "bounce_address",
            "service_name",
            "buyer_name",
            "buyer_email",
            "bind",
            "clamav",
        )
        if env.get(f"COMPLIANCE_{name.upper()}")
    }
    numbers: dict[str, Any] = {
        name: int(env[f"COMPLIANCE_{name.upper()}"])
        for name in ("workers", "threads")
        if env.get(f"COMPLIANCE_{name.upper()}")
    }
    return Settings(
        secret_key=env["COMPLIANCE_SECRET_KEY"],
        password_salt=env["COMPLIANCE_PASSWORD_SALT"],
        instance=instance,
        database_url=_database_url(env, instance),
        uploads=Path(env.get("COMPLIANCE_UPLOADS", PROJECT / "uploads")).resolve(),
        demo=env.get("COMPLIANCE_DEMO") == "1",
        **optional,
        **numbers,
    )


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("COMPLIANCE_DATABASE_URL") or f"sqlite:///{instance / 'compliance.sqlite'}"
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    return url


def _secret_problems(env: Mapping[str, str]) -> list[str]:
    return [
        f"{name} must be set to at least {SHORTEST_SECRET} random characters, "
        'for instance from: python3 -c "import secrets; print(secrets.token_hex(32))"'
        for name in ("COMPLIANCE_SECRET_KEY", "COMPLIANCE_PASSWORD_SALT")
        if len(env.get(name, "")) < SHORTEST_SECRET
    ]


def _address_problems(env: Mapping[str, str]) -> list[str]:
    problems = []
    for name, schemes in (
        ("COMPLIANCE_PUBLIC_URL", ("http", "https")),
        ("COMPLIANCE_SMTP_URL", ("smtp", "smtps")),
    ):
        if name in env and urlsplit(env[name]).scheme not in schemes:
            problems.append(f"{name} must begin with {' or '.join(s + '://' for s in schemes)}")
    if "@" not in env.get("COMPLIANCE_BOUNCE_ADDRESS", "@"):
        problems.append("COMPLIANCE_BOUNCE_ADDRESS must be an e-mail address")
    problems.extend(
        f"{name} must be a whole number"
        for name in ("COMPLIANCE_WORKERS", "COMPLIANCE_THREADS")
        if env.get(name) and not env[name].isdigit()
    )
    return problems
