"""Step 4, evidence: what a document says (facts with their place) and how far it could be read (states)."""

from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]


def N_(text: str) -> str:  # noqa: N802 - the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


STATES: dict[str, str] = {
    "read": N_("The whole document was read."),
    "partly_read": N_(
        "Parts of the document are pictures and were not read. A person must look at those pages."
    ),
    "scanned": N_("The document has no text to read, only a picture of it. A person must look at it."),
    "encrypted": N_("The document needs a password to open. Upload a copy that opens without one."),
    "broken": N_("The document is damaged and could not be read. Save it as a new PDF and upload it again."),
    "refused": N_("The document takes more work to read than is allowed. Upload a simpler or shorter PDF."),
    "too_large": N_("The file is larger than 25 MB. Upload a smaller file."),
    "not_pdf": N_("The file is not a PDF. Save the document as a PDF and upload it again."),
}

WARNINGS: dict[str, str] = {
    "not_visible": N_("This text cannot be seen on the page."),
    "ambiguous_date": N_("Day and month could be the other way round. Check the date."),
    "several_dates": N_("The document gives more than one date for this. Check which one counts."),
    "unlabelled": N_("The document does not say what this is; we took it from where it stands."),
    "partial_date": N_("The document gives no exact day."),
    "engines_disagree": N_("Two ways of reading the document gave different results. Check the page."),
    "before_issued": N_("The last day of validity is earlier than the day of issue."),
    "far_ahead": N_("The last day of validity is unusually far after the day of issue."),
    "mixed_alphabet": N_("The text mixes letters of different alphabets that look alike."),
    "mentioned_only": N_("The document mentions this but does not show that it is fulfilled."),
    "painted_over": N_("A note or drawing was placed on top of the page here. Look at the original."),
    "not_checked": N_("We could not check that this text is visible on the page."),
    "read_from_picture": N_("The text was read from a picture. Compare it with the page."),
    "masked": N_("A personal identity number was masked."),
}

FIELDS = (
    "document_type", "holder", "org_number", "standard", "certificate_number", "issuer",
    "issued_on", "valid_until", "next_review",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One value a document states.

    `value` is text; dates are ISO 8601, shortened to month or year when the day is not given. `page` counts from
    1, `box` is (x0, top, x1, bottom) in PDF points from the page's top left. `confidence` is 0..1. `answer` is
    false for a value that is only mentioned. A fact with a warning is never to be used without a person's look.
    """

    field: str
    value: str
    page: int
    box: Box
    quote: str
    confidence: float
    source: str = "text"
    warnings: tuple[str, ...] = ()
    answer: bool = True

    def warned(self, warning: str, factor: float = 1.0) -> "Fact":
        """The same fact with one more warning and its confidence multiplied by `factor`."""
        if warning in self.warnings:
            return self
        confidence = round(self.confidence * factor, 3)
        return replace(self, warnings=(*self.warnings, warning), confidence=confidence)


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a document could be read, and the facts found; `pages` is 0 when it did not open.

    `read_pages` are the page numbers (from 1) whose text was read; the others are pictures. `text` is their text in
    the same order, personal identity numbers masked, for the question whether it names a supplier.
    """

    state: str
    sha256: str
    pages: int = 0
    facts: tuple[Fact, ...] = ()
    read_pages: tuple[int, ...] = ()
    text: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """One English sentence about the state, to be translated by who shows it."""
        return STATES[self.state]

    def first(self, field: str) -> Fact | None:
        """The document's answer for a field: its first fact that is not a mere mention, or None."""
        return next((f for f in self.facts if f.field == field and f.answer), None)

    def all(self, field: str) -> tuple[Fact, ...]:
        """Every fact of a field in order of preference, mere mentions left out."""
        return tuple(f for f in self.facts if f.field == field and f.answer)
