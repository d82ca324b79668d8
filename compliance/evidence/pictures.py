"""Step 4, evidence: pages and parts of pages as pictures that an engine reads well (child process only)."""

from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps

from compliance.evidence.facts import Box
from compliance.evidence.pdf_gate import FORM_DEPTH

DPI, FINE_DPI = 200, 300
COARSE = 150  # dots per inch of the scan itself; below it letters are too small unless enlarged
MAX_PIXELS = 12_000_000
LARGE_SHARE = 0.5  # of the page's area: a picture that is the page
SHADE = 24  # times smaller: of a page's picture only its shading is left


@dataclass(frozen=True)
class Prepared:
    """A picture of a whole page, its resolution, and by how many degrees clockwise it was turned."""

    image: Image.Image
    dpi: int
    turn: int = 0

    def turned(self, turn: int) -> "Prepared":
        """The picture turned clockwise."""
        return Prepared(clockwise(self.image, turn), self.dpi, (self.turn + turn) % 360) if turn else self

    def even(self) -> "Prepared":
        """The picture with shadows and dark grounds taken away, as phone photos and decorated papers need it."""
        return Prepared(evened(self.image), self.dpi, self.turn)


def prepared(page: pypdfium2.PdfPage, *, fine: bool = False) -> Prepared:
    """The page in grey: 200 dots per inch; 300 when wished or when the scan itself is coarse."""
    wished = FINE_DPI if fine or 0 < native_dpi(page) < COARSE else DPI
    width, height = page.get_size()
    scale = min(wished / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    fitting = max(int(scale * 72), 1)
    return Prepared(drawn(page, dpi=fitting), fitting)


def native_dpi(page: pypdfium2.PdfPage) -> int:
    """Dots per inch of the picture that covers the page; 0 when there is none."""
    width, height = page.get_size()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=FORM_DEPTH):
        try:
            left, bottom, right, top = item.get_bounds()
            pixels, _ = item.get_px_size()
        except pypdfium2.PdfiumError:
            continue
        wide = abs(right - left)
        if wide > 0 and wide * abs(top - bottom) > LARGE_SHARE * width * height:
            return int(pixels / wide * 72)
    return 0


def clockwise(image: Image.Image, turn: int) -> Image.Image:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    turns = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
    return image.transpose(turns[turn]) if turn in turns else image


def evened(image: Image.Image) -> Image.Image:
    """What differs from its surroundings, dark on white: light letters on a dark ground come out like others."""
    small = image.resize((max(image.width // SHADE, 1), max(image.height // SHADE, 1)))
    ground = small.filter(ImageFilter.MedianFilter(5)).resize(image.size)
    return ImageOps.autocontrast(ImageOps.invert(ImageChops.difference(image, ground)), cutoff=1)


def drawn(page: pypdfium2.PdfPage, *, dpi: int, box: Box | None = None) -> Image.Image:
    """The page, or the part inside `box`, in grey."""
    width, height = page.get_size()
    x0, top, x1, bottom = box or (0.0, 0.0, width, height)
    cut = (max(x0, 0), max(height - bottom, 0), max(width - x1, 0), max(top, 0))
    bitmap = page.render(scale=dpi / 72, grayscale=True, may_draw_forms=False, crop=cut)
    try:
        image: Image.Image = bitmap.to_pil()
        return image.copy()
    finally:
        bitmap.close()
