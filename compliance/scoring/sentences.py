"""Scoring (step 5): the sentences that explain a scorecard to people; pages translate and fill them in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from compliance.scoring.words import CaseState, Gate, Verdict


def N_(text: str) -> str:  # noqa: N802 - the customary name by which texts to translate are found
    """Mark a sentence for translation; it is translated where it is shown."""
    return text


class Step(StrEnum):
    """One thing that can be improved about one item, in order of cost: the cheapest first."""

    REVIEW_PROOF = "review_proof"
    PROVE = "prove"
    ANSWER = "answer"
    ANSWER_AND_PROVE = "answer_and_prove"
    REMEDY = "remedy"
    MEET = "meet"
    MEET_AND_PROVE = "meet_and_prove"


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English sentence with %(name)s places, and what to put there."""

    text: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params


GATE_SENTENCES = {
    Gate.ZERO_TOLERANCE_FAILED: N_(
        "A zero-tolerance requirement is not met. The band is therefore %(band)s, "
        "and the score shown is at most %(shown)s.",
    ),
    Gate.ZERO_TOLERANCE_OPEN: N_(
        "A zero-tolerance question has no clear answer. No band can be given until it has been answered.",
    ),
    Gate.MAJOR_FAILED: N_("A major requirement is not met. The overall band is therefore at most %(band)s."),
    Gate.MAJORS_FAILED_IN_AREA: N_(
        "Several major requirements are not met in the same area (the limit is %(limit)s). The area is "
        "therefore at most band %(area_band)s, and the overall band is at most %(band)s.",
    ),
    Gate.WEAKEST_AREA: N_(
        "The weakest area has band %(weakest)s. The overall band can only be slightly better and is "
        "therefore %(band)s.",
    ),
    Gate.CLAIMS_NOT_SUPPORTED: N_(
        "The answers claim %(gap)s points more than the documents support. "
        "The buyer needs to look into this.",
    ),
    Gate.DOCUMENT_EXPIRED: N_(
        "A document that is needed as proof has expired. It counts for little until a valid one is uploaded.",
    ),
    Gate.ANSWER_JUDGED_FALSE: N_(
        "A person has confirmed that a document shows an answer to be false. The band is %(band)s and the "
        "score shown is at most %(shown)s until the supplier has been heard.",
    ),
}

STATE_SENTENCES = {
    CaseState.RATED: N_("The assessment has a band."),
    CaseState.PROVISIONAL: N_(
        "The band is provisional and at most %(band)s: in at least one area fewer than "
        "%(minimum)s questions count.",
    ),
    CaseState.INCOMPLETE: N_(
        "The assessment is incomplete and has no band: a zero-tolerance question has no clear answer.",
    ),
    CaseState.NOT_RATEABLE: N_(
        "No band can be given: in every area fewer than %(minimum)s questions count.",
    ),
}

PROOF_SENTENCES = {
    Verdict.NONE: N_("No document has been uploaded that proves the answer."),
    Verdict.EXPIRED: N_("The document has expired. Upload one that is valid."),
    Verdict.WRONG_HOLDER: N_(
        "The document belongs to another company. Upload one in the supplier's own name."
    ),
}

STEP_SENTENCES = {
    Step.REVIEW_PROOF: N_("The buyer reviews and accepts the document that has been uploaded."),
    Step.PROVE: N_("Upload a valid document that proves the answer and that the buyer accepts."),
    Step.ANSWER: N_("Answer the question, if the requirement is fully met."),
    Step.ANSWER_AND_PROVE: N_(
        "Answer the question, if the requirement is fully met, and upload a valid document that proves it.",
    ),
    Step.REMEDY: N_("Put the failure right and let the buyer confirm that it is remedied."),
    Step.MEET: N_("Meet the requirement in full, then change the answer."),
    Step.MEET_AND_PROVE: N_(
        "Meet the requirement in full, then change the answer and upload a valid document that proves it.",
    ),
}
