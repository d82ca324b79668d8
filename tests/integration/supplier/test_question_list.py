"""Every question can be read before anybody begins: on a page and as an accessible PDF, each with when it is asked."""

import pytest

from compliance.extensions import db
from compliance.workflow.copying import questions_ahead
from tests.integration.supplier.test_own_copy import check_accessible, text_of
from tests.rows import NOW


def test_every_question_that_is_or_may_be_asked_is_on_the_page(kim, company):
    kim.get("/language/sv")
    page = kim.get(f"{company.address}/questions").text
    ahead = [
        item
        for item in questions_ahead(db.session(), company.assessment, now=NOW)
        if item.verdict is not False
    ]
    assert len(ahead) > 60
    for item in ahead:
        assert item.question.text.sv in page, item.id


def test_what_decides_is_told_in_words(kim, company):
    kim.get("/language/sv")
    page = kim.get(f"{company.address}/questions").text
    assert "ni svarar ”Ja” på ”Policy för mänskliga rättigheter”" in page
    kim.get("/language/en")
    assert "Asked if " in kim.get(f"{company.address}/questions").text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_says_the_same_and_is_tagged(kim, company, language):
    kim.get(f"/language/{language}")
    pdf = kim.get(f"{company.address}/questions.pdf")
    assert pdf.mimetype == "application/pdf"
    check_accessible(pdf.data, language)
    text = "".join(text_of(pdf.data).split())
    for item in questions_ahead(db.session(), company.assessment, now=NOW)[:20]:
        assert "".join(item.question.text.to(language).split()) in text


def test_an_answer_makes_questions_certain(kim, company):
    ahead = questions_ahead(db.session(), company.assessment, now=NOW)
    kim.save(company.address, "employees_in_sweden", value="40")
    after = questions_ahead(db.session(), company.assessment, now=NOW)
    assert sum(item.asked for item in after) > sum(item.asked for item in ahead)
