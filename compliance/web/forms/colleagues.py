"""The supplier's forms about single answers: asking a colleague for help, asking for secrecy."""

from collections.abc import Iterable

from flask_babel import lazy_gettext
from wtforms import TextAreaField

from compliance.web.forms.fields import (
    CheckField,
    ChoiceField,
    Needed,
    PickField,
    TrimmedField,
    at_most,
    offered,
)
from compliance.web.forms.form import Form
from compliance.web.forms.supplier import EmailAddress
from compliance.web.languages import LANGUAGES
from compliance.workflow.inviting import Colleague

LONGEST_NOTE = 600
LONGEST_REASON = 2000

COVERS = (
    ("answer", lazy_gettext("What we have answered")),
    ("documents", lazy_gettext("The documents we have given with it")),
    ("both", lazy_gettext("Both the answer and its documents")),
)


class ColleagueForm(Form):
    """Whom to ask, about which part, in which words."""

    name = TrimmedField(lazy_gettext("Your colleague's name"), [Needed(), at_most(120)])
    email = TrimmedField(
        lazy_gettext("Your colleague's e-mail address"), [Needed(), at_most(254), EmailAddress()]
    )
    part = ChoiceField(lazy_gettext("What should your colleague answer?"))
    note = TextAreaField(lazy_gettext("Your message"), [at_most(LONGEST_NOTE)])
    locale = PickField(lazy_gettext("Language of the mail"), [Needed()], choices=offered(LANGUAGES.items()))
    remind = CheckField(lazy_gettext("Send reminders to my colleague too, when they are sent to me"))

    def offer(self, parts: Iterable[tuple[str, str]]) -> None:
        """The parts that can be shared: (code, text) pairs."""
        self.part.choices = offered(parts)

    def colleague(self) -> Colleague:
        """The person that was written down."""
        return Colleague(name=self.name.data, email=self.email.data, locale=self.locale.data)


class SecrecyForm(Form):
    """What the wish for secrecy is about, and why."""

    covers = PickField(
        lazy_gettext("What is it about?"), [Needed(lazy_gettext("Choose one."))], choices=offered(COVERS)
    )
    reason = TextAreaField(
        lazy_gettext("Which information is it, and what harm would it do if others saw it?"),
        [Needed(), at_most(LONGEST_REASON)],
    )
