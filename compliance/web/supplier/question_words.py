"""One question in one language: what its page says whoever reads it. It knows no answer and no person."""

from dataclasses import dataclass
from functools import cached_property

from compliance.questionnaires.model import Question
from compliance.questionnaires.vocabulary import vocabulary
from compliance.web.supplier.posted import STATE, is_given_as_documents, may_not_apply


@dataclass(frozen=True)
class QuestionWords:
    """The words of a question, from its definition and the vocabulary."""

    question: Question
    language: str

    @cached_property
    def name(self) -> str:
        """The question in a word or two."""
        return self.question.name.to(self.language)

    @cached_property
    def text(self) -> str:
        """The question itself."""
        return self.question.text.to(self.language)

    @property
    def why(self) -> str:
        """Why it is asked."""
        return self.question.help.why.to(self.language)

    @property
    def counts(self) -> str:
        """What counts as yes, or as a right answer."""
        counts = self.question.help.counts
        return counts.to(self.language) if counts else ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """The options of the definition, in words."""
        return [(option.code, option.label.to(self.language)) for option in self.question.options]

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        """What may be said instead of an answer: "don't know", "does not apply"."""
        words = vocabulary().wording["answers"]
        allowed = {"dont_know": self.question.dont_know_allowed, "na_claimed": self.may_not_apply}
        return [(STATE + code, words[code].to(self.language)) for code, yes in allowed.items() if yes]

    @property
    def may_not_apply(self) -> bool:
        """Whether the supplier may hold that the question does not apply."""
        return may_not_apply(self.question)

    @property
    def sources(self) -> list[tuple[str, str | None]]:
        """Where the duty comes from: the words and the address, if one is known."""
        cited = (vocabulary().citation(reference) for reference in self.question.references)
        return [(text.to(self.language), url) for text, url in cited]

    @property
    def given_as_documents(self) -> bool:
        """Whether the proof is the answer itself."""
        return is_given_as_documents(self.question)

    @property
    def kinds(self) -> str:
        """What kinds of document would do, in words."""
        kinds = self.question.evidence.kinds if self.question.evidence else ()
        words = [vocabulary().documents[kind].to(self.language) for kind in kinds]
        return ", ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])]) if words else ""
