"""A drawn form with places: what is the same for everybody is drawn once, what differs is put in for each page."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

MARK = "\x00"
"""Before and after the name of a place; no text in a page holds it."""

NOTHING = Markup("")


class Places(dict[str, Markup]):
    """Stands for what is not known while a form is drawn: every name gives a place, `{{ at.comment }}`."""

    def __missing__(self, name: str) -> Markup:
        """The place with a name."""
        return Markup(MARK + name + MARK)  # noqa: S704  the name is ours


class Filling(dict[str, Markup]):
    """What goes into the places of a form, escaped. A place that is not named here stays empty."""

    def __missing__(self, name: str) -> Markup:
        """Nothing."""
        return NOTHING


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form as it was drawn: fixed text and names of places in turns."""

    parts: tuple[str, ...]

    @classmethod
    def from_html(cls, html: str) -> "Drawn":
        """What a template drew with `Places`; empty lines are left out."""
        return cls(tuple("\n".join(line for line in html.split("\n") if line.strip()).split(MARK)))

    @property
    def places(self) -> frozenset[str]:
        """The names of all places."""
        return frozenset(self.parts[1::2])

    def filled(self, filling: Mapping[str, Markup]) -> Markup:
        """The form with everything in its place."""
        parts = list(self.parts)
        parts[1::2] = [filling[name] for name in parts[1::2]]
        return Markup("".join(parts))  # noqa: S704  both kinds of part are escaped
