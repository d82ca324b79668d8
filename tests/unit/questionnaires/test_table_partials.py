"""The two partials of tables draw what was typed, with names that come back as rows."""

import re
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from compliance.answers.values import GivenAnswer
from compliance.questionnaires.question_types import BadTableError, posted_rows, type_of
from compliance.web.supplier.places import Filling
from compliance.web.supplier.question_words import QuestionWords
from tests.unit.questionnaires.definition_cases import TODAY, sample

EVERY, _, DAY = sample("table").questions
KIND = type_of(EVERY)
PAGES = Environment(loader=FileSystemLoader("templates"), autoescape=True)
PAGES.globals |= {
    "_": lambda text, **values: text % values if values else text,
    "url_for": lambda *_, **__: "#",
}


def form(*typed, question=EVERY, errors=None):
    view = SimpleNamespace(
        id=question.id, name="Name", errors=errors or {}, item=SimpleNamespace(question=question, kind=KIND),
        typed=SimpleNamespace(values=typed),
    )  # fmt: skip
    rows = PAGES.get_template("fields/table_rows.html").render(view=view, current_language="en")
    at = Filling(id=question.id, rows=Markup(rows))  # what a template drew
    return PAGES.get_template("fields/table.html").render(asked=QuestionWords(question, "en"), at=at)


def fields_in(html):
    """What a browser would post: the inputs with a value, ticked boxes, chosen options."""
    inputs = re.findall(r'<input[^>]*type="text" value="([^"]*)"[^>]* name="([^"]+)"', html)
    boxes = re.findall(r'type="checkbox" id="[^"]+" name="([^"]+)" value="([^"]+)" checked', html)
    chosen = re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>.*?<option value="([^"]+)" selected', html, re.DOTALL
    )
    return [*((name, value) for value, name in inputs), *boxes, *chosen]


@pytest.mark.parametrize(
    ("question", "cells"),
    [
        (
            EVERY,
            [
                {"company": "A & B <AB>", "people": "3", "state": "done"},
                {"country": "CN", "since": "2026-03-12"},
            ],
        ),
        (DAY, [{"permit": "Lift", "until": "never"}, {"permit": "Truck", "until": "2027-01-01"}]),
    ],
)
def test_what_is_drawn_comes_back_as_the_same_rows(question, cells):
    if question is DAY:
        question = DAY.model_copy(update={"table": with_never(DAY.table)})
    value = KIND.from_json(cells, question, on=TODAY)
    html = form(*value, question=question)
    posted = [
        (name, text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
        for name, text in fields_in(html)
    ]
    assert KIND.parse(posted_rows(posted, f"{question.id}:value"), question, on=TODAY) == value


def with_never(table):
    never = EVERY.name
    until = table.columns[1].model_copy(
        update={"date": table.columns[1].date.model_copy(update={"never": never})}
    )
    return table.model_copy(update={"columns": (table.columns[0], until)})


def test_a_cell_that_cannot_be_taken_carries_its_message():
    with pytest.raises(BadTableError) as refused:
        KIND.from_json([{"number": "556012-5791"}], EVERY, on=TODAY)
    errors = {f"value{one.place.field}": one.sentence for one in refused.value.problems}
    html = form('{"number":"556012-5791"}', errors=errors)
    assert 'value="556012-5791"' in html
    assert 'aria-describedby="every_column:value-0-number-error"' in html
    assert "The last digit does not match" in html


def test_every_field_has_a_name_for_those_who_do_not_see_it_and_a_row_can_be_added():
    html = form('{"company":"A"}')
    assert 'aria-label="Organisation number, row 2"' in html
    assert 'name="stay" value="every_column"' in html
    assert html.count("<tr") == 3
    assert "Fill this in too." in html
    assert 'type="checkbox" id="every_column:value-none"' in html


def test_the_answer_is_read_as_a_table_with_its_figures():
    value = KIND.from_json(
        [{"company": "A", "people": "2", "hours": "1000", "state": "done"}], EVERY, on=TODAY
    )
    item = SimpleNamespace(question=EVERY, kind=KIND, answer=GivenAnswer(EVERY.id, value=value))
    answer = SimpleNamespace(item=item, lines=("A",))
    html = PAGES.get_template("answers/table.html").render(answer=answer, current_language="en")
    assert "Per million hours: 2,000 (People: 2, Hours: 1,000)" in html
    assert html.count("<tr") == 2
    item.answer = None
    assert "A</p>" in PAGES.get_template("answers/table.html").render(answer=answer, current_language="en")
