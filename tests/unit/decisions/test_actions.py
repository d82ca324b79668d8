"""What fails, what falls short, by when it should be done, and which replies are taken."""

from datetime import date
from fractions import Fraction

import pytest

from compliance.decisions.actions import (
    CHOICE_MISSING,
    DAY_MISSING,
    DAY_PASSED,
    DAY_TOO_FAR,
    RECOMMENDED_DAY_PASSED,
    TEXT_MISSING,
    TEXT_TOO_LONG,
    Reply,
    fails,
    falls_short,
    recommended_day,
    reply_refusals,
)
from compliance.questionnaires.model import Action
from compliance.questionnaires.words import Text
from compliance.scoring.items import Item
from compliance.scoring.words import Area, Criticality, ItemState

ZT, MAJOR, MINOR, INFO = (
    Criticality.ZERO_TOLERANCE,
    Criticality.MAJOR,
    Criticality.MINOR,
    Criticality.INFO,
)
MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)


def item(criticality, credit, **more):
    state = ItemState.ANSWERED if credit is not None else ItemState.DONT_KNOW
    defaults = {"id": "x", "area": Area.HUMAN_RIGHTS, "state": state, "criticality": criticality}
    return Item(**defaults | {"credit": None if credit is None else Fraction(credit)} | more)


@pytest.mark.parametrize(
    ("one", "failed", "short"),
    [
        (item(ZT, "1"), False, False),
        (item(ZT, "0.5"), True, True),
        (item(ZT, "0"), True, True),
        (item(ZT, "0", remedied=True), True, False),
        (item(MAJOR, "0"), True, True),
        (item(MAJOR, "0.5"), False, True),
        (item(MAJOR, "1"), False, False),
        (item(MAJOR, "1", judged_false=True), True, False),
        (item(MAJOR, None), True, True),
        (item(MAJOR, "0", bonus=True), False, False),
        (item(MAJOR, None, state=ItemState.NA_PENDING), True, False),
        (item(MAJOR, None, state=ItemState.HIDDEN), False, False),
        (item(MINOR, "0"), True, True),
        (item(MINOR, "0.5"), False, True),
        (item(INFO, "0"), False, False),
    ],
)
def test_what_fails_and_what_calls_for_an_action(one, failed, short):
    assert (fails(one), falls_short(one)) == (failed, short)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, date(2026, 3, 9)), (1, date(2026, 3, 9)), (3, date(2026, 3, 9)), (4, date(2026, 3, 10))],
)
def test_the_recommended_day_is_a_working_day_after_submission(days, expected):
    assert recommended_day(Action(text=Text(), days=days), FRIDAY) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(word="accepted"), []),
        (Reply(word="accepted", text="", day=None), []),
        (Reply(word=""), [("word", CHOICE_MISSING)]),
        (Reply(word="maybe"), [("word", CHOICE_MISSING)]),
        (Reply(word="own", text="Ny rutin", day=FRIDAY), []),
        (Reply(word="own", text="Ny rutin", day=MONDAY), []),
        (Reply(word="own", text=" ", day=FRIDAY), [("text", TEXT_MISSING)]),
        (Reply(word="own", text="x" * 2001, day=FRIDAY), [("text", TEXT_TOO_LONG)]),
        (Reply(word="own", text="Ny rutin"), [("day", DAY_MISSING)]),
        (Reply(word="own", text="Ny rutin", day=date(2026, 3, 1)), [("day", DAY_PASSED)]),
        (Reply(word="own", text="Ny rutin", day=date(2028, 3, 2)), [("day", DAY_TOO_FAR)]),
        (Reply(word="own"), [("text", TEXT_MISSING), ("day", DAY_MISSING)]),
    ],
)
def test_replies_that_are_taken_and_refused(reply, expected):
    refusals = reply_refusals(reply, recommended_on=FRIDAY, today=MONDAY)
    assert [(one.at, one.sentence) for one in refusals] == expected


def test_a_recommended_day_that_has_passed_cannot_be_accepted():
    refusals = reply_refusals(Reply(word="accepted"), recommended_on=MONDAY, today=FRIDAY)
    assert [one.sentence for one in refusals] == [RECOMMENDED_DAY_PASSED]
