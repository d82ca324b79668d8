"""Step 2, questionnaires: what a shape cannot say about a definition; checks yield flaws, none raises."""

from collections import Counter
from collections.abc import Iterator

from compliance.questionnaires.condition_checks import check_conditions
from compliance.questionnaires.credit_checks import QUESTION_CREDIT_CHECKS
from compliance.questionnaires.mistakes import Flaw, Path_
from compliance.questionnaires.model import Criticality, Evidence, Question, Questionnaire
from compliance.questionnaires.question_types import type_of
from compliance.questionnaires.surroundings import QuestionCheck, Surroundings, placed_questions
from compliance.questionnaires.table_checks import TABLE_CHECKS, table_words
from compliance.questionnaires.wording_checks import WORDING_CHECKS, check_wording
from compliance.questionnaires.words import LANGUAGES, Text

LANGUAGE_NAMES = {"sv": "Swedish", "en": "English"}
SETTINGS = ("number", "date", "text_rule", "upload", "table")
DAYS = frozenset({"issued_on", "valid_until", "next_review"})
"""Facts of documents that are days."""

NEVER_LEFT_OUT = frozenset({Criticality.MAJOR, Criticality.ZERO_TOLERANCE})


def check(model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    """Every flaw of meaning in a questionnaire."""
    yield from _header(model, around)
    yield from _ids(model, around)
    for path, question in placed_questions(model):
        for one in EVERY_CHECK:
            for flaw in one(question, model, around):
                yield Flaw((*path, *flaw.path), flaw.code, flaw.values)
    yield from check_conditions(model, around)
    yield from check_wording(model)
    yield from _contradictions(model, around)


def _header(model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    yield from _words(model.title, ("title",))
    yield from _words(model.intro, ("intro",))
    for s, section in enumerate(model.sections):
        yield from _words(section.title, ("sections", s, "title"))
        if section.intro:
            yield from _words(section.intro, ("sections", s, "intro"))
    if model.status == "released" and model.released_on is None:
        yield Flaw(("status",), "not_dated")
    if around.profile_missing and model.profile:
        named = f"{model.profile.questionnaire} version {model.profile.version}"
        yield Flaw(("profile",), "profile_not_found", {"profile": named})
    for n, spared in enumerate(model.leave_out):
        for grave in NEVER_LEFT_OUT.intersection(spared.criticality):
            yield Flaw(("leave_out", n, "criticality"), "leave_out_grave", {"criticality": grave.value})


def _ids(model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    seen: set[str] = set()
    for path, question in placed_questions(model):
        if question.id in seen:
            yield Flaw((*path, "id"), "doubled_question", {"id": question.id})
        elif question.id in around.used_elsewhere:
            other = around.used_elsewhere[question.id]
            yield Flaw((*path, "id"), "doubled_across", {"id": question.id, "other": other})
        seen.add(question.id)
    sections = Counter(section.id for section in model.sections)
    for s, section in enumerate(model.sections):
        if sections[section.id] > 1 and section.id in [earlier.id for earlier in model.sections[:s]]:
            yield Flaw(("sections", s, "id"), "doubled_section", {"id": section.id})


def _question_words(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    yield from _words(question.name, ("name",))
    yield from _words(question.text, ("text",))
    if question.help.why == Text():
        yield Flaw(("help",), "missing_help")
    else:
        yield from _words(question.help.why, ("help", "why"))
    if question.help.counts:
        yield from _words(question.help.counts, ("help", "counts"))
    for o, option in enumerate(question.options):
        yield from _words(option.label, ("options", o, "label"))
    if question.action:
        yield from _words(question.action.text, ("action", "text"))
    if question.number and question.number.unit:
        yield from _words(question.number.unit, ("number", "unit"))
    if question.date and question.date.never:
        yield from _words(question.date.never, ("date", "never"))
    for text, path in table_words(question.table) if question.table else ():
        yield from _words(text, path)


def _options(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    kind = type_of(question)
    if len(question.options) < kind.least_options:
        yield Flaw(("options",), "no_options", {"type": kind.name, "least": kind.least_options})
    if question.options and not kind.least_options:
        yield Flaw(("options",), "unwanted", {"field": "options", "type": kind.name})
    codes = [option.code for option in question.options]
    for o, option in enumerate(question.options):
        if option.code in codes[:o]:
            yield Flaw(("options", o), "doubled_option", {"code": option.code})
        if option.exclusive and not kind.multiple:
            yield Flaw(("options", o, "exclusive"), "exclusive_alone")


def _settings(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    kind = type_of(question)
    for setting in SETTINGS:
        if getattr(question, setting) is not None and kind.setting != setting:
            yield Flaw((setting,), "unwanted", {"field": setting, "type": kind.name})
    rule = question.number
    if rule and rule.min is not None and rule.max is not None and rule.min > rule.max:
        yield Flaw(("number",), "range_reversed", {"low": rule.min, "high": rule.max})


def _references(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model
    for r, reference in enumerate(question.references):
        if reference.source not in around.vocabulary.sources:
            yield Flaw(("references", r), "unknown_source", {"name": reference.source})


def _evidence(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    if question.evidence is None:
        return
    yield from _documents(question.evidence, around)
    for c, comparison in enumerate(question.evidence.compare):
        fact, name = comparison.fact, comparison.answer
        compared = model.question(name)
        if compared is None and name not in around.lost_ids:
            yield Flaw(("evidence", "compare", c), "unknown_comparison", {"name": name})
        if compared and fact in DAYS and compared.type != "date":
            yield Flaw(("evidence", "compare", c), "comparison_type", {"name": name, "fact": fact})


def _documents(evidence: Evidence, around: Surroundings) -> Iterator[Flaw]:
    for k, name in enumerate(evidence.kinds):
        if name not in around.vocabulary.documents:
            yield Flaw(("evidence", "kinds", k), "unknown_document", {"name": name})
    rules = around.vocabulary.expectations
    if evidence.expected not in rules:
        known = ", ".join(rules)
        yield Flaw(
            ("evidence", "expected"), "unknown_expectation", {"name": evidence.expected, "known": known}
        )


def _action(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del model, around
    serious = question.criticality in {Criticality.MAJOR, Criticality.ZERO_TOLERANCE}
    if serious and not question.bonus and question.action is None:
        yield Flaw((), "action_missing", {"criticality": question.criticality.value})


def _afresh(question: Question, model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    del around
    if question.afresh_since and question.afresh_since > model.version:
        yield Flaw(("afresh_since",), "afresh_later", {"since": question.afresh_since, "own": model.version})


QUESTION_CHECKS: tuple[QuestionCheck, ...] = (
    _question_words,
    _options,
    _settings,
    _references,
    _evidence,
    _action,
    _afresh,
)
EVERY_CHECK = (*QUESTION_CHECKS, *TABLE_CHECKS, *QUESTION_CREDIT_CHECKS, *WORDING_CHECKS)


def _contradictions(model: Questionnaire, around: Surroundings) -> Iterator[Flaw]:
    profile = {question.id for question in around.profile.questions} if around.profile else set()
    known = {question.id for question in model.questions} | profile | around.lost_ids
    for c, contradiction in enumerate(model.contradictions):
        yield from _words(contradiction.text, ("contradictions", c, "text"))
        for name in contradiction.questions:
            if name not in known:
                yield Flaw(("contradictions", c, "questions"), "unknown_question", {"name": name})


def _words(text: Text, path: Path_) -> Iterator[Flaw]:
    name = next(str(step) for step in reversed(path) if isinstance(step, str))
    for language in LANGUAGES:
        if not text.to(language).strip():
            yield Flaw(path, "missing_translation", {"field": name, "language": LANGUAGE_NAMES[language]})
