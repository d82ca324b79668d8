"""The questions and fields of a page of ours, read from its HTML, so that the yardstick draws just as many."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib

CONTROLS = ("input", "textarea", "select", "button")


def questions_in(html: str) -> list[dict[str, Any]]:
    """Each question of a section page with its words and all its fields, hidden ones and buttons too."""
    page = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    labels = {label.get("for", ""): _text(label) for label in page.iter("label")}
    return [
        {
            "text": section.get("aria-label", ""),
            "help": " ".join(_text(part) for part in section.iter("details")),
            "fields": [_field(one, labels) for one in section.iter() if one.tag in CONTROLS],
        }
        for section in page.iter("section")
        if section.get("data-question")
    ]


def _field(one: Element, labels: dict[str, str]) -> dict[str, Any]:
    text = _text(one)
    return {
        "tag": one.tag,
        "type": one.get("type", ""),
        "id": one.get("id", ""),
        "name": one.get("name", ""),
        "value": text if one.tag == "textarea" else one.get("value", ""),
        "checked": "checked" in one.attrib,
        "label": text if one.tag == "button" else labels.get(one.get("id", ""), ""),
        "options": [
            {"value": option.get("value", ""), "text": _text(option)} for option in one.iter("option")
        ],
    }


def _text(part: Element) -> str:
    return " ".join("".join(part.itertext()).split())
