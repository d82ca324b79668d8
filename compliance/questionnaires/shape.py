"""Step 2, questionnaires: plain data -> model, with every flaw of shape and as much model as can be saved.

What does not fit is reported, taken out and the rest tried again, so that the checks of meaning still see it.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from compliance.questionnaires.mistakes import Flaw, Path_
from compliance.questionnaires.model import Questionnaire

ROUNDS = 60
QUESTION_DEPTH = 4
"""sections, index, questions, index: the path of one question."""

STAND_INS: dict[str | int, object] = {"key": "unnamed", "version": 1, "status": "draft", "id": "unnamed"}
"""What the rest of the checks go on with when a header or a section lacks something."""

CODES = {
    "missing": "missing_field",
    "extra_forbidden": "unknown_field",
    "literal_error": "bad_choice",
    "enum": "bad_choice",
    "string_pattern_mismatch": "bad_code",
    "condition_shape": "condition_shape",
}

DETAILS = {
    "tuple_type": "Write a list, such as [first, second]",
    "model_type": "Write named fields, such as {sv: ..., en: ...}",
    "bool_type": "Write true or false",
    "bool_parsing": "Write true or false",
    "decimal_parsing": "Write a number, with a point before decimals",
    "int_parsing": "Write a whole number",
    "string_type": "Write a text, in quotes where it is a number, true or false",
}
"""What to do, where the words of the library speak of Python."""


@dataclass(slots=True)
class Shaped:
    """A model as far as one could be made, the flaws, and where each of its questions stands in the file."""

    model: Questionnaire | None = None
    flaws: list[Flaw] = field(default_factory=list)
    removed: list[Path_] = field(default_factory=list)
    places: dict[Path_, Path_] = field(default_factory=dict)
    lost_ids: set[str] = field(default_factory=set)


def shape(data: Any) -> Shaped:
    """Make a questionnaire of plain data. Never raises."""
    shaped, rest = Shaped(), deepcopy(data)
    for _ in range(ROUNDS):
        kept, shaped.places = _without_dropped(rest)
        try:
            shaped.model = Questionnaire.model_validate(kept)
        except ValidationError as error:
            if not _take_out(error.errors(include_url=False), rest, shaped):
                return shaped
        else:
            return shaped
    return shaped


def _take_out(errors: list[ErrorDetails], rest: Any, shaped: Shaped) -> bool:
    """Report each error once and mend its place; False when nothing can be done about one of them."""
    places = {new: old for new, old in shaped.places.items() if len(new) == QUESTION_DEPTH}
    found: dict[Path_, ErrorDetails] = {}
    for error in _innermost(errors):
        path = _in_file(error["loc"], places, rest, missing=error["type"] == "missing")
        found.setdefault(path, error)
    new = {
        path: error
        for path, error in found.items()
        if not _inside(path, shaped.removed) and not _only_follows(path, error, shaped.removed)
    }
    shaped.flaws.extend(_flaw(path, error) for path, error in new.items())
    mended = [_mend(path, error["type"], rest, shaped) for path, error in found.items()]
    return all(mended)


def _inside(path: Path_, removed: list[Path_]) -> bool:
    return any(path[: len(gone)] == gone for gone in removed)


def _only_follows(path: Path_, error: ErrorDetails, removed: list[Path_]) -> bool:
    """A condition that lost a part because that part was wrong lacks it now; that is no second mistake."""
    return error["type"] == "condition_shape" and any(gone[: len(path)] == path for gone in removed)


def _mend(path: Path_, error_type: str, rest: Any, shaped: Shaped) -> bool:
    """Take out what is wrong, or fill in what a header or a section cannot do without."""
    missing = error_type == "missing"
    if missing and path[-1] in STAND_INS and (len(path) == 1 or path[:1] + path[2:] == ("sections", "id")):
        _at(rest, path[:-1])[path[-1]] = STAND_INS[path[-1]]
        shaped.removed.append(path)
        return True
    target = _removable(path, missing=missing)
    if target is None or not _remove(target, rest, shaped):
        return False
    if error_type != "extra_forbidden":
        shaped.removed.append(target)
    return True


def _innermost(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without errors that only follow from one further in (a list is "too short" when its items are wrong)."""
    locs = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not any(len(loc) > len(error["loc"]) and loc[: len(error["loc"])] == error["loc"] for loc in locs)
    ]


def _in_file(loc: tuple[int | str, ...], places: dict[Path_, Path_], rest: Any, *, missing: bool) -> Path_:
    """The path in the file: question numbers as there, and without the names of union members."""
    loc = (*places.get(loc[:QUESTION_DEPTH], loc[:QUESTION_DEPTH]), *loc[QUESTION_DEPTH:])
    path: Path_ = ()
    here = rest
    for step in loc:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            if missing and step == loc[-1]:
                return (*path, step)
            continue
        path = (*path, step)
    return path


def _flaw(path: Path_, error: ErrorDetails) -> Flaw:
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    detail = DETAILS.get(error["type"], error["msg"].removeprefix("Value error, ").rstrip("."))
    code = CODES.get(error["type"], "bad_value")
    return Flaw(path, code, {"field": name, "value": _brief(error["input"]), "detail": detail})


def _brief(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - a width for reading, nothing more


def _removable(path: Path_, *, missing: bool) -> Path_ | None:
    """What to take out: the value, or what holds it when it is missing or stands in a list; at worst the question."""
    target = path[:-1] if missing else path
    if target[:1] == ("contradictions",):
        return target[:1]
    while len(target) > QUESTION_DEPTH and isinstance(target[-1], int):
        target = target[:-1]
    shallow = len(target) < QUESTION_DEPTH and (not target or isinstance(target[-1], int))
    return None if shallow else target


def _remove(target: Path_, rest: Any, shaped: Shaped) -> bool:
    if len(target) == QUESTION_DEPTH and isinstance(target[-1], int):
        return _drop_question(target, rest, shaped)
    holder = _at(rest, target[:-1])
    if isinstance(holder, dict):
        holder.pop(target[-1], None)
    return holder is None or isinstance(holder, dict)


def _drop_question(target: Path_, rest: Any, shaped: Shaped) -> bool:
    questions, index = _at(rest, target[:-1]), target[-1]
    question = questions[index]
    if isinstance(question, dict) and isinstance(question.get("id"), str):
        shaped.lost_ids.add(question["id"])
    questions[index] = None
    return True


def _at(data: Any, path: Path_) -> Any:
    """What stands at a path; None when it has been taken out already."""
    for step in path:
        data = data.get(step) if isinstance(data, dict) else data[step]
        if data is None:
            return None
    return data


def _without_dropped(data: Any) -> tuple[Any, dict[Path_, Path_]]:
    """A copy without dropped questions (and sections that lost all), and where each question came from."""
    places: dict[Path_, Path_] = {}
    if not isinstance(data, dict) or not isinstance(data.get("sections"), list):
        return data, places
    sections: list[Any] = []
    for old, section in enumerate(data["sections"]):
        questions = section.get("questions") if isinstance(section, dict) else None
        if not isinstance(questions, list):
            places["sections", len(sections)] = ("sections", old)
            sections.append(section)
            continue
        kept = [(number, question) for number, question in enumerate(questions) if question is not None]
        if questions and not kept:
            continue
        places["sections", len(sections)] = ("sections", old)
        for new, (number, _) in enumerate(kept):
            places["sections", len(sections), "questions", new] = ("sections", old, "questions", number)
        sections.append({**section, "questions": [question for _, question in kept]})
    return {**data, "sections": sections}, places
