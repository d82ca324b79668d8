"""Step 4, evidence: Word files are read with paragraph numbers, and nothing in them is followed or run."""

import io
import zipfile

import pytest
from docx import Document
from docx.shared import Pt, RGBColor

from compliance.evidence.sandbox import read_pdf
from compliance.evidence.word_reading import read_word_file

TYPES = "[Content_Types].xml"


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def certificate(**options):
    document = Document()
    document.add_heading("Certifikat", 0)
    document.add_paragraph("Härmed intygas att")
    document.add_paragraph("Exempel Måleri AB")
    document.add_paragraph("har ett ledningssystem som uppfyller kraven i SS-EN ISO 45001:2018")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("Certifikatnummer:", "EX-12345-01"), ("Giltigt till:", "2028-06-05"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    return document


def rewritten(data: bytes, name: str, change) -> bytes:
    """The same archive with one of its files changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return file.getvalue()


def test_a_certificate_typed_in_word_gives_its_facts_with_their_paragraphs():
    reading = read_word_file(saved(certificate()))
    found = {fact.field: (fact.value, fact.page, fact.source) for fact in reading.facts if fact.answer}
    assert reading.state == "read"
    assert found["document_type"] == ("certificate", 1, "paragraph")
    assert found["holder"] == ("Exempel Måleri AB", 3, "paragraph")
    assert found["certificate_number"] == ("EX-12345-01", 5, "paragraph")
    assert found["valid_until"] == ("2028-06-05", 7, "paragraph")


@pytest.mark.parametrize("how", ["hidden", "white", "tiny"])
def test_letters_that_nobody_sees_never_answer(how):
    document = certificate()
    run = document.add_paragraph().add_run("Giltigt till: 2099-12-31")
    if how == "hidden":
        run.font.hidden = True
    elif how == "white":
        run.font.color.rgb = RGBColor(255, 255, 255)
    else:
        run.font.size = Pt(1)
    reading = read_word_file(saved(document))
    assert reading.first("valid_until").value == "2028-06-05"
    (unseen,) = [fact for fact in reading.facts if fact.value == "2099-12-31"]
    assert "not_visible" in unseen.warnings
    assert "2099" not in reading.text[0]


def test_a_personal_number_is_masked():
    document = certificate()
    document.add_paragraph("Kontakt: 811228-9874")
    assert "811228" not in read_word_file(saved(document)).text[0]


def test_text_struck_out_in_a_review_is_not_read():
    document = certificate()
    paragraph = document.add_paragraph("Utfärdat: 2025-01-31")
    data = rewritten(
        saved(document),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:r><w:t>Utf", b'<w:del w:id="1" w:author="x"><w:r><w:t>Utf').replace(
            b"2025-01-31</w:t></w:r>", b"2025-01-31</w:t></w:r></w:del>"
        ),
    )
    assert paragraph.text
    assert read_word_file(data).first("issued_on") is None


def test_an_entity_is_not_resolved():
    def smuggle(xml: bytes) -> bytes:
        head, rest = xml.split(b"?>", 1)
        doctype = b'?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        return head + doctype + rest.replace(b"Exempel M", b"&secret;Exempel M")

    reading = read_pdf(rewritten(saved(certificate()), "word/document.xml", smuggle))
    assert "root:" not in "".join(reading.text)


def zeros(size: int) -> bytes:
    return rewritten(saved(certificate()), "word/styles.xml", lambda xml: xml + b" " * size)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "state"),
    [
        (zeros(300_000_000), "refused"),
        (saved(certificate())[:9_000], "broken"),
        (rewritten(saved(certificate()), "word/document.xml", lambda xml: xml[:200]), "broken"),
        (rewritten(saved(certificate()), TYPES, lambda xml: b""), "broken"),
        (saved(Document()), "broken"),
    ],
)
def test_a_word_file_that_cannot_be_read_ends_in_a_state(data, state):
    assert read_pdf(data).state == state


@pytest.mark.slow
def test_laughs_by_the_billion_end_in_a_state():
    def laugh(xml: bytes) -> bytes:
        head, rest = xml.split(b"?>", 1)
        laughs = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
        return (
            head
            + b'?><!DOCTYPE x [<!ENTITY a0 "ha">'
            + laughs
            + b"]>"
            + rest.replace(b"Exempel M", b"&a11;Exempel M")
        )

    state = read_pdf(rewritten(saved(certificate()), "word/document.xml", laugh)).state
    assert state in {"read", "broken", "refused"}
