"""Step 7, decisions: what is recommended for an answer that fell short, and the supplier's reply to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from compliance.questionnaires.model import Action
from compliance.scoring.gates import breaks_zero_tolerance
from compliance.scoring.items import FULL, Item
from compliance.scoring.words import Criticality, ItemState
from compliance.suppliers.calendar import add_days, working_day_on_or_after
from compliance.suppliers.refusals import Refusal

LONGEST_TEXT = 2000
MOST_DAYS_AHEAD = 730
"""A day more than two years ahead is a slip of the keys, or no plan."""


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


CHOICE_MISSING = N_("Choose whether you do as recommended or something else.")
TEXT_MISSING = N_("Write what you will do.")
TEXT_TOO_LONG = N_("Write at most 2,000 characters.")
DAY_MISSING = N_("Write the day by which it will be done, for instance 2026-03-12.")
DAY_PASSED = N_("The day has passed. Give a day ahead.")
DAY_TOO_FAR = N_("The day is more than two years ahead. Give an earlier one.")
RECOMMENDED_DAY_PASSED = N_(
    "The recommended day has passed. Choose something else and give a day of your own."
)


class ReplyWord(StrEnum):
    """What a supplier may say about a recommendation: we do as you say, or something else by another day."""

    ACCEPTED = "accepted"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the supplier says that it will do. `text` and `day` are its own; they count only with `own`."""

    word: str
    text: str = ""
    day: date | None = None


def fails(item: Item) -> bool:
    """A zero-tolerance item below full credit, or any other item of weight without any credit (SCORING.md, gates).

    A person's word that the failure was put right changes nothing here: the answer itself failed.
    """
    if item.judged_false:
        return True
    return _counts(item) and (breaks_zero_tolerance(item) or item.earned == 0)


def falls_short(item: Item) -> bool:
    """Whether something remains to be done: less than full credit, and nobody has found it put right.

    A claim that the question does not apply waits for a person, and a false answer for a hearing: not here.
    """
    if not _counts(item) or item.state is ItemState.NA_PENDING:
        return False
    return item.earned < FULL and not item.remedied and not item.judged_false


def _counts(item: Item) -> bool:
    return item.counts and not item.bonus and item.criticality is not Criticality.INFO


def recommended_day(action: Action, submitted_on: date) -> date:
    """The working day on or after the action's days from submission; the next one when it is to be done at once."""
    return working_day_on_or_after(add_days(submitted_on, max(action.days, 1)))


def reply_refusals(reply: Reply, *, recommended_on: date, today: date) -> tuple[Refusal, ...]:
    """Why a reply cannot be taken, by field (`word`, `text`, `day`); empty when it can."""
    return tuple(_refusals(reply, recommended_on, today))


def _refusals(reply: Reply, recommended_on: date, today: date) -> Iterator[Refusal]:
    if reply.word == ReplyWord.ACCEPTED:
        if recommended_on < today:
            yield Refusal("word", RECOMMENDED_DAY_PASSED)
        return
    if reply.word != ReplyWord.OWN:
        yield Refusal("word", CHOICE_MISSING)
        return
    if not reply.text.strip():
        yield Refusal("text", TEXT_MISSING)
    elif len(reply.text) > LONGEST_TEXT:
        yield Refusal("text", TEXT_TOO_LONG)
    yield from _day_refusals(reply.day, today)


def _day_refusals(day: date | None, today: date) -> Iterator[Refusal]:
    if day is None:
        yield Refusal("day", DAY_MISSING)
    elif day < today:
        yield Refusal("day", DAY_PASSED)
    elif (day - today).days > MOST_DAYS_AHEAD:
        yield Refusal("day", DAY_TOO_FAR)
