"""Step 4, evidence: what is typed into a form is read, with the form as its source."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from compliance.evidence.document import read_document

FIELDS = {
    "Försäkringstagare:": "Exempel Måleri AB",
    "Försäkringsnummer:": "77-123456",
    "Giltigt till och med:": "2028-06-05",
}


def form():
    """An insurance form that was filled in."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(60, 760, "Försäkringsbevis")
    canvas.setFont("Helvetica", 10)
    for row, (label, value) in enumerate(FIELDS.items()):
        y = 700 - 30 * row
        canvas.drawString(60, y, label)
        canvas.acroForm.textfield(name=label, x=220, y=y - 5, width=200, height=18, value=value, fontSize=10)
    canvas.acroForm.checkbox(name="cover", x=60, y=500, checked=True)
    canvas.save()
    return target.getvalue()


def test_values_in_form_fields_are_facts_of_the_form():
    reading = read_document(form())
    found = {fact.field: (fact.value, fact.source) for fact in reversed(reading.facts)}
    assert found["holder"] == ("Exempel Måleri AB", "form field")
    assert found["policy_number"] == ("77-123456", "form field")
    assert found["valid_until"] == ("2028-06-05", "form field")
    assert reading.first("valid_until").warnings == ("not_checked",)
