"""Step 4, evidence: does a document name our supplier? Company names are compared without form and small words."""

import pytest

from compliance.evidence.facts import Fact, Reading
from compliance.evidence.names import core_name, find_names
from compliance.evidence.naming import KnownSupplier, names_supplier, same_company
from compliance.suppliers.identity import foreign_by_registration, legal_person

SUPPLIER = KnownSupplier("Exempel Måleri i Norr AB", legal_person("559999-0016"), ("Norrmålarna",))

NAMED = [
    ("Härmed intygas att Exempel Måleri i Norr AB har", True),
    ("EXEMPEL MÅLERI I NORR AKTIEBOLAG", True),
    ("Exempel Måleri Norr", True),
    ("EXEMPEL MALERI I NORR AB", True),
    ("Exempel Måleri i Norr och Väst AB", False),
    ("Exempel Måleri i Norr Handelsbolag", False),
    ("Exempel Måleri i Norr Handelsbolag och Exempel Måleri i Norr AB", True),
    ("Exempels Måleri i Norr AB", False),
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


@pytest.mark.parametrize(("source", "named"), [("ocr", True), ("text", False)])
def test_a_letter_may_be_misread_only_in_a_picture(source, named):
    kind = Fact("document_type", "certificate", 1, (0, 0, 1, 1), "Certifikat", 0.9, source)
    reading = Reading("read", "0" * 64, 1, (kind,), text=("Exempel Målerl i Norr AB",))
    assert names_supplier(reading, SUPPLIER) is named


@pytest.mark.parametrize(
    ("holder", "supplier", "same"),
    [
        ("Exempel Måleri Aktiebolag", "Exempel Måleri AB", True),
        ("EXEMPEL MALERI AB", "Exempel Måleri AB", True),
        ("AB Exempel Måleri", "Exempel Måleri AB", True),
        ("Exempel Måleri AB (publ)", "Exempel Måleri AB", True),
        ("Exempel Måleri", "Exempel Måleri AB", True),
        ("Exempel Måleri AB Västerås", "Exempel Måleri AB", True),
        ("Sample Cleaning Limited", "Sample Cleaning Ltd", True),
        ("Exempel Måleri i Väst AB", "Exempel Måleri AB", False),
        ("Exempel Måleri AB", "Exempel Måleri i Väst AB", False),
        ("Exempel Måleri Handelsbolag", "Exempel Måleri AB", False),
        ("Exempels Måleri AB", "Exempel Måleri AB", False),
        ("Exempel Holding AB", "Exempel AB", False),
        ("Exempel 1 AB", "Exempel 2 AB", False),
    ],
)
def test_a_name_nearly_alike_is_another_company(holder, supplier, same):
    assert same_company(holder, supplier) is same


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


@pytest.mark.parametrize(
    ("holder", "supplier", "named"),
    [
        ("Stora Exempel AB", "Exempel AB", False),
        ("Exempel Medical (UK) Ltd", "Exempel UK", False),
        ("Exempel AB", "Exempel AB", True),
        ("Exempel", "Exempel AB", True),
    ],
)
def test_the_short_name_of_another_holder_is_not_ours(holder, supplier, named):
    fact = Fact("holder", holder, 1, (0, 0, 1, 1), holder, 0.9)
    text = f"{holder} (Exempel UK, Exempel) följer policyn. Exempel svarar för att den är känd."
    reading = Reading("read", "0" * 64, 1, (fact,), (1,), (text,))
    assert names_supplier(reading, KnownSupplier(supplier)) is named
