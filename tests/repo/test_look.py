"""Rules about pages and their pieces: nothing the content security policy refuses, no lost sign, a true README."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask import Flask, render_template, render_template_string
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined, nodes
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from compliance.web import filters
from compliance.web.gallery import gallery_context

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "compliance" / "web" / "static"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
PAGES = [p for p in sorted(TEMPLATES.rglob("*.html")) if "emails" not in p.parts and p.name != "email.html"]
ERRORS = (400, 403, 404, 409, 413, 429, 500, 503)
REFUSED = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a handler in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script with content": re.compile(r"<script\b[^>]*>\s*[^<\s]", re.IGNORECASE),
    "a file from elsewhere": re.compile(r"<(?!a\b)[^>]*\s(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}


class Line(Form):
    name = StringField("Name", [DataRequired("Write a name")])


class Order(Form):
    number = IntegerField("How many")
    answer = RadioField("Answer", [DataRequired("Choose one answer")], choices=[SelectChoice("yes", "Yes")])
    reason = TextAreaField("Reason", [Length(max=10)])
    lines = FieldList(FormField(Line), min_entries=1)


class Anna:
    is_authenticated = True
    name = "Anna Exempel"

    def has_role(self, role):
        return role in {"procurer", "administrator"}


@pytest.fixture(scope="module")
def small_app():
    """Only what the pieces need: no database, no routes but names."""
    app = Flask("look", template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.config.update(SECRET_KEY="look", BOOTSTRAP_SERVE_LOCAL=True, BABEL_DEFAULT_LOCALE="en")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for extension in (CSRFProtect, Bootstrap5, Babel):
        extension(app)
    filters.register(app)
    app.context_processor(lambda: {
        "current_language": "en", "languages": {"sv": "Svenska", "en": "English"}, "service_name": "Service",
        "buyer_name": "Exempelbostäder AB (påhittat)", "demo_instance": True, "current_user": Anna(),
    })  # fmt: skip
    app.add_url_rule("/language/<language>", "pages.set_language", lambda language: language)
    for endpoint in endpoints_named_in_layouts() - {"static", "pages.set_language"}:
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "")
    return app


def endpoints_named_in_layouts():
    text = "".join(p.read_text() for p in (TEMPLATES / "layouts").glob("*.html"))
    return set(re.findall(r"url_for\(['\"]([a-z_.]+)", text)) | set(
        re.findall(r'"(procurer\.[a-z_]+)"', text)
    )


def render(app, source, **values):
    with app.test_request_context("/somewhere"):
        return render_template_string(source, **values)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(TEMPLATES)))
@pytest.mark.parametrize("what", REFUSED)
def test_no_template_holds_what_the_policy_refuses(path, what):
    text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}", "", path.read_text(), flags=re.DOTALL)
    assert not REFUSED[what].search(text)


def test_every_sign_named_in_a_template_is_in_the_sprite():
    sprite = ET.parse(STATIC / "icons.svg").getroot()
    known = {symbol.get("id") for symbol in sprite}
    text = "".join(p.read_text() for p in PAGES)
    named = set(re.findall(r'\b(?:icon|sign)\("([a-z-]+)"', text)) | set(
        re.findall(r'icon="([a-z-]+)"', text)
    )
    assert named - known == set()
    assert len(named) > 10


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda p: p.stem)
def test_the_readme_names_every_public_macro(path, small_app):
    readme = (TEMPLATES / "components" / "README.md").read_text()
    inner = {"attributes", "meter_bar", "with_unit", "optional_mark", "hint_and_error"}
    for macro in small_app.jinja_env.parse(path.read_text()).find_all(nodes.Macro):
        if macro.name.startswith("_") or macro.name in inner:
            continue
        call = re.search(rf"\b{macro.name}\(([^\n]*)", readme)
        assert call, f"{macro.name} is not in the README"
    for name in set(re.findall(r"components/([a-z_]+)\.html", readme)):
        assert (TEMPLATES / "components" / f"{name}.html").exists()


@pytest.mark.parametrize("name", ["gallery.html", *(f"errors/{code}.html" for code in ERRORS)])
def test_the_page_renders_with_one_heading_and_no_doubled_id(name, small_app):
    with small_app.test_request_context("/somewhere"):
        html = render_template(name, **gallery_context(), reference="4F2A91CC")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert html.count("<h1") == 1
    assert sorted(ids) == sorted(set(ids))
    for tied in re.findall(r'aria-(?:describedby|labelledby|controls)="([^"]+)"', html):
        assert set(tied.split()) <= set(ids)


def test_what_was_typed_wrong_into_a_number_field_is_still_there(small_app):
    form = Order(formdata=_posted(number="many"))
    form.validate()
    html = render(
        small_app, '{% from "components/field.html" import field %}{{ field(form.number) }}', form=form
    )
    assert 'value="many"' in html
    assert 'type="text"' in html
    assert 'aria-invalid="true"' in html


def test_a_long_text_is_counted_but_never_cut_by_the_browser(small_app):
    source = '{% from "components/field.html" import field %}{{ field(form.reason) }}'
    html = render(small_app, source, form=Order())
    assert "maxlength" not in html
    assert 'data-counter-max="10"' in html


def test_the_summary_of_errors_leads_to_every_field_also_in_lists(small_app):
    form = Order(formdata=_posted(number="1"))
    form.validate()
    html = render(
        small_app,
        '{% from "components/error_summary.html" import form_errors %}{{ form_errors(form) }}',
        form=form,
    )
    assert 'href="#answer-0"' in html
    assert 'href="#lines-0-name"' in html


def test_a_value_is_written_as_text_and_never_as_markup(small_app):
    source = '{% from "components/table.html" import cell %}{{ cell("Name", value) }}'
    assert "&lt;b&gt;" in render(small_app, source, value="<b>")


def test_no_score_is_shown_as_words_and_never_as_nought(small_app):
    source = '{% from "components/score_meter.html" import score_meter %}{{ score_meter("Area", none) }}'
    html = render(small_app, source)
    assert "No number" in html
    assert "meter-fill" not in html


def _posted(**values):
    return MultiDict({"lines-0-name": "", **values})
