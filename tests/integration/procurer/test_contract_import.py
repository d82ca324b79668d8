"""Importing contracts: a dry run that judges every row, then all good rows or none; exported files change nothing."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from compliance.storage.models import (
    Contact,
    Contract,
    ContractChange,
    ContractImport,
    DueRow,
    Message,
    Review,
    Supplier,
)
from tests.conftest import BOTH_DATABASES
from tests.rows import build_code, build_contract, build_supplier, organisation_number, terms

HEAD = (
    "Avtalsnr;Benämning;Leverantör;Org.nr;E-post;Startdatum;Slutdatum;Värde;"
    "Uppsägningstid;Förlängning;Automatisk förlängning"
)
GOOD = (
    f"HB-1;Målning;Exempel Måleri AB (påhittat);{organisation_number(7001)};kim@maleri.example;"
    "2026-01-01;46387;1 200 000,50;3 mån;tyst;12"
)
AGAIN = (
    f"HB-2;Tapetsering;Exempel Måleri AB (påhittat);{organisation_number(7001)};;2026-01-01;2028-12-31;;;;"
)
REVERSED = f"HB-3;Golv;Exempel Golv AB (påhittat);{organisation_number(7002)};;2026-01-01;2025-12-31;1.200;;;"


def send(desk, *lines, encoding="cp1252"):
    content = "\n".join([HEAD, *lines]).encode(encoding)
    answer = desk.post("/contracts/import", {"file": (BytesIO(content), "avtal.csv")})
    assert answer.status_code == 302, answer.text
    return answer.location.removesuffix("/columns")


def count(rows, model):
    return rows.scalar(select(func.count()).select_from(model))


@BOTH_DATABASES
def test_the_good_rows_are_applied_and_the_bad_ones_named(desk, rows):
    page = send(desk, GOOD, AGAIN, REVERSED)
    preview = desk.get(page).text
    for words in ("before the first day", "thousands or decimals", "New contract", "Bring in 2 rows"):
        assert words in preview
    assert count(rows, Contract) == count(rows, Supplier) == 0
    desk.post(page)
    contract = rows.scalars(select(Contract).where(Contract.number == "HB-1")).one()
    assert (contract.value_sek, contract.period_end.isoformat()) == (1_200_001, "2026-12-31")
    assert contract.last_notice_day.isoformat() == "2026-09-30"
    assert (count(rows, Contract), count(rows, Supplier), count(rows, Contact)) == (2, 1, 1)
    assert "Contracts brought in" in desk.get(page).text


def test_an_import_opens_no_review_writes_to_nobody_and_leaves_the_arming_to_the_clock(desk, rows):
    desk.post(send(desk, GOOD, AGAIN))
    assert count(rows, Review) == count(rows, Message) == 0
    assert set(rows.scalars(select(DueRow.kind))) == {"recompute"}


@BOTH_DATABASES
def test_importing_the_same_file_twice_changes_nothing(desk, rows):
    desk.post(send(desk, GOOD, AGAIN))
    again = desk.get(send(desk, GOOD, AGAIN)).text
    assert "There is nothing to bring in" in again
    assert count(rows, ContractChange) == 0


def test_a_changed_cell_changes_its_field_and_stands_in_the_history_as_an_import(desk, rows):
    desk.post(send(desk, GOOD))
    page = send(desk, GOOD.replace("1 200 000,50", "1 300 000"))
    assert "Total value" in desk.get(page).text
    desk.post(page)
    change = rows.scalars(select(ContractChange)).one()
    assert (change.field, change.before, change.after, change.source) == (
        "value_sek",
        1200001,
        1300000,
        "import",
    )
    assert "by import" in desk.get(f"/contracts/{change.contract_id}/history").text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (GOOD.replace(organisation_number(7001), "811228-9875"), "last digit"),
        (GOOD.replace(organisation_number(7001), ""), "needs its supplier"),
        (GOOD.replace("3 mån", "-3 mån"), "less than 0"),
        (GOOD.replace("3 mån", ""), "needs a time of notice"),
        (GOOD.replace(";tyst;12", ";option;"), "how long before the end"),
        (GOOD.replace("46387", "9999-12-31"), "until further notice"),
        (GOOD.replace("Målning", "=1+1"), "never computed"),
        (GOOD.replace("kim@maleri.example", "kim"), "not an e-mail"),
        (GOOD.replace("2026-01-01", "1889-01-01"), "between 1990"),
    ],
)
def test_a_bad_cell_refuses_its_row_and_no_other(desk, rows, line, words):
    page = send(desk, line, AGAIN)
    assert words in desk.get(page).text
    desk.post(page)
    assert rows.scalars(select(Contract.number)).all() == ["HB-2"]


def test_two_rows_with_one_number_are_both_refused(desk, rows):
    page = send(desk, GOOD, AGAIN, GOOD.replace("Målning", "Annat"))
    assert "more than one row: 2, 4" in desk.get(page).text
    desk.post(page)
    assert rows.scalars(select(Contract.number)).all() == ["HB-2"]


def test_a_contract_is_not_moved_to_another_supplier_by_an_import(desk, rows):
    desk.post(send(desk, GOOD))
    other = build_supplier(rows)
    rows.commit()
    page = send(desk, GOOD.replace(organisation_number(7001), other.identity_number))
    assert "registered with another supplier" in desk.get(page).text


def test_columns_can_be_matched_by_hand_and_none_twice(desk, rows):
    content = "Ref;Text\nHB-9;Målning\n".encode()
    answer = desk.post("/contracts/import", {"file": (BytesIO(content), "avtal.csv")})
    page = desk.get(answer.location).text
    assert 'for="column-0"' in page
    refused = desk.post(answer.location, {"column-0": "number", "column-1": "number"})
    assert (refused.status_code, "the same meaning" in refused.text) == (422, True)
    refused = desk.post(answer.location, {"column-1": "title"})
    assert "No column is the contract number" in refused.text
    assert desk.post(answer.location, {"column-0": "number", "column-1": "title"}).status_code == 302
    assert rows.scalars(select(ContractImport)).one().columns == {"number": 0, "title": 1}


def test_the_refused_rows_can_be_saved_as_a_file(desk):
    page = send(desk, GOOD, REVERSED)
    saved = desk.get(f"{page}/refused").text
    assert "3;HB-3" in saved
    assert "HB-1" not in saved


def test_a_file_is_applied_only_once(desk):
    page = send(desk, GOOD)
    assert desk.post(page).status_code == 302
    assert desk.post(page).status_code == 404


def full_register(rows, anna):
    """A contract of each kind, with every field filled, a sole trader, a foreign company and awkward texts."""
    code = build_code(rows, anna, version="2026")
    trader = build_supplier(rows, identity_kind="sole_trader", identity_number="8112289874")
    foreign = build_supplier(rows, identity_kind="foreign", identity_number="DE:reg:HRB1234", country="DE")
    vat = build_supplier(rows, identity_kind="foreign", identity_number="DE:vat:136695976", country="DE")
    parent = build_contract(rows, number="RAM-1", title="=SUMMA(A1)", note='rad ett\nrad två; "citat"')
    build_contract(
        rows, number="A-1", framework_id=parent.id, owner_id=anna.id, substitute_id=anna.id,
        code_of_conduct_id=code.id, value_sek=1_000_000, value_annual_sek=500_000, procedure="call_off",
        threshold="above", priority="high", special_labour_terms=True, labour_levels="+5 %", audit_right=True,
        agreed_terms=["ilo_core", "personnel_list"], max_tiers=0, sites="Västerås\nGåsvägen 4", cpv="45442100-8",
        fine_clause="14.2", category="Måleri", case_number="2026/1", procurement_number="U-7",
        terms=terms(renewal={"kind": "option", "periods": 2, "months": 12, "notice": {"n": 90, "unit": "days"},
                             "extended": 1}),
    )  # fmt: skip
    tacit = {"kind": "tacit", "months": 12, "max_periods": None}
    notice = {"n": 3, "unit": "months"}
    build_contract(rows, trader, number="B-1", audit_right=False,
                   terms=terms(renewal=tacit, notice=notice, notice_given_on="2026-02-01"))  # fmt: skip
    build_contract(rows, foreign, number="C-1", terms=terms(end=None))
    build_contract(rows, vat, number="D-1")
    rows.commit()


@BOTH_DATABASES
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_exported_file_comes_back_unchanged(desk, rows, anna, kind):
    full_register(rows, anna)
    file = desk.get(f"/contracts/export?as={kind}").data
    assert b"8112289874" not in file
    answer = desk.post("/contracts/import", {"file": (BytesIO(file), f"avtal.{kind}")})
    page = desk.get(answer.location.removesuffix("/columns")).text
    assert "There is nothing to bring in" in page
    assert "Some rows cannot" not in page
    assert ">5<" in page.replace("\n", "").replace(" ", "")


def test_no_cell_of_an_exported_workbook_is_a_formula(desk, rows, anna):
    full_register(rows, anna)
    book = load_workbook(BytesIO(desk.get("/contracts/export").data))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_a_call_off_may_stand_below_its_framework_in_the_same_file(desk, rows):
    head, number = "Avtalsnr;Titel;Leverantör;Org.nr;Start;Slut;Ramavtal", organisation_number(7003)
    lines = [f"{n};x;Exempel AB (påhittat);{number};2026-01-01;2027-12-31;{above}"
             for n, above in (("R-1", ""), ("A-1", "R-1"), ("A-2", "A-1"))]  # fmt: skip
    content = "\n".join([head, *lines]).encode()
    page = desk.post("/contracts/import", {"file": (BytesIO(content), "a.csv")}).location.removesuffix(
        "/columns"
    )
    desk.post(page)
    framework = rows.scalars(select(Contract).where(Contract.number == "R-1")).one()
    assert rows.scalars(select(Contract.number).where(Contract.framework_id == framework.id)).all() == ["A-1"]
    assert rows.scalar(select(Contract.id).where(Contract.number == "A-2")) is None


def test_a_workbook_with_real_dates_is_read(desk, rows):
    from datetime import date

    book = Workbook()
    book.active.append(["Avtalsnr", "Titel", "Leverantör", "Org.nr", "Start", "Slut"])
    number = int(organisation_number(7004))
    book.active.append([17, "x", "Exempel AB (påhittat)", number, date(2026, 1, 1), date(2027, 12, 31)])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    page = desk.post("/contracts/import", {"file": (file, "a.xlsx")}).location.removesuffix("/columns")
    desk.post(page)
    contract = rows.scalars(select(Contract)).one()
    assert (contract.number, contract.terms["end"]) == ("17", "2027-12-31")
