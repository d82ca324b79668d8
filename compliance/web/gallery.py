"""What the gallery of components shows: one form with every kind of field, sent with mistakes in it."""

from datetime import UTC, datetime

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

SENT = MultiDict(
    [("name", ""), ("email", "kim@"), ("value", "many"), ("decision", "approve"), ("reason", "Short.")]
)


class GalleryForm(Form):  # type: ignore[misc]
    """One field of each kind."""

    reference = HiddenField("Reference")
    name = StringField("Name of the supplier", [DataRequired("Write the supplier's name")])
    email = EmailField("E-mail", [Email("Write an address like name@company.se")])
    value = IntegerField("Value of the contract", [Optional()])
    ends_on = DateField("Last day", [Optional()])
    decision = RadioField(
        "Decision", choices=[SelectChoice("approve", "Approve"), SelectChoice("escalate", "Escalate")]
    )
    questionnaires = SelectMultipleField(
        "Questionnaires",
        [DataRequired("Choose at least one questionnaire")],
        choices=[SelectChoice("rights", "Human rights"), SelectChoice("environment", "Work environment")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    country = SelectField("Country", choices=[SelectChoice("SE", "Sweden"), SelectChoice("NO", "Norway")])
    reason = TextAreaField("Reason", [Optional(), Length(max=2000)])
    document = FileField("Document", [Optional()])
    attest = BooleanField("I may decide for the buyer", [DataRequired("Confirm that you may decide")])


def gallery_context() -> dict[str, object]:
    """The form, checked so that it shows its errors, and a moment that never changes."""
    form = GalleryForm(SENT)
    form.validate()
    return {"form": form, "now": datetime(2026, 12, 7, 13, 5, tzinfo=UTC)}
