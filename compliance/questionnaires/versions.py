"""Step 2, questionnaires: what changed between two versions, in words."""

from dataclasses import dataclass
from typing import Literal

from compliance.questionnaires.model import Option, Question, Questionnaire
from compliance.questionnaires.words import Text

LABELS = "labels"
"""The part that differs when options changed in their words only."""

WORDING = frozenset({"name", "text", "help", "references", LABELS})
BESIDE = frozenset({"when", "minutes", "evidence", "action"})
"""Fields whose change leaves the meaning of an answer as it was, as far as a program can tell: the words, and what
stands beside the answer (who is asked, how long it takes, what proves it, what follows)."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question that was added, removed or changed, and which of its parts differ."""

    question: str
    kind: Literal["added", "removed", "changed", "moved"]
    parts: tuple[str, ...] = ()

    @property
    def keeps_answer(self) -> bool:
        """Whether an answer to the old question still answers the new one."""
        return self.kind == "moved" or (self.kind == "changed" and (WORDING | BESIDE).issuperset(self.parts))

    def __str__(self) -> str:
        if self.kind != "changed":
            return f"{self.question}: {self.kind}"
        outcome = "answers are kept" if self.keeps_answer else "is asked afresh"
        return f"{self.question}: changed in {', '.join(self.parts)}; {outcome}"


def compare(old: Questionnaire, new: Questionnaire) -> tuple[Change, ...]:
    """Every difference in questions, in the order of the new version, removed ones last."""
    before = {
        question.id: (section.id, question) for section in old.sections for question in section.questions
    }
    after = {
        question.id: (section.id, question) for section in new.sections for question in section.questions
    }
    changes = [change for name in after if (change := _change(name, before.get(name), after[name]))]
    return (*changes, *(Change(name, "removed") for name in before if name not in after))


def _change(name: str, old: tuple[str, Question] | None, new: tuple[str, Question]) -> Change | None:
    if old is None:
        return Change(name, "added")
    parts = tuple(
        _part(field, old[1], new[1])
        for field in Question.model_fields
        if getattr(old[1], field) != getattr(new[1], field)
    )
    if parts:
        return Change(name, "changed", parts)
    return Change(name, "moved") if old[0] != new[0] else None


def _part(field: str, old: Question, new: Question) -> str:
    if field != "options" or _without_labels(old) != _without_labels(new):
        return field
    return LABELS


def _without_labels(question: Question) -> list[Option]:
    return [option.model_copy(update={"label": Text()}) for option in question.options]
