"""Step 4, evidence: what an engine that reads pictures gives back, the same for every engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from PIL import Image

Layout = Literal["page", "block", "line", "sparse"]


@dataclass(frozen=True, slots=True)
class Seen:
    """One word in a picture: its box in pixels from the top left, `certainty` 0..1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    certainty: float


class Engine(Protocol):
    """Reads pictures; a module or object with these functions."""

    def is_present(self) -> bool:
        """Is it installed here?"""

    def read(
        self, pictures: Sequence[Image.Image], *, layout: Layout, dpi: int
    ) -> tuple[tuple[Seen, ...], ...]:
        """The words of each picture; nothing where it fails."""

    def turn(self, picture: Image.Image) -> int:
        """By how many degrees clockwise the picture must be turned to be upright: 0, 90, 180 or 270."""
