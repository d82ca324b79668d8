"""Step 4, evidence: a document held against an answer: what is said about it and what the machine lets it count as."""

from dataclasses import replace
from datetime import date

import pytest

from compliance.evidence.facts import Fact, Reading
from compliance.evidence.matching import Expectation, Proof, compare, verdict
from compliance.evidence.naming import KnownSupplier
from compliance.suppliers.identity import legal_person

TODAY = date(2026, 11, 23)
SUPPLIER = KnownSupplier("Exempel Måleri AB", legal_person("559999-0016"))
CERTIFICATE = Expectation(kinds=frozenset({"certificate"}), standard="ISO 45001")
POLICY = Expectation(kinds=frozenset({"work_environment_policy"}), max_age_months=24)
TEXT = "Härmed intygas att Exempel Måleri AB, 559999-0016"


def fact(field, value, *warnings, confidence=0.95):
    return Fact(field, value, 1, (10, 10, 90, 20), f"{field} {value}", confidence, warnings=warnings)


def certificate(*replaced):
    facts = {
        "document_type": fact("document_type", "certificate"),
        "holder": fact("holder", "Exempel Måleri AB"),
        "standard": fact("standard", "ISO 45001:2018"),
        "valid_until": fact("valid_until", "2028-03-13"),
    }
    facts |= {one.field: one for one in replaced}
    return Reading("read", "0" * 64, 1, tuple(facts.values()), (1,), (TEXT,))


def kinds_of(findings):
    return {finding.kind for finding in findings}


VERDICTS = [
    # what the document says                                   what the machine lets it count as
    (certificate(), "checked"),
    (certificate(fact("holder", "EXEMPEL MÅLERI AKTIEBOLAG")), "checked"),
    (certificate(fact("valid_until", "2026-11-23")), "checked"),  # the last day itself still counts
    (certificate(fact("valid_until", "2026-11-22")), "expired"),
    (certificate(fact("valid_until", "2026-11-22", "ambiguous_date")), "none"),
    (certificate(fact("valid_until", "2028-03-13", "not_visible")), "none"),
    (certificate(fact("standard", "ISO 9001:2015")), "none"),
    (certificate(fact("document_type", "insurance_certificate")), "none"),
    (replace(certificate(fact("holder", "Annat Bolag AB")), text=("Annat Bolag AB",)), "wrong_holder"),
    (replace(certificate(fact("holder", "Annat Bolag AB", "not_visible")), text=("Annat",)), "none"),
    (replace(certificate(fact("holder", "Annat Bolag AB", confidence=0.5)), text=("Annat",)), "none"),
    (replace(certificate(), state="scanned", facts=(), text=()), "none"),
    (replace(certificate(), state="encrypted", facts=(), text=()), "none"),
]


@pytest.mark.parametrize(("reading", "expected"), VERDICTS)
def test_the_machine_never_says_more_than_it_knows(reading, expected):
    assert verdict(compare(reading, Proof(SUPPLIER, CERTIFICATE), TODAY)) == expected


def test_a_certificate_that_ends_within_ninety_days_is_said_to():
    soon = certificate(fact("valid_until", "2027-02-21"))
    assert "expiring" in kinds_of(compare(soon, Proof(SUPPLIER, CERTIFICATE), TODAY))
    later = certificate(fact("valid_until", "2027-02-22"))
    assert "expiring" not in kinds_of(compare(later, Proof(SUPPLIER, CERTIFICATE), TODAY))


def test_another_companys_number_beside_the_holders_name_beats_an_equal_name():
    reading = certificate(fact("org_number", "559999-0024", confidence=0.97))
    assert verdict(compare(reading, Proof(SUPPLIER, CERTIFICATE), TODAY)) == "wrong_holder"


def test_another_companys_number_somewhere_makes_the_name_doubtful():
    reading = certificate(fact("org_number", "559999-0024", confidence=0.8))
    findings = compare(reading, Proof(SUPPLIER, CERTIFICATE), TODAY)
    assert verdict(findings) == "none"
    assert any(finding.fact and finding.fact.field == "org_number" for finding in findings)


def test_a_certificate_of_the_parent_that_names_the_supplier_is_no_other_holder():
    reading = certificate(fact("holder", "Exempel Koncernmoder AB"))
    findings = compare(reading, Proof(SUPPLIER, CERTIFICATE), TODAY)
    assert "other_holder" not in kinds_of(findings)
    assert any(finding.params.get("found") == "Exempel Koncernmoder AB" for finding in findings)


AGES = [
    ("2024-11-23", "checked"),  # to the day 24 months old
    ("2024-11-22", "expired"),
    ("2024-11", "checked"),  # November 2024 may mean its last day
    ("2024-10", "expired"),
    ("2024", "checked"),
    ("2023", "expired"),
]


@pytest.mark.parametrize(("issued", "expected"), AGES)
def test_a_policy_is_as_old_as_its_date(issued, expected):
    warnings = ("partial_date",) if len(issued) < 10 else ()
    facts = (
        fact("document_type", "work_environment_policy"),
        fact("holder", "Exempel Måleri AB"),
        fact("issued_on", issued, *warnings),
    )
    reading = Reading("read", "0" * 64, 1, facts, (1,), (TEXT,))
    assert verdict(compare(reading, Proof(SUPPLIER, POLICY), TODAY)) == expected


def test_a_policy_without_a_date_is_left_to_a_person():
    facts = (fact("document_type", "work_environment_policy"), fact("holder", "Exempel Måleri AB"))
    reading = Reading("read", "0" * 64, 1, facts, (1,), (TEXT,))
    assert verdict(compare(reading, Proof(SUPPLIER, POLICY), TODAY)) == "none"


def test_an_answer_that_differs_is_shown_beside_the_document():
    proof = Proof(SUPPLIER, CERTIFICATE, {"valid_until": "2029-01-01", "standard": "SS-ISO 45001"})
    findings = compare(certificate(), proof, TODAY)
    differing = [finding for finding in findings if finding.kind == "differs"]
    assert [finding.params for finding in differing] == [{"found": "2028-03-13", "wanted": "2029-01-01"}]
    assert differing[0].fact.page == 1


def test_a_sole_trader_is_confirmed_by_name_because_the_number_is_masked():
    from compliance.suppliers.identity import sole_trader

    trader = KnownSupplier("Påhitts Snickeri", sole_trader("19121212-1212"))
    reading = replace(certificate(fact("holder", "Påhitts Snickeri")), text=("Påhitts Snickeri ••••••-••••",))
    assert verdict(compare(reading, Proof(trader, CERTIFICATE), TODAY)) == "checked"


def test_the_most_serious_finding_comes_first():
    reading = certificate(fact("valid_until", "2020-01-01"), fact("standard", "ISO 9001:2015"))
    severities = [finding.severity for finding in compare(reading, Proof(SUPPLIER, CERTIFICATE), TODAY)]
    assert severities == sorted(severities, key=["serious", "warning", "notice", "info"].index)


def test_every_sentence_has_its_parameters():
    for reading, _ in VERDICTS:
        for finding in compare(reading, Proof(SUPPLIER, CERTIFICATE), TODAY):
            assert "%(" not in finding.sentence % finding.params
