"""Step 4, evidence: tesseract reads pictures where Debian's package is present (child process only)."""

import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache

from PIL import Image

from compliance.evidence.seen import Layout, Seen

PROGRAM = "tesseract"
WISHED_LANGUAGES = ("swe", "eng")
SECONDS_A_PICTURE = 30
LEAST_CERTAIN = 30.0  # of 100: below it tesseract sees letters in spots
COLUMNS, PAGE_COLUMN, CERTAINTY_COLUMN = 12, 1, 10
MODES: dict[Layout, str] = {"page": "3", "block": "6", "line": "7", "sparse": "11"}
_TURN_LANGUAGE = "osd"
SURE_OF_TURN = 2.0  # tesseract's own measure; upright text has 5 and more


@cache
def installed() -> frozenset[str]:
    """The languages tesseract has; empty when it is not there."""
    done = _run(["--list-langs"], b"", SECONDS_A_PICTURE)
    return frozenset(done.split())


def languages() -> tuple[str, ...]:
    """The installed languages of those we use."""
    return tuple(language for language in WISHED_LANGUAGES if language in installed())


def is_present() -> bool:
    """Can pictures be read here?"""
    return bool(languages())


def read(pictures: Sequence[Image.Image], *, layout: Layout, dpi: int) -> tuple[tuple[Seen, ...], ...]:
    """The words of each picture, places in pixels; no words when the program is missing or fails."""
    if not pictures or not is_present():
        return tuple(() for _ in pictures)
    arguments = [
        "stdin",
        "stdout",
        "-l",
        "+".join(languages()),
        "--psm",
        MODES[layout],
        "--dpi",
        str(dpi),
        "tsv",
    ]
    table = _run(arguments, _as_file(pictures), SECONDS_A_PICTURE)
    pages: list[list[Seen]] = [[] for _ in pictures]
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == COLUMNS and cells[-1].strip() and float(cells[CERTAINTY_COLUMN]) >= LEAST_CERTAIN:
            pages[int(cells[PAGE_COLUMN]) - 1].append(_seen(cells))
    return tuple(map(tuple, pages))


def turn(picture: Image.Image) -> int:
    """By how many degrees clockwise the picture must be turned to be upright: 0, 90, 180 or 270."""
    if _TURN_LANGUAGE not in installed():
        return 0
    told = _run(
        ["stdin", "stdout", "--psm", "0", "-l", _TURN_LANGUAGE], _as_file([picture]), SECONDS_A_PICTURE
    )
    values = dict(row.split(": ", 1) for row in told.splitlines() if ": " in row)
    sure = float(values.get("Orientation confidence", "0"))
    return int(values.get("Rotate", "0")) if sure >= SURE_OF_TURN else 0


def _seen(cells: Sequence[str]) -> Seen:
    left, top, width, height = (int(cell) for cell in cells[6:10])
    return Seen(
        cells[-1].strip(), left, top, left + width, top + height, float(cells[CERTAINTY_COLUMN]) / 100
    )


def _as_file(pictures: Sequence[Image.Image]) -> bytes:
    """Several pictures as one file of several pages: the program is started once."""
    file = io.BytesIO()
    pictures[0].save(file, "TIFF", save_all=True, append_images=list(pictures[1:]))
    return file.getvalue()


def _run(arguments: Sequence[str], data: bytes, seconds: int) -> str:
    program = shutil.which(PROGRAM)
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - found on the path, arguments are ours
            [program, *arguments],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace")
