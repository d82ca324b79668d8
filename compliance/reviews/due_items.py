"""Step 6, reviews: things that fall due on a day, each exactly once, and which of several is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, Protocol, TypeVar

from compliance.reviews.parameters import Audience, Severity

State = Literal["waiting", "done", "cancelled"]


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that falls due on `due_on`: somebody is told, and perhaps the contract's review gets a reason.

    `key` is `kind:subject:date:audience:step`: planning twice gives the same keys, a changed date new ones.
    `params` are the values of the reason's sentence: text, days as ISO 8601; never personal data.
    """

    kind: str
    key: str
    due_on: date
    audience: Audience
    opens_review: bool
    severity: Severity
    params: Mapping[str, str] = field(default_factory=dict, hash=False)


class Due(Protocol):
    """What can be selected: a planned item or its stored row."""

    @property
    def key(self) -> str:
        """The item's key."""

    @property
    def due_on(self) -> date:
        """The day it falls due."""


DueT = TypeVar("DueT", bound=Due)


@dataclass(frozen=True, slots=True)
class Selection(Generic[DueT]):
    """What to do now: `tell` is acted on, `superseded` is marked done without a word."""

    tell: tuple[DueT, ...]
    superseded: tuple[DueT, ...]


@dataclass(frozen=True, slots=True)
class Rearming:
    """What a changed fact does to stored items: `arm` are stored as waiting, the keys in `cancel` are called off."""

    arm: tuple[DueItem, ...]
    cancel: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps around one date, told to one audience. `subject` is such as `contract-17`, without a colon."""

    kind: str
    subject: str
    anchor: date
    audience: Audience

    def key(self, step: str) -> str:
        """Make the unique key of a step. Raises `ValueError` for a subject that would blur it."""
        if ":" in self.subject:
            raise ValueError(self.subject)
        return f"{self.kind}:{self.subject}:{self.anchor.isoformat()}:{self.audience}:{step}"


def topic_of(key: str) -> str:
    """What the item is about, whatever the date: `kind:subject`. One topic is one reason in a review."""
    return ":".join(key.split(":")[:2])


def ladder_of(key: str) -> str:
    """The ladder of steps the item is a rung of: everything of the key but the step."""
    return key.rpartition(":")[0]


def select_due(waiting: Iterable[DueT], *, today: date) -> Selection[DueT]:
    """Of the waiting items due by today choose the newest of each ladder; the older ones are superseded.

    After missed nights each ladder is thus caught up once. Order of the input does not matter.
    """
    newest: dict[str, DueT] = {}
    superseded: list[DueT] = []
    for item in sorted(
        (item for item in waiting if item.due_on <= today), key=lambda item: (item.due_on, item.key)
    ):
        older = newest.get(ladder_of(item.key))
        if older is not None:
            superseded.append(older)
        newest[ladder_of(item.key)] = item
    return Selection(tuple(newest.values()), tuple(superseded))


def rearm(planned: Iterable[DueItem], stored: Mapping[str, State]) -> Rearming:
    """Compare a new plan with what is stored of the same topics: what to arm and which keys to call off.

    Done items stay as they are and are never told again. Doing it twice changes nothing.
    """
    wanted = {item.key: item for item in planned}
    arm = tuple(item for key, item in wanted.items() if stored.get(key, "cancelled") == "cancelled")
    cancel = tuple(sorted(key for key, state in stored.items() if state == "waiting" and key not in wanted))
    return Rearming(arm, cancel)
