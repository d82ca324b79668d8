"""Cells of other people's registers: read without guessing, refused with what to do."""

from datetime import UTC, date, datetime

import pytest

from compliance.suppliers import cells
from compliance.suppliers.cells import CellError, Formula

MARCH_END = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2027-03-31", MARCH_END),
        ("20270331", MARCH_END),
        ("2027-03-31 00:00:00", MARCH_END),
        ("31.03.2027", MARCH_END),
        ("31/3/2027", MARCH_END),
        ("3/31/2027", MARCH_END),
        (datetime(2027, 3, 31, 12, 0, tzinfo=UTC), MARCH_END),
        (MARCH_END, MARCH_END),
        (46477, MARCH_END),  # how Excel keeps the day
        ("46477", MARCH_END),
        (46477.0, MARCH_END),
        ("05/05/2027", date(2027, 5, 5)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_read_as_people_and_spreadsheets_write_it(cell, day):
    assert cells.read_day(cell) == day


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("2027-02-29", "a day that exists"),
        ("04/03/2027", "which number is the month"),
        ("31.03.27", "a day that exists"),
        ("9999-12-31", "until further notice"),
        (datetime(9999, 12, 31, tzinfo=UTC), "until further notice"),
        (7, "a day that exists"),
        ("tills vidare", "a day that exists"),
        (Formula("=TODAY()"), "Formulas are never computed"),
        ("=TODAY()", "Formulas are never computed"),
        ("#REF!", "an error of the spreadsheet"),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_do(cell, words):
    with pytest.raises(CellError, match=words):
        cells.read_day(cell)


@pytest.mark.parametrize(
    ("cell", "kronor"),
    [
        ("1 200 000", 1_200_000),
        ("1\xa0200\xa0000", 1_200_000),
        ("1 200 000,50", 1_200_001),
        ("1200000,00 kr", 1_200_000),
        ("SEK 1200000", 1_200_000),
        ("1,200,000.00", 1_200_000),
        ("1.200.000", 1_200_000),
        ("1200000:-", 1_200_000),
        (1_200_000.0, 1_200_000),
        (0.49, 0),
        ("-5", -5),
        ("", None),
    ],
)
def test_an_amount_is_read_with_its_spaces_commas_and_points(cell, kronor):
    assert cells.read_kronor(cell) == kronor


@pytest.mark.parametrize(
    ("cell", "words"), [("1.200", "not clear"), ("1,200", "not clear"), ("ca 5 mkr", "figures only")]
)
def test_an_amount_that_could_mean_two_things_is_refused(cell, words):
    with pytest.raises(CellError, match=words):
        cells.read_kronor(cell)


@pytest.mark.parametrize(
    ("cell", "length"),
    [
        ("3 månader", {"n": 3, "unit": "months"}),
        ("3 mån", {"n": 3, "unit": "months"}),
        ("90 dagar", {"n": 90, "unit": "days"}),
        ("12 weeks", {"n": 12, "unit": "weeks"}),
        (3, {"n": 3, "unit": "months"}),
        ("-3 månader", {"n": -3, "unit": "months"}),  # refused by the rules of dates, at its column
        ("", None),
    ],
)
def test_a_time_of_notice_is_read_with_its_unit(cell, length):
    assert cells.read_length(cell) == length


def test_a_word_is_known_by_its_code_its_labels_and_what_others_call_it():
    found = {
        cells.read_word(text, of="procedure") for text in ("direct_award", "Direktupphandling", " DIREKT ")
    }
    assert found == {"direct_award"}


def test_a_word_that_is_not_on_the_list_is_refused_with_the_list():
    with pytest.raises(CellError, match="Öppet förfarande"):
        cells.read_word("gissning", of="procedure")


@pytest.mark.parametrize("text", ["=1+1", "+46 8", "-", "@anna", "'citat", "''dubbelt", "vanlig text", "a=b"])
def test_a_text_that_looks_like_a_formula_is_marked_and_comes_back_as_it_was(text):
    written = cells.as_cell(text)
    assert written[:1] not in {"=", "+", "-", "@"}
    assert cells.as_text(written) == text


def test_a_long_text_is_refused_and_never_cut():
    with pytest.raises(CellError, match="more than 5"):
        cells.read_text("sex tecken", most=5)
