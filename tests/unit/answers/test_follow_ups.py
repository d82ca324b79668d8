"""Questions that hang on whether another has been answered at all, and questions that a company is spared."""

import pytest

from tests.unit.answers.journey_cases import answers, asked_in, journey

ROW = '{"what":"a","where":"b"}'


@pytest.mark.parametrize(
    ("given", "also"),
    [
        (answers(), set()),
        (answers(own_words="vd"), {"after_words"}),
        (answers(own_words="dont_know"), set()),
        (answers(done_on="2026-03-12"), {"after_day"}),
        (answers(listed=(ROW,)), {"after_table"}),
        (answers(listed=('{"what":"a"}',)), set()),  # a row that is not finished answers nothing
        (answers(listed=("nonsense",)), set()),
    ],
)
def test_what_was_answered_in_words_days_or_rows_counts_as_answered(given, also):
    assert set(asked_in("follow_ups", given, size=4)) == {"own_words", "done_on", "listed"} | also


@pytest.mark.parametrize(("size", "verdict"), [(0, False), (1, True), (None, None)])
def test_a_company_is_spared_questions_by_how_much_hangs_on_them(size, verdict):
    way = journey("follow_ups", size=size)
    item = next(item for item in (*way.items, *way.hidden) if item.question.id == "listed")
    assert item.verdict is verdict
    assert {"own_words", "done_on"} <= {item.id for item in way.items}


def test_being_spared_has_a_reason_and_not_being_spared_needs_none():
    spared = next(item for item in journey("follow_ups", size=0).hidden if item.question.id == "listed")
    assert [reason.sv for reason in spared.reasons] == ["Ni har svarat ”0” på ”Antal anställda i Sverige”."]
    asked = journey("follow_ups", size=4).item("listed")
    assert [reason.sv for reason in asked.reasons] == ["Frågan ställs till alla."]
