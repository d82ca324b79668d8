"""Step 4, evidence: words of pages that are pictures, by tesseract where it is installed (child process only)."""

import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache

import pypdfium2

from compliance.evidence.layout import Word

PROGRAM = "tesseract"
WISHED_LANGUAGES = ("swe", "eng")
DPI = 200
MAX_PIXELS = 12_000_000
SECONDS_A_PAGE = 30
LEAST_CERTAIN = 30.0  # of 100: below it tesseract sees letters in spots
COLUMNS = 12


@cache
def languages() -> tuple[str, ...]:
    """The installed languages of those we use; empty when tesseract is not there."""
    program = shutil.which(PROGRAM)
    if program is None:
        return ()
    try:
        done = subprocess.run(  # noqa: S603 - found on the path, fixed arguments
            [program, "--list-langs"], capture_output=True, text=True, timeout=SECONDS_A_PAGE, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(language for language in WISHED_LANGUAGES if language in done.stdout.split())


def read_picture(page: pypdfium2.PdfPage) -> tuple[Word, ...]:
    """The page's words as tesseract sees them, with their places; empty when it is missing or fails."""
    program = shutil.which(PROGRAM)
    if program is None or not languages():
        return ()
    scale = _scale(page)
    try:
        done = subprocess.run(  # noqa: S603 - found on the path, fixed arguments
            [program, "stdin", "stdout", "-l", "+".join(languages()), "--dpi", str(round(scale * 72)), "tsv"],
            input=_picture(page, scale),
            capture_output=True,
            timeout=SECONDS_A_PAGE,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(_words(done.stdout.decode("utf-8", errors="replace"), scale))


def _scale(page: pypdfium2.PdfPage) -> float:
    width, height = page.get_size()
    return float(min(DPI / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5))


def _picture(page: pypdfium2.PdfPage, scale: float) -> bytes:
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        file = io.BytesIO()
        bitmap.to_pil().save(file, "PNG", compress_level=1)
        return file.getvalue()
    finally:
        bitmap.close()


def _words(table: str, scale: float) -> Iterator[Word]:
    """Rows of tesseract's table: place in pixels, certainty in percent, text."""
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != COLUMNS or not cells[-1].strip() or float(cells[10]) < LEAST_CERTAIN:
            continue
        left, top, width, height = (int(cell) / scale for cell in cells[6:10])
        certainty = float(cells[10]) / 100
        yield Word(cells[-1].strip(), left, top, left + width, top + height, "ocr", certainty)
