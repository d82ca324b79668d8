"""Step 4, evidence: certificates read from plain lines; each case is a trap that real certificates set."""

import pytest

from compliance.evidence.documents.certificate import read_certificate
from tests.unit.evidence.lines import first_values, page_of


def test_the_holder_is_the_name_after_the_opening_words():
    page = page_of(
        "This is to certify that the Management System of:", "Sample Roofing Limited", "1 Road, Town"
    )
    assert first_values(read_certificate([page]))["holder"] == "Sample Roofing Limited"


def test_the_holder_heads_the_address_above_the_statement():
    page = page_of(
        "SAMPLE CONSULTANCY", "4 ORANGE ROAD, TOWN", "has been independently assessed by INVENTED", large=(0,)
    )
    facts = first_values(read_certificate([page]))
    assert (facts["holder"], facts["issuer"]) == ("SAMPLE CONSULTANCY", "INVENTED")


def test_a_label_is_never_taken_for_the_holder():
    page = page_of("Company", "Certificate number: 12-34", "Issued to Exempel Städ AB")
    assert first_values(read_certificate([page]))["holder"] == "Exempel Städ AB"


def test_the_issuers_organisation_number_is_not_the_holders():
    page = page_of(
        "Påhitt Certifiering AB, org.nr 559999-0024",
        "Härmed intygas att",
        "Exempel El AB, org.nr 559999-0032",
    )
    facts = [fact.value for fact in read_certificate([page]) if fact.field == "org_number"]
    assert facts == ["559999-0032"]


def test_letters_of_another_alphabet_are_put_right_and_said():
    page = page_of("Certificate number: ОНS-2201")  # the first two letters are Cyrillic
    fact = next(fact for fact in read_certificate([page]) if fact.field == "certificate_number")
    assert fact.value == "OHS-2201"
    assert "mixed_alphabet" in fact.warnings


def test_a_standard_in_the_margin_is_only_mentioned():
    page = page_of(
        "uppfyller kraven i SS-ISO 45001:2018",
        "Vi arbetar även med ISO 14001:2015 och miljöfrågor i hela landet",
    )
    standards = {fact.value: fact.answer for fact in read_certificate([page]) if fact.field == "standard"}
    assert standards == {"ISO 45001:2018": True, "ISO 14001:2015": False}


def test_a_recertification_date_near_the_end_is_not_the_day_of_issue():
    page = page_of(
        "Issue date: 1 May 2024", "Recertification date: 1 March 2027", "Expiry date: 30 April 2027"
    )
    facts = first_values(read_certificate([page]))
    assert (facts["issued_on"], facts["valid_until"]) == ("2024-05-01", "2027-04-30")


def test_two_last_days_carry_a_warning():
    page = page_of("Valid until: 1 May 2027", "Expiry date: 1 May 2029")
    fact = next(fact for fact in read_certificate([page]) if fact.field == "valid_until")
    assert "several_dates" in fact.warnings


def test_a_last_day_before_the_first_carries_a_warning():
    page = page_of("Issue date: 1 May 2026", "Expiry date: 30 April 2025")
    fact = next(fact for fact in read_certificate([page]) if fact.field == "valid_until")
    assert "before_issued" in fact.warnings


def test_a_last_day_far_ahead_carries_a_warning():
    page = page_of("Issue date: 1 May 2026", "Expiry date: 30 April 2036")
    fact = next(fact for fact in read_certificate([page]) if fact.field == "valid_until")
    assert "far_ahead" in fact.warnings


LAYOUTS = [
    # columns with their header row, and a period in a cell
    (
        (
            "MANAGEMENT SYSTEM CERTIFICATE",
            "Certificate no.:\tInitial date:\tValid:",
            "C123456\t12 May 2015\t13 May 2024 – 12 May 2027",
            "This is to certify that the management system of",
            "Exempel Bygg AB",
            "has been found to conform to ISO 45001:2018",
        ),
        ("Exempel Bygg AB", "C123456", "2024-05-13", "2027-05-12"),
    ),
    # a sentence instead of labels, a number in groups
    (
        (
            "CERTIFICATE",
            "The Certification Body of Invented Certification GmbH certifies that",
            "Exempel Industri AB",
            "has established and applies a Quality Management System according to ISO 9001:2015.",
            "The certificate is valid from 2024-07-01 until 2027-06-30.",
            "Certificate Registration No.: 12 100 54321 TMS.",
        ),
        ("Exempel Industri AB", "12 100 54321 TMS", "2024-07-01", "2027-06-30"),
    ),
    # the cycle before, the audit and the version are dated too
    (
        (
            "Exempel Fasad AB",
            "intygas att ledningssystemet hos ovanstående organisation har granskats och uppfyller kraven i",
            "ISO 14001:2015",
            "Ursprungligt certifieringsdatum: 2016-03-01",
            "Utgångsdatum för föregående certifieringscykel: 2025-02-28",
            "Datum för omcertifieringsrevision: 2025-01-20",
            "Under förutsättning att systemet fungerar upphör certifikatet att gälla: 2028-02-29",
            "Certifikat nr. X-012345 Version: 1 Utfärdandedatum: 2025-03-01",
        ),
        ("Exempel Fasad AB", "X-012345", "2025-03-01", "2028-02-29"),
    ),
    # label and value one below the other, in two languages
    (
        (
            "Certifikat nr/Certificate No",
            "12345-A",
            "Utfärdat första gången/First issued",
            "2012-05-11",
            "Utfärdat/Issued",
            "2024-05-11",
            "Giltigt t.o.m./Valid until",
            "2027-05-10",
            "Innehavare/Holder",
            "Exempel Teknik AB",
        ),
        ("Exempel Teknik AB", "12345-A", "2024-05-11", "2027-05-10"),
    ),
]


@pytest.mark.parametrize(("lines", "expected"), LAYOUTS)
def test_certificates_of_many_layouts_give_the_same_four_facts(lines, expected):
    facts = first_values(read_certificate([page_of(*lines, large=(0,))]))
    assert (
        tuple(facts.get(name) for name in ("holder", "certificate_number", "issued_on", "valid_until"))
        == expected
    )


@pytest.mark.parametrize(
    ("lines", "scope"),
    [
        (
            ["Omfattning: målning av bostäder", "och lokaler i hela landet", "Giltigt till 2028-03-13"],
            "målning av bostäder och lokaler i hela landet",
        ),
        (["Scope of certification", "Cleaning of offices", "Certificate No: 55-10"], "Cleaning of offices"),
        (["Certifieringens omfattning\tMålning"], "Målning"),
    ],
)
def test_the_scope_goes_on_until_something_else_begins(lines, scope):
    assert first_values(read_certificate([page_of(*lines)]))["scope"] == scope


def test_who_accredits_is_told_and_their_association_is_no_accreditor():
    facts = first_values(read_certificate([page_of("Ackrediterad av Swedac, IAF MLA")]))
    assert facts["accreditation"] == "Swedac"
    assert "accreditation" not in first_values(read_certificate([page_of("IAF member")]))
