"""The whole study is asked: every item has its questions, and every question is accounted for."""

import re

from compliance.questionnaires import catalogue

KEYS = ("company_profile", "human_rights", "working_conditions", "work_environment")
ASKED = {question.id for key in KEYS for question in catalogue.current(key).questions}
TABLE = (catalogue.DEFINITIONS / "COVERAGE.md").read_text(encoding="utf-8")
COVERED = {
    item: ids.split(", ")
    for item, ids in re.findall(r"^\| ([A-Z]{2}\d\d) \| ([a-z0-9_, ]+) \|$", TABLE, re.MULTILINE)
}
ITEMS = [
    f"{area}{number:02}"
    for area, most in (("MR", 28), ("AV", 32), ("AM", 36))
    for number in range(1, most + 1)
]
BY_THE_BUYER = {"PR01", "PR04", "PR15"}


def test_all_96_items_and_15_fields_are_asked_or_known_by_the_buyer():
    profile = [f"PR{number:02}" for number in range(1, 16)]
    assert [item for item in ITEMS + profile if item not in COVERED] == sorted(BY_THE_BUYER)
    assert len(ITEMS) == 96


def test_every_question_of_the_table_exists_and_none_is_forgotten():
    named = {question for ids in COVERED.values() for question in ids}
    assert named == ASKED
