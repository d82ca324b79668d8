"""Step 4, evidence: tax extracts in several wordings and layouts."""

import pytest

from tests.unit.evidence.drawn import answers, arranged, read_lines, variants

ALL_GOOD = {"approved_for_f_tax": "yes", "vat": "yes", "employer": "yes", "debt": "0 SEK"}
WORDINGS = {
    "offentliga uppgifter": {
        "title": "Offentliga uppgifter",
        "pairs": {
            "Namn": "Exempel Städ AB", "Organisationsnummer": "559999-0024", "Datum för utdrag": "2026-10-12",
            "Godkänd för F-skatt": "Ja", "Momsregistrerad": "Ja", "Registrerad som arbetsgivare": "Ja",
            "Restförda belopp": "0 kr",
        },
        "facts": ALL_GOOD,
    },
    "refused": {
        "title": "Registerutdrag från Skatteverket",
        "pairs": {
            "Företag": "Exempel Städ AB", "Org.nr": "559999-0024", "Datum": "2026-10-12",
            "F-skatt": "Nej", "Moms": "Registrerad", "Arbetsgivare": "Ej registrerad",
            "Skuld hos Kronofogden": "12 500 kr",
        },
        "facts": {"approved_for_f_tax": "no", "vat": "yes", "employer": "no", "debt": "12500 SEK"},
    },
    "english": {
        "title": "Tax certificate",
        "pairs": {
            "Company name": "Exempel Städ AB", "Company registration number": "559999-0024", "Date": "2026-10-12",
            "Approved for F-tax": "Yes", "Registered for VAT": "Yes", "Registered as employer": "No",
            "Tax debt": "SEK 0",
        },
        "facts": {"approved_for_f_tax": "yes", "vat": "yes", "employer": "no", "debt": "0 SEK"},
    },
}  # fmt: skip
COMMON = {
    "document_type": "tax_extract",
    "holder": "Exempel Städ AB",
    "org_number": "559999-0024",
    "issued_on": "2026-10-12",
}
SENTENCES = [
    (
        ["Exempel Städ AB är godkänd för F-skatt sedan 2015-03-01 och momsregistrerad."],
        {"approved_for_f_tax": "yes", "vat": "yes"},
    ),
    (
        ["Exempel Städ AB är inte godkänd för F-skatt, men är registrerad för moms."],
        {"approved_for_f_tax": "no", "vat": "yes"},
    ),
    (["Företaget har inga skulder hos Kronofogden."], {"debt": "0 SEK"}),
    (
        ["Företaget saknar skulder hos Kronofogden och är registrerat som arbetsgivare."],
        {"debt": "0 SEK", "employer": "yes"},
    ),
    (["Beslutade arbetsgivaravgifter: 41 200 kr", "Skuld hos Kronofogden: 3 100 kr"], {"debt": "3100 SEK"}),
]


@pytest.mark.parametrize(("wording", "layout"), variants(WORDINGS))
def test_a_tax_extract_says_what_its_reader_sees(wording, layout):
    told = WORDINGS[wording]
    reading = read_lines(
        f"# {told['title']}", *arranged(told["pairs"], layout), "Skatteverket", "Påhittat exempel"
    )
    expected = COMMON | told["facts"]
    assert answers(reading, expected) == expected


@pytest.mark.parametrize(("lines", "expected"), SENTENCES)
def test_a_sentence_about_tax_is_understood(lines, expected):
    reading = read_lines("# Offentliga uppgifter", "Namn: Exempel Städ AB", *lines, "Skatteverket")
    assert answers(reading, ALL_GOOD) == expected


def test_yes_and_no_of_one_thing_is_a_doubt():
    reading = read_lines(
        "# Offentliga uppgifter", "Godkänd för F-skatt: Ja", "F-skatt: avregistrerad", "Skatteverket"
    )
    assert "does_not_add_up" in reading.first("approved_for_f_tax").warnings
