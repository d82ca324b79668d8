"""The form that all forms are: it reads the fields of a posted form, and files only where it asks for files."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import FileField


class TextsAndFiles:
    """For forms of libraries as well. A file sent in the place of a text, or a body of JSON, is as if not sent."""

    class Meta:
        """Where WTForms asks how a form is read."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """The values for a form; none when nothing was posted."""
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            if not form.is_submitted():
                return None
            asked = {field.name for field in form if isinstance(field, FileField)}
            files = [(name, file) for name, file in request.files.items(multi=True) if name in asked]
            return CombinedMultiDict((MultiDict(files), request.form)) if files else request.form


class Form(TextsAndFiles, FlaskForm):  # type: ignore[misc]
    """A form of ours."""
