"""The forms about a supplier: who it is, and who answers for it."""

from collections.abc import Callable
from typing import Any

from babel import Locale
from email_validator import EmailNotValidError, validate_email
from flask_babel import get_locale, gettext, lazy_gettext
from wtforms.validators import ValidationError

from compliance.suppliers.countries import country_code
from compliance.suppliers.identity import (
    SWEDEN,
    Identity,
    IdentityError,
    foreign_by_registration,
    foreign_by_vat,
    legal_person,
    sole_trader,
)
from compliance.web.forms.fields import CHOOSE, ChoiceField, Needed, PickField, TrimmedField, at_most, offered
from compliance.web.forms.form import Form
from compliance.workflow.contacting import ContactDetails

KINDS = (
    ("legal_person", lazy_gettext("Swedish company or other legal person")),
    ("sole_trader", lazy_gettext("Swedish sole trader (enskild firma)")),
    ("foreign_registration", lazy_gettext("Foreign company, by its registration number")),
    ("foreign_vat", lazy_gettext("Foreign company, by its VAT number")),
)
RISKS = (
    ("unknown", lazy_gettext("Not assessed yet")),
    ("low", lazy_gettext("Low")),
    ("medium", lazy_gettext("Medium")),
    ("high", lazy_gettext("High")),
)
AT_COUNTRY = frozenset({"unknown_country", "country_is_sweden"})
LANGUAGES = (("sv", "Svenska"), ("en", "English"))
READERS: dict[str, Callable[[str, str], Identity]] = {
    "legal_person": lambda _, number: legal_person(number),
    "sole_trader": lambda _, number: sole_trader(number),
    "foreign_registration": foreign_by_registration,
    "foreign_vat": foreign_by_vat,
}


def country_choices() -> list[tuple[str, str]]:
    """Countries by name in the language of the page, an empty first line, without Sweden."""
    names: dict[str, str] = dict(Locale.parse(str(get_locale() or "sv")).territories)
    known = [(code, name) for code, name in names.items() if country_code(code) == code and code != SWEDEN]
    return [("", gettext("Choose a country")), *sorted(known, key=lambda pair: pair[1])]


def country_name(code: str) -> str:
    """A country's name in the language of the page; the code itself when it has none."""
    return str(Locale.parse(str(get_locale() or "sv")).territories.get(code, code))


class EmailAddress:
    """An address that mail can be sent to, as far as its form tells."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse what is no address; keep its normal form."""
        del form
        try:
            field.data = validate_email(
                field.data or "", check_deliverability=False, test_environment=True
            ).normalized
        except EmailNotValidError:
            raise ValidationError(gettext("Write an e-mail address like name@company.se.")) from None


class CompanyForm(Form):
    """Who the supplier is. Stands before the contact, so that mistakes are listed in the order of the page."""

    name = TrimmedField(lazy_gettext("Name of the company"), [Needed(), at_most(200)])
    kind = PickField(lazy_gettext("What kind of supplier is it?"), [Needed(CHOOSE)], choices=offered(KINDS))
    number = TrimmedField(lazy_gettext("Organisation, registration or VAT number"), [Needed(), at_most(40)])
    country = ChoiceField(lazy_gettext("Country"), default="")
    inherent_risk = ChoiceField(lazy_gettext("Inherent risk"), choices=offered(RISKS), default="unknown")


class ContactForm(Form):
    """A person at a supplier."""

    contact_name = TrimmedField(lazy_gettext("Name"), [Needed(), at_most(120)])
    email = TrimmedField(lazy_gettext("E-mail address"), [Needed(), at_most(254), EmailAddress()])
    phone = TrimmedField(lazy_gettext("Telephone"), [at_most(40)])
    locale = PickField(
        lazy_gettext("Language of mails and pages"), [Needed()], choices=offered(LANGUAGES), default="sv"
    )

    def contact_details(self) -> ContactDetails:
        """The person that was written down."""
        return ContactDetails(
            name=self.contact_name.data,
            email=self.email.data,
            phone=self.phone.data or "",
            locale=self.locale.data,
        )


class SupplierForm(CompanyForm, ContactForm):
    """A new supplier with its first contact."""

    identity: Identity | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = offered(country_choices())

    def validate(self, extra_validators: Any = None) -> bool:
        """Also read the number as the kind of supplier wants it, and refuse it at the field it stands in."""
        valid = super().validate(extra_validators)
        if self.kind.errors or self.number.errors:
            return False
        try:
            self.identity = READERS[self.kind.data](self.country.data or "", self.number.data)
        except IdentityError as error:
            at = self.country if error.code in AT_COUNTRY else self.number
            at.errors = [*at.errors, gettext(error.sentence)]
            return False
        return bool(valid)


class SupplierChangeForm(Form):
    """What may change about a supplier: not its number."""

    name = TrimmedField(lazy_gettext("Name of the company"), [Needed(), at_most(200)])
    inherent_risk = ChoiceField(lazy_gettext("Inherent risk"), choices=offered(RISKS))
