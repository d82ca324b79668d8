"""Step 4, evidence: the words documents use (labels, titles, certification bodies), as data in YAML beside this."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def vocabulary(name: str) -> Any:
    """The content of `<name>.yaml` in this folder."""
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


def preload() -> None:
    """Read every file now: a process that gives up its rights may not be able to later."""
    for path in FOLDER.glob("*.yaml"):
        vocabulary(path.stem)
