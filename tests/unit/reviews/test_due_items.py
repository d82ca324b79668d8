"""Missed nights are caught up exactly once, and a changed date calls the old steps off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reviews.due_items import Ladder, ladder_of, rearm, select_due, topic_of
from compliance.reviews.parameters import parameters
from compliance.reviews.triggers import document_expiring, late_answers

RULES = parameters()
DUE = date(2026, 12, 14)
LATE = late_answers("assessment-1", DUE, date(2026, 11, 1), RULES)
CERTIFICATE = document_expiring("document-1", "ISO 45001", date(2027, 3, 31), RULES)


def days(items):
    return [str(item.due_on) for item in items]


@pytest.mark.parametrize(
    ("today", "tell", "superseded"),
    [
        ("2026-12-06", [], []),
        ("2026-12-07", ["2026-12-07"], []),
        ("2026-12-13", ["2026-12-07"], []),
        ("2026-12-14", ["2026-12-14"], ["2026-12-07"]),
        ("2026-12-30", ["2026-12-28"], ["2026-12-07", "2026-12-14", "2026-12-21"]),
        # the supplier's last reminder and the procurer's reason are ladders of their own
        ("2027-06-01", ["2026-12-28", "2027-01-04"], ["2026-12-07", "2026-12-14", "2026-12-21"]),
    ],
)
def test_only_the_newest_due_step_of_a_ladder_is_told(today, tell, superseded):
    chosen = select_due(LATE, today=date.fromisoformat(today))
    assert (days(chosen.tell), days(chosen.superseded)) == (tell, superseded)


def test_ladders_of_different_objects_do_not_silence_each_other():
    chosen = select_due((*LATE, *CERTIFICATE), today=date(2027, 4, 1))
    assert {topic_of(item.key) for item in chosen.tell} == {"T5:assessment-1", "T6:document-1"}


@given(st.permutations(LATE + CERTIFICATE), st.integers(0, 300))
def test_the_order_of_items_does_not_matter(items, after):
    today = date(2026, 11, 1) + timedelta(days=after)
    assert select_due(items, today=today) == select_due(LATE + CERTIFICATE, today=today)


@given(st.lists(st.integers(1, 40), max_size=30))
def test_however_nights_are_missed_no_step_is_told_twice_and_every_last_one_is(gaps):
    waiting, told, today = list(LATE), [], date(2026, 11, 1)
    for gap in [*gaps, 400]:
        today += timedelta(days=gap)
        chosen = select_due(waiting, today=today)
        waiting = [item for item in waiting if item not in chosen.tell + chosen.superseded]
        told += [item.key for item in chosen.tell]
    assert waiting == []
    assert len(told) == len(set(told))
    assert {LATE[-1].key, LATE[-2].key} <= set(told)


def test_arming_twice_changes_nothing():
    stored = {item.key: "waiting" for item in rearm(LATE, {}).arm}
    again = rearm(LATE, stored)
    assert (again.arm, again.cancel) == ((), ())


def test_a_moved_date_calls_off_what_waits_and_leaves_what_was_told():
    stored = {item.key: "waiting" for item in LATE} | {LATE[0].key: "done"}
    moved = late_answers("assessment-1", DUE + timedelta(days=14), DUE, RULES)
    change = rearm(moved, stored)
    assert change.arm == moved
    assert set(change.cancel) == {item.key for item in LATE[1:]}


def test_a_date_moved_back_arms_again_what_was_called_off():
    stored = {item.key: "cancelled" for item in LATE} | {LATE[0].key: "done"}
    assert rearm(LATE, stored).arm == LATE[1:]


def test_a_key_tells_topic_ladder_and_step():
    key = Ladder("T5", "assessment-1", DUE, "supplier").key("-7")
    assert key == "T5:assessment-1:2026-12-14:supplier:-7" == LATE[0].key
    assert topic_of(key) == "T5:assessment-1"
    assert ladder_of(key) == "T5:assessment-1:2026-12-14:supplier"


def test_a_subject_that_would_blur_the_key_is_refused():
    with pytest.raises(ValueError, match="a:b"):
        Ladder("T5", "a:b", DUE, "supplier").key("-7")


def test_items_are_told_apart_by_key_and_can_stand_in_sets():
    assert len({LATE[0], replace(LATE[0], params={}), LATE[1]}) == 3
