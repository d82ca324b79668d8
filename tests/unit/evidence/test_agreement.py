"""Step 4, evidence: confirmations of collective agreements and memberships in several wordings and layouts."""

import pytest

from tests.unit.evidence.drawn import answers, arranged, read_lines, variants

EXPECTED = {
    "document_type": "collective_agreement_confirmation",
    "holder": "Exempel Måleri AB",
    "org_number": "559999-0016",
    "issued_on": "2026-01-12",
}
TABLES = {
    "kollektivavtal": (
        "Bekräftelse på kollektivavtal",
        {"Arbetsgivare": "Exempel Måleri AB", "Organisationsnummer": "559999-0016", "Avtal": "Måleriavtalet",
         "Fackförbund": "Målarna", "Gäller från": "2019-01-01", "Datum": "2026-01-12"},
    ),
    "hängavtal": (
        "Bekräftelse hängavtal",
        {"Företag": "Exempel Måleri AB", "Org.nr": "559999-0016", "Hängavtal till": "Måleriavtalet",
         "Arbetstagarorganisation": "Målarna", "Gäller fr.o.m.": "2019-01-01", "Datum": "12 januari 2026"},
    ),
    "english": (
        "Confirmation of collective agreement",
        {"Employer": "Exempel Måleri AB", "Company registration number": "559999-0016",
         "Collective agreement": "Måleriavtalet", "Trade union": "Målarna", "Valid from": "1 January 2019",
         "Date": "12 January 2026"},
    ),
}  # fmt: skip
UNION = "Fastighetsanställdas Förbund"
SENTENCES = [
    ("är bundet av kollektivavtal genom hängavtal för avtalsområde måleri sedan 2019-01-01.", "måleri", None),
    ("är medlem i Byggföretagen och därmed bunden av Byggavtalet.", "Byggavtalet", "Byggföretagen"),
    (
        "är medlem i Almega sedan 2021 och tillämpar Serviceentreprenadavtalet.",
        "Serviceentreprenadavtalet",
        "Almega",
    ),
    (f"har tecknat hängavtal med {UNION}, avtalsområde fastighet.", "fastighet", UNION),
    ("omfattas av kollektivavtal med Seko: Väg- och banavtalet.", "banavtalet", "Seko"),
    ("är medlem i Påhittade Företagarna, avtalsområdet städ.", "städ", "Påhittade Företagarna"),
]


@pytest.mark.parametrize(("wording", "layout"), variants(TABLES))
def test_a_confirmation_says_what_its_reader_sees(wording, layout):
    title, pairs = TABLES[wording]
    reading = read_lines(f"# {title}", *arranged(pairs, layout), "Ombudsman", "Påhittat exempel")
    more = {
        "agreement": "Måleriavtalet",
        "party": "Målarna",
        "period": "2019-01-01/",
        "signatory_role": "Ombudsman",
    }
    expected = EXPECTED | more
    assert answers(reading, expected) == expected


@pytest.mark.parametrize(("sentence", "agreement", "party"), SENTENCES)
def test_agreement_and_party_are_found_in_a_sentence(sentence, agreement, party):
    reading = read_lines(
        "# Intyg om kollektivavtal", "Härmed bekräftas att", "## Exempel Måleri AB", "org.nr 559999-0016",
        sentence, "Påhittstad den 12 januari 2026",
    )  # fmt: skip
    assert answers(reading, EXPECTED) == EXPECTED
    assert reading.first("agreement").value.endswith(agreement)
    assert (reading.first("party") and reading.first("party").value) == party
