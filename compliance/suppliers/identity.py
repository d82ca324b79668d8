"""Step 1, suppliers: who a supplier is, told by a number that others have given it."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from stdnum import get_cc_module, luhn
from stdnum.exceptions import ValidationError

from compliance.suppliers.countries import country_code

Kind = Literal["legal_person", "sole_trader", "foreign"]
NumberKind = Literal["organisation", "registration", "vat"]

SWEDEN = "SE"
MASK = "••••••-••••"
LEGAL_PERSON_CENTURY = "16"
BIRTH_CENTURIES = ("18", "19", "20")
COORDINATION_DAYS = 60
REGISTRATION = re.compile(r"[0-9A-Z]{2,30}")


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


SENTENCES = {
    "missing": N_("Give the number."),
    "not_digits": N_("An organisation number has digits only: six, a hyphen and four."),
    "wrong_length": N_("An organisation number has ten digits: six, a hyphen and four. Count the digits."),
    "check_digit": N_(
        "The last digit does not match. Check the number against the registration certificate."
    ),
    "looks_personal": N_(
        "This looks like a personal identity number. If the company is a sole trader, choose Sole trader."
    ),
    "looks_legal": N_("This is not the number of a person. If it is a company, choose Swedish company."),
    "no_such_birthday": N_("The number does not begin with a day that exists. Check the first six digits."),
    "unknown_country": N_("We do not know this country. Choose it from the list."),
    "country_is_sweden": N_(
        "A Swedish company is registered with its organisation number. Choose Swedish company."
    ),
    "registration_form": N_(
        "A registration number has 2 to 30 letters and digits. Copy it from the company register."
    ),
    "vat_wrong": N_("This is not a VAT number of that country. Check number and country against an invoice."),
}


class IdentityError(ValueError):
    """A number that cannot be a supplier's: `code` names the mistake, `sentence` helps without the number."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code
        self.sentence = SENTENCES[code]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a supplier is; `number` is stored in one normal form.

    A sole trader's organisation number is a personnummer: it is never shown, also not in a repr.
    """

    kind: Kind
    country: str
    number_kind: NumberKind
    number: str = field(repr=False)

    @property
    def normal_form(self) -> str:
        """One text that is the same for the same supplier. It holds the number: never show or log it."""
        return f"{self.country}:{self.number_kind}:{self.number}"

    def masked(self) -> str:
        """The number with nothing left of it: no birth date, no last digits."""
        return MASK

    def display(self) -> str:
        """How the number is shown: 556012-5790, DE 136695976, or masked for a sole trader."""
        if self.kind == "sole_trader":
            return self.masked()
        if self.kind == "legal_person":
            return f"{self.number[:6]}-{self.number[6:]}"
        return f"{self.country} {self.number}"


def legal_person(text: str) -> Identity:
    """Read a Swedish legal person's organisation number: ten digits, the third at least 2, the last by Luhn.

    Lag (1974:174) om identitetsbeteckning för juridiska personer m.fl. Raises `IdentityError`.
    """
    digits = _digits(text)
    if len(digits) == 12 and digits.startswith(LEGAL_PERSON_CENTURY):  # noqa: PLR2004 - with the century
        digits = digits[2:]
    if len(digits) == 12 and digits.startswith(BIRTH_CENTURIES):  # noqa: PLR2004 - with the century
        raise IdentityError("looks_personal")
    if len(digits) != 10:  # noqa: PLR2004 - without the century
        raise IdentityError("wrong_length")
    if digits[2] < "2":
        raise IdentityError("looks_personal")
    _check_last_digit(digits)
    return Identity("legal_person", SWEDEN, "organisation", digits)


def sole_trader(text: str) -> Identity:
    """Read a sole trader's organisation number: the person's personnummer or samordningsnummer.

    Stored with ten digits, as it is registered. Folkbokföringslag (1991:481) 18 §, lag (2022:1697) om
    samordningsnummer. Raises `IdentityError`, which never holds the number.
    """
    digits = _digits(text)
    if len(digits) not in {10, 12}:
        raise IdentityError("wrong_length")
    centuries = BIRTH_CENTURIES if len(digits) == 10 else (digits[:2],)  # noqa: PLR2004 - without the century
    number = digits[-10:]
    if number[2] >= "2" or centuries[0] == LEGAL_PERSON_CENTURY:
        raise IdentityError("looks_legal")
    if not any(_is_birthday(century + number[:6]) for century in centuries if century in BIRTH_CENTURIES):
        raise IdentityError("no_such_birthday")
    _check_last_digit(number)
    return Identity("sole_trader", SWEDEN, "organisation", number)


def foreign_by_registration(country: str, text: str) -> Identity:
    """Read a company's number in its country's register, checked by form. Raises `IdentityError`."""
    code = _foreign_country(country)
    number = re.sub(r"[\s./-]", "", _plain(text)).upper()
    if not REGISTRATION.fullmatch(number):
        raise IdentityError("registration_form" if number else "missing")
    return Identity("foreign", code, "registration", number)


def foreign_by_vat(country: str, text: str) -> Identity:
    """Read a foreign VAT number, with or without the country's letters. Raises `IdentityError`.

    It is checked by the country's own rules where python-stdnum has them, else by its form only.
    """
    code = _foreign_country(country)
    number = re.sub(r"[\s./-]", "", _plain(text)).upper()
    rules = get_cc_module(code, "vat")
    if rules is None:
        return Identity("foreign", code, "vat", _vat_by_form(code, number))
    try:
        return Identity("foreign", code, "vat", str(rules.validate(number)))
    except ValidationError:
        raise IdentityError("vat_wrong" if number else "missing") from None


def _vat_by_form(country: str, number: str) -> str:
    number = number.removeprefix(country)
    if not REGISTRATION.fullmatch(number):
        raise IdentityError("vat_wrong" if number else "missing")
    return number


def _foreign_country(text: str) -> str:
    code = country_code(text)
    if code is None:
        raise IdentityError("unknown_country")
    if code == SWEDEN:
        raise IdentityError("country_is_sweden")
    return code


def _plain(text: str) -> str:
    """One way to write a character: full-width digits narrow, every dash a hyphen, nothing invisible."""
    narrow = unicodedata.normalize("NFKC", text).replace("−", "-")
    visible = (character for character in narrow if unicodedata.category(character) != "Cf")
    return "".join("-" if unicodedata.category(character) == "Pd" else character for character in visible)


def _digits(text: str) -> str:
    """The digits of a Swedish number as people write it: with spaces, dashes, the plus of those over 100."""
    digits = re.sub(r"[\s+-]", "", _plain(text))
    if not digits:
        raise IdentityError("missing")
    if not re.fullmatch(r"[0-9]+", digits):
        raise IdentityError("not_digits")
    return digits


def _check_last_digit(number: str) -> None:
    if not luhn.is_valid(number):
        raise IdentityError("check_digit")


def _is_birthday(digits: str) -> bool:
    """Whether eight digits are a day; in a samordningsnummer 60 is added to the day."""
    day = int(digits[6:])
    try:
        date(int(digits[:4]), int(digits[4:6]), day - COORDINATION_DAYS if day > COORDINATION_DAYS else day)
    except ValueError:
        return False
    return True
