"""Step 4, evidence: dates as Swedish and English documents write them."""

import pytest

from compliance.evidence.dates import find_dates, settle_order

ONE_DATE = [
    ("Giltigt t.o.m. 2028-03-13", "2028-03-13"),
    ("2028–03–13", "2028-03-13"),
    ("2024.05.13", "2024-05-13"),
    ("20260402", "2026-04-02"),
    ("Stockholm den 13 maj 2024", "2024-05-13"),
    ("den 1:a juni 2025", "2025-06-01"),
    ("25th October 2025", "2025-10-25"),
    ("25 th October 2025", "2025-10-25"),
    ("the 3rd of March 2026", "2026-03-03"),
    ("30th January, 2023", "2023-01-30"),
    ("May 13, 2024", "2024-05-13"),
    ("13-May-2024", "2024-05-13"),
    ("12-Jan-26", "2026-01-12"),
    ("13.05.2024", "2024-05-13"),
    ("24/01/2025", "2025-01-24"),
    ("Beslutad december 2022", "2022-12"),
    ("January 2024", "2024-01"),
    ("2022-12", "2022-12"),
]


@pytest.mark.parametrize(("text", "value"), ONE_DATE)
def test_a_date_is_read_in_every_shape_the_documents_use(text, value):
    assert [match.value for match in find_dates(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "org.nr 559999-0016",
        "2010-2020",
        "KS § 110/2013",
        "2013-15-13",
        "31 februari 2025",
        "0161 865 3699",
        "1.2.3",
    ],
)
def test_what_is_no_date_is_left_alone(text):
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    "text",
    ["2025-01-01 – 2025-12-31", "2025-01-01-2025-12-31", "1 januari 2025–31 december 2025", "1/1 2025"],
)
def test_a_range_is_two_dates(text):
    assert [match.value for match in find_dates(text)] in (["2025-01-01", "2025-12-31"], [])


def test_day_and_month_that_could_change_places_are_marked():
    match = find_dates("Valid until 05/06/2028")[0]
    assert (match.value, match.ambiguous) == ("2028-06-05", True)


def test_another_date_of_the_document_settles_the_order():
    assert settle_order(["05/06/2028", "24/01/2025"]) is True
    assert settle_order(["05/06/2028", "01/24/2025"]) is False


def test_dates_that_contradict_each_other_settle_nothing():
    assert settle_order(["24/01/2025", "01/24/2025"]) is None


def test_a_settled_order_is_used_without_a_mark():
    match = find_dates("05/06/2028", day_first=False)[0]
    assert (match.value, match.ambiguous) == ("2028-05-06", False)


def test_the_same_day_and_month_cannot_be_mistaken():
    assert not find_dates("06/06/2028")[0].ambiguous
