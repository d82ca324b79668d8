"""Step 2, questionnaires: a definition file -> a frozen questionnaire, or every mistake in it at once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compliance.questionnaires.checks import check
from compliance.questionnaires.mistakes import DefinitionError, Flaw, Mistake, Path_
from compliance.questionnaires.model import Questionnaire
from compliance.questionnaires.shape import QUESTION_DEPTH, Shaped, shape
from compliance.questionnaires.surroundings import Surroundings
from compliance.questionnaires.vocabulary import vocabulary
from compliance.questionnaires.yaml_source import YamlSource, read_yaml

DEFAULT_CREDIT = {"yes": 1, "partly": "0.5", "no": 0}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file gave: a questionnaire when one could be made at all, and every mistake found."""

    questionnaire: Questionnaire | None
    mistakes: tuple[Mistake, ...]


def load(file: Path, surroundings: Surroundings | None = None) -> Questionnaire:
    """The questionnaire in a file. Raises DefinitionError with all mistakes when there is any."""
    loaded = inspect(file, surroundings)
    if loaded.questionnaire is None or loaded.mistakes:
        raise DefinitionError(loaded.mistakes)
    return loaded.questionnaire


def inspect(file: Path, surroundings: Surroundings | None = None) -> Loaded:
    """Read and check a file. Never raises for what stands in it."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        flaw = Flaw((), "unreadable", {"problem": str(error)})
        return Loaded(None, (Mistake(file, 0, flaw.code, flaw.message),))
    source = read_yaml(text)
    if source.data is None and source.flaws:
        return Loaded(None, _mistakes(file, source, source.flaws))
    if not isinstance(source.data, dict):
        return Loaded(None, _mistakes(file, source, [Flaw((), "not_a_mapping")]))
    shaped = shape(_with_fixed_answers(source.data))
    flaws = [*source.flaws, *shaped.flaws, *_meaning(shaped, surroundings or Surroundings())]
    return Loaded(shaped.model, _mistakes(file, source, flaws))


def _meaning(shaped: Shaped, surroundings: Surroundings) -> list[Flaw]:
    """The flaws of meaning, at their places in the file, without those that follow from a flaw of shape."""
    if shaped.model is None:
        return []
    known = surroundings.knowing(shaped.lost_ids)
    placed = [Flaw(_placed(f.path, shaped), f.code, f.values) for f in check(shaped.model, known)]
    return [flaw for flaw in placed if not any(_follows(flaw.path, gone) for gone in shaped.removed)]


def _follows(path: Path_, removed: Path_) -> bool:
    """Whether a flaw is inside what was taken out, or is about a question or a part of it that lost something."""
    inside = path[: len(removed)] == removed
    return inside or (len(path) >= QUESTION_DEPTH and removed[: len(path)] == path)


def _placed(path: Path_, shaped: Shaped) -> Path_:
    for depth in (QUESTION_DEPTH, 2):
        if path[:depth] in shaped.places:
            return (*shaped.places[path[:depth]], *path[depth:])
    return path


def _mistakes(file: Path, source: YamlSource, flaws: list[Flaw]) -> tuple[Mistake, ...]:
    found = [
        Mistake(file, source.line_of(f.path), f.code, f.message, _question_at(f.path, source.data))
        for f in flaws
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda mistake: mistake.line))


def _question_at(path: Path_, data: Any) -> str | None:
    """The id of the question that a path leads into, if it leads into one."""
    match path:
        case ("sections", int(section), "questions", int(number), *_):
            question = data["sections"][section]["questions"][number]
            name = question.get("id") if isinstance(question, dict) else None
            return name if isinstance(name, str) else None
    return None


def _with_fixed_answers(data: dict[str, Any]) -> dict[str, Any]:
    """Give every yes/partly/no question its options; what a definition says about one of them stands."""
    for section in _dicts(data.get("sections")):
        for question in _dicts(section.get("questions")):
            if question.get("type") == "yes_partly_no":
                question["options"] = _fixed_answers(question)
    return data


def _fixed_answers(question: dict[str, Any]) -> Any:
    wording = vocabulary().wording["answers"]
    scored = question.get("criticality") != "info"
    fixed = {
        code: {"code": code, "label": wording[code].model_dump()} | ({"credit": credit} if scored else {})
        for code, credit in DEFAULT_CREDIT.items()
    }
    if not isinstance(question.get("options"), list):
        return question.get("options", list(fixed.values()))
    return [
        {**fixed.get(str(option.get("code")), {}), **option} if isinstance(option, dict) else option
        for option in question["options"]
    ]


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
