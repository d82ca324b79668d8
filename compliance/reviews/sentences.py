"""Step 6, reviews: what the sentences of a reason consist of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A reason in words: `why` and `what_now` are English msgids whose values are the reason's params."""

    why: str
    what_now: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The wording until a day among the params (`deadline`) has passed, and the wording after it."""

    ahead: Wording
    passed: Wording
    deadline: str
