"""Scoring (step 5): what would raise the band, found by scoring again with one item improved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from compliance.scoring.areas import Weighed, weigh, weigh_one
from compliance.scoring.bands import BANDS
from compliance.scoring.gates import fails_zero_tolerance
from compliance.scoring.items import FULL, Item
from compliance.scoring.method import Method
from compliance.scoring.rating import rate
from compliance.scoring.sentences import STEP_SENTENCES, Sentence, Step
from compliance.scoring.words import Area, Band, ItemState, Verdict

STEPS = tuple(Step)


@dataclass(frozen=True, slots=True)
class Improvement:
    """One step on one item that alone raises the band, with the band and the score it would give."""

    id: str
    area: Area
    step: Step
    band: Band
    shown: Decimal | None
    sentence: Sentence


def improvements(items: Sequence[Item], method: Method) -> tuple[Improvement, ...]:
    """Every item that alone would raise the band (or give one), by its cheapest sufficient step.

    Cheapest first; among equally cheap ones the largest gain first, then input order. Empty when no
    single item is enough.
    """
    weighed = weigh(items, method)
    attempts = _Attempts(weighed, rate(weighed, method).band, method)
    found = (attempts.cheapest(position, item) for position, item in enumerate(items))
    return tuple(sorted((one for one in found if one), key=_cost))


def _cost(found: Improvement) -> tuple[int, int, Decimal]:
    return STEPS.index(found.step), BANDS.index(found.band), -(found.shown or Decimal(0))


@dataclass(frozen=True, slots=True)
class _Attempts:
    weighed: tuple[Weighed, ...]
    band: Band | None
    method: Method

    def cheapest(self, position: int, item: Item) -> Improvement | None:
        options = list(_options(item, self.method))
        # The dearest step includes the others: when it is not enough none is, and one rating has told so.
        if not options or self.outcome(position, *options[-1]) is None:
            return None
        return next(found for option in options if (found := self.outcome(position, *option)))

    def outcome(self, position: int, step: Step, better: Item) -> Improvement | None:
        before, others = self.weighed[:position], self.weighed[position + 1 :]
        after = rate((*before, weigh_one(better, self.method), *others), self.method)
        if after.band is None or not self.raises(after.band):
            return None
        sentence = Sentence(STEP_SENTENCES[step])
        return Improvement(better.id, better.area, step, after.band, after.shown, sentence)

    def raises(self, band: Band) -> bool:
        return self.band is None or BANDS.index(band) < BANDS.index(self.band)


def _options(item: Item, method: Method) -> Iterator[tuple[Step, Item]]:
    """What can be done about an item, cheapest first; the last one includes the others."""
    if not item.counts or not method.weights[item.criticality]:
        return
    unproven = item.expects_evidence and item.evidence is not Verdict.ACCEPTED
    if item.earned and unproven:
        step = Step.REVIEW_PROOF if item.evidence is Verdict.CHECKED else Step.PROVE
        yield step, replace(item, evidence=Verdict.ACCEPTED)
    if fails_zero_tolerance(item):
        yield Step.REMEDY, replace(item, remedied=True)
    if item.earned < FULL:
        answered = item.state is ItemState.ANSWERED
        full = replace(item, state=ItemState.ANSWERED, credit=FULL)
        yield (Step.MEET if answered else Step.ANSWER), full
        if unproven:
            both = Step.MEET_AND_PROVE if answered else Step.ANSWER_AND_PROVE
            yield both, replace(full, evidence=Verdict.ACCEPTED)
