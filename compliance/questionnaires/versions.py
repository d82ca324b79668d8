"""Step 2, questionnaires: what changed between two versions, and which answers still answer their question."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from compliance.questionnaires.model import Option, Question, Questionnaire
from compliance.questionnaires.words import Text

LABELS = "labels"
"""The part that differs when options changed in their words only."""

WORDING = frozenset({"name", "text", "help", "references", LABELS})
BESIDE = frozenset(
    {"when", "minutes", "evidence", "action", "required", "na_allowed", "dont_know_allowed", "bonus"}
)
"""Fields whose change leaves the meaning of an answer as it was, as far as a program can tell: the words, and what
stands beside the answer (who is asked, how long it takes, what proves it, what follows, whether it may be left out)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question that was added, removed, moved or changed: as it was, as it is, and which of its parts differ."""

    question: str
    kind: Literal["added", "removed", "changed", "moved"]
    parts: tuple[str, ...] = ()
    old: Question | None = None
    new: Question | None = None

    @property
    def keeps_answer(self) -> bool:
        """Whether an answer to the old question still answers the new one."""
        return self.kind == "moved" or (self.kind == "changed" and (WORDING | BESIDE).issuperset(self.parts))

    @property
    def asks_afresh(self) -> bool:
        """Whether an answer to the old question no longer answers the one that has its id now."""
        return self.kind == "changed" and not self.keeps_answer

    @property
    def name(self) -> Text:
        """The question's heading: the newest it had."""
        question = self.new or self.old
        return question.name if question else Text(sv=self.question, en=self.question)


def compare(old: Questionnaire, new: Questionnaire) -> tuple[Change, ...]:
    """Every difference in questions, in the order of the new version, removed ones last."""
    return compare_all((old,), (new,))


def compare_all(old: Iterable[Questionnaire], new: Iterable[Questionnaire]) -> tuple[Change, ...]:
    """Every difference between two sets of questionnaires; a question is known by its id in whichever it stands."""
    before, after = _placed(old), _placed(new)
    changes = [change for name in after if (change := _change(name, before.get(name), after[name]))]
    gone = (Change(name, "removed", old=before[name][1]) for name in before if name not in after)
    return (*changes, *gone)


def _placed(forms: Iterable[Questionnaire]) -> dict[str, tuple[tuple[str, str], Question]]:
    return {
        question.id: ((form.key, section.id), question)
        for form in forms
        for section in form.sections
        for question in section.questions
    }


def _change(
    name: str, old: tuple[tuple[str, str], Question] | None, new: tuple[tuple[str, str], Question]
) -> Change | None:
    if old is None:
        return Change(name, "added", new=new[1])
    parts = tuple(
        _part(field, old[1], new[1])
        for field in Question.model_fields
        if getattr(old[1], field) != getattr(new[1], field)
    )
    if parts:
        return Change(name, "changed", parts, old[1], new[1])
    return Change(name, "moved", (), old[1], new[1]) if old[0] != new[0] else None


def _part(field: str, old: Question, new: Question) -> str:
    if field != "options" or _without_labels(old) != _without_labels(new):
        return field
    return LABELS


def _without_labels(question: Question) -> list[Option]:
    return [option.model_copy(update={"label": Text()}) for option in question.options]
