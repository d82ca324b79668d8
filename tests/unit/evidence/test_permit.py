"""Step 4, evidence: permits and proofs of competence in several wordings; the person only by initials."""

import pytest

from tests.unit.evidence.drawn import answers, arranged, read_lines, variants

WORDINGS = {
    "heta arbeten": (
        "Behörighetsbevis",
        {"Namn": "Alva Påhittad", "Behörighet": "Heta Arbeten", "Utfärdat": "2024-03-01", "Giltigt till": "2029-03-01",
         "Kursanordnare": "Påhitt Brandskydd AB"},
        "Heta Arbeten",
    ),
    "truck": (
        "Truckförarbevis",
        {"Innehavare": "Alva Påhittad", "Truckbehörighet": "A och B, motviktstruck", "Utfärdat den": "1 mars 2024",
         "Giltigt t.o.m.": "1 mars 2029", "Utbildare": "Påhitt Brandskydd AB"},
        "A och B",
    ),
    "kurs": (
        "Utbildningsintyg",
        {"Deltagare": "Alva Påhittad", "Kurs": "Ställningsbyggnad 2-9 meter", "Utfärdat": "2024-03-01",
         "Giltigt till och med": "2029-03-01", "Utfärdat av": "Påhitt Brandskydd AB"},
        "Ställningsbyggnad 2-9 meter",
    ),
    "english": (
        "Permit",
        {"Name": "Alva Påhittad", "Course": "Hot work safety", "Date of issue": "1 March 2024",
         "Valid until": "1 March 2029", "Training provider": "Påhitt Brandskydd AB"},
        "Hot work safety",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("wording", "layout"), variants(WORDINGS))
def test_a_permit_says_what_its_reader_sees_and_names_nobody(wording, layout):
    title, pairs, permit = WORDINGS[wording]
    reading = read_lines(
        f"# {title}", *arranged(pairs, layout), "Alva Påhittad är själv ansvarig.", "Påhittat exempel"
    )
    expected = {
        "document_type": "permit", "holder": "A.P.", "permit": permit, "issued_on": "2024-03-01",
        "valid_until": "2029-03-01", "issuer": "Påhitt Brandskydd AB",
    }  # fmt: skip
    assert answers(reading, expected) == expected
    assert "Alva" not in "".join(reading.text) + "".join(fact.quote + fact.value for fact in reading.facts)


@pytest.mark.parametrize(
    ("sentence", "permit"),
    [
        ("har genomgått utbildning i asbestsanering den 3 maj 2025", "asbestsanering"),
        ("har godkänts på Lift, typ A1", "Lift"),
        ("har med godkänt resultat deltagit i BAM", "BAM"),
    ],
)
def test_what_was_learnt_is_found_in_a_sentence(sentence, permit):
    reading = read_lines(
        "# Utbildningsbevis", "Härmed intygas att", "Alva Påhittad", sentence, "Påhittstad 2025-05-03"
    )
    assert answers(reading, ["permit", "holder"]) == {"permit": permit, "holder": "A.P."}


@pytest.mark.parametrize("name", ["ALVA PÅHITTAD", "Påhittad, Alva", "Alva-Maja af Påhitt Påhittad"])
def test_a_name_is_gone_from_the_whole_reading_however_it_is_written(name):
    reading = read_lines(
        f"# Truckförarbevis {name}", f"Innehavare: {name}", "Utfärdat: 2024-03-01", f"Underskrift {name}"
    )
    told = "".join(reading.text) + "".join(fact.quote + fact.value for fact in reading.facts)
    assert "alva" not in told.casefold()
    assert "påhitt" not in told.casefold()


def test_a_company_that_holds_a_permit_keeps_its_name():
    reading = read_lines(
        "# Tillståndsbevis", "Tillståndshavare: Exempel Sanering AB", "Tillstånd för: asbestsanering"
    )
    assert reading.first("holder").value == "Exempel Sanering AB"
