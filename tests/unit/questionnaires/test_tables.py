"""Tables: rows out of a form, problems with their places, figures, and what rows are worth."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.questionnaires.question_types import BadTableError, BadValueError, posted_rows, type_of
from compliance.questionnaires.question_types.identities import country_names
from tests.unit.questionnaires.definition_cases import SAMPLES, TODAY, codes_in, sample, written

EVERY, FILLED, DAY = sample("table").questions
KIND = type_of(EVERY)
COMPANY = "556012-5790"


def rows(*cells, question=EVERY):
    return KIND.from_json(list(cells), question, on=TODAY)


def test_the_cells_of_a_form_become_rows_in_their_order():
    fields = [
        ("q:value-10-company", "Sist"), ("q:value-2-company", " Först "), ("q:value-2-state", "done"),
        ("q:value-3-company", "  "), ("q:value", "none"), ("other:value-0-company", "Fel"),
        ("q:value-x-company", "Fel"),
    ]  # fmt: skip
    assert posted_rows(fields, "q:value") == ('{"company":" Först ","state":"done"}', '{"company":"Sist"}')


def test_a_cell_with_a_day_and_a_box_keeps_both_so_that_the_contradiction_is_seen():
    assert posted_rows([("v-0-until", "2027-01-01"), ("v-0-until", "never")], "v") == (
        '{"until":"2027-01-01 never"}',
    )
    assert posted_rows([("v-0-until", ""), ("v-0-until", "never")], "v") == ('{"until":"never"}',)


@pytest.mark.parametrize(
    ("column", "typed", "kept", "shown"),
    [
        ("company", " Exempel AB (påhittat) ", "Exempel AB (påhittat)", "Exempel AB (påhittat)"),
        ("number", "5560125790", COMPANY, COMPANY),
        ("number", "SE556012579001", COMPANY, COMPANY),
        ("number", "de 136 695 976", "DE 136695976", "DE 136695976"),
        ("country", "Kina", "CN", "Kina"),
        ("country", "germany", "DE", "Tyskland"),
        ("country", "se", "SE", "Sverige"),
        ("hours", "1 640,5", "1640.5", "1\u00a0640,5"),
        ("since", "12 mars 2026", "2026-03-12", "12 mars 2026"),
        ("state", "done", "done", "Klart"),
    ],
)
def test_each_kind_of_cell_is_kept_in_one_form_and_shown_in_words(column, typed, kept, shown):
    (row,) = rows({column: typed})
    assert json.loads(row) == {column: kept}
    assert KIND.show(row, EVERY, "sv").endswith(f": {shown}")
    assert rows(json.loads(row)) == (row,)


@pytest.mark.parametrize(
    ("column", "typed", "code"),
    [
        ("company", "å" * 31, "text_too_long"),
        ("number", "556012-5791", "organisation_number_digit"),
        ("number", "8112189876", "personal_number"),
        ("number", "DE123", "vat_number"),
        ("number", "Exempel AB", "organisation_number"),
        ("country", "Atlantis", "unknown_country"),
        ("people", "1,5", "not_whole"),
        ("people", "1001", "number_too_large"),
        ("since", "2027-01-01", "date_in_future"),
        ("state", "<b>", "unknown_option"),
    ],
)
def test_a_problem_stands_at_its_row_and_column(column, typed, code):
    with pytest.raises(BadTableError) as refused:
        rows({"company": "Rätt", "state": "done"}, {column: typed})
    (problem,) = refused.value.problems
    assert problem.code == code
    assert (problem.place.row, problem.place.field) == (2, f"-1-{column}")
    assert str(refused.value).startswith(f"Row 2, {problem.place.column.en}: ")


def test_every_problem_of_a_table_is_told_at_once():
    with pytest.raises(BadTableError) as refused:
        rows({"people": "många", "since": "i våras"}, {"country": "Atlantis"})
    assert [one.place.field for one in refused.value.problems] == ["-0-people", "-0-since", "-1-country"]
    assert refused.value.values("sv") == {"row": 1, "column": "Antal"}


@pytest.mark.parametrize(
    ("posted", "code"),
    [
        (['{"company":"a"}'] * 4, "too_many_rows"),
        (['{"company":"a"}'] * 10_000, "too_many_rows"),
        (["none", '{"company":"a"}'], "rows_and_none"),
        (["not json"], "unreadable_table"),
        (["[" * 100_000], "unreadable_table"),
        (['{"company":1}'], "unreadable_table"),
        (['{"secret":"x"}'], "unreadable_table"),
        (['["a"]'], "unreadable_table"),
    ],
)
def test_what_is_no_table_is_refused(posted, code):
    with pytest.raises(BadValueError) as refused:
        KIND.parse(posted, EVERY, on=TODAY)
    assert refused.value.code == code


def test_nothing_to_report_is_an_answer_only_where_it_is_offered():
    none = KIND.from_json("none", EVERY, on=TODAY)
    assert (none, KIND.show(none, EVERY, "sv")) == (("none",), "Inget att rapportera")
    assert KIND.complete(none, EVERY)
    assert KIND.credit(none, EVERY, on=TODAY) == 1
    with pytest.raises(BadValueError):
        KIND.from_json("none", FILLED, on=TODAY)


@pytest.mark.parametrize(
    ("given_rows", "complete"),
    [
        ([{"product": "a"}, {"product": "b", "site": "c"}], True),
        ([{"product": "a"}], False),  # two rows are needed
        ([{"product": "a"}, {"site": "c"}], False),  # kept, but a required cell is empty
    ],
)
def test_a_table_is_an_answer_only_when_it_is_complete(given_rows, complete):
    assert KIND.complete(rows(*given_rows, question=FILLED), FILLED) is complete


@pytest.mark.parametrize(
    ("question", "given_rows", "credit"),
    [
        (EVERY, [{"state": "done"}, {"state": "open"}], "0.5"),
        (EVERY, [{"state": "done"}, {"company": "a"}], "0.5"),
        (FILLED, [{"product": "a"}, {"product": "b", "site": "c"}], "0.5"),
        (DAY, [{"permit": "a", "until": "2026-11-23"}], "1"),
        (DAY, [{"permit": "a", "until": "2027-01-01"}, {"permit": "b", "until": "2026-11-22"}], "0"),
        (DAY, [{"permit": "a"}], "0"),
    ],
)
def test_rows_are_worth_what_the_tables_rule_says(question, given_rows, credit):
    assert KIND.credit(rows(*given_rows, question=question), question, on=TODAY) == Decimal(credit)


def test_figures_are_worked_out_from_rows_that_have_the_numbers_and_say_from_what():
    value = rows({"people": "2", "hours": "100000"}, {"people": "1", "hours": "62500"}, {"people": "9"})
    total, rate = KIND.filled_in(value, EVERY, "sv").figures
    assert (total.label, total.text) == ("Summa", "12")
    assert (rate.text, rate.made_of) == ("18,5", "Antal: 3, Timmar: 162\u00a0500")
    assert [
        one.label for one in KIND.filled_in(rows({"people": "2", "hours": "0"}), EVERY, "en").figures
    ] == ["Sum"]
    assert KIND.filled_in(rows({"company": "a"}), EVERY, "en").figures == ()


def test_a_form_shows_what_was_typed_and_one_empty_row_more():
    typed = ['{"company":"A","hours":"1640.5","country":"CN"}', '{"hours":"mycket"}']
    drawn = KIND.to_fill_in(typed, EVERY, "sv")
    assert [[cell.text for cell in row if cell.text] for row in drawn.rows] == [
        ["A", "Kina", "1\u00a0640,5"],
        ["mycket"],
        [],
    ]
    assert [cell.label for cell in drawn.rows[1] if cell.lacking] == ["Företag", "Läge"]
    assert "Tyskland" in drawn.countries
    assert not drawn.more
    assert len(KIND.to_fill_in([], FILLED, "sv").rows) == 2
    assert KIND.to_fill_in([], FILLED, "sv").more


@settings(deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["company", "number", "country", "since"]), st.text()), max_size=3
    )
)
def test_any_cells_are_taken_or_refused_and_what_is_taken_can_be_read_back(cells):
    try:
        value = rows(*cells)
    except BadValueError:
        return
    if value:
        assert KIND.revive(list(value), EVERY, on=TODAY) == value
        assert len(KIND.filled_in(value, EVERY, "sv").rows) == len(value)


def test_countries_are_named_once_in_each_language():
    assert country_names("sv")["GB"] == "Storbritannien"
    assert "EU" not in country_names("en")


CHANGES = [
    ("max_rows: 3", "max_rows: 3\n          min_rows: 9", "rows_reversed"),
    ("code: country,", "code: company,", "doubled_column"),
    ('label: {sv: "Land", en: "Country"}', 'label: {sv: "Land"}', "missing_translation"),
    ("type: country,", "type: colour,", "bad_choice"),
    ("type: country,", "type: country, number: {min: 1},", "unwanted"),
    ("number: {min: 0, max: 1000}", "number: {min: 5, max: 1}", "range_reversed"),
    ("number: {min: 0, max: 1000}", "number: {steps: [{at_least: 1, credit: 1}]}", "unwanted"),
    ("of: people, by: hours", "of: people", "figure_shape"),
    ("rule: sum, of: people", "rule: sum, of: company", "not_a_number_column"),
    ("rule: sum, of: people", "rule: median, of: people", "bad_choice"),
    ("{by: options, column: state}", "{by: options, column: since}", "credit_column"),
    ("{by: options, column: state}", "{by: not_passed}", "credit_column"),
    ("{by: filled, column: site}", "{by: filled, column: place}", "credit_column"),
    ("          credit: {by: options, column: state}\n", "", "credit_in_other_column"),
    ("          credit: {by: options, column: state}\n", "", "unscored"),
    ('en: "Done"}, credit: 1}', 'en: "Done"}}', "credit_missing"),
    ('en: "Done"}, credit: 1}', 'en: "Done"}, credit: 0.9}', "no_full_credit"),
    ('en: "Open"}, credit: 0}', 'en: "Open"}, credit: 0, needs_comment: true}', "unwanted"),
    ("code: begun", "code: done", "doubled_option"),
    ("type: table", "type: text", "unwanted"),
    ("criticality: minor", "criticality: info", "credit_on_info"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), CHANGES)
def test_one_mistake_in_a_table_is_named(tmp_path, old, new, code):
    text = (SAMPLES / "table.yaml").read_text(encoding="utf-8")
    assert old in text
    assert code in codes_in(written(tmp_path, text.replace(old, new, 1)))


def test_a_table_without_columns_is_named(tmp_path):
    text = (SAMPLES / "text.yaml").read_text(encoding="utf-8")
    found = codes_in(written(tmp_path, text.replace("type: text", "type: table")))
    assert sorted(found) == ["no_columns", "unscored", "unwanted", "unwanted"]
