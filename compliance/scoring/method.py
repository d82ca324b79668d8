"""Scoring (step 5): a method file (weights, factors, gates, bands, months) as checked, frozen data."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from compliance.scoring.words import Area, Band, Criticality, InherentRisk, ResidualRisk, Verdict

METHODS = Path(__file__).parent / "methods"
DEFAULT_METHOD = "2026-11"


class MethodNotFoundError(LookupError):
    """There is no method file of that version."""


class MethodInvalidError(ValueError):
    """A method file cannot be used; `problems` says everything that is wrong, one sentence each."""

    def __init__(self, file: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{file}: " + " ".join(problems))
        self.file = file
        self.problems = problems


def _as_written(value: object) -> Fraction:
    """A number of the file as the decimal that is written there: 0.85 is exactly 85/100."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("must be a number")  # noqa: TRY004 - pydantic collects ValueErrors with their place
    return Fraction(str(value))


Exact = Annotated[Fraction, BeforeValidator(_as_written)]
Share = Annotated[Exact, Field(ge=0, le=1)]
Score = Annotated[Exact, Field(ge=0, le=100)]
Positive = Annotated[Exact, Field(gt=0)]
Count = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class ZeroToleranceRule(_Part):
    """G1 and G8: the band that is given, and the most that is shown."""

    band: Band
    shown_at_most: Score


class FailedMajorRule(_Part):
    """G3: so many failed majors cap the overall band."""

    at_least: Count
    overall_at_most: Band


class FailedMajorsInAreaRule(_Part):
    """G4: so many failed majors in one area cap that area and the overall band."""

    at_least: Count
    area_at_most: Band
    overall_at_most: Band


class WeakestAreaRule(_Part):
    """G5: how many steps the overall band may stand above the worst area band."""

    steps: Annotated[int, Field(ge=0)]


class UnsupportedClaimsRule(_Part):
    """G6: a larger gap between declared and supported opens a review reason (points)."""

    gap_above: Score


class ProvisionalRule(_Part):
    """The best band of a case in which an area has too few items."""

    overall_at_most: Band


class Gates(_Part):
    """The parameters of all gates; the rules themselves are the engine."""

    zero_tolerance: ZeroToleranceRule
    failed_major: FailedMajorRule
    failed_majors_in_area: FailedMajorsInAreaRule
    weakest_area: WeakestAreaRule
    unsupported_claims: UnsupportedClaimsRule
    provisional: ProvisionalRule


class ExplanationSettings(_Part):
    """How many items the list of largest losses holds."""

    top_items: Count


class Method(_Part):
    """One version of the scoring method. Scores and gaps are points of 100, months are months."""

    version: str
    weights: Mapping[Criticality, Annotated[Exact, Field(ge=0)]]
    answer_credits: Mapping[str, Share]
    evidence_factors: Mapping[Verdict, Share]
    area_weights: Mapping[Area, Positive]
    minimum_items: Count
    bands: Mapping[Band, Score]
    gates: Gates
    unknown_risk_counts_as: InherentRisk
    residual_risk: Mapping[InherentRisk, Mapping[Band, ResidualRisk]]
    reassess_months: Mapping[ResidualRisk, Count]
    explanation: ExplanationSettings

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        problems = [*_gaps(self), *_contradictions(self)]
        if problems:
            raise ValueError(" ".join(problems))
        return self


def _gaps(method: Method) -> list[str]:
    known_risks = [risk for risk in InherentRisk if risk is not InherentRisk.UNKNOWN]
    rows = method.residual_risk.items()
    return [
        *_missing("weights", method.weights, Criticality),
        *_missing("evidence_factors", method.evidence_factors, Verdict),
        *_missing("area_weights", method.area_weights, Area),
        *_missing("bands", method.bands, Band),
        *_missing("reassess_months", method.reassess_months, ResidualRisk),
        *_missing("residual_risk", method.residual_risk, known_risks),
        *(sentence for risk, row in rows for sentence in _missing(f"residual_risk.{risk}", row, Band)),
    ]


def _missing(name: str, table: Mapping[Any, object], words: Iterable[str]) -> list[str]:
    return [f"{name}: '{word}' is missing." for word in words if word not in table]


def _contradictions(method: Method) -> list[str]:
    bands = [method.bands.get(band, Fraction(0)) for band in Band]
    factors = [method.evidence_factors.get(verdict, Fraction(0)) for verdict in Verdict]
    weightless = [word for word, weight in method.weights.items() if not weight]
    checks = {
        "weights: 'info', and only 'info', weighs 0.": weightless == [Criticality.INFO],
        "bands: each must start lower than the one before it.": all(a > b for a, b in pairwise(bands)),
        "bands: the last one must start at 0.": bands[-1] == 0,
        # From none to expired to wrong holder the factor may stay, but better proof may not count less.
        "evidence_factors: better proof must not count less.": all(a >= b for a, b in pairwise(factors)),
        "unknown_risk_counts_as: must be a known risk.": method.unknown_risk_counts_as
        is not InherentRisk.UNKNOWN,
    }
    return [sentence for sentence, holds in checks.items() if not holds]


def available_methods(folder: Path = METHODS) -> tuple[str, ...]:
    """The versions there are files for, oldest first."""
    return tuple(sorted(file.stem for file in folder.glob("*.yaml")))


def load_method(version: str = DEFAULT_METHOD, *, folder: Path = METHODS) -> Method:
    """The method of that version. Raises MethodNotFoundError or MethodInvalidError."""
    if version not in available_methods(folder):
        raise MethodNotFoundError(version)
    file = folder / f"{version}.yaml"
    method = method_from(yaml.safe_load(file.read_text(encoding="utf-8")), file=file.name)
    if method.version != version:
        raise MethodInvalidError(file.name, (f"version: must be '{version}' like the file's name.",))
    return method


def method_from(document: object, *, file: str) -> Method:
    """A parsed method file as a Method; MethodInvalidError names every problem at once."""
    try:
        return Method.model_validate(document)
    except ValidationError as error:
        raise MethodInvalidError(file, tuple(_sentences(error))) from error


def _sentences(error: ValidationError) -> list[str]:
    return [
        ": ".join(part for part in (".".join(map(str, problem["loc"])), problem["msg"]) if part)
        for problem in error.errors(include_url=False)
    ]
