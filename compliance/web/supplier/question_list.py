"""Every question of a round on one page, and as a PDF: to be read before anybody begins."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date, gettext, ngettext

from compliance import clock
from compliance.storage.models import Assessment
from compliance.web.access import Access, allow
from compliance.web.reports.question_list import QuestionList, as_report, minutes_in_words, question_list
from compliance.web.reports.sending import send_pdf
from compliance.web.supplier import supplier
from compliance.web.supplier.requested import is_open, own, session
from compliance.workflow.copying import questions_ahead


@supplier.get("/supplier/assessments/<int:assessment_id>/questions")
@allow(Access.SUPPLIER)
def questions(assessment_id: int) -> ResponseReturnValue:
    """What is asked and what may be asked, with help, documents and minutes."""
    assessment = own(assessment_id)
    listing = _listing(assessment)
    return render_template(
        "supplier/questions.html",
        assessment=assessment,
        listing=listing,
        intro=_intro(listing),
        is_open=is_open(assessment),
    )


@supplier.get("/supplier/assessments/<int:assessment_id>/questions.pdf")
@allow(Access.SUPPLIER)
def questions_pdf(assessment_id: int) -> ResponseReturnValue:
    """The same as an accessible PDF."""
    assessment = own(assessment_id)
    listing = _listing(assessment)
    settings = current_app.config["SETTINGS"]
    title = gettext("The questions from %(buyer)s", buyer=settings.buyer_name or settings.service_name)
    intro = [
        *_intro(listing),
        gettext("As far as was known on %(day)s.", day=format_date(clock.today(), "y-MM-dd")),
    ]
    name = gettext("questions-%(round)s", round=assessment.id) + ".pdf"
    return send_pdf("question_list", as_report(listing, title=title, intro=intro), name=name)


def _listing(assessment: Assessment) -> QuestionList:
    return question_list(questions_ahead(session(), assessment, now=clock.now()))


def _intro(listing: QuestionList) -> list[str]:
    """How much it is, in sentences."""
    asked = ngettext(
        "%(num)s question is asked as far as we know now.",
        "%(num)s questions are asked as far as we know now.",
        listing.asked,
    )
    minutes = gettext("They take about %(minutes)s.", minutes=minutes_in_words(listing.minutes))
    told = [f"{asked} {minutes}"]
    if listing.perhaps:
        told.append(
            ngettext(
                "%(num)s more question is asked only if your answers lead to it. It says when.",
                "%(num)s more questions are asked only if your answers lead to them. Each says when.",
                listing.perhaps,
            )
        )
    if listing.documents:
        kinds = "; ".join(listing.documents)
        told.append(gettext("Documents that are good to have at hand: %(kinds)s.", kinds=kinds))
    return told
