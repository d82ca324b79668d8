"""Step 6, reviews: the sentences of reasons that depend on what the cause is, by trigger and cause."""

from compliance.reviews.sentences import Wording


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


CAUSED: dict[tuple[str, str], Wording] = {
    ("T7", "band"): Wording(
        N_("The assessment gave band %(band)s."),
        N_("Read the reasons, talk with the supplier and agree on an action plan."),
    ),
    ("T7", "G1"): Wording(
        N_("A zero-tolerance requirement is not met."),
        N_("Review within five working days. Hear the supplier before you decide."),
    ),
    ("T7", "G8"): Wording(
        N_("A document shows that an answer is not true."),
        N_("Ask the supplier for its own account before you decide anything."),
    ),
    ("T8", "bands"): Wording(
        N_("The result went down from band %(before)s to band %(now)s since the round before."),
        N_("Compare the two rounds, and ask the supplier what has changed."),
    ),
    ("T8", "points"): Wording(
        N_("The result is %(lost)s points lower than in the round before."),
        N_("Compare the two rounds, and ask the supplier what has changed."),
    ),
    ("T12", "waiting"): Wording(
        N_("A subcontractor that nobody has approved begins on %(starts_on)s."),
        N_("Approve it or not in the list of subcontractors. Until then it may not be on the site."),
    ),
    ("T12", "refused"): Wording(
        N_("A subcontractor that was not approved stands on the list from %(starts_on)s."),
        N_("See to it that it is not on the site, and that the supplier takes it off the list."),
    ),
    ("T14", "ours"): Wording(
        N_(
            "The supplier has posted workers from %(starts_on)s, and there is no proof that it has"
            " notified them."
        ),
        N_(
            "Ask the supplier for the confirmation today. The supplier is foreign, so it is your own duty"
            " to tell the Swedish Work Environment Authority by %(report_by)s if it does not come."
        ),
    ),
    ("T14", "supplier"): Wording(
        N_(
            "Posted workers do work under the contract from %(starts_on)s, and there is no proof that"
            " they are notified."
        ),
        N_(
            "Ask the supplier for the confirmation today. The supplier, which hires the foreign employer,"
            " has the duty to tell the Swedish Work Environment Authority by %(report_by)s if it has got"
            " none. Check that it does."
        ),
    ),
    ("T15", "no_f_tax"): Wording(
        N_("A document says that the supplier is not approved for F-tax."),
        N_("Check with the Swedish Tax Agency today, and hear the supplier."),
    ),
    ("T15", "debt"): Wording(
        N_("A document says that the supplier owes taxes or fees."),
        N_("Ask whether there is a plan for paying, and hear the supplier."),
    ),
    ("T15", "insurance"): Wording(
        N_("An insurance that the supplier has shown ended after %(valid_until)s."),
        N_("Ask for proof of a new one today. Work without insurance should not go on."),
    ),
    ("T15", "tax_or_insurance"): Wording(
        N_("It was reported on %(reported_on)s that the supplier's taxes or insurances fall short."),
        N_("Read the report on the contract's page, check it with the source, and hear the supplier."),
    ),
    ("T16", "winding_up"): Wording(
        N_("A document says that the supplier is being wound up or reconstructed."),
        N_("Find out who answers for the contract now, and what happens to the work."),
    ),
    ("T16", "merger"): Wording(
        N_("The supplier is merging with another company or was transferred."),
        N_(
            "Check whether the contract may pass to another company (LOU 17 kap. 13 §), before you agree"
            " to anything."
        ),
    ),
    ("T16", "bankruptcy"): Wording(
        N_("The supplier has gone bankrupt or is being reconstructed."),
        N_("Find out who answers for the contract now, and see to it that the work goes on safely."),
    ),
    ("T16", "ownership"): Wording(
        N_("The supplier has new owners."),
        N_("Ask who controls the company now, and check the new owners as you check a new supplier."),
    ),
    ("T17", "employees"): Wording(
        N_(
            "The company has grown to %(limit)s employees or more since the round before. More rules"
            " apply to it."
        ),
        N_("The next round, due on %(renew_by)s, asks about them by itself. Look at the new answers then."),
    ),
    ("T17", "value"): Wording(
        N_("The contract's value a year has passed %(limit)s kronor."),
        N_("Follow it up more closely from the next round on, which is due on %(renew_by)s."),
    ),
    ("T10", "serious_deviation"): Wording(
        N_("A serious deviation was reported on %(reported_on)s."),
        N_(
            "Read the report on the contract's page, see to it that the harm is stopped, and hear the"
            " supplier. Its own report is due on %(report_due_on)s."
        ),
    ),
    ("T11", "incident"): Wording(
        N_("An incident was reported on %(reported_on)s."),
        N_("Read the note on the contract's page, and decide whether it calls for something."),
    ),
    ("T11", "media"): Wording(
        N_("Something the media have told about the supplier was noted on %(reported_on)s."),
        N_("Read the note on the contract's page, and decide whether it calls for something."),
    ),
    ("T11", "authority"): Wording(
        N_("A decision or note from an authority was written down on %(reported_on)s."),
        N_("Read the note on the contract's page, and decide whether it calls for something."),
    ),
    ("T21", "answered"): Wording(
        N_(
            "The supplier answered on %(reported_on)s that someone died or was seriously injured, and"
            " that it is not dealt with yet."
        ),
        N_(
            "Call the supplier today. Check that the danger is removed and that the accident was reported"
            " to the Swedish Work Environment Authority."
        ),
    ),
    ("T21", "accident"): Wording(
        N_("A serious accident was reported on %(reported_on)s."),
        N_(
            "Call the supplier today. Check that the danger is removed and that the accident was reported"
            " to the Swedish Work Environment Authority."
        ),
    ),
    ("T19", "unplanned"): Wording(
        N_("The contract starts on %(meeting_on)s, and no start-up meeting was held."),
        N_("Hold the meeting before the work begins, and write its day on the contract's page."),
    ),
    ("T19", "planned"): Wording(
        N_("The start-up meeting is planned for %(meeting_on)s."),
        N_("Prepare what to say about people and work environment. Write down afterwards that it was held."),
    ),
}

PLAIN: dict[str, Wording] = {
    "T13": Wording(
        N_("A subcontractor works in tier %(tier)s. The contract allows %(limit)s."),
        N_("Tell the supplier that the chain must be shorter, or agree in writing on why it may be longer."),
    ),
    "T18": Wording(
        N_("The questions have changed since the supplier answered (%(changed)s parts)."),
        N_("Nothing to do now. The next round, due on %(renew_by)s, asks the new questions."),
    ),
    "T22": Wording(
        N_(
            "Nothing has been done about this contract since %(quiet_since)s, and its follow-up has high"
            " priority."
        ),
        N_("Call the supplier, plan a visit or a meeting, or lower the priority."),
    ),
}
