"""How a form is filled in badly: what stands in it, what would be right, and junk, in every mixture."""

import io
from dataclasses import dataclass, field
from random import Random
from typing import Any

from werkzeug.datastructures import MultiDict

from tests.integration.fuzz import junk
from tests.integration.fuzz.forms import Field, PageForm
from tests.integration.fuzz.stage import Outcome, Stage
from tests.rows import organisation_number

RIGHT = {
    "email": "kim.exempel@leverantor.example",
    "number": organisation_number(77_777),
    "kind": "legal_person",
    "tier": "1",
    "quantity": "3",
    "revision": "1",
    "value": "yes",
}
"""Right for a field of this name, or whose name ends so; days and plain words are right for the rest."""

UNASKED = (
    "present", "q:value", "contract", "next", "language", "stay", "theirs", "remove", "clear", "take", "as",
    "confirm", "throw_away", "accept_all",
)  # fmt: skip
"""Names that some forms have, also where they are none of the form's own."""

FREE_TEXT = frozenset({"text", "textarea", "search"})
LONGEST_SECONDS = 5.0
MOST_MUTATIONS = 4


@dataclass
class Attempt:
    """One form as it is sent."""

    person: str
    form: PageForm
    fields: MultiDict[str, str] = field(default_factory=MultiDict)
    files: list[tuple[str, tuple[bytes, str, str]]] = field(default_factory=list)
    as_script: bool = False
    """Whether it is sent as the script in the page sends it."""

    def send(self, stage: Stage, *, multipart: bool = False) -> Outcome:
        """Send it with a true form token."""
        data: MultiDict[str, Any] = MultiDict([("csrf_token", stage.token), *self.fields.items(multi=True)])
        for name, (content, filename, kind) in self.files:
            data.add(name, (io.BytesIO(content), filename, kind))
        for name in [*data]:
            data.setlist(name, [_sendable(one) for one in data.getlist(name)])
        extra = {"content_type": "multipart/form-data"} if multipart or self.files else {}
        headers = {"Accept": "application/json"} if self.as_script else {}
        return stage.send(self.person, "POST", self.form.action, data=data, headers=headers, **extra)

    def __str__(self) -> str:
        shown = {name: [one[:60] for one in self.fields.getlist(name)] for name in self.fields}
        return f"POST {self.form.action} as {self.person}: {shown} {[(n, f[1:]) for n, f in self.files]}"[
            :1500
        ]


def attempt(person: str, form: PageForm, chance: Random, numbers: list[int]) -> Attempt:
    """A form that is right, but for a few fields."""
    made = Attempt(person, form)
    for one in form.fields:
        if one.name == "csrf_token":
            continue
        if one.kind == "file":
            if chance.random() < 0.8:
                made.files.append((one.name, junk.file(chance)))
        elif one.sent and one.kind != "button":
            made.fields.add(one.name, one.value or _right(one))
    _tick(made, form, chance)
    for _ in range(chance.randrange(MOST_MUTATIONS)):
        _spoil(made, form, chance, numbers)
    return made


def _tick(made: Attempt, form: PageForm, chance: Random) -> None:
    """Choose something of each list, box and button now and then, as somebody does who fills the form in."""
    for name in form.names:
        choices = [one for one in form.fields if one.name == name and not one.sent and one.kind != "file"]
        if choices and chance.random() < 0.5:
            one = chance.choice(choices)
            if one.kind in {"radio", "option"}:
                made.fields.setlist(name, [one.value])
            else:
                made.fields.add(name, one.value)


def _spoil(made: Attempt, form: PageForm, chance: Random, numbers: list[int]) -> None:
    names = form.names or ["value"]
    name = chance.choice(names)
    how = chance.randrange(10)
    if how == 0:
        made.fields.poplist(name)
    elif how == 1:
        made.fields.setlist(name, [junk.value(chance, numbers) for _ in range(3)])
    elif how == 2:
        made.fields.add(f"{name}[]", junk.value(chance, numbers))
    elif how == 3:
        made.fields.add(
            chance.choice(
                [
                    "present",
                    f"{name}/99999/x",
                    "q:value",
                    "contract",
                    "next",
                    "language",
                    "stay",
                    "theirs",
                    "remove",
                    "clear",
                    "take",
                ]
            ),
            junk.value(chance, numbers),
        )
    elif how == 4:
        made.files.append((name, junk.file(chance)))
    else:
        made.fields.setlist(name, [junk.value(chance, numbers)])


def _right(one: Field) -> str:
    known = RIGHT.get(one.name.rpartition(":")[2].rpartition("_")[2])
    if known:
        return known
    if one.name.endswith(("_on", "start", "valid_from", "end")):
        return "2027-03-15"
    return "Exempel" if one.kind in FREE_TEXT else one.value


def _sendable(value: Any) -> Any:
    """Half characters travel as bytes that are no UTF-8."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) and _has_half(value) else value


def _has_half(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)
