"""A PDF is made whatever was typed, within a time, and what cannot be drawn is named."""

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.web.reports import typesetting
from compliance.web.reports.typesetter import drawn, typeset, unshown_in
from compliance.web.reports.typesetting import TEMPLATES, TypesettingError

RECORD = str(TEMPLATES / "record.typ")


def content(text: str, **more) -> dict:
    answer = {"question": text or "?", "lines": [text], "table": None, "notes": [["Kommentar", text]]}
    return {
        "title": "Svar",
        "author": "Exempelbostäder AB (påhittat)",
        "foot": "Svar",
        "language": "sv",
        "named_note": "Några tecken är utskrivna.",
        "facts": [["Företag", text]],
        "parts": [{"title": "Del", "answers": [answer]}],
        "documents_title": "Dokument",
        "no_documents": "Inga",
        "documents": [],
    } | more


def text_of(pdf: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


@given(text=st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_was_typed_becomes_an_accessible_pdf(text):
    with pikepdf.open(io.BytesIO(typeset(RECORD, content(text)))) as document:
        assert "/StructTreeRoot" in document.Root


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        "#panic(1)",
        "= Rubrik",
        "$ x^2 $",
        "\\",
        "@nej",
        "<etikett>",
        '"]; #{',
        "```",
        "//",
    ],
)
def test_markup_in_an_answer_is_only_text(text):
    assert text in text_of(typeset(RECORD, content(text)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Åsa älskar öar – “ja” ½ €", "Åsa älskar öar – “ja” ½ €"),
        ("😀", "[grinning face]"),
        ("漢", "[U+6F22]"),
        ("👩\u200d👧", "[woman][girl]"),
    ],
)
def test_what_has_no_picture_is_named_and_the_document_says_so(text, shown):
    made = text_of(typeset(RECORD, content(text)))
    assert shown in made
    assert ("Några tecken" in made) == (text != shown)


def test_more_kinds_of_signs_than_there_are_attempts_still_become_a_document():
    everything = "".join(chr(code) for code in range(0x900, 0x1200) if chr(code).isprintable())
    assert text_of(typeset(RECORD, content(everything)))


def test_hidden_turns_of_direction_are_left_out_and_long_words_can_break():
    assert drawn("a\u202eb\u2066c\x07d", set()) == "abcd"
    assert drawn("x" * 100, set()).count("\u200b") == 2
    assert drawn("f" * 64, set()) == "f" * 64


def test_typsts_message_names_what_it_could_not_show():
    told = (
        'error: the text `"\\u{200d}"` could not be displayed\nerror: the text `"😀"` could not be displayed'
    )
    assert unshown_in(told) == {"\u200d", "😀"}


def test_a_table_of_many_rows_has_its_header_on_every_page():
    rows = [[f"Företag {number}", "W" * 60] for number in range(120)]
    table = {"columns": ["Namn", "Ort"], "rows": rows, "figures": [["Summa", "120"]]}
    answer = {"question": "Vilka?", "lines": [], "table": table, "notes": []}
    made = typeset(RECORD, content("x", parts=[{"title": "Del", "answers": [answer]}]))
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]
    assert len(pages) > 2
    assert all("Namn" in page for page in pages[:-1])


def test_what_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(typesetting, "WALL_SECONDS", 0.01)
    with pytest.raises(TypesettingError, match="no document after"):
        typesetting.typeset("record", content("x"))


def test_what_typst_refuses_says_nothing_of_what_was_typed():
    with pytest.raises(TypesettingError) as refused:
        typesetting.typeset("record", {"title": "hemligt"})
    assert "hemligt" not in str(refused.value)


def test_the_child_makes_the_same_document():
    assert "Exempel" in text_of(typesetting.typeset("record", content("Exempel")))
