"""Step 2, questionnaires: what a definition stands among, and how its checks are written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from compliance.questionnaires.mistakes import Flaw, Path_
from compliance.questionnaires.model import Question, Questionnaire
from compliance.questionnaires.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a definition stands among: its profile, ids used elsewhere, ids that could not be read."""

    profile: Questionnaire | None = None
    profile_missing: bool = False
    used_elsewhere: dict[str, str] = field(default_factory=dict)
    lost_ids: frozenset[str] = frozenset()
    vocabulary: Vocabulary = field(default_factory=vocabulary)

    def knowing(self, lost_ids: set[str]) -> "Surroundings":
        """The same, with the ids of questions that are there but could not be understood."""
        return replace(self, lost_ids=self.lost_ids | lost_ids)


QuestionCheck = Callable[[Question, Questionnaire, Surroundings], Iterator[Flaw]]


def placed_questions(model: Questionnaire) -> Iterator[tuple[Path_, Question]]:
    """Every question with its path."""
    for s, section in enumerate(model.sections):
        for q, question in enumerate(section.questions):
            yield ("sections", s, "questions", q), question
