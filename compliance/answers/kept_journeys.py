"""Step 3, answers: the last journeys that were planned, so that a page after a save need not plan the same again."""

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field

from compliance.answers.answer_set import AnswerSet
from compliance.answers.journey import Journey, journey_after, plan_journey
from compliance.answers.routing import Documents, Round

MOST = 32
"""Few: what suppliers wrote should not stay in memory for long."""

FEW = 3
"""Answers that may differ from a kept journey; with more of them planning anew costs no more."""

Asked = tuple[Round, AnswerSet, Documents]


@dataclass(frozen=True, slots=True)
class KeptJourneys:
    """The journeys of the last few rounds that were asked for.

    One is given out only to somebody who brings exactly the same round, answers and documents: it holds nothing that
    the asker did not hold already, so it cannot show one supplier what another wrote.
    """

    _kept: OrderedDict[int, tuple[Asked, Journey]] = field(default_factory=OrderedDict)

    def plan(self, round_: Round, answers: AnswerSet, documents: Documents) -> Journey:
        """The same as `plan_journey`, perhaps planned before."""
        asked = (round_, answers, documents)
        key = hash((round_.on, answers))
        found = self._kept.get(key)
        if found is not None and found[0] == asked:
            return found[1]
        journey = self._changed_a_little(asked) or plan_journey(*asked)
        self._kept[key] = (asked, journey)
        with suppress(KeyError):  # another thread may have been quicker
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return journey

    def _changed_a_little(self, asked: Asked) -> Journey | None:
        """From a kept journey of the same round, when only a few answers differ and they decide nothing else."""
        round_, answers, documents = asked
        for (kept_round, kept_answers, kept_documents), journey in reversed(tuple(self._kept.values())):
            if kept_round == round_ and kept_documents == documents:
                changed = answers.differing(kept_answers)
                if len(changed) <= FEW:
                    return journey_after(journey, answers, changed)
        return None
