"""Step 4, evidence: several looks at one picture are made into one reading, and disagreement is said."""

from compliance.evidence.completing import completed, lacks
from compliance.evidence.facts import Fact


def certificate(**values):
    return tuple(
        Fact(field, value, 1, (0, 0, 1, 1), value, 0.9, "ocr")
        for field, value in {
            "document_type": "certificate",
            "holder": "Exempel Måleri AB",
            "standard": "ISO 45001:2018",
            "certificate_number": "4711-22",
            "issuer": "Provcert AB",
            "valid_until": "2028-06-05",
            **values,
        }.items()
        if value
    )


def answer(facts, field):
    return next(fact for fact in facts if fact.field == field)


def test_a_field_that_only_the_second_look_found_is_added():
    facts = completed(certificate(certificate_number=""), certificate(valid_until=""))
    assert answer(facts, "certificate_number").value == "4711-22"
    assert not lacks(facts)


def test_two_looks_that_read_different_last_days_leave_it_to_a_person():
    facts = completed(certificate(), certificate(valid_until="2023-06-05"))
    assert answer(facts, "valid_until").warnings == ("read_from_picture",)


def test_the_day_of_the_first_issue_gives_way_to_that_of_the_present_one():
    first = certificate(issued_on="2019-06-04")
    assert lacks(first)
    facts = completed(first, certificate(issued_on="2025-06-05"))
    assert answer(facts, "issued_on").value == "2025-06-05"
