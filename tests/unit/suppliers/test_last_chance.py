"""A chain that can no longer be met: which day was not kept, and what can still be done."""

from datetime import date, timedelta

import pytest

from compliance.suppliers import last_chance as words
from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_terms import ContractTerms, NoRenewal, Notice, Option, Tacit

END = date(2027, 6, 30)
RENEWALS = {
    "tacit": (Notice(3, "months"), Tacit(12)),
    "option": (None, Option(2, 12, Notice(3, "months"))),
    "none": (None, NoRenewal()),
}


def seen(kind, day):
    notice, renewal = RENEWALS[kind]
    return contract_dates(ContractTerms(date(2025, 7, 1), END, notice, renewal), on=day)


CHAIN = seen("tacit", date(2026, 7, 1)).chain
AFTER = timedelta(days=1)
CASES = [
    ("tacit", CHAIN.invite_by, "nothing", None, None),
    ("tacit", CHAIN.invite_by + AFTER, "nothing", words.NOT_ASKED, words.SHORTER_TIME),
    ("tacit", CHAIN.invite_by + AFTER, "asked", None, None),
    ("tacit", CHAIN.answers_due, "nothing", words.NOT_ASKED, words.ANSWERS_WHILE_REVIEWING),
    ("tacit", CHAIN.answers_due + AFTER, "asked", words.NOT_ANSWERED, words.CALL),
    ("tacit", CHAIN.answers_due + AFTER, "answered", None, None),
    ("tacit", CHAIN.review_ready_by, "nothing", words.NOT_ASKED, words.DECIDE_ON_WHAT_IS_KNOWN),
    ("tacit", CHAIN.decide_by, "answered", None, None),
    ("tacit", CHAIN.decide_by + AFTER, "answered", words.NOT_DECIDED, words.DECIDE_NOW),
    ("tacit", CHAIN.decide_by + AFTER, "decided", None, None),
    ("tacit", date(2027, 3, 31), "nothing", words.NOT_DECIDED, words.TOO_LATE_TACIT),
    ("option", date(2027, 3, 31), "nothing", words.NOT_DECIDED, words.TOO_LATE_OPTION),
    ("none", date(2027, 3, 31), "nothing", words.NOT_DECIDED, words.DECIDE_BEFORE_END),
    ("none", date(2027, 7, 1), "nothing", None, None),
]


@pytest.mark.parametrize(("kind", "day", "progress", "missed", "still"), CASES)
def test_what_was_not_kept_and_what_can_still_be_done(kind, day, progress, missed, still):
    found = words.shortfall(seen(kind, day), progress)
    assert (found and found.missed, found and found.still) == (missed, still)


@pytest.mark.parametrize(("kind", "day", "progress", "missed", "still"), [case for case in CASES if case[3]])
def test_every_sentence_has_its_values(kind, day, progress, missed, still):
    found = words.shortfall(seen(kind, day), progress)
    assert "%(" not in found.missed % found.params + found.still % found.params
