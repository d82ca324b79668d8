"""Step 6, reviews: the sentences of reasons that have a day to act by: T1-T6, T9 and T20."""

from compliance.reviews.sentences import Texts, Wording


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


DATED: dict[str, Texts] = {
    "T1": Texts(
        ahead=Wording(
            N_("The contract period ends on %(deadline)s."),
            N_("Decide by %(decide_by)s whether to extend, procure anew or let the contract end."),
        ),
        passed=Wording(
            N_("The contract period ended on %(deadline)s."),
            N_("Check that nothing more is ordered under the contract, or record that it was extended."),
        ),
        deadline="deadline",
    ),
    "T2": Texts(
        ahead=Wording(
            N_("The last day to give notice or use the option is %(deadline)s."),
            N_(
                "Decide by %(decide_by)s. The message must reach the supplier"
                " on %(last_working_notice_day)s at the latest, the last working day."
            ),
        ),
        passed=Wording(
            N_("The last day to give notice or use the option was %(deadline)s."),
            N_("Read in the contract what follows now, and record it: a new period, or the end."),
        ),
        deadline="deadline",
    ),
    "T4": Texts(
        ahead=Wording(
            N_("The assessment from %(assessed_on)s must be renewed by %(renew_by)s."),
            N_("Invite the supplier to a new assessment."),
        ),
        passed=Wording(
            N_("The assessment from %(assessed_on)s is too old. It was to be renewed by %(renew_by)s."),
            N_("Invite the supplier to a new assessment today."),
        ),
        deadline="renew_by",
    ),
    "T5": Texts(
        ahead=Wording(
            N_("The supplier's answers are due on %(answers_due)s."),
            N_("Nothing to do yet. The supplier is reminded by e-mail."),
        ),
        passed=Wording(
            N_("The supplier's answers were due on %(answers_due)s and have not come."),
            N_("Call the contact person. Give more time, or decide without the answers."),
        ),
        deadline="answers_due",
    ),
    "T6": Texts(
        ahead=Wording(
            N_("A document is valid until %(valid_until)s: %(document)s."),
            N_("Ask the supplier for a new one before it expires."),
        ),
        passed=Wording(
            N_("A document expired after %(valid_until)s: %(document)s."),
            N_("Ask the supplier for a new one today. It counts less in the score until then."),
        ),
        deadline="valid_until",
    ),
    "T9": Texts(
        ahead=Wording(
            N_("The follow-up set in the decision of %(decided_on)s is on %(follow_up_on)s."),
            N_("Check whether what was agreed is done, and decide again."),
        ),
        passed=Wording(
            N_("The follow-up set in the decision of %(decided_on)s was on %(follow_up_on)s."),
            N_("Check today whether what was agreed is done, and decide again."),
        ),
        deadline="follow_up_on",
    ),
    "T3": Texts(
        ahead=Wording(
            N_("The risk that remains is high, and the contract ends on %(deadline)s."),
            N_(
                "Begin a thorough follow-up by %(begin_by)s, so that there is time to put right what it finds."
            ),
        ),
        passed=Wording(
            N_("The risk that remains is high, and less than a year is left of the contract (%(deadline)s)."),
            N_("Begin a thorough follow-up now, or decide to do it in the next contract instead."),
        ),
        deadline="begin_by",
    ),
    "T20": Texts(
        ahead=Wording(
            N_("The contract with special terms on pay, leave and working time starts on %(starts_on)s."),
            N_("Write a plan for how the terms are followed up."),
        ),
        passed=Wording(
            N_(
                "The contract has special terms on pay, leave and working time since %(starts_on)s,"
                " and there is no plan for following them up."
            ),
            N_("Write the plan and put it into the contract's page."),
        ),
        deadline="starts_on",
    ),
}
