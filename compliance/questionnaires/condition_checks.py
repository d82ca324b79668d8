"""Step 2, questionnaires: checks of conditions: what they look at exists, comes earlier, can be so."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from compliance.questionnaires.conditions import Condition, ParameterRef
from compliance.questionnaires.mistakes import Flaw, Path_
from compliance.questionnaires.model import Question, Questionnaire, Scope
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.surroundings import Surroundings, placed_questions

RISKS = ("low", "medium", "high", "unknown")
LARGEST_LITERAL = 1
"""A literal 0 or 1 says "none" or "any"; anything larger is a threshold that needs a name and a date."""


def check_conditions(model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    """Every flaw in the conditions of questions and contradictions."""
    earlier: dict[str, Question] = {}
    for path, question in placed_questions(model):
        asked = _Place((*path, "when"), question.scope, earlier)
        yield from _condition(question.when, asked, model, around)
        earlier[question.id] = question
    for c, contradiction in enumerate(model.contradictions):
        shown = _Place(("contradictions", c, "when"), Scope.COMPANY, earlier)
        yield from _condition(contradiction.when, shown, model, around)
    for n, spared in enumerate(model.leave_out):
        before_all = _Place(("leave_out", n, "when"), Scope.COMPANY, {})
        yield from _condition(spared.when, before_all, model, around)
    yield from _inputs(model)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a condition stands: its path, the scope it is asked in, and the questions before it."""

    path: Path_
    scope: Scope
    earlier: dict[str, Question]

    def flaw(self, kind: str, /, **values: object) -> Flaw:
        return Flaw(self.path, kind, values)


def _condition(
    condition: Condition | None, place: _Place, model: Questionnaire, around: Surroundings
) -> Iterator[Flaw]:
    if condition is None:
        return
    if condition.parts is not None:
        if not condition.parts:
            join = next(name for name in ("all", "any", "none") if getattr(condition, name) is not None)
            yield place.flaw("empty_join", join=join)
        for part in condition.parts:
            yield from _condition(part, place, model, around)
        for name in _excluded(condition, place, around):
            yield place.flaw("never_holds", name=name)
        return
    yield from _subject(condition, place, model, around)
    target = condition.target
    if isinstance(target, ParameterRef) and target.parameter not in around.vocabulary.parameters:
        yield place.flaw("unknown_parameter", name=target.parameter)


def _excluded(join: Condition, place: _Place, around: Surroundings) -> Iterator[str]:
    """Subjects of which a join of `all` wants two things that cannot both be so."""
    wanted: dict[tuple[str, str], list[Condition]] = {}
    for comparison in join.all or ():
        if comparison.parts is None:
            wanted.setdefault(comparison.subject, []).append(comparison)
    for (source, name), comparisons in wanted.items():
        lowest, highest = _ends(comparisons)
        choices = (
            [_choices(one) for one in comparisons] if _has_one_value(source, name, place, around) else []
        )
        allowed = [each for each in choices if each is not None]
        if lowest > highest or (allowed and not frozenset.intersection(*allowed)):
            yield name


def _ends(comparisons: list[Condition]) -> tuple[Decimal, Decimal]:
    """The largest `at_least` and the smallest `at_most` that are written as numbers."""
    targets = [(one.operator, one.target) for one in comparisons if isinstance(one.target, Decimal)]
    return (
        max((target for operator, target in targets if operator == "at_least"), default=Decimal("-Infinity")),
        min((target for operator, target in targets if operator == "at_most"), default=Decimal("Infinity")),
    )


def _choices(comparison: Condition) -> frozenset[object] | None:
    """The codes that satisfy a comparison, None when it is not about codes."""
    if comparison.operator == "is":
        return frozenset({comparison.target})
    target = comparison.target
    return frozenset(target) if comparison.operator == "any_of" and isinstance(target, tuple) else None


def _has_one_value(source: str, name: str, place: _Place, around: Surroundings) -> bool:
    if source in {"risk", "contract"}:
        return True
    looked_at = place.earlier.get(name) or (around.profile.question(name) if around.profile else None)
    return looked_at is not None and looked_at.type in {"one_of", "yes_partly_no"}


def _subject(
    comparison: Condition, place: _Place, model: Questionnaire, around: Surroundings
) -> Iterator[Flaw]:
    source, name = comparison.subject
    if source == "contract":
        known = around.vocabulary.contract_facts
        if name not in known:
            yield place.flaw("unknown_contract_fact", name=name, known=", ".join(known))
        elif comparison.operator not in {"is", "is_not"} or not isinstance(comparison.target, bool):
            yield place.flaw("operator_does_not_fit", operator=comparison.operator, name=name,
                             type="true or false", known="is: true, is: false")  # fmt: skip
    elif source == "risk":
        yield from _options("risk", RISKS, comparison, place)
    else:
        yield from _question(comparison, place, model, around)


def _question(
    comparison: Condition, place: _Place, model: Questionnaire, around: Surroundings
) -> Iterator[Flaw]:
    source, name = comparison.subject
    looked_at, flaw = (_in_profile if source == "profile" else _in_file)(name, place, model, around)
    if flaw:
        yield flaw
    if looked_at is None:
        return
    if looked_at.scope is Scope.CONTRACT and place.scope is Scope.COMPANY:
        yield place.flaw("narrower_answer", name=name)
    kind = type_of(looked_at)
    if comparison.operator not in kind.operators:
        yield place.flaw("operator_does_not_fit", operator=comparison.operator, name=name,
                         type=kind.name, known=", ".join(sorted(kind.operators)))  # fmt: skip
    elif kind.least_options and comparison.operator != "answered":
        yield from _options(name, tuple(option.code for option in looked_at.options), comparison, place)
    elif looked_at.number:
        yield from _number(comparison, looked_at, place)


def _in_profile(
    name: str, place: _Place, model: Questionnaire, around: Surroundings
) -> tuple[Question | None, Flaw | None]:
    if model.area is None:
        return _in_file(name, place, model, around)
    if model.profile is None:
        return None, place.flaw("no_profile")
    if around.profile is None:
        return None, None
    found = around.profile.question(name)
    profile = f"{model.profile.questionnaire} version {model.profile.version}"
    return found, None if found else place.flaw("unknown_profile", name=name, profile=profile)


def _in_file(
    name: str, place: _Place, model: Questionnaire, around: Surroundings
) -> tuple[Question | None, Flaw | None]:
    if name in place.earlier or name in around.lost_ids:
        return place.earlier.get(name), None
    code = "later_answer" if model.question(name) else "unknown_answer"
    return None, place.flaw(code, name=name)


def _options(name: str, codes: tuple[str, ...], comparison: Condition, place: _Place) -> Iterator[Flaw]:
    target = comparison.target
    for code in target if isinstance(target, tuple) else (target,):
        if code not in codes:
            yield place.flaw("unknown_option_in_condition", code=code, name=name, known=", ".join(codes))


def _number(comparison: Condition, looked_at: Question, place: _Place) -> Iterator[Flaw]:
    rule, target = looked_at.number, comparison.target
    if rule is None or not isinstance(target, Decimal):
        return
    if (rule.min is not None and target < rule.min) or (rule.max is not None and target > rule.max):
        yield place.flaw("out_of_reach", name=looked_at.id, value=target, low=rule.min, high=rule.max)
    elif comparison.subject[0] == "profile" and target > LARGEST_LITERAL:
        yield place.flaw("literal_threshold", value=target)


def _inputs(model: Questionnaire) -> Iterator[Flaw]:
    """A profile decides what is asked; an unknown answer there would leave questions open for ever."""
    for path, question in placed_questions(model):
        if model.area is None and question.dont_know_allowed and type_of(question).operators != {"answered"}:
            yield Flaw((*path, "dont_know_allowed"), "input_may_be_unknown")


def check_expectation(condition: Condition, profile: Questionnaire) -> Iterator[Flaw]:
    """Every flaw in a rule of expected proof, which looks at the profile and the risk."""
    around = Surroundings(profile=profile)
    earlier = {question.id: question for question in profile.questions}
    for comparison in condition.comparisons():
        yield from _condition(comparison, _Place((), Scope.COMPANY, earlier), profile, around)
