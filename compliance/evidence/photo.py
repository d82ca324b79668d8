"""Step 4, evidence: a picture of a document as a document of one page, upright and without what the camera noted.

The original stays as it was given. What is read and what is shown is made from its pixels alone: where and by whom
the picture was taken does not come along. Runs in the child process only.
"""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from compliance.evidence.intake import MOST_PIXELS
from compliance.evidence.pdf_gate import NotRead

LONG_SIDE = 842.0  # points: of an A4 page, so that letters have the size that readers expect
MOST_KEPT = 12_000_000  # pixels
QUALITY = 88
ORIENTATION = 0x0112  # the EXIF note that says which way is up


def as_pdf(data: bytes) -> bytes:
    """The picture (JPEG or PNG) as a PDF of one page. Raises NotRead with broken or refused."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            warnings.simplefilter("ignore")
            return _as_pdf(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as problem:
        raise NotRead("broken") from problem
    except Image.DecompressionBombError as problem:
        raise NotRead("refused") from problem


def _as_pdf(picture: Image.Image) -> bytes:
    if picture.width * picture.height > MOST_PIXELS:
        raise NotRead("refused")
    share = min(1.0, (MOST_KEPT / (picture.width * picture.height)) ** 0.5)
    wished = (max(int(picture.width * share), 1), max(int(picture.height * share), 1))
    picture.draft("RGB", wished)
    small = _plain(picture)
    small.thumbnail(wished)
    paper = ImageOps.exif_transpose(_on_white(small, picture.getexif()))
    file = io.BytesIO()
    pixels = Image.new("RGB", paper.size)  # a new picture takes no notes along
    pixels.paste(paper)
    pixels.save(file, "PDF", resolution=max(paper.size) / LONG_SIDE * 72, quality=QUALITY)
    return file.getvalue()


def _plain(picture: Image.Image) -> Image.Image:
    """In three colours, with what is transparent where there is any."""
    if picture.mode.startswith("I"):  # 16 bits a pixel
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    see_through = "A" in picture.mode or "transparency" in picture.info
    return picture.convert("RGBA" if see_through else "RGB")


def _on_white(picture: Image.Image, notes: Image.Exif) -> Image.Image:
    """What is transparent is shown on white, as on paper; which way is up is kept, and no other note."""
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    picture.getexif().clear()
    if ORIENTATION in notes:
        picture.getexif()[ORIENTATION] = notes[ORIENTATION]
    return picture
