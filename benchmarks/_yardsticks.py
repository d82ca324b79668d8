"""What ours is held against: a hand-written page with as many fields, and a bare upsert with commit.

No sign-in, no rules, no log, no languages; but the same fields and words, the same server, and a database as safe
as ours. Served by `python -m benchmarks._yardsticks`.
"""

import json
import os
from pathlib import Path

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from compliance.storage.engine import prepare_engine

FOLDER = "BENCHMARK_FOLDER"
FIELDS, DATABASE = "fields.json", "bare.sqlite"

PAGE = """<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<h1>{{ title }}</h1>
<form method="post">
{% for question in questions %}
<section>
  <h2>{{ question.text }}</h2>
  <p>{{ question.help }}</p>
  {% for field in question.fields %}
  {% if field.tag == "textarea" %}
  <p><label for="{{ field.id }}">{{ field.label }}</label>
  <textarea id="{{ field.id }}" name="{{ field.name }}">{{ field.value }}</textarea></p>
  {% elif field.tag == "select" %}
  <p><label for="{{ field.id }}">{{ field.label }}</label>
  <select id="{{ field.id }}" name="{{ field.name }}">
  {% for option in field.options %}<option value="{{ option.value }}">{{ option.text }}</option>{% endfor %}
  </select></p>
  {% elif field.tag == "button" %}
  <button name="{{ field.name }}" value="{{ field.value }}">{{ field.label }}</button>
  {% elif field.type == "hidden" %}
  <input type="hidden" name="{{ field.name }}" value="{{ field.value }}">
  {% else %}
  <p><input type="{{ field.type }}" id="{{ field.id }}" name="{{ field.name }}" value="{{ field.value }}"
    {%- if field.checked %} checked{% endif %}>
  <label for="{{ field.id }}">{{ field.label }}</label></p>
  {% endif %}
  {% endfor %}
</section>
{% endfor %}
</form>
</body>
</html>"""


class _Bare(DeclarativeBase):
    pass


class _Answer(_Bare):
    __tablename__ = "answer"
    respondent: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


def make_app() -> Flask:
    """Both yardsticks, on the fields and in the folder that the benchmark names."""
    folder = Path(os.environ[FOLDER])
    questions = json.loads((folder / FIELDS).read_text(encoding="utf-8"))
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / DATABASE}"
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    drawn = app.jinja_env.from_string(PAGE)  # read once, as a template in a file is
    bare = SQLAlchemy(app, model_class=_Bare)
    with app.app_context():
        prepare_engine(bare.engine)
        bare.create_all()
        bare.engine.dispose()

    @app.get("/page")
    def page() -> str:
        return drawn.render(title="Frågor", questions=questions)

    @app.post("/save")
    def save() -> dict[str, bool]:
        row = insert(_Answer).values(
            respondent=int(request.form["respondent"]), question="a", value=request.form["value"]
        )
        bare.session.execute(
            row.on_conflict_do_update(
                index_elements=["respondent", "question"], set_={"value": row.excluded.value}
            )
        )
        bare.session.commit()
        return {"saved": True}

    return app


if __name__ == "__main__":
    from compliance.cli.web import run_server
    from compliance.config import read_settings

    run_server("benchmarks._yardsticks:make_app", read_settings())
