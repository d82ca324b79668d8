"""Two versions held against each other: what differs, which answers are kept, and the words that say so."""

from decimal import Decimal

import pytest

from compliance.questionnaires import catalogue
from compliance.questionnaires.change_words import details_of, outcome_of
from compliance.questionnaires.model import Criticality, Option, Question, Scope
from compliance.questionnaires.versions import LABELS, compare, compare_all
from compliance.questionnaires.vocabulary import vocabulary
from compliance.questionnaires.words import Text

OLD = catalogue.get("human_rights", 2)
FIRST, SECOND, THIRD, *REST = OLD.sections[0].questions
KEYS = ("company_profile", "human_rights", "working_conditions", "work_environment")


def later(*questions):
    """The next version, whose first section has these questions."""
    section = OLD.sections[0].model_copy(update={"questions": questions})
    return OLD.model_copy(update={"version": 3, "sections": (section, *OLD.sections[1:])})


def changed(question, **values):
    return question.model_copy(update=values)


def test_a_version_equals_itself():
    assert compare(OLD, OLD) == ()


def test_each_difference_is_told_once_in_the_order_of_the_form():
    new = changed(FIRST, id="brand_new")
    reworded = changed(SECOND, text=Text(sv="Annorlunda?", en="Otherwise?"))
    found = compare(OLD, later(FIRST, new, reworded, *REST))
    assert [(one.question, one.kind) for one in found] == [
        ("brand_new", "added"), (SECOND.id, "changed"), (THIRD.id, "removed"),
    ]  # fmt: skip


def test_a_question_that_moved_to_another_part_keeps_its_answer():
    last = OLD.sections[-1]
    sections = (changed(OLD.sections[0], questions=(SECOND, THIRD, *REST)),
                *OLD.sections[1:-1], changed(last, questions=(*last.questions, FIRST)))  # fmt: skip
    (move,) = compare(OLD, changed(OLD, version=3, sections=sections))
    assert (move.kind, move.keeps_answer, details_of(move)) == ("moved", True, ())


PARTIAL = changed(SECOND.options[1], credit=Decimal("0.6"))
RENAMED = changed(SECOND.options[1], label=Text(sv="Till en del", en="In part"))
ANOTHER = Option(code="later", credit=Decimal(0), label=Text(sv="Senare", en="Later"))


@pytest.mark.parametrize(
    ("values", "parts", "kept"),
    [
        ({"name": Text(sv="Nytt", en="New")}, ("name",), True),
        ({"minutes": Decimal(9)}, ("minutes",), True),
        ({"when": None, "evidence": None}, ("evidence",), True),
        ({"na_allowed": True}, ("na_allowed",), True),
        ({"options": (SECOND.options[0], RENAMED, SECOND.options[2])}, (LABELS,), True),
        ({"options": (SECOND.options[0], PARTIAL, SECOND.options[2])}, ("options",), False),
        ({"options": (*SECOND.options, ANOTHER)}, ("options",), False),
        ({"criticality": Criticality.MINOR}, ("criticality",), False),
        ({"scope": Scope.CONTRACT}, ("scope",), False),
        ({"afresh_since": 3}, ("afresh_since",), False),  # the author says that the words mean something else
    ],
)
def test_an_answer_is_kept_while_the_question_means_the_same(values, parts, kept):
    (change,) = compare(OLD, later(FIRST, changed(SECOND, **values), THIRD, *REST))
    assert (change.parts, change.keeps_answer, change.asks_afresh) == (parts, kept, not kept)
    assert outcome_of(change).en == (
        "Changed, the answer is kept" if kept else "Changed, must be answered again"
    )


@pytest.mark.parametrize(
    ("values", "sv"),
    [
        ({"name": Text(sv="Nytt", en="New")}, [f"Frågans rubrik: ”Nytt”, förut ”{SECOND.name.sv}”."]),
        ({"name": changed(SECOND.name, en="New")}, ["Frågans rubrik har fått nya ord på engelska."]),
        ({"minutes": Decimal("1.5")}, ["Minuter att svara: ”1,5”, förut ”1”."]),
        ({"options": (SECOND.options[0], RENAMED, SECOND.options[2])},
         ["Svarsalternativet ”Delvis” heter nu ”Till en del”."]),
        ({"options": (SECOND.options[0], PARTIAL, ANOTHER)},
         ["Vad svarsalternativet ”Delvis” är värt eller kräver har ändrats.", "Nytt svarsalternativ: ”Senare”.",
          "Svarsalternativet ”Nej” finns inte längre."]),
        ({"options": SECOND.options[::-1]}, ["Svarsalternativen har fått en annan ordning."]),
        ({"help": FIRST.help, "criticality": Criticality.MINOR},
         ["Hjälptexten har ändrats.", "Hur mycket frågan väger har ändrats."]),
    ],
)  # fmt: skip
def test_what_differs_is_told_in_words(values, sv):
    (change,) = compare(OLD, later(FIRST, changed(SECOND, **values), THIRD, *REST))
    assert [told.sv for told in details_of(change)] == sv
    assert all(told.en for told in details_of(change))


def test_every_part_of_a_question_has_words():
    named = set(vocabulary().wording["parts"])
    assert set(Question.model_fields) - {"id", "options"} == named


def test_the_whole_catalogue_is_compared_across_questionnaires():
    old, new = ([catalogue.get(key, version) for key in KEYS] for version in (1, 2))
    found = compare_all(old, new)
    assert {one.kind for one in found} == {"added", "changed"}
    assert all(outcome_of(one).sv and outcome_of(one).en for one in found)
    assert all(told.sv and "{" not in told.sv for one in found for told in details_of(one))
