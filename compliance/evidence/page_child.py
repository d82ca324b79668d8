"""Step 4, evidence: a child process that draws one page as a picture, personal identity numbers painted over.

Started by page_pictures.py as `python -m compliance.evidence.page_child`; never imported by the application. It
writes READY, one line of JSON about the page, and the picture as PNG; of a Word file the paragraphs around the place.
"""

import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BufferedReader
from typing import Any, cast

import pypdfium2
from PIL import Image, ImageDraw, PngImagePlugin

from compliance.evidence.by_kind import load_for
from compliance.evidence.confinement import confine, limits_from_arguments
from compliance.evidence.facts import Box
from compliance.evidence.layout import Page, group_lines, union
from compliance.evidence.media import PICTURES, kind_of_file
from compliance.evidence.ocr import engine, read_picture
from compliance.evidence.pdf_gate import NotRead, open_pdf, page_cost
from compliance.evidence.pdfium_text import note_words, page_size, read_page
from compliance.evidence.personnummer import mask_personnummer, personal_places

READY = b"ready\n"
NOTHING = b"{}\n"
WIDE = 1400  # pixels: fine print can be read when the picture is enlarged
MOST_PIXELS = 6_000_000
PAINT = (70, 70, 70)
MARGIN = 1.0  # points around a painted number
AROUND = 3  # paragraphs before and after the one asked for
LONGEST = 1500  # characters of a paragraph
PAGE_ARGUMENT = 5
TOO_MUCH = 3  # exit status: of memory or nesting


def main() -> int:
    """Confine this process, then draw: nothing of the document is touched before."""
    limits = limits_from_arguments(sys.argv[1:PAGE_ARGUMENT])
    number = int(sys.argv[PAGE_ARGUMENT])
    load_for(cast("BufferedReader", sys.stdin.buffer).peek(2))
    Image.preinit()
    out, nowhere = sys.stdout.buffer, os.open(os.devnull, os.O_WRONLY)
    confine(limits)
    os.dup2(nowhere, sys.stderr.fileno())
    out.write(READY)
    out.flush()
    data = sys.stdin.buffer.read()
    try:
        out.write(_paragraphs(data, number) if kind_of_file(data) == "docx" else _picture(data, number))
    except (MemoryError, RecursionError):
        return TOO_MUCH
    except (NotRead, pypdfium2.PdfiumError, IndexError):
        out.write(NOTHING)
    out.flush()
    return 0


def _picture(data: bytes, number: int) -> bytes:
    if kind_of_file(data) in PICTURES:
        from compliance.evidence.photo import as_pdf  # noqa: PLC0415

        data = as_pdf(data)
    page = open_pdf(data)[number - 1]
    width, height = page_size(page)
    scale = min(WIDE / width, (MOST_PIXELS / (width * height)) ** 0.5)
    image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    places, looked = personal_boxes(page, number)
    _paint(image, places, scale)
    told = {"width": width, "height": height, "masked": len(places), "looked": looked}
    return _line(told) + _as_png(image)


def personal_boxes(page: pypdfium2.PdfPage, number: int) -> tuple[list[Box], bool]:
    """Where personal identity numbers stand on a page as it is shown; and whether all of it could be looked through."""
    read = read_page(page, number, page_cost(page))
    places = [*_in_lines(read), *_in_lines(replace(read, lines=group_lines(note_words(page))))]
    if read.kind in ("text", "empty"):
        return places, True
    if engine() is None:
        return places, False
    seen, pose = read_picture(page, askew=not read.words)
    laid = replace(read, lines=group_lines(seen), pose=pose)
    return [*places, *(laid.shown(box) for box in _in_lines(laid))], True


def _in_lines(page: Page) -> Iterator[Box]:
    """Whole words: where in a word its letters stand is only estimated."""
    for line in page.lines:
        for start, end in personal_places(line.text):
            yield union(word.box for word in line.between(start, end))


def _paint(image: Image.Image, places: Sequence[Box], scale: float) -> None:
    drawing = ImageDraw.Draw(image)
    for x0, top, x1, bottom in places:
        drawing.rectangle(
            [
                (x0 - MARGIN) * scale,
                (top - MARGIN) * scale,
                (x1 + MARGIN) * scale,
                (bottom + MARGIN) * scale,
            ],
            fill=PAINT,
        )


def _as_png(image: Image.Image) -> bytes:
    """Without any note of the original: the picture is made of pixels alone."""
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=PngImagePlugin.PngInfo(), compress_level=6)
    return file.getvalue()


def _paragraphs(data: bytes, number: int) -> bytes:
    from compliance.evidence.word_file import open_word_file  # noqa: PLC0415

    paragraphs = open_word_file(data).paragraphs
    here = max((at for at, one in enumerate(paragraphs) if one.number <= number), default=0)
    told = [
        {"text": mask_personnummer(" · ".join(filter(None, one.cells)))[:LONGEST], "here": at == here}
        for at, one in enumerate(paragraphs)
        if abs(at - here) <= AROUND and any(one.cells)
    ]
    return _line({"paragraphs": told})


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=True).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main())
