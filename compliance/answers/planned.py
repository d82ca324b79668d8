"""Step 3, answers: a journey with what it was planned from, so that one save need not plan the same twice."""

from dataclasses import dataclass

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import Journey, journey_after, plan_journey
from compliance.answers.routing import Documents, Round

FEW = 3
"""Answers that may have changed; with more of them planning anew costs no more."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A journey and everything that it hangs on."""

    round: Round
    answers: AnswerSet
    documents: Documents
    journey: Journey

    def again(self, round_: Round, answers: AnswerSet, documents: Documents) -> "Planned":
        """The same as `plan`, from this journey where only a few answers differ that decide nothing else."""
        if round_ != self.round or documents != self.documents:
            return plan(round_, answers, documents)
        changed = answers.differing(self.answers)
        if not changed:
            return self
        journey = journey_after(self.journey, answers, changed) if len(changed) <= FEW else None
        return Planned(round_, answers, documents, journey) if journey else plan(round_, answers, documents)


def plan(round_: Round, answers: AnswerSet, documents: Documents) -> Planned:
    """Plan a journey and keep what it was planned from."""
    return Planned(round_, answers, documents, plan_journey(round_, answers, documents))
