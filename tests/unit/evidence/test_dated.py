"""Step 4, evidence: what a date is, told by its label; decoys are told apart."""

import pytest

from compliance.evidence.dated import find_dated
from tests.unit.evidence.lines import page_of

LABELLED = [
    ("Expiry date: 5 June 2028", "valid_until"),
    ("Previous Expiry Date: 5 June 2025", "previous_expiry"),
    ("Expiry date of previous cycle: 5 June 2025", "previous_expiry"),
    ("Recertification audit date: 24 January 2025", "recertification_due"),
    ("Re-certification due date: 24 January 2029", "recertification_due"),
    ("Re-issue Date: 10 March 2025", "reissued"),
    ("Initial Registration Date: 5 June 2016", "first_issued"),
    ("2nd Surveillance Audit Due: 24th October 2027", "surveillance"),
    ("Giltigt till och med/Expiry date 2029-04-01", "valid_until"),
    ("Certifikatet gäller till och med 2029-04-01", "valid_until"),
    ("Giltigt t o m 2029-04-01", "valid_until"),
    ("Ursprungligen utfärdat/Originally issued 2026-04-02", "first_issued"),
    ("uttalande om tillämplighet, daterad 2026-03-23", "other"),
    ("Fastställd av styrelsen den 3 mars 2026", "adopted"),
    ("Antagen av kommunstyrelsen 2026-03-03", "adopted"),
    ("Nästa översyn: 2027-03-01", "next_review"),
    ("Review date: 7 May 2026", "next_review"),
    ("Last reviewed 7 May 2025", "revised"),
    ("Date 2026-03-23", "dated"),
    ("Föregående utgångsdatum: 2025-05-30", "previous_expiry"),
    ("Omcertifiering senast 2029-05-01", "recertification_due"),
    ("Nästa omcertifiering 2029-05-01", "recertification_due"),
    ("Certified until 5 June 2028", "valid_until"),
    ("Registration expires 05-Jun-2028", "valid_until"),
    ("Utfärdandedag: den 5 juni 2028", "issued"),
    ("Registreringsdatum 2011-02-03", "registered"),
    ("Utdraget hämtat 2026-03-01", "dated"),
]


@pytest.mark.parametrize(("line", "role"), LABELLED)
def test_the_label_says_what_a_date_is(line, role):
    assert [one.role for one in find_dated([page_of(line)])] == [role]


def test_a_header_row_labels_the_dates_below_it():
    page = page_of("Issue date\tExpiry date", "3 February 2025\t2 February 2028")
    assert [(one.value, one.role) for one in find_dated([page])] == [
        ("2025-02-03", "issued"),
        ("2028-02-02", "valid_until"),
    ]


def test_a_period_ends_on_its_second_date():
    found = find_dated([page_of("Giltighetstid: 2024-06-01 – 2027-05-31")])
    assert [(one.value, one.role) for one in found] == [
        ("2024-06-01", "valid_from"),
        ("2027-05-31", "valid_until"),
    ]


def test_valid_from_until_in_a_sentence():
    found = find_dated([page_of("This certificate is valid from 1 June 2024 until 31 May 2027.")])
    assert [one.role for one in found] == ["valid_from", "valid_until"]


def test_two_labels_on_one_line_each_take_their_own_date():
    found = find_dated(
        [page_of("Surveillance Audit Due: 24 October 2026 Certificate Expiry: 24 October 2028")]
    )
    assert [one.role for one in found] == ["surveillance", "valid_until"]


def test_a_date_cut_by_a_line_break_is_put_together():
    found = find_dated([page_of("reviderade vid extra årsmöte 28", "oktober 2022.")])
    assert ("2022-10-28", "revised") in [(one.value, one.role) for one in found]


def test_a_label_in_the_sentence_before_does_not_count():
    found = find_dated([page_of("The certificate is valid until withdrawn. Printed on paper 3 May 2024")])
    assert [one.role for one in found] != ["valid_until"]


def test_a_range_goes_on_over_a_line_break():
    page = page_of(
        "skada och kalenderår. Försäkringen gäller från och med 3 januari 2026 till och med 31",
        "december 2026.",
    )
    assert ("2026-12-31", "valid_until") in [(one.value, one.role) for one in find_dated([page])]


def test_a_label_ends_the_line_above_its_date():
    page = page_of(
        "Certifikatet har utfärdats efter revision på plats och gäller till och", "med 31 maj 2028."
    )
    assert ("2028-05-31", "valid_until") in [(one.value, one.role) for one in find_dated([page])]


def test_a_sentence_that_is_over_says_nothing_of_the_date_below_it():
    page = page_of("Avtalet träffades i god ordning och gäller tills vidare.", "Göteborg 2025-12-18")
    assert [one.role for one in find_dated([page])] == ["dated"]
