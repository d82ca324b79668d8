"""Step 4, evidence: kinds of document, and what every reading keeps to."""

import pytest

from compliance.evidence.facts import Fact
from compliance.evidence.reading import agreed, read_facts
from tests.unit.evidence.lines import first_values, page_of

TITLES = [
    ("Arbetsmiljöpolicy", "work_environment_policy"),
    ("Health & Safety Policy", "work_environment_policy"),
    ("Uppförandekod för leverantörer", "code_of_conduct"),
    ("Supplier Code of Conduct", "code_of_conduct"),
    ("Miljöpolicy", "environmental_policy"),
    ("Policy mot mutor och korruption", "anti_corruption_policy"),
    ("Anti-Bribery and Corruption Policy", "anti_corruption_policy"),
    ("Modern Slavery Statement 2025", "modern_slavery_statement"),
    ("Carbon Reduction Plan", "climate_plan"),
    ("Hållbarhetsrapport 2025", "sustainability_report"),
    ("Bekräftelse på kollektivavtal", "collective_agreement_confirmation"),
    ("Intyg om kollektivavtal", "collective_agreement_confirmation"),
    ("Försäkringsbevis", "insurance_certificate"),
    ("Riskbedömning", "risk_assessment"),
    ("Arbetsmiljöplan", "work_environment_plan"),
    ("Årlig uppföljning av det systematiska arbetsmiljöarbetet", "annual_follow_up"),
    ("Registreringsbevis", "registration"),
    ("Rutin för introduktion av nyanställda", "other_policy"),
    ("Protokoll från stämma", "other"),
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_the_title_tells_the_kind(title, kind):
    page = page_of(title, "Exempel Måleri AB", "Vi arbetar varje dag för ett gott samarbete.", large=(0,))
    assert first_values(read_facts([page]))["document_type"] == kind


def test_the_word_certificate_alone_makes_no_certificate():
    page = page_of("ISO 45001 Certificate", "Sample Group", "Preview", large=(0,))
    assert first_values(read_facts([page]))["document_type"] == "other"


def test_a_title_in_the_picture_is_made_up_for_by_the_words_of_a_certificate():
    page = page_of(
        "Sample Ltd",
        "has been independently assessed by INVENTED",
        "ISO 9001:2015",
        "Certificate Number: 12345",
        "Certificate Expiry: 1 May 2028",
    )
    assert first_values(read_facts([page]))["document_type"] == "certificate"


def test_a_certificate_inside_a_brochure_is_found():
    brochure = [page_of("Welcome", "All about us", number=n) for n in (1, 2)]
    inside = page_of(
        "CERTIFIKAT",
        "Härmed intygas att",
        "Exempel Städ AB",
        "uppfyller kraven i SS-EN ISO 9001:2015",
        "Giltigt till och med 2028-05-01",
        number=3,
        large=(0,),
    )
    facts = read_facts([*brochure, inside])
    assert first_values(facts)["document_type"] == "bundle"
    assert next(fact for fact in facts if fact.field == "valid_until").page == 3


def test_every_fact_has_a_page_a_box_and_a_quote():
    page = page_of("Arbetsmiljöpolicy", "Exempel Måleri AB", "Fastställd den 3 mars 2026", large=(0,))
    facts = read_facts([page])
    assert all(fact.page and fact.quote and fact.box[2] > fact.box[0] for fact in facts)
    assert {fact.field for fact in facts} >= {"document_type", "holder", "issued_on"}


def test_a_personal_number_is_masked_in_the_quote():
    page = page_of("Arbetsmiljöpolicy", "Upprättad av 19121212-1212 den 5 januari 2026", large=(0,))
    assert all("1212-1212" not in fact.quote for fact in read_facts([page]))


def test_a_fact_the_other_engine_reads_differently_is_doubted():
    one = Fact("valid_until", "2028-05-01", 1, (0, 0, 1, 1), "q", 0.96)
    other = Fact("valid_until", "2026-05-01", 1, (0, 0, 1, 1), "q", 0.96)
    assert "engines_disagree" in agreed([one], [other])[0].warnings
    assert agreed([one], [one])[0].warnings == ()
