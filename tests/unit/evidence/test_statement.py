"""Step 4, evidence: statements on slavery and due diligence in several wordings."""

import pytest

from tests.unit.evidence.drawn import answers, read_lines

OPENING = "This statement is made pursuant to section 54 of the Modern Slavery Act 2015"
APPROVED = {
    "Approved by the Board of Directors on 30 April 2025": "2025-04-30",
    "Date of approval: 30 April 2025": "2025-04-30",
    "This statement was approved by the board on 30th April 2025.": "2025-04-30",
}
PERIODS = {
    "for the financial year ending 31 December 2024.": "/2024-12-31",
    "for the financial year ended on 31 March 2025.": "/2025-03-31",
    "and covers the financial year 2024.": "2024",
    "for the reporting period 1 January 2024 to 31 December 2024.": "2024-01-01/2024-12-31",
    "for the financial year 2024/25.": "2024/25",
}
ROLES = {
    "Managing Director": "Managing Director",
    "Sam Sample, Chief Executive Officer": "Chief Executive Officer",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("period", PERIODS)
def test_a_statement_says_company_period_approval_and_role(period, role):
    approved, day = list(APPROVED.items())[len(period) % 3]
    reading = read_lines(
        "# Modern Slavery Statement", OPENING, f"by Sample Cleaning Ltd {period}",
        "Sample Cleaning Ltd has no tolerance of forced labour.", approved, "", role, "Invented sample",
    )  # fmt: skip
    expected = {
        "document_type": "modern_slavery_statement", "holder": "Sample Cleaning Ltd", "issued_on": day,
        "period": PERIODS[period], "signatory_role": ROLES[role],
    }  # fmt: skip
    assert answers(reading, expected) == expected
    assert reading.first("valid_until") is None


def test_the_name_of_who_signed_is_in_no_role():
    reading = read_lines(
        "# Modern Slavery Statement", OPENING, "Sample Cleaning Ltd", "Sam Sample, Managing Director"
    )
    assert "Sam" not in reading.first("signatory_role").quote


@pytest.mark.parametrize(
    ("title", "line", "period"),
    [
        ("Redegjørelse åpenhetsloven", "Redegjørelsen gjelder regnskapsåret 2024.", "2024"),
        (
            "Redogörelse för modernt slaveri",
            "Avser räkenskapsåret 2024-07-01 - 2025-06-30",
            "2024-07-01/2025-06-30",
        ),
    ],
)
def test_nordic_statements_are_known_and_their_year_is_found(title, line, period):
    reading = read_lines(f"# {title}", "Exempel Måleri AB", line, "Exempel Måleri AB")
    assert answers(reading, ["document_type", "period"]) == {
        "document_type": "modern_slavery_statement",
        "period": period,
    }
