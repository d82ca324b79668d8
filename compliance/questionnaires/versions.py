"""Step 2, questionnaires: what changed between two versions, in words."""

from dataclasses import dataclass
from typing import Literal

from compliance.questionnaires.model import Question, Questionnaire

WORDING = frozenset({"name", "text", "help", "references"})
"""Fields whose change leaves the meaning of an answer as it was, as far as a program can tell."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question that was added, removed or changed, and which of its parts differ."""

    question: str
    kind: Literal["added", "removed", "changed", "moved"]
    parts: tuple[str, ...] = ()

    @property
    def keeps_answer(self) -> bool:
        """Whether an answer to the old question still answers the new one."""
        return self.kind == "moved" or (self.kind == "changed" and WORDING.issuperset(self.parts))

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
        field for field in Question.model_fields if getattr(old[1], field) != getattr(new[1], field)
    )
    if parts:
        return Change(name, "changed", parts)
    return Change(name, "moved") if old[0] != new[0] else None
