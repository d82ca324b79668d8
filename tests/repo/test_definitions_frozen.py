"""A released questionnaire never changes: each file is as recorded at its release, or a logged correction of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from compliance.questionnaires import catalogue
from compliance.questionnaires.model import Questionnaire
from compliance.questionnaires.patches import Patch, Release, broken, file_hash, meaning_of, read_log

RECORD = Path(__file__).with_name("released_definitions.json")
RECORDED = {name: Release(**entry) for name, entry in json.loads(RECORD.read_text(encoding="utf-8")).items()}
NOW = {
    f"{form.key}/{form.version}": Release(
        file=file_hash(catalogue.DEFINITIONS / form.key / f"{form.version}.yaml"), meaning=meaning_of(form)
    )
    for form in catalogue.released()
}


def test_every_released_version_is_recorded():
    """A new release adds its file's hash and the hash of its meaning to the record."""
    assert {name: str(release) for name, release in NOW.items() if name not in RECORDED} == {}
    assert set(RECORDED) == set(NOW)


@pytest.mark.parametrize("name", RECORDED)
def test_a_released_version_is_unchanged_but_for_logged_corrections_of_its_texts(name):
    patches = [patch for patch in read_log() if patch.definition == name]
    assert broken(NOW[name], RECORDED[name], patches) is None


def test_every_logged_patch_is_of_a_released_version():
    assert {patch.definition for patch in read_log()} <= set(RECORDED)


FORM = catalogue.get("human_rights", 2)
MEANING = meaning_of(FORM)
A, B, C = "a" * 64, "b" * 64, "c" * 64


def patch(before, after):
    what = "Ett stavfel i en hjälptext"
    return Patch(definition="human_rights/2", on=date(2027, 1, 11), what=what, before=before, after=after)


@pytest.mark.parametrize(
    ("file", "meaning", "patches", "told"),
    [
        (A, MEANING, [], None),
        (B, MEANING, [patch(A, B)], None),
        (C, MEANING, [patch(A, B), patch(B, C)], None),
        (B, MEANING, [], "Log it"),  # changed and not logged
        (C, MEANING, [patch(A, B)], "Log it"),  # changed again and not logged
        (A, MEANING, [patch(A, B)], "Log it"),  # logged and not made
        (C, MEANING, [patch(A, B), patch(A, C)], "does not follow"),
        (B, C, [patch(A, B)], "More than texts"),  # logged, but it is no typing mistake
    ],
)
def test_a_change_is_allowed_only_as_a_logged_patch_of_texts(file, meaning, patches, told):
    found = broken(Release(file, meaning), Release(A, MEANING), patches)
    assert found is None if told is None else told in found


def changed(change):
    """The meaning of version 2 after a change to its first question, as plain data."""
    data = FORM.model_dump(mode="json", by_alias=True, exclude_none=True)
    change(data["sections"][0]["questions"][1])
    return meaning_of(Questionnaire.model_validate(data))


def say_otherwise(question):
    question["text"]["sv"] = "Har ni beslutat hur ni respekterar mänskliga rättigheter?"
    question["help"]["why"]["en"] = "Otherwise."
    question["options"][0]["label"]["sv"] = "Jadå"
    question["action"]["text"]["sv"] = "Annat."


def test_words_are_no_part_of_the_meaning():
    assert changed(say_otherwise) == MEANING


@pytest.mark.parametrize(
    "change",
    [
        lambda question: question.update(id="another"),
        lambda question: question.update(criticality="minor"),
        lambda question: question.update(minutes="2"),
        lambda question: question["options"][1].update(credit="0.6"),
        lambda question: question["options"].pop(1),
        lambda question: question["options"].reverse(),
        lambda question: question["action"].update(days=61),
        lambda question: question["evidence"].update(expected="key_document"),
        lambda question: question["evidence"]["kinds"].pop(),
        lambda question: question["references"].pop(),
        lambda question: question["help"].pop("counts"),
        lambda question: question.update(when={"profile": "employees_total", "at_least": "1"}),
    ],
)
def test_everything_else_is_part_of_the_meaning(change):
    assert changed(change) != MEANING
