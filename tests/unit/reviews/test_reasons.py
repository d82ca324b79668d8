"""Every reason is a sentence that holds today and says what to do now."""

import re
from datetime import date

import pytest

from compliance.reviews.parameters import parameters
from compliance.reviews.reasons import wording
from compliance.reviews.triggers import (
    assessment_too_old,
    contract_end,
    document_expiring,
    follow_up,
    last_notice_day,
    late_answers,
    low_band,
)
from compliance.suppliers.contract_dates import contract_dates
from compliance.suppliers.contract_terms import ContractTerms, NoRenewal, Notice, Tacit

RULES, DAY = parameters(), date(2026, 12, 31)


def dates_of(renewal):
    terms = ContractTerms(date(2024, 1, 1), DAY, Notice(3, "months"), renewal)
    return contract_dates(terms, on=date(2025, 6, 1))


PLANS = [
    contract_end("contract-1", dates_of(NoRenewal()), RULES),
    contract_end("contract-1", dates_of(Tacit(12)), RULES),
    last_notice_day("contract-1", dates_of(Tacit(12)), RULES),
    assessment_too_old("contract-1", DAY, 12, RULES),
    late_answers("assessment-1", DAY, date(2026, 1, 1), RULES),
    document_expiring("document-1", "ISO 45001", DAY, RULES),
    follow_up("contract-1", date(2026, 11, 23), DAY, RULES),
    low_band("contract-1", DAY, ("E", []), RULES),
    low_band("contract-1", DAY, ("E", ["G1"]), RULES),
    low_band("contract-1", DAY, ("E", ["G8"]), RULES),
]


@pytest.mark.parametrize("today", [date(2026, 9, 1), date(2028, 9, 1)])
@pytest.mark.parametrize("item", [item for plan in PLANS for item in plan], ids=lambda item: item.key)
def test_every_sentence_can_be_filled_from_the_items_own_values(item, today):
    words = wording(item.kind, item.params, today=today)
    for sentence in (words.why % item.params, words.what_now % item.params):
        assert sentence.endswith(".")
        assert "%" not in sentence
    assert re.search(r"%\(\w+\)s|answer|requirement", words.why)


def test_the_sentence_changes_the_day_after_the_deadline():
    item = PLANS[5][0]
    on_the_day = wording(item.kind, item.params, today=DAY)
    day_after = wording(item.kind, item.params, today=date(2027, 1, 1))
    assert on_the_day.why % item.params == "A document is valid until 2026-12-31: ISO 45001."
    assert day_after.why % item.params == "A document expired after 2026-12-31: ISO 45001."
