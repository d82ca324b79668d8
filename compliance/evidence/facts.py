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
    "failed": N_(
        "The document could not be read because of a fault on our side, not in the document. A person must look at it."
    ),
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
    "differs_from_picture": N_(
        "What is drawn here looks different from the text stored in the file. Go by what you see on the page."
    ),
    "does_not_add_up": N_("The figures in the document do not agree with each other. Check them."),
    "outdated_regulation": N_(
        "The regulation named has been replaced. Check whether the document has been revised."
    ),
    "masked": N_("A personal identity number was masked."),
}

FIELD_WORDS: dict[str, str] = {
    "part": N_("Pages of one of several documents in the file"),
    "document_type": N_("Kind of document"),
    "holder": N_("Issued to"),
    "org_number": N_("Organisation number"),
    "standard": N_("Standard"),
    "certificate_number": N_("Certificate number"),
    "issuer": N_("Issued by"),
    "issued_on": N_("Issued on"),
    "valid_until": N_("Valid until"),
    "next_review": N_("Next review"),
    "accreditation": N_("Accredited by"),
    "scope": N_("Scope"),
    "site": N_("Site covered"),
    "regulation": N_("Regulation named"),
    "signatory_role": N_("Role of who signed"),
    "agreement": N_("Agreement"),
    "party": N_("Party to the agreement"),
    "period": N_("Period"),
    "amount": N_("Amount"),
    "policy_number": N_("Policy number"),
    "cover": N_("Cover"),
    "approved_for_f_tax": N_("Approved for F-tax"),
    "vat": N_("Registered for VAT"),
    "employer": N_("Registered as an employer"),
    "debt": N_("Debt"),
    "legal_form": N_("Legal form"),
    "seat": N_("Registered office"),
    "company_status": N_("Status of the company"),
    "permit": N_("Permit or competence"),
    "worked_hours": N_("Hours worked"),
    "employees": N_("Employees"),
    "accidents": N_("Accidents with absence"),
    "lost_days": N_("Days lost"),
    "near_misses": N_("Near misses"),
    "fatalities": N_("Deaths"),
    "accident_frequency": N_("Accidents with absence per million hours"),
}

FIELDS = tuple(FIELD_WORDS)
BUNDLE = "bundle"  # the kind of a file that holds several documents


@dataclass(frozen=True, slots=True)
class Fact:
    """One value a document states.

    `value` is text; dates are ISO 8601, shortened to month or year when the day is not given; a period is two dates
    with a slash between, the second empty when open; an amount is a number and a currency ('10000000 SEK'); yes and
    no are words; a yearly figure carries its year ('41200 (2025)'); a private person is initials. `page` counts from
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
class Part:
    """One of several documents in one file: its first and last page (from 1), its kind and facts."""

    first_page: int
    last_page: int
    kind: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a document could be read, and the facts found; `pages` is 0 when it did not open.

    `read_pages` are the page numbers (from 1) whose text was read; the others are pictures. `text` is their text in
    the same order, personal identity numbers masked, for the question whether it names a supplier. `made_on` and
    `changed_on` are the days that the file gives for itself, as ISO 8601 or empty.
    """

    state: str
    sha256: str
    pages: int = 0
    facts: tuple[Fact, ...] = ()
    read_pages: tuple[int, ...] = ()
    text: tuple[str, ...] = ()
    made_on: str = ""
    changed_on: str = ""

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

    @property
    def parts(self) -> tuple[Part, ...]:
        """The documents of a bundle in page order; empty when the file is one document."""
        return tuple(self._part(*map(int, fact.value.split("-"))) for fact in self.all("part"))

    def _part(self, first: int, last: int) -> Part:
        facts = tuple(f for f in self.facts if first <= f.page <= last and f.field != "part")
        own = tuple(f for f in facts if (f.field, f.value) != ("document_type", BUNDLE))
        kind = next((f.value for f in own if f.field == "document_type"), "other")
        return Part(first, last, kind, own)

    def only(self, part: Part) -> "Reading":
        """The reading as if the file held this part alone."""
        within = [part.first_page <= page <= part.last_page for page in self.read_pages]
        return replace(
            self,
            facts=part.facts,
            read_pages=tuple(page for page, inside in zip(self.read_pages, within, strict=True) if inside),
            text=tuple(text for text, inside in zip(self.text, within, strict=False) if inside),
        )
