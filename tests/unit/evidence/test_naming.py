"""Step 4, evidence: does a document name our supplier? Company names are compared without form and small words."""

import pytest

from compliance.evidence.facts import Reading
from compliance.evidence.names import core_name, find_names
from compliance.evidence.naming import KnownSupplier, names_supplier
from compliance.suppliers.identity import foreign_by_registration, legal_person

SUPPLIER = KnownSupplier("Exempel Måleri i Norr AB", legal_person("559999-0016"), ("Norrmålarna",))

NAMED = [
    ("Härmed intygas att Exempel Måleri i Norr AB har", True),
    ("EXEMPEL MÅLERI I NORR AKTIEBOLAG", True),
    ("Exempel Måleri Norr", True),
    ("Exempel Målerl i Norr AB", True),  # a misread letter
    ("utfärdat till Norrmålarna", True),
    ("org.nr 559999-0016", True),
    ("org.nr 559999–0016", True),
    ("SE559999001601", True),
    ("Exempel Måleri i Söder AB", False),
    ("Exempel Plåt i Norr AB", False),
    ("Måleri i Norr", False),
    ("org.nr 559999-0024", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "named"), NAMED)
def test_a_document_names_the_supplier_or_does_not(text, named):
    assert names_supplier(Reading("read", "0" * 64, 1, text=(text,)), SUPPLIER) is named


def test_a_short_name_counts_only_with_its_legal_form():
    short = KnownSupplier("ABC AB")
    assert names_supplier(Reading("read", "0" * 64, 1, text=("utfärdat till ABC AB",)), short)
    assert not names_supplier(Reading("read", "0" * 64, 1, text=("enligt ABC-metoden",)), short)


def test_a_foreign_registration_number_confirms():
    supplier = KnownSupplier("Sample Oy", foreign_by_registration("FI", "1234567-8"))
    assert names_supplier(Reading("read", "0" * 64, 1, text=("Y-tunnus 1234567-8",)), supplier)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Exempel Måleri AB", "exempel måleri"),
        ("AB Exempel", "ab exempel"),
        ("Sample Roofing Pvt. Ltd.", "sample roofing"),
        ("Sample & Sons LIMITED", "sample & sons"),
        ("Exempel El AB (publ)", "exempel el"),
        ("The Sample Group", "sample group"),
        ("AB", "ab"),
    ],
)
def test_the_core_of_a_name_is_what_tells_it_apart(name, core):
    assert core_name(name) == core


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Exempel Måleri AB, org.nr 559999-0016", ["Exempel Måleri AB"]),
        (
            "mellan Exempel El & Kraft AB och Sample Cleaning Ltd.",
            ["Exempel El & Kraft AB", "Sample Cleaning Ltd."],
        ),
        ("SAMPLE SERVICES GROUP LIMITED", ["SAMPLE SERVICES GROUP LIMITED"]),
        ("SUCH AS OTHERS", []),
        ("ett handelsbolag eller aktiebolag", []),
    ],
)
def test_company_names_are_found_in_running_text(text, names):
    assert [match.name for match in find_names(text)] == names
