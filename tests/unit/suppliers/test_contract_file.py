"""Files of contracts: any encoding and separator, headers found, damaged and dangerous workbooks kept out."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from compliance.suppliers.contract_columns import columns, guess_columns
from compliance.suppliers.contract_file import ContractFileError, all_rows, contract_rows, read_header
from compliance.suppliers.contract_row import read_row
from compliance.suppliers.workbooks import MOST_UNPACKED

HEAD = ["Avtalsnr", "Benämning", "Leverantör", "Org.nr", "Startdatum", "Slutdatum"]
LINE = ["HB-1", "Målning", "Exempel Måleri AB (påhittat)", "556012-5790", "2026-01-01", "2027-12-31"]


def text_file(separator=";", encoding="utf-8", rows=(HEAD, LINE)):
    return BytesIO("\r\n".join(separator.join(row) for row in rows).encode(encoding))


def workbook(rows=(HEAD, LINE)):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def archive(**parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    file.seek(0)
    return file


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_encoding_and_separator_is_read(encoding, separator):
    header = read_header(text_file(separator, encoding))
    assert header.guessed == {
        "number": 0, "title": 1, "supplier_name": 2, "organisation_number": 3, "start": 4, "end": 5,
    }  # fmt: skip
    assert header.first_rows[0][1] == "Målning"


def test_lines_of_two_encodings_in_one_file_are_both_read_right():
    file = BytesIO("Avtalsnr;Titel\nA1;Måleri\n".encode() + "A2;Måleri\n".encode("cp1252"))
    assert [row[1] for _, row in all_rows(file)][1:] == ["Måleri", "Måleri"]


def test_excels_own_first_line_names_the_separator():
    assert read_header(BytesIO(b"sep=,\nAvtalsnr,Titel; med tecken\nA1,x\n")).texts[0] == "Avtalsnr"


def test_titles_above_the_headers_are_passed_over():
    header = read_header(workbook([["Avtalsregister 2026"], [], HEAD, LINE]))
    assert (header.row, header.guessed["number"]) == (3, 0)


def test_our_own_headers_are_recognised_in_both_languages():
    for language in ("sv", "en"):
        texts = [column.in_language(language) for column in columns().values()]
        assert list(guess_columns(texts)) == list(columns())


def test_a_workbook_gives_the_same_rows_as_a_text_file():
    from_book = [row for _, row in all_rows(workbook())]
    assert from_book == [row for _, row in all_rows(text_file())]


def test_a_number_that_stands_twice_is_known_before_the_first_row_is_judged():
    file = text_file(rows=[HEAD, LINE, ["HB-2"], LINE])
    with contract_rows(file, header_row=1, number_at=0) as rows:
        assert dict(rows.repeated) == {"HB-1": (2, 4)}
        assert [number for number, _ in rows.rows] == [2, 3, 4]


def test_a_formula_in_a_workbook_is_refused_and_never_computed():
    file = workbook([HEAD, [*LINE[:5], "=DATE(2027,12,31)"]])
    row = [row for _, row in all_rows(file)][1]
    problems = read_row(2, row, read_header(file).guessed).problems
    assert [(one.field, "never computed" in one.message) for one in problems] == [("end", True)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no rows"),
        (b"\n\n", "no rows"),
        (b"PK\x03\x04 not really", "cannot be read as an Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old or a locked"),
        (b"%PDF-1.7\x00\x01", "neither an Excel"),
    ],
)
def test_what_is_no_register_is_refused_with_what_to_do(content, words):
    with pytest.raises(ContractFileError, match=words):
        read_header(BytesIO(content))


def test_a_workbook_that_would_unpack_beyond_measure_is_not_opened():
    file = archive(xl__worksheets__sheet1_xml=b"0" * (MOST_UNPACKED // 2), a=b"0" * (MOST_UNPACKED // 2 + 1))
    assert len(file.getvalue()) < 2_000_000
    with pytest.raises(ContractFileError, match="unpack to far more"):
        read_header(file)


def test_a_workbook_with_entities_is_not_opened():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(ContractFileError, match="cannot be read"):
        read_header(archive(xl__workbook_xml=bomb))


def test_a_workbook_that_was_cut_off_is_refused():
    whole = workbook().getvalue()
    with pytest.raises(ContractFileError, match="cannot be read"):
        read_header(BytesIO(whole[: len(whole) // 2]))


def test_a_file_without_a_column_of_numbers_says_so():
    with (
        pytest.raises(ContractFileError, match="which column"),
        contract_rows(text_file(), header_row=1, number_at=None),
    ):
        pass


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_file():
    file = BytesIO(b'Avtalsnr;Titel\nA1;"' + b"x" * 2_000_000)
    with pytest.raises(ContractFileError, match="does not end"):
        list(all_rows(file))


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        ({"organisation_number": "556012-5791"}, "organisation_number", "last digit"),
        ({"organisation_number": "12345", "country": "Atlantis"}, "country", "do not know this country"),
        ({"organisation_number": "x!", "country": "Tyskland"}, "organisation_number", "registration number"),
        ({"vat_number": "DE123", "country": "DE"}, "vat_number", "not a VAT number"),
        ({"number": ""}, "number", "cannot be without"),
        ({"start": ""}, "start", "cannot be without"),
    ],
)
def test_a_wrong_cell_is_named(cells, field, words):
    given = {"number": "A1", "title": "x", "start": "2026-01-01", **cells}
    places = {name: place for place, name in enumerate(given)}
    problems = read_row(2, list(given.values()), places).problems
    assert [one.field for one in problems] == [field]
    assert words in problems[0].message


@pytest.mark.parametrize(
    ("number", "country", "kind"),
    [
        ("556012-5790", "", "legal_person"),
        (5560125790, "Sverige", "legal_person"),
        ("811228-9874", "SE", "sole_trader"),
        ("HRB 1234", "Tyskland", "foreign"),
        ("HRB 1234", "Germany", "foreign"),
    ],
)
def test_who_the_supplier_is_follows_from_number_and_country(number, country, kind):
    places = {"organisation_number": 0, "country": 1}
    assert read_row(2, [number, country], places).identity.kind == kind
