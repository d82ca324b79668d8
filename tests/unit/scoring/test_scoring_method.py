"""The method file: what it says, and which files are refused with all their problems."""

from fractions import Fraction

import pytest
import yaml

from compliance.scoring import MethodInvalidError, MethodNotFoundError, available_methods, load_method
from compliance.scoring.method import METHODS, method_from
from compliance.scoring.words import Criticality, Verdict


def written():
    return yaml.safe_load((METHODS / "2026-11.yaml").read_text(encoding="utf-8"))


def changed(path, value):
    document = written()
    *parents, last = path
    part = document
    for key in parents:
        part = part[key]
    part[last] = value
    return document


def problems(document):
    with pytest.raises(MethodInvalidError) as invalid:
        method_from(document, file="x.yaml")
    return " ".join(invalid.value.problems)


def test_the_default_method_holds_the_numbers_of_the_page_exactly():
    method = load_method()
    assert [method.weights[word] for word in Criticality] == [0, 1, 3, 5]
    tenths = [Fraction(n, 100) for n in (100, 85, 60, 30, 30)]
    assert [method.evidence_factors[verdict] for verdict in Verdict] == tenths
    assert method.answer_credits == {"yes": 1, "partly": Fraction(1, 2), "no": 0}
    assert method.minimum_items == 5


def test_every_method_file_can_be_loaded():
    assert "2026-11" in available_methods()
    assert [load_method(version).version for version in available_methods()] == list(available_methods())


@pytest.mark.parametrize("version", ["2020-01", "../methods/2026-11", ""])
def test_a_method_that_does_not_exist_is_not_found(version):
    with pytest.raises(MethodNotFoundError):
        load_method(version)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["bands", "B"], 85.0, "bands: each must start lower"),
        (["bands", "E"], 1, "bands: the last one must start at 0"),
        (["weights", "info"], 1, "only 'info', weighs 0"),
        (["weights", "minor"], 0, "only 'info', weighs 0"),
        (["weights", "minor"], -1, "weights.minor"),
        (["weights"], {"info": 0}, "'major' is missing"),
        (["evidence_factors", "none"], 0.9, "better proof must not count less"),
        (["evidence_factors", "accepted"], 1.1, "evidence_factors.accepted"),
        (["area_weights", "human_rights"], 0, "area_weights.human_rights"),
        (["minimum_items"], 0, "minimum_items"),
        (["residual_risk", "low"], {"A": "low"}, "residual_risk.low: 'B' is missing"),
        (["residual_risk"], {}, "residual_risk: 'low' is missing"),
        (["unknown_risk_counts_as"], "unknown", "unknown_risk_counts_as"),
        (["reassess_months", "low"], 0, "reassess_months.low"),
        (["gates", "failed_major", "at_least"], 0, "gates.failed_major.at_least"),
        (["gates", "extra"], 1, "gates.extra"),
        (["weights", "minor"], "a lot", "weights.minor"),
        (["weights", "minor"], True, "weights.minor"),
    ],
)
def test_a_method_that_does_not_hold_together_is_refused_with_the_place(path, value, says):
    assert says in problems(changed(path, value))


def test_all_problems_of_a_method_are_told_at_once():
    document = changed(["minimum_items"], 0)
    document["gates"]["weakest_area"]["steps"] = -1
    found = problems(document)
    assert "minimum_items" in found
    assert "gates.weakest_area.steps" in found


def test_a_file_must_hold_the_version_of_its_name(tmp_path):
    (tmp_path / "2027-01.yaml").write_text(
        (METHODS / "2026-11.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with pytest.raises(MethodInvalidError, match="2027-01"):
        load_method("2027-01", folder=tmp_path)
