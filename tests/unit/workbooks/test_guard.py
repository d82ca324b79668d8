"""Files that are no workbook of ours end in a sentence, whatever they hold."""

import contextlib
import io
import secrets
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from compliance.web.workbooks import guard
from compliance.web.workbooks.model import WorkbookError
from compliance.web.workbooks.reading import MOST_ROWS, read
from tests.unit.workbooks.books import changed, plain_book, repacked

SHEET = "xl/worksheets/sheet2.xml"


def refusal(data: bytes) -> str:
    with pytest.raises(WorkbookError) as refused:
        read(data)
    return refused.value.code


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"fraga;svar\nHar ni en policy?;Ja\n", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_or_locked"),
        (b"PK\x03\x04" + b"\0" * 100, "broken"),
        (b"%PDF-1.7", "not_a_workbook"),
        (b"x" * (guard.LARGEST_FILE + 1), "too_large"),
    ],
)
def test_files_of_other_kinds_are_named(data, code):
    assert refusal(data) == code


def test_a_zip_of_something_else_is_no_workbook():
    assert (
        refusal(zipped(**{"content.xml": b"<office/>", "mimetype": b"application/ods"})) == "not_a_workbook"
    )


def test_a_workbook_without_our_mark_is_not_ours():
    file = io.BytesIO()
    Workbook().save(file)
    assert refusal(file.getvalue()) == "not_ours"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_broken(cut):
    data = plain_book()
    assert refusal(data[: int(len(data) * cut)]) == "broken"


def test_a_bomb_is_not_unpacked():
    bomb = repacked(plain_book(), {SHEET: b"<worksheet>" + b" " * (40 * 1024 * 1024)})
    assert len(bomb) < guard.LARGEST_FILE
    assert refusal(bomb) == "unpacks_too_large"


def test_a_bomb_that_lies_about_its_size_is_not_unpacked():
    bomb = bytearray(repacked(plain_book(), {SHEET: b" " * (7 * 1024 * 1024)}))
    size = (7 * 1024 * 1024).to_bytes(4, "little")
    bomb = bomb.replace(size, (1000).to_bytes(4, "little"))
    assert refusal(bytes(bomb)) in {"unpacks_too_large", "broken"}


def test_a_thousand_parts_are_too_many():
    assert (
        refusal(repacked(plain_book(), {f"xl/x{n}.xml": b"<a/>" for n in range(1000)})) == "unpacks_too_large"
    )


def test_entities_are_not_expanded():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><worksheet>&b;</worksheet>'
    assert refusal(repacked(plain_book(), {SHEET: bomb})) == "broken"


def test_a_sheet_of_ten_thousand_rows_is_refused_and_not_cut():
    cells = {f"C{number}": "x" for number in range(5, 10_005)}
    assert refusal(changed(plain_book(), **cells)) == "too_many_rows"


def test_a_cell_far_down_is_refused_and_not_cut():
    assert refusal(changed(plain_book(), C1048576="x")) == "too_many_rows"
    assert refusal(changed(plain_book(), **{f"C{MOST_ROWS + 1}": "x"})) == "too_many_rows"


def test_a_cell_of_a_megabyte_is_read_whole():
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as parts:
        sheet = parts.read(SHEET)
    assert sheet.count(b">Ja<") == 1
    noise = secrets.token_hex(524_288).encode()
    (line,) = read(repacked(PLAIN, {SHEET: sheet.replace(b">Ja<", b">" + noise + b"<")})).lines
    assert len(line.answer.text) == 1_048_576


def test_a_cell_that_repeats_itself_far_too_often_is_a_bomb():
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as parts:
        sheet = parts.read(SHEET).replace(b">Ja<", b">" + b"a" * 2_000_000 + b"<")
    assert refusal(repacked(PLAIN, {SHEET: sheet})) == "unpacks_too_large"


def test_macros_are_not_looked_at():
    assert read(repacked(plain_book(), {"xl/vbaProject.bin": b"\0" * 1000})).mark == "ett-märke"


@given(place=st.integers(0, 8_000), noise=st.binary(min_size=1, max_size=40))
@settings(max_examples=80, deadline=None)
def test_damage_anywhere_ends_in_a_sentence_or_a_book(place, noise):
    data = bytearray(PLAIN)
    data[place % len(data) : place % len(data) + len(noise)] = noise
    with contextlib.suppress(WorkbookError):
        read(bytes(data))


@given(noise=st.binary(max_size=200), place=st.integers(0, 4_000))
@settings(max_examples=80, deadline=None)
def test_damage_inside_a_sheet_ends_in_a_sentence_or_a_book(place, noise):
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as parts:
        sheet = bytearray(parts.read(SHEET))
    sheet[place % len(sheet) : place % len(sheet) + len(noise)] = noise
    with contextlib.suppress(WorkbookError):
        read(repacked(PLAIN, {SHEET: bytes(sheet)}))


PLAIN = plain_book()
