"""Step 2, questionnaires: what can be wrong in a definition, and what its author should do."""

from dataclasses import dataclass, field
from pathlib import Path

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake and where it stands; `line` counts from 1, 0 when it is about the whole file."""

    file: Path
    line: int
    code: str
    message: str
    question: str | None = None

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {f'[{self.question}] ' if self.question else ''}{self.message}"


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mistake as a check sees it: a path inside the definition, a code and what fills the sentence."""

    path: Path_
    code: str
    values: dict[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence of this flaw."""
        return MESSAGES[self.code].format_map(self.values)


class DefinitionError(Exception):
    """A definition that cannot be used. `mistakes` holds every one that was found."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


MESSAGES: dict[str, str] = {
    # reading
    "unreadable": "The file cannot be read as YAML: {problem}. Correct it and check again.",
    "doubled_key": "'{key}' is written twice in the same place; the first is lost. Remove one of them.",
    "alias": "Anchors and aliases (& and *) are not used in definitions. Write the text out.",
    "not_a_mapping": (
        "The file must hold one questionnaire with named fields, starting with key: and version:."
    ),
    "wrong_place": (
        "The file says {key} version {version}; save it as {key}/{version}.yaml or correct key and version."
    ),
    # shape
    "missing_field": "'{field}' is missing. Add it.",
    "unknown_field": "'{field}' is not a known field here. Correct the spelling or remove it.",
    "bad_choice": "'{field}' cannot be '{value}'. {detail}.",
    "bad_code": (
        "'{value}' cannot be used as '{field}'. Use 2-60 small letters a-z, digits and _, starting with a"
        " letter."
    ),
    "bad_value": "'{field}' cannot be '{value}'. {detail}.",
    "condition_shape": "The condition cannot be understood. {detail}.",
    # words
    "missing_translation": (
        "'{field}' has no text in {language}. Write it; both Swedish and English are shown to suppliers."
    ),
    "missing_help": "Tell why we ask: add help with why in Swedish and English.",
    "numbers_differ": "The numbers in '{field}' differ between Swedish and English. Make both say the same.",
    "question_mark": "Only one language of '{field}' is a question. Make both end alike.",
    "not_translated": "'{field}' is the same in Swedish and English. Translate it.",
    "same_text": "The question '{other}' has the same text. Remove one of them or say how they differ.",
    "note_left": "'{note}' looks like a note to ourselves. Suppliers read this text: finish it.",
    "private": (
        "'{word}': never ask about union membership, health, offences or identity numbers of persons. Reword it."
    ),
    "no_reference": "A released question that can cost points says where the duty comes from. Add references.",
    "no_counts": "A released question that can cost points says what counts as a right answer. Add help: counts.",
    # names
    "doubled_question": (
        "The id '{id}' is used by an earlier question. Every question needs an id of its own."
    ),
    "doubled_across": (
        "The id '{id}' is also used in {other}. Ids are unique across questionnaires; choose another."
    ),
    "doubled_section": "The section id '{id}' is used twice. Give one of them another id.",
    "doubled_option": "The option code '{code}' is used twice. Give every option a code of its own.",
    "doubled_contradiction": "The contradiction id '{id}' is used twice. Give one of them another id.",
    # conditions
    "never_holds": (
        "The condition can never hold: it wants two things of '{name}' that exclude each other. Correct it."
    ),
    "unknown_profile": (
        "The condition looks at '{name}', which is not a question in the profile {profile}. Correct the id."
    ),
    "no_profile": (
        "The condition looks at the profile, but the file names none. Add profile: with questionnaire and"
        " version."
    ),
    "unknown_answer": (
        "The condition looks at '{name}', which is not a question in this file. Correct the id."
    ),
    "later_answer": (
        "The condition looks at '{name}', which is asked later (or is this question). Move it before this"
        " one."
    ),
    "narrower_answer": (
        "A question about the company cannot hang on '{name}', which is asked per contract. Change a scope."
    ),
    "unknown_contract_fact": "'{name}' is not a known fact about contracts. Use one of: {known}.",
    "unknown_parameter": (
        "'{name}' is not in vocabulary/parameters.yaml. Add it there, with a date, or correct the name."
    ),
    "unknown_option_in_condition": "'{code}' is not an option of '{name}'. Use one of: {known}.",
    "operator_does_not_fit": "'{operator}' cannot be used on '{name}' ({type}). Use one of: {known}.",
    "out_of_reach": "'{name}' can never be {value}: it goes from {low} to {high}. Correct the number.",
    "empty_join": "'{join}' holds no conditions. Write at least one or remove it.",
    "input_may_be_unknown": (
        "Other questions hang on this one, so it must be answered. Set dont_know_allowed: false."
    ),
    "literal_threshold": (
        "Write the threshold {value} as a named parameter, so that it has a date and a source."
    ),
    # type and settings
    "no_options": "A question of the type {type} needs at least {least} options. Write them.",
    "unwanted": "'{field}' has no meaning for a question of the type {type}. Remove it or change the type.",
    "afresh_later": "afresh_since says version {since}, but the file is version {own}. Write {own} or an earlier one.",
    "exclusive_alone": "'exclusive' only has a meaning in many_of. Remove it.",
    "range_reversed": "min ({low}) is larger than max ({high}). Swap them.",
    "step_shape": "A step needs exactly one of at_least and at_most. Correct the step.",
    "unreachable_step": (
        "This step can never count, since an earlier one already fits. Put the strictest step first."
    ),
    # tables
    "no_columns": "A question of the type table needs its columns. Add table: with columns.",
    "doubled_column": "The column code '{code}' is used twice. Give every column a code of its own.",
    "rows_reversed": "min_rows ({low}) is larger than max_rows ({high}). Swap them.",
    "not_a_number_column": (
        "A figure is worked out from '{code}', which is not a number column of this table. Correct it."
    ),
    "figure_shape": "A figure per_million needs both of and by; a sum needs only of. Correct the figure ({rule}).",
    "credit_column": "Credit by {by} looks at a column of the type {wanted}. Name one in column.",
    "credit_in_other_column": (
        "The option '{code}' has a credit that nothing counts. Name its column in the table's credit, or remove it."
    ),
    "leave_out_grave": "Questions that are {criticality} are never left out. Leave out minor and info only.",
    # points
    "unscored": "The question is {criticality} but no answer is worth anything. Add credit, or make it info.",
    "credit_missing": (
        "The option '{code}' has no credit. Add one from 0 to 1; options of scored questions all need it."
    ),
    "no_full_credit": "No answer reaches the full credit 1, so nobody can do right. Give the best answer 1.",
    "credit_on_info": "The question is info and is never scored. Remove the credit or give it a criticality.",
    "always_full": "Every answer gives full credit, so nothing is measured. Make it info, or correct the credit.",
    "grave_unexplained": (
        "Zero tolerance may decide alone, so ask for an explanation: set needs_comment: true on {codes}."
    ),
    "zero_tolerance_na": (
        "A zero tolerance question cannot be claimed not applicable. Set na_allowed: false; use when: "
        "instead."
    ),
    "zero_tolerance_bonus": "A bonus can never be zero tolerance. Remove one of them.",
    "bonus_on_info": "A bonus must be worth something. Give it the criticality minor or major.",
    "profile_scored": (
        "A questionnaire without an area is a profile and is not scored. Make the question info."
    ),
    "action_missing": "The question is {criticality} but no action is given. Add action with text and days.",
    # evidence
    "unknown_document": (
        "'{name}' is not in vocabulary/documents.yaml. Add the kind there or correct the name."
    ),
    "unknown_expectation": "'{name}' is not in vocabulary/expectations.yaml. Use one of: {known}.",
    "unknown_comparison": (
        "The document is to be held against '{name}', which is not a question in this file. Correct it."
    ),
    "comparison_type": (
        "'{fact}' is a day, but '{name}' is not a question of the type date. Compare it with one that is."
    ),
    # references, contradictions, header
    "unknown_source": "'{name}' is not in vocabulary/sources.yaml. Add the source there or correct the name.",
    "unknown_question": (
        "The contradiction links to '{name}', which is not a question here or in the profile. Correct it."
    ),
    "not_dated": "A released questionnaire needs released_on with the day of release.",
    "profile_not_found": "The profile {profile} does not exist. Correct questionnaire and version.",
}
