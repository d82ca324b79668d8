"""Reports: a PDF is set in a child process with limits, so that no answer can hold up or bring down the site."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from compliance.config import PROJECT

TEMPLATES = PROJECT / "templates" / "reports"
CHILD = "compliance.web.reports.typesetter"
WALL_SECONDS = 30.0
_KEPT = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")


class TypesettingError(RuntimeError):
    """A document could not be made: it took too long, or typst would not have it. Says nothing of what it held."""


def typeset(template: str, content: Mapping[str, Any]) -> bytes:
    """The PDF of a template (`record` for templates/reports/record.typ) filled with plain data.

    The data reach typst as JSON and are text there, never markup. Raises `TypesettingError`.
    """
    order = json.dumps({"template": str(TEMPLATES / f"{template}.typ"), "content": content})
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            [sys.executable, "-I", "-m", CHILD],
            input=order.encode(),
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={key: os.environ[key] for key in _KEPT if key in os.environ},
        )
    except subprocess.TimeoutExpired:
        raise TypesettingError(f"{template}: no document after {WALL_SECONDS:.0f} seconds") from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise TypesettingError(f"{template}: the child ended with {done.returncode}")
    return done.stdout
