"""Step 4, evidence: of a long document only pages that may hold something are read closely, and nothing is lost."""

import pytest

from compliance.evidence.document import read_document
from compliance.evidence.opening import open_document
from compliance.evidence.triage import LONG, deserves
from tests.unit.evidence.drawn import pdf_of

FILLER = ["Vi arbetar med hållbarhet i hela verksamheten.", "Under 2024 minskade utsläppen med 12 procent."]
COVER = ["# Hållbarhetspolicy", "Exempel Måleri AB", "Fastställd 2025-03-01"]


def long_document(inner, at=20, pages=40):
    """A policy of many pages, one of them other than the rest."""
    return pdf_of(COVER, *[inner if number == at else FILLER for number in range(2, pages + 1)])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Policyn gäller till och med 31 december 2027", True),
        ("Nästa översyn:\n2026-03-01", True),
        ("Next review date\nMarch 2027", True),
        ("org.nr 556012-5790", True),
        ("Company registration number: 01234567", True),
        ("Projektet pågick till 2024 och 2025-03-01 var det klart", False),
        ("Giltigt till den som vill läsa", False),
        ("Certifikat", False),
        ("", False),
    ],
)
def test_a_page_deserves_a_close_reading_for_what_it_may_hold(text, wanted):
    assert deserves(text, proofs=False) is wanted


def test_the_title_of_a_proof_counts_where_a_pile_of_proofs_is_possible():
    assert deserves("CERTIFIKAT\nExempel Måleri AB", proofs=True)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Nästa översyn: 2027-05-04", "next_review", "2027-05-04"),
        ("Policyn gäller till och med: 2027-12-31", "valid_until", "2027-12-31"),
        ("Organisationsnummer: 556012-5790", "org_number", "556012-5790"),
    ],
)
def test_a_fact_deep_inside_is_found_with_its_page(line, field, value):
    fact = read_document(long_document([line])).first(field)
    assert (fact.value, fact.page) == (value, 20)


def test_most_pages_of_a_long_policy_are_read_as_bare_text_only():
    opened = open_document(long_document(FILLER))
    bare = [page.number for page in opened.pages if page.bare]
    assert len(bare) > len(opened.pages) / 2
    assert all(page.text.startswith("Vi arbetar") for page in opened.pages[1:])


def test_a_short_document_is_read_closely_throughout():
    opened = open_document(pdf_of(COVER, *[FILLER] * (LONG - 1)))
    assert not any(page.bare for page in opened.pages)


def test_a_certificate_among_other_pages_is_still_told_apart():
    certificate = ["# CERTIFIKAT", "Härmed intygas att Exempel Måleri AB", "uppfyller kraven i ISO 45001:2018",
                   "Certifikat nr: 4711-9", "Giltigt till: 2028-03-13"]  # fmt: skip
    data = pdf_of(["# Välkommen"], *[FILLER] * 8, certificate, *[FILLER] * 5)
    assert read_document(data).first("valid_until").value == "2028-03-13"
