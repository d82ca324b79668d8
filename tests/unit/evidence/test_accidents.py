"""Step 4, evidence: accident statistics by year, the table either way, in several wordings."""

import pytest

from compliance.evidence.documents.accidents import read_accidents
from tests.unit.evidence.drawn import read_lines
from tests.unit.evidence.lines import page_of

FIGURES = {
    "worked_hours": ("41 200", "39 800", "38 000"),
    "employees": ("24", "23", "22"),
    "accidents": ("1", "2", "0"),
    "lost_days": ("12", "31", "0"),
    "near_misses": ("9", "7", "4"),
}
YEARS = ("2025", "2024", "2023")
WORDINGS = {  # title, corner of the table, names in the order of FIGURES
    "sv": (
        "Olycksfallsstatistik", "År",
        ("Arbetade timmar", "Antal anställda", "Olycksfall med frånvaro", "Frånvarodagar", "Tillbud"),
    ),
    "sv full": (
        "Olycksfall och tillbud", "",
        ("Antal arbetade timmar", "Medelantal anställda", "Antal olycksfall", "Förlorade dagar", "Antal tillbud"),
    ),
    "sv short": (
        "Skadestatistik", "Nyckeltal",
        ("Arbetad tid", "Årsanställda", "LTI", "Sjukdagar", "Rapporterade tillbud"),
    ),
    "en": (
        "Accident statistics", "Year",
        ("Hours worked", "Employees", "Lost time injuries", "Lost days", "Near misses"),
    ),
    "en long": (
        "Safety statistics", "Figure",
        ("Total hours worked", "Number of employees", "Lost-time injuries", "Days lost", "Reported near misses"),
    ),
}  # fmt: skip
EXPECTED = {
    name: [f"{number.replace(' ', '')} ({year})" for number, year in zip(numbers, YEARS, strict=True)]
    for name, numbers in FIGURES.items()
}


def years_as_columns(wording):
    title, corner, names = WORDINGS[wording]
    rows = ["|".join([name, *numbers]) for name, numbers in zip(names, FIGURES.values(), strict=True)]
    return [f"# {title}", "Exempel Bygg AB", "|".join([corner, *YEARS]), *rows]


def years_as_rows(wording):
    title, corner, names = WORDINGS[wording]
    rows = [
        "|".join([year, *row]) for year, row in zip(YEARS, zip(*FIGURES.values(), strict=True), strict=True)
    ]
    return [f"# {title}", "Exempel Bygg AB", "|".join([corner or "År", *names]), *rows]


@pytest.mark.parametrize("wording", WORDINGS)
def test_years_as_columns_are_read(wording):
    reading = read_lines(*years_as_columns(wording), column=150)
    assert figures(reading.facts) == EXPECTED
    assert reading.first("document_type").value == "accident_statistics"


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_row_a_year_is_read(wording):
    """Five columns need a wider page than paper, so these are plain lines."""
    lines = [line.removeprefix("# ").replace("|", "\t") for line in years_as_rows(wording)]
    assert figures(read_accidents([page_of(*lines)])) == EXPECTED


def figures(facts):
    return {name: [fact.value for fact in facts if fact.field == name] for name in EXPECTED}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Antal arbetade timmar: 41 200", "worked_hours", "41200 (2025)"),
        ("Olycksfall med frånvaro: 1 st", "accidents", "1 (2025)"),
        ("Total hours worked: 1,241,200", "worked_hours", "1241200 (2025)"),
        ("Dödsfall|0", "fatalities", "0 (2025)"),
    ],
)
def test_a_single_year_is_read_line_by_line(line, field, value):
    reading = read_lines("# Olycksfallsstatistik 2025", "Exempel Bygg AB", line, "Tillbud: 7")
    assert reading.first(field).value == value


@pytest.mark.parametrize(("printed", "doubted"), [("24,3", False), ("24.27", False), ("4,9", True)])
def test_the_frequency_is_computed_and_a_printed_one_that_differs_is_doubted(printed, doubted):
    reading = read_lines(
        "# Olycksfallsstatistik 2025",
        "Arbetade timmar: 41 200",
        "Olycksfall med frånvaro: 1",
        f"LTIFR: {printed}",
    )
    fact = reading.first("accident_frequency")
    assert (fact.value, "does_not_add_up" in fact.warnings) == ("24.3 (2025)", doubted)
