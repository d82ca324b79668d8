"""Step 2, questionnaires: which questionnaires and versions exist, which is current, each read once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from compliance.questionnaires.condition_checks import check_expectation
from compliance.questionnaires.loader import inspect, load
from compliance.questionnaires.mistakes import Flaw, Mistake
from compliance.questionnaires.model import Area, ProfileRef, Questionnaire
from compliance.questionnaires.surroundings import Surroundings
from compliance.questionnaires.vocabulary import HERE as VOCABULARY
from compliance.questionnaires.vocabulary import vocabulary

DEFINITIONS = Path(__file__).parent / "definitions"
RELEASED = re.compile(r"^status: *released *(#.*)?$", re.MULTILINE)


class UnknownQuestionnaireError(LookupError):
    """There is no questionnaire by that key, or not in that version."""


@cache
def get(key: str, version: int) -> Questionnaire:
    """One version. Raises UnknownQuestionnaireError, or DefinitionError for a broken file."""
    if version not in versions(key):
        raise UnknownQuestionnaireError(key, version)
    file = DEFINITIONS / key / f"{version}.yaml"
    reference = load_reference(file)
    profile = get(reference.questionnaire, reference.version) if reference else None
    return load(file, Surroundings(profile=profile))


def versions(key: str) -> tuple[int, ...]:
    """The versions of a questionnaire, oldest first; empty when there is none by that key."""
    return _versions().get(key, ())


@cache
def current(key: str) -> Questionnaire:
    """The newest released version. Raises UnknownQuestionnaireError when nothing is released."""
    for version in reversed(versions(key)):
        if _is_released(key, version):
            return get(key, version)
    raise UnknownQuestionnaireError(key)


@cache
def released() -> tuple[Questionnaire, ...]:
    """Every released version: profiles first, then by area and version."""
    return in_order(
        get(key, version) for key in _versions() for version in versions(key) if _is_released(key, version)
    )


@cache
def current_areas() -> tuple[Questionnaire, ...]:
    """The current version of every questionnaire that has an area, in the order of the areas."""
    keys = dict.fromkeys(questionnaire.key for questionnaire in released() if questionnaire.area)
    return in_order(current(key) for key in keys)


def with_profiles(versions_by_key: Mapping[str, int]) -> tuple[Questionnaire, ...]:
    """The questionnaires of an assessment in order, with the profiles they look at added."""
    chosen = [get(key, version) for key, version in versions_by_key.items()]
    profiles = [profile for each in chosen if (profile := profile_of(each))]
    return in_order({(each.key, each.version): each for each in (*profiles, *chosen)}.values())


def profile_of(questionnaire: Questionnaire) -> Questionnaire | None:
    """The profile a questionnaire looks at, in the version it was written against."""
    reference = questionnaire.profile
    return get(reference.questionnaire, reference.version) if reference else None


def in_order(questionnaires: Iterable[Questionnaire]) -> tuple[Questionnaire, ...]:
    """Profiles first, then the areas in their order."""
    areas = list(Area)
    return tuple(
        sorted(questionnaires, key=lambda q: (areas.index(q.area) + 1 if q.area else 0, q.key, q.version))
    )


def _is_released(key: str, version: int) -> bool:
    """Told by one line, so that a draft is neither read nor in the way unless somebody asks for it by number."""
    text = (DEFINITIONS / key / f"{version}.yaml").read_text(encoding="utf-8")
    return RELEASED.search(text) is not None


@cache
def _versions() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for file in definition_files(DEFINITIONS):
        if file.stem.isdigit():
            found.setdefault(file.parent.name, []).append(int(file.stem))
    return {key: tuple(sorted(numbers)) for key, numbers in sorted(found.items())}


def definition_files(root: Path) -> list[Path]:
    """The definition files in a folder: <key>/<version>.yaml."""
    return sorted(root.glob("*/*.yaml"))


def load_reference(file: Path) -> ProfileRef | None:
    """The profile a file names, read without checking the rest."""
    questionnaire = inspect(file).questionnaire
    return questionnaire.profile if questionnaire else None


def mistakes_in(files: Iterable[Path], root: Path = DEFINITIONS) -> Iterator[Mistake]:
    """Every mistake in definition files, which stand among those in `root`."""
    files = tuple(files)
    plain = {file: _shipped(file) for file in definition_files(root)} | {
        file: inspect(file).questionnaire for file in files if not file.is_relative_to(root)
    }
    for file in files:
        around = _surroundings(plain[file], file, plain)
        yield from inspect(file, around).mistakes
        yield from _misplaced(plain[file], file, root)


@cache
def _shipped(file: Path) -> Questionnaire | None:
    """A definition without its surroundings, for others to stand among; read once."""
    return inspect(file).questionnaire


def _surroundings(
    model: Questionnaire | None, file: Path, plain: dict[Path, Questionnaire | None]
) -> Surroundings:
    others = [other for path, other in plain.items() if other and path != file]
    used = {q.id: other.key for other in others if model and other.key != model.key for q in other.questions}
    if model is None or model.profile is None:
        return Surroundings(used_elsewhere=used)
    named = (model.profile.questionnaire, model.profile.version)
    profile = next((other for other in others if (other.key, other.version) == named), None)
    return Surroundings(profile=profile, profile_missing=profile is None, used_elsewhere=used)


def _misplaced(model: Questionnaire | None, file: Path, root: Path) -> Iterator[Mistake]:
    """A file in the catalogue says where it belongs by its own key and version."""
    if (
        model
        and file.is_relative_to(root)
        and (file.parent.name, file.stem) != (model.key, str(model.version))
    ):
        flaw = Flaw((), "wrong_place", {"key": model.key, "version": model.version})
        yield Mistake(file, 1, flaw.code, flaw.message)


def mistakes_in_expectations() -> Iterator[Mistake]:
    """Every rule of expected proof that looks at something the current profiles do not ask."""
    profiles = {questionnaire.profile for questionnaire in released() if questionnaire.profile}
    file = VOCABULARY / "expectations.yaml"
    for reference in profiles:
        profile = get(reference.questionnaire, reference.version)
        for name, rule in vocabulary().expectations.items():
            for flaw in check_expectation(rule.when, profile):
                yield Mistake(file, 0, flaw.code, f"{name}: {flaw.message}")
