"""Every form of a page, with its fields as a browser would send them untouched."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Field:
    """One control: its name, what stands in it, what else can be chosen."""

    name: str
    kind: str
    value: str = ""
    sent: bool = True
    """Whether a browser sends it untouched: an unticked box and an unpressed button are not sent."""


@dataclass
class PageForm:
    """One form."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of its fields, each once, without the form token."""
        return [*dict.fromkeys(one.name for one in self.fields if one.name != "csrf_token")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.area: Field | None = None
        self.list: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.open)
        elif self.open is None:
            return
        elif tag == "option" and self.list:
            sent = "selected" in given
            self.open.fields.append(Field(self.list, "option", given.get("value", ""), sent=sent))
        elif given.get("name") and "disabled" not in given:
            self._control(tag, given, self.open)

    def _control(self, tag: str, given: dict[str, str], form: PageForm) -> None:
        if tag == "select":
            self.list = given["name"]
            return
        kind = tag if tag in {"textarea", "button"} else given.get("type", "text")
        choice = kind in {"checkbox", "radio"}
        value = given.get("value", "on" if choice else "")
        sent = "checked" in given if choice else kind not in {"button", "submit", "file"}
        form.fields.append(Field(given["name"], kind, value, sent=sent))
        self.area = form.fields[-1] if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area.value += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.list = ""
        elif tag == "form":
            self.open = None


def forms_of(page: str) -> list[PageForm]:
    """The forms of a page, in their order."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
