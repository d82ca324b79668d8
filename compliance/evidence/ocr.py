"""Step 4, evidence: words of pages that are pictures, by the first engine that is installed (child process only).

Another engine is a module with the functions of `seen.Engine` and a place in ENGINES.
"""

from collections.abc import Iterator, Sequence

import pypdfium2

from compliance.evidence import tesseract
from compliance.evidence.layout import Pose, Word
from compliance.evidence.pictures import Prepared, prepared
from compliance.evidence.seen import Engine, Layout, Seen

ENGINES: tuple[Engine, ...] = (tesseract,)
UPRIGHT = 0.75  # mean certainty of an upright page's letters; one that lies on its side reads worse
FEW_LETTERS, WORD = 60, 4


def engine() -> Engine | None:
    """The engine to use here; None when none is installed."""
    return next((one for one in ENGINES if one.is_present()), None)


def read_picture(page: pypdfium2.PdfPage, *, askew: bool = True) -> tuple[tuple[Word, ...], Pose]:
    """The page's words as the engine sees them, and how the page had to be laid to be upright and straight.

    Places are those of the upright page. A page that has a text layer too is not `askew`: its text lies level.
    No words when there is no engine or it fails.
    """
    reader = engine()
    if reader is None:
        return (), Pose()
    picture = prepared(page).straight() if askew else prepared(page)
    (seen,) = reader.read([picture.image], layout="page", dpi=picture.dpi)
    turn = 0 if _reads_well(seen) else reader.turn(picture.image)
    if turn:
        picture = picture.turned(turn)
        (seen,) = reader.read([picture.image], layout="page", dpi=picture.dpi)
    return tuple(_words(seen, picture)), Pose(turn, picture.slant)


def read_picture_again(page: pypdfium2.PdfPage, pose: Pose, layout: Layout) -> tuple[Word, ...]:
    """Another look, finer: words anywhere instead of in columns with shadows taken away, or all as one block.

    In columns and anywhere small labels beside lines of a table get lost; as one block they are kept.
    """
    reader = engine()
    if reader is None:
        return ()
    picture = prepared(page, fine=True).straightened(pose.slant).turned(pose.turn)
    picture = picture.even() if layout == "sparse" else picture
    (seen,) = reader.read([picture.image], layout=layout, dpi=picture.dpi)
    return tuple(_words(seen, picture))


def _reads_well(seen: Sequence[Seen]) -> bool:
    """Enough letters, surely read, in words that are wider than tall: the engine reads some columns of letters too."""
    letters = sum(len(one.text) for one in seen)
    words = [one for one in seen if len(one.text) >= WORD]
    lying = sum(one.right - one.left > one.bottom - one.top for one in words)
    sure = sum(one.certainty * len(one.text) for one in seen)
    return letters >= FEW_LETTERS and sure >= UPRIGHT * letters and 2 * lying >= len(words)


def _words(seen: Sequence[Seen], picture: Prepared) -> Iterator[Word]:
    scale = picture.dpi / 72
    for one in seen:
        x0, top, x1, bottom = (edge / scale for edge in (one.left, one.top, one.right, one.bottom))
        yield Word(one.text, x0, top, x1, bottom, "ocr", one.certainty)
