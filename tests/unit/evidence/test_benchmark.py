"""Step 4, evidence: the benchmark says loudly when it cannot measure, and a missed goal is told."""

import pytest

from benchmarks import evidence
from benchmarks.measured import Measured


def test_without_the_corpus_the_benchmark_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "CORPUS", tmp_path / "evidence")
    (line,) = evidence.run(full=False)
    assert str(line).startswith("SKIPPED evidence: no corpus")
    assert not line.missed


@pytest.mark.parametrize(
    ("value", "goal", "missed"), [(0.4, 0.5, False), (0.6, 0.5, True), (0.6, None, False)]
)
def test_a_value_above_its_goal_is_missed(value, goal, missed):
    line = Measured("ratio", value, goal)
    assert (line.missed, "MISSED" in str(line)) == (missed, missed)
