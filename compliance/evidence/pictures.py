"""Step 4, evidence: pages and parts of pages as pictures that an engine reads well (child process only)."""

from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps

from compliance.evidence.facts import Box
from compliance.evidence.pdf_gate import FORM_DEPTH

DPI, FINE_DPI = 200, 300
COARSE = 150  # dots per inch of the scan itself; below it letters are too small unless enlarged
MAX_PIXELS = 12_000_000
LARGE_SHARE = 0.5  # of the page's area: a picture that is the page
WHITE = 255
LEAST_SIDE = 1.0  # points of a part that can be drawn
SKETCH = 500  # pixels: the width at which a slant is measured
_STEPS = [step / 2 for step in range(-10, 11)]  # degrees; a sheet lies askew by less than five
FINE_STEP, LEAST_SLANT = 0.125, 0.3
SURELY = 1.15  # times the levelness of the picture as it is
SHADE = 24  # times smaller: of a page's picture only its shading is left


@dataclass(frozen=True)
class Prepared:
    """A picture of a whole page, its resolution, and by how many degrees it was made straight and turned clockwise."""

    image: Image.Image
    dpi: int
    turn: int = 0
    slant: float = 0.0

    def turned(self, turn: int) -> "Prepared":
        """The picture turned clockwise."""
        if not turn:
            return self
        return replace(self, image=clockwise(self.image, turn), turn=(self.turn + turn) % 360)

    def straight(self) -> "Prepared":
        """The picture without the slant of a sheet that lay askew; call before `turned`."""
        return self.straightened(slant_of(self.image))

    def straightened(self, slant: float) -> "Prepared":
        """The picture turned by a few degrees against the clock."""
        if not slant:
            return self
        image = self.image.rotate(slant, resample=Image.Resampling.BICUBIC, fillcolor=WHITE)
        return replace(self, image=image, slant=slant)

    def even(self) -> "Prepared":
        """The picture with shadows and dark grounds taken away, as phone photos and decorated papers need it."""
        return replace(self, image=evened(self.image))


def slant_of(image: Image.Image) -> float:
    """By how many degrees against the clock the picture becomes straight; 0 when it is or when nothing tells.

    Where lines of text lie level, dark rows and light rows differ most.
    """
    small = ImageOps.autocontrast(
        image.resize((SKETCH, max(int(image.height * SKETCH / image.width), 1))), cutoff=2
    )
    level = _levelness(small, 0.0)
    coarse = max(_STEPS, key=lambda degrees: _levelness(small, degrees))
    near = [coarse + part * FINE_STEP for part in (-2, -1, 0, 1, 2)]
    best = max(near, key=lambda degrees: _levelness(small, degrees))
    return best if abs(best) >= LEAST_SLANT and _levelness(small, best) > SURELY * level else 0.0


def _levelness(small: Image.Image, degrees: float) -> float:
    turned = small.rotate(degrees, resample=Image.Resampling.BILINEAR, fillcolor=WHITE) if degrees else small
    rows = turned.resize((1, turned.height), Image.Resampling.BOX).tobytes()
    return float(sum((one - other) ** 2 for one, other in pairwise(rows)))


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
    """The page, or the part inside `box`, in grey; a blank where the box lies outside the page."""
    width, height = page.get_size()
    x0, top, x1, bottom = box or (0.0, 0.0, width, height)
    if min(x1, width) - max(x0, 0) < LEAST_SIDE or min(bottom, height) - max(top, 0) < LEAST_SIDE:
        return Image.new("L", (DPI, DPI), WHITE)
    cut = (max(x0, 0), max(height - bottom, 0), max(width - x1, 0), max(top, 0))
    bitmap = page.render(scale=dpi / 72, grayscale=True, may_draw_forms=True, crop=cut)
    try:
        image: Image.Image = bitmap.to_pil()
        return image.copy()
    finally:
        bitmap.close()
