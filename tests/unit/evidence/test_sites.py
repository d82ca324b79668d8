"""Step 4, evidence: the sites a certificate covers, as a table, a list or one line."""

import pytest

from compliance.evidence.document import read_document
from tests.unit.evidence.drawn import pdf_of, read_lines

CERTIFICATE = ["# CERTIFIKAT", "Härmed intygas att Exempel Måleri AB", "uppfyller kraven i ISO 45001:2018",
               "Certifikat nr: 4711-9", "Giltigt till: 2028-03-13"]  # fmt: skip

ROWS = ["Västerås|Provgatan 12|Målning", "Sala|Testgatan 1|Lager"]
LINES = ["Västerås, Provgatan 12, Målning", "Sala, Testgatan 1, Lager"]
LISTS = {
    "table": ["Arbetsställen som omfattas", "Ort|Adress|Verksamhet", *ROWS],
    "english table": ["Certified sites", "Site|Address|Activity", *ROWS],
    "list": ["Certifierade arbetsställen:", *LINES],
    "locations": ["Locations covered", *LINES],
    "indented": ["List of sites", "Västerås|Provgatan 12, Målning", "Sala|Testgatan 1,", "|Lager"],
}
PLAIN = ["Västerås Provgatan 12 Målning", "Sala Testgatan 1 Lager"]


def plain(value):
    return value.replace(",", "")


@pytest.mark.parametrize("name", LISTS)
def test_each_site_of_an_annex_is_a_fact_in_its_order(name):
    reading = read_document(pdf_of(CERTIFICATE, ["Bilaga till certifikat 4711-9", *LISTS[name]]))
    assert [plain(fact.value) for fact in reading.all("site")] == PLAIN
    assert {fact.page for fact in reading.all("site")} == {2}


@pytest.mark.parametrize("label", ["Arbetsställe", "Certified site", "Site address"])
def test_one_site_on_the_labels_own_line(label):
    reading = read_lines(*CERTIFICATE, f"{label}: Provgatan 12, Västerås")
    assert [fact.value for fact in reading.all("site")] == ["Provgatan 12, Västerås"]


def test_a_sentence_about_sites_names_none():
    assert not read_lines(*CERTIFICATE, "Revisioner görs på alla arbetsställen varje år.").all("site")


def test_a_list_ends_where_another_label_begins():
    reading = read_lines(*CERTIFICATE[:3], "Arbetsställen", "Västerås, Provgatan 12", *CERTIFICATE[3:])
    assert [fact.value for fact in reading.all("site")] == ["Västerås, Provgatan 12"]
