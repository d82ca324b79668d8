"""What comes with a request, before anything looks at it: text that can be stored, numbers that can be row ids."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.routing import IntegerConverter, Map
from werkzeug.utils import cached_property

LARGEST_ID = 2**31 - 1
"""What a column of ids holds at most, in every database."""

KEPT = frozenset("\t\n\r\v\f")
"""Control characters that mean something: each text rule decides itself what becomes of them."""


def register(app: Flask) -> None:
    """Let every request of the application come through here."""
    app.request_class = VisibleRequest
    app.url_map.converters["int"] = IdConverter


def visible(text: str) -> str:
    """A text without control characters, which nobody can see or remove and PostgreSQL refuses."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter in KEPT or unicodedata.category(letter) != "Cc")


def row_id(text: str) -> int:
    """The id that stands in a form or an address. Raises `ValueError` for what can be none."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))):
        raise ValueError("not an id")
    number = int(text)
    if number > LARGEST_ID:
        raise ValueError("larger than any id")
    return number


class IdConverter(IntegerConverter):
    """The `<int:...>` of addresses: a number that no row can have leads nowhere."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST_ID, **kwargs})


class VisibleForms(FormDataParser):
    """Forms whose fields and file names are visible text."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """The stream, the fields and the files of a request."""
        stream, form, files = super().parse(*args, **kwargs)
        for file in (one for many in files.listvalues() for one in many):
            file.filename = visible(file.filename) if file.filename else file.filename
        return stream, MultiDict(_visible_pairs(form.items(multi=True))), files


class VisibleRequest(Request):
    """A request whose address and fields hold visible text."""

    form_data_parser_class = VisibleForms
    is_json = False
    """No page takes JSON: a body of it is as if empty, for the forms of libraries as well."""

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        """What stands after the question mark of the address."""
        return ImmutableMultiDict(_visible_pairs(super().args.items(multi=True)))


def _visible_pairs(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(visible(name or ""), visible(text)) for name, text in pairs]  # a part may come without a name
