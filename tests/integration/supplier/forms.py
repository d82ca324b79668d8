"""A browser that knows only the pages: it reads forms as they were sent and posts them back."""

from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.visitors import Visitor

JSON = {"Accept": "application/json"}


class Form(HTMLParser):
    """The fields of the form whose action holds a text, as a browser would send them untouched."""

    def __init__(self, page: str, action: str = "") -> None:
        super().__init__()
        self.wanted, self.inside, self.action = action, False, ""
        self.fields: MultiDict[str, str] = MultiDict()
        self.area: str | None = None
        self.feed(page)
        assert self.action or self.fields, f"no form for {action}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if (
            tag == "form"
            and self.wanted in given.get("action", "")
            and "sign-out" not in given.get("action", "")
        ):
            self.inside, self.action = True, given.get("action", "")
        elif self.inside and given.get("name"):
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if tag == "textarea":
            self.area = given["name"]
            self.fields.add(self.area, "")
        elif tag == "input" and (kind in {"hidden", "text"} or "checked" in given):
            self.fields.add(given["name"], given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        if tag == "form":
            self.inside = False


class Browser(Visitor):
    """Fills in sections as a person does, and saves single answers as the script in the page does."""

    def section(self, address: str, section: str) -> Form:
        return Form(self.get(f"{address}/sections/{section}").text, f"/sections/{section}")

    def fill(self, address: str, section: str, answers: dict[str, Any], **pressed: str) -> TestResponse:
        form = self.section(address, section)
        for name, value in answers.items():
            key = name if ":" in name else f"{name}:value"
            form.fields.setlist(key, [value] if isinstance(value, str) else list(value))
        return self.send(form, pressed or {"next": "1"})

    def send(self, form: Form, more: dict[str, Any] | None = None) -> TestResponse:
        fields = {name: form.fields.getlist(name) for name in form.fields} | (more or {})
        return self.send_multipart(form.action, fields)

    def send_multipart(self, path: str, fields: dict[str, Any]) -> TestResponse:
        """As a form with files is sent: whole, and without a file of the test client's own left open."""
        boundary, body = encode_multipart(fields)
        return self.open(
            path, method="POST", data=body, content_type=f"multipart/form-data; boundary={boundary}"
        )

    def save(self, address: str, question: str, revision: int = 0, **fields: Any) -> TestResponse:
        data = {"present": "1", "revision": str(revision), "csrf_token": self.form_token(), **fields}
        return self.open(f"{address}/answers/{question}", method="POST", data=data, headers=JSON)
