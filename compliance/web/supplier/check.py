"""Checking all answers on one page, vouching for them, sending them in; the receipt and the own copy afterwards."""

from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.answers.journey import Journey, JourneySection, Missing
from compliance.assessments import NotAllowedNow, State
from compliance.storage.models import Assessment
from compliance.storage.queries.actions import actions_of
from compliance.storage.queries.answering import documents_of
from compliance.storage.queries.marks import paper_of, secrecy_of
from compliance.web.access import Access, allow
from compliance.web.supplier import supplier
from compliance.web.supplier.answer_words import AnswerInWords, answer_in_words
from compliance.web.supplier.forms import AttestationForm
from compliance.web.supplier.inconsistent import look_again
from compliance.web.supplier.marks import marks_of
from compliance.web.supplier.requested import is_open, journey, me, own, section_of, session
from compliance.workflow.submitting import Attestation, NotReadyError, receipt_head, submit

NOT_TAKEN = 422


@dataclass(frozen=True)
class CheckedSection:
    """A section with its answers in words."""

    section: JourneySection
    answers: list[AnswerInWords]


@supplier.get("/supplier/assessments/<int:assessment_id>/check")
@allow(Access.SUPPLIER)
def check(assessment_id: int) -> ResponseReturnValue:
    """All answers, what is missing, what becomes public, and the form to send them in."""
    assessment = own(assessment_id)
    if not is_open(assessment):
        return redirect(url_for("supplier.answers", assessment_id=assessment.id))
    form = AttestationForm(name=assessment.attested_name or me().name, role=assessment.attested_role)
    return _check_page(assessment, journey(assessment), form)


@supplier.post("/supplier/assessments/<int:assessment_id>/check")
@allow(Access.SUPPLIER)
def send_in(assessment_id: int) -> ResponseReturnValue:
    """Send the answers in. A second press finds them sent in and shows the same receipt."""
    assessment = own(assessment_id)
    if State(assessment.state) is not State.SUBMITTED:
        form = AttestationForm()
        if not form.validate():
            return _check_page(assessment, journey(assessment), form), NOT_TAKEN
        attestation = Attestation(name=form.name.data, role=form.role.data)
        try:
            submit(session(), assessment, attestation, by=me(), now=clock.now())
        except NotReadyError:
            return _check_page(assessment, journey(assessment), form), NOT_TAKEN
        except NotAllowedNow:
            return redirect(url_for("supplier.assessment", assessment_id=assessment.id))
    return redirect(url_for("supplier.receipt", assessment_id=assessment.id))


@supplier.get("/supplier/assessments/<int:assessment_id>/receipt")
@allow(Access.SUPPLIER)
def receipt(assessment_id: int) -> ResponseReturnValue:
    """That the answers have come in, with the mark by which that can be shown, and what happens next."""
    assessment = own(assessment_id)
    head = receipt_head(session(), assessment)
    if head is None:
        abort(404)
    actions = actions_of(session(), assessment.id)
    return render_template("supplier/receipt.html", assessment=assessment, head=head, actions=actions)


@supplier.get("/supplier/assessments/<int:assessment_id>/answers")
@allow(Access.SUPPLIER)
def answers(assessment_id: int) -> ResponseReturnValue:
    """The own copy of everything that was sent in, to read and to print."""
    assessment = own(assessment_id)
    plan = journey(assessment)
    return render_template(
        "supplier/answers.html",
        assessment=assessment,
        sections=_sections(assessment, plan),
        marks=marks_of(assessment),
        head=receipt_head(session(), assessment),
    )


def _check_page(assessment: Assessment, plan: Journey, form: AttestationForm) -> str:
    wishes = secrecy_of(session(), assessment.id)
    must = [one for one in plan.missing if one.lack != "proof"]
    return render_template(
        "supplier/check.html",
        assessment=assessment,
        plan=plan,
        form=form,
        sections=_sections(assessment, plan),
        marks=marks_of(assessment),
        wishes=[item for item in plan.items if item.key in wishes],
        paper=paper_of(session(), assessment.id),
        must=_by_page(plan, must),
        may=_by_page(plan, [one for one in plan.missing if one.lack == "proof"]),
        **look_again(assessment, plan),
        page_of={item.id: section_of(plan, item).key for item in plan.items},
    )


def _sections(assessment: Assessment, plan: Journey) -> list[CheckedSection]:
    documents = documents_of(session(), assessment.supplier_id)
    return [
        CheckedSection(section, [answer_in_words(item, documents) for item in section.items])
        for section in plan.sections
    ]


def _by_page(plan: Journey, missing: list[Missing]) -> list[tuple[JourneySection, Missing]]:
    return [(section_of(plan, one.item), one) for one in missing]
