"""Which forms there are: those that stand on the pages, and for addresses that show none just now a list of names."""

from collections import defaultdict

from tests.integration.fuzz.forms import Field, PageForm, forms_of
from tests.integration.fuzz.stage import Stage

COMMON = (
    "present", "value", "comment", "na_reason", "revision", "was", "contract", "name", "role", "confirmed", "reason",
    "due_on", "contacts", "contracts", "questionnaires", "questionnaire", "inherent_risk", "code", "take", "carried",
    "question", "word", "use", "judgement", "a_day", "confirm", "mark", "file", "document", "shown", "password",
    "password_confirm", "received_on", "email", "language",
)  # fmt: skip
"""What forms that only sometimes stand on a page ask for."""

Collected = dict[str, list[tuple[str, PageForm]]]


def collect(stage: Stage) -> Collected:
    """By endpoint: the forms with those who may send them."""
    found: dict[str, dict[tuple[str, str], PageForm]] = defaultdict(dict)
    for rule in stage.rules("GET"):
        for person in stage.visitors(rule)[:2]:
            response = stage.send(person, "GET", stage.address(rule)).response
            if response.mimetype == "text/html":
                _keep(stage, found, person, stage.address(rule), response.text)
    for rule in stage.rules("POST"):
        if rule.endpoint not in found:
            address, person = stage.address(rule), stage.visitors(rule)[0]
            fields = [Field(name, "text", "1" if name == "present" else "") for name in COMMON]
            found[rule.endpoint][person, address] = PageForm(address, "post", fields)
    return {name: [(person, form) for (person, _), form in forms.items()] for name, forms in found.items()}


def _keep(
    stage: Stage, found: dict[str, dict[tuple[str, str], PageForm]], person: str, address: str, page: str
) -> None:
    for form in forms_of(page):
        if form.method == "post":
            form.action = form.action or address
            found[stage.endpoint(form.action)].setdefault((person, form.action), form)
