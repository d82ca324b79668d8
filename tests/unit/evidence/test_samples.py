"""Step 4, evidence: every sample document reads as the expectation beside it says."""

import json
from pathlib import Path

import pytest
import yaml

from compliance.evidence.document import read_document

FOLDER = Path(__file__).parents[2] / "evidence_files"
SAMPLES = sorted(path.stem for path in FOLDER.glob("*.json"))


def test_every_sample_that_is_described_was_made():
    described = yaml.safe_load((FOLDER / "samples.yaml").read_text(encoding="utf-8"))
    assert sorted(described) == SAMPLES
    assert all((FOLDER / f"{name}.pdf").is_file() for name in described)


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request):
    """A sample's expectation and what was read."""
    expected = json.loads((FOLDER / f"{request.param}.json").read_text(encoding="utf-8"))
    return expected, read_document((FOLDER / f"{request.param}.pdf").read_bytes())


def test_a_sample_ends_in_its_state(sample):
    expected, reading = sample
    assert reading.state == expected["state"]


def test_a_sample_says_what_its_reader_sees(sample):
    expected, reading = sample
    found = {name: fact.value for name in expected["facts"] if (fact := reading.first(name))}
    assert found == expected["facts"]
    for name, values in expected.get("also", {}).items():
        assert {fact.value for fact in reading.all(name)} >= set(values)
    assert not [name for name in expected.get("absent", []) if reading.first(name)]


def test_a_doubtful_fact_carries_its_warning_and_no_other_answer_does(sample):
    expected, reading = sample
    warned = expected.get("warnings", {})
    for name in expected["facts"]:
        fact = reading.first(name)
        assert set(fact.warnings) >= set(warned.get(name, ())), name
        assert name in warned or not fact.warnings, name


def test_what_cannot_be_seen_comes_last_with_a_warning(sample):
    expected, reading = sample
    unseen = [fact for fact in reading.facts if fact.value == expected.get("unseen")]
    assert all("not_visible" in fact.warnings for fact in unseen)
    assert bool(unseen) == ("unseen" in expected)


def test_personal_numbers_appear_nowhere(sample):
    expected, reading = sample
    never = expected.get("never", "no such text")
    assert never not in "".join(reading.text)
    assert all(never not in fact.quote + fact.value for fact in reading.facts)
