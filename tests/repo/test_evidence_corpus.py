"""Reads a sample of the shared corpus, where present: facts are right and hostile files end in a state."""

import json
import time
from functools import cache
from pathlib import Path

import pytest

from compliance.evidence.facts import STATES
from compliance.evidence.sandbox import read_pdf

CORPUS = Path(__file__).parents[3] / "shared" / "evidence"
EXACT = ("document_type", "certificate_number", "org_number", "valid_until")
HOSTILE_EVERY, TEXT_DOCUMENTS, LARGEST, WALL = 10, 8, 300_000, 50.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared evidence corpus is not on this machine"),
]


def labelled():
    if not CORPUS.is_dir():
        return []
    labels = json.loads((CORPUS / "labels.json").read_text(encoding="utf-8"))
    names = [name for name in sorted(labels) if (CORPUS / "dev" / name).stat().st_size < LARGEST]
    known = [(name, labels[name]) for name in names if labels[name]["text_layer"] == "text"]
    return known[:: max(1, len(known) // TEXT_DOCUMENTS)]


@cache
def read(name):
    return read_pdf(CORPUS / "dev" / name)


def hostile():
    return sorted((CORPUS / "hostile").glob("*.pdf"))[::HOSTILE_EVERY] if CORPUS.is_dir() else []


def test_facts_that_must_be_exact_are_right_in_the_sample():
    wrong, right = [], 0
    for name, label in labelled():
        reading = read(name)
        for field in EXACT:
            fact = reading.first(field)
            if fact is not None and fact.value == label[field]:
                right += 1
            elif (fact is None) != (label[field] is None) or fact is not None:
                wrong.append((name, field))
    assert right >= 9 * len(wrong), wrong


def test_no_last_day_of_validity_is_wrong_without_a_warning():
    for name, label in labelled():
        fact = read(name).first("valid_until")
        assert fact is None or fact.warnings or fact.value == label["valid_until"], name


@pytest.mark.parametrize("path", hostile(), ids=lambda path: path.name)
def test_a_hostile_file_ends_in_a_state_within_the_limits(path):
    began = time.monotonic()
    reading = read_pdf(path)
    assert reading.state in STATES
    assert time.monotonic() - began < WALL
