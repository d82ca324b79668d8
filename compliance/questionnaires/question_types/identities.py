"""Step 2, questionnaires: cells of tables that name a company by its number, or a country."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType

from babel import Locale

from compliance.questionnaires.model import Question
from compliance.questionnaires.question_types.base import QuestionType, Value, only_one, single
from compliance.questionnaires.question_types.problems import BadValueError
from compliance.questionnaires.words import LANGUAGES
from compliance.suppliers.countries import country_code
from compliance.suppliers.identity import SWEDEN, IdentityError, foreign_by_vat, legal_person

COUNTRY_LETTERS = 2
SWEDISH_VAT_END = "01"
PROBLEMS = {"check_digit": "organisation_number_digit", "looks_personal": "personal_number"}


class OrganisationNumber(QuestionType):
    """A company's number; kept as 556012-5790, or with its country as DE 136695976.

    A sole trader's number is a personnummer: it is refused, so that it never stands in an answer.
    """

    name = "organisation_number"

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The number, its last digit checked; VAT numbers by the rules of their country."""
        del question, on
        text = only_one(posted)
        if not text:
            return None
        country = country_code(text[:COUNTRY_LETTERS])
        if country and country != SWEDEN:
            return _foreign(country, text[COUNTRY_LETTERS:])
        return _swedish(text[COUNTRY_LETTERS:].strip() if country else text, vat=country is not None)


class Country(QuestionType):
    """A country; kept as its two letters."""

    name = "country"

    def parse(self, posted: Sequence[str], question: Question, *, on: date) -> Value | None:
        """The country by its name in Swedish or English, or by its letters."""
        del question, on
        text = " ".join(only_one(posted).split())
        if not text:
            return None
        code = country_code(text) or _codes_by_name().get(text.casefold())
        if code is None:
            raise BadValueError("unknown_country")
        return code

    def show(self, value: Value, question: Question, language: str) -> str:
        """The country's name."""
        del question
        return country_names(language).get(single(value), single(value))


@cache
def country_names(language: str) -> Mapping[str, str]:
    """The name of every country by its letters, in the order of the names."""
    named = {str(code): str(name) for code, name in Locale(language).territories.items()}
    known = {code: name for code, name in named.items() if country_code(code) == code}
    return MappingProxyType(dict(sorted(known.items(), key=lambda pair: pair[1].casefold())))


@cache
def _codes_by_name() -> Mapping[str, str]:
    return {name.casefold(): code for lang in LANGUAGES for code, name in country_names(lang).items()}


def _swedish(text: str, *, vat: bool) -> str:
    """A Swedish VAT number is the organisation number with two digits more."""
    try:
        return legal_person(text.removesuffix(SWEDISH_VAT_END) if vat else text).display()
    except IdentityError as error:
        raise BadValueError(PROBLEMS.get(error.code, "organisation_number")) from None


def _foreign(country: str, text: str) -> str:
    try:
        return foreign_by_vat(country, text).display()
    except IdentityError:
        raise BadValueError("vat_number") from None
