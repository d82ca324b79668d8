"""Step 4, evidence: insurance certificates in several wordings and layouts."""

import pytest

from tests.unit.evidence.drawn import answers, arranged, read_lines, variants

EXPECTED = {
    "document_type": "insurance_certificate",
    "holder": "Exempel Måleri AB",
    "org_number": "559999-0016",
    "issuer": "Påhitt Försäkring AB",
    "policy_number": "FF-2026-10034",
    "amount": "10000000 SEK",
    "period": "2026-01-01/2026-12-31",
    "valid_until": "2026-12-31",
}
WORDINGS = {
    "försäkringsbevis": {
        "title": "Försäkringsbevis",
        "pairs": {
            "Försäkringstagare": "Exempel Måleri AB",
            "Organisationsnummer": "559999-0016",
            "Försäkringsgivare": "Påhitt Försäkring AB",
            "Försäkringsnummer": "FF-2026-10034",
            "Försäkringsbelopp": "10 000 000 kr",
            "Försäkringstid": "2026-01-01 - 2026-12-31",
        },
        "line": "Försäkringen omfattar ansvarsförsäkring för verksamheten.",
        "covers": {"liability"},
    },
    "försäkringsintyg": {
        "title": "Försäkringsintyg",
        "pairs": {
            "Försäkringstagare": "Exempel Måleri AB",
            "Org.nr": "559999-0016",
            "Försäkringsbolag": "Påhitt Försäkring AB",
            "Försäkringsnr": "FF-2026-10034",
            "Ansvarsbelopp": "10 mkr",
            "Gäller fr.o.m.": "2026-01-01",
            "Gäller t.o.m.": "2026-12-31",
        },
        "line": "TFA, AGS och TGL ingår.",
        "covers": {"TFA", "AGS", "TGL"},
    },
    "bekräftelse": {
        "title": "Försäkringsbekräftelse",
        "pairs": {
            "Arbetsgivare": "Exempel Måleri AB",
            "Organisationsnummer": "559999-0016",
            "Försäkrare": "Påhitt Försäkring AB",
            "Avtalsnummer": "FF-2026-10034",
            "Högsta försäkringsbelopp": "10 miljoner kronor",
            "Försäkringsperiod": "1 januari 2026 - 31 december 2026",
        },
        "line": "Avtalet omfattar trygghetsförsäkring vid arbetsskada. Egendomsförsäkring ingår ej.",
        "covers": {"TFA"},
    },
    "english": {
        "title": "Certificate of Insurance",
        "pairs": {
            "Policyholder": "Exempel Måleri AB",
            "Company registration number": "559999-0016",
            "Insurer": "Påhitt Försäkring AB",
            "Policy number": "FF-2026-10034",
            "Limit of indemnity": "SEK 10,000,000",
            "Period of insurance": "1 January 2026 to 31 December 2026",
        },
        "line": "Cover: public liability and employers' liability.",
        "covers": {"liability", "employers_liability"},
    },
}


@pytest.mark.parametrize(("wording", "layout"), variants(WORDINGS))
def test_an_insurance_certificate_says_what_its_reader_sees(wording, layout):
    told = WORDINGS[wording]
    reading = read_lines(
        f"# {told['title']}", *arranged(told["pairs"], layout), told["line"], "Påhittat exempel"
    )
    assert answers(reading, EXPECTED) == EXPECTED
    assert {fact.value for fact in reading.all("cover")} == told["covers"]
