"""Parts of pages that are the same for everybody: drawn, or their address made, once and then kept by the process."""

from flask import Flask, current_app, request, url_for
from markupsafe import Markup

from compliance.web.languages import current_language

KEPT = "page_parts"


def same_for_all(template: str) -> Markup:
    """A part of a page without anything of the request but its language, drawn once for each.

    The template is given nothing else: whoever is signed in cannot get into it.
    """
    language = current_language()
    kept: dict[tuple[str, str, str], Markup] = current_app.extensions.setdefault(KEPT, {})
    key = (template, language, request.script_root)
    if key not in kept:
        html = current_app.jinja_env.get_template(template).render(current_language=language)
        kept[key] = Markup(html)  # noqa: S704  the template escapes
    return kept[key]


def address_for(endpoint: str, **values: object) -> str:
    """`url_for`, which takes its time, with the addresses of our own style sheets, scripts and signs kept."""
    if endpoint != "static" or values.keys() != {"filename"}:
        return url_for(endpoint, **values)  # type: ignore[arg-type]
    kept: dict[tuple[str, str], str] = current_app.extensions.setdefault("static_addresses", {})
    key = (str(values["filename"]), request.script_root)
    if key not in kept:
        kept[key] = url_for("static", filename=key[0])
    return kept[key]


def register(app: Flask) -> None:
    """Make them known to every template."""
    app.jinja_env.globals.update(same_for_all=same_for_all, url_for=address_for)
