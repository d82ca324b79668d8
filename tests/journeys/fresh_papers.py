"""Papers drawn for one test run, so that nobody has seen them before, and files that only look like papers."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

PROGRAM = b"MZ\x90\x00\x03" + b"\0" * 4000
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Certificate:
    """What a certificate says."""

    holder: str
    number: str
    issued: date
    valid_until: date
    organisation_number: str = ""
    standard: str = "ISO 45001:2018"
    issuer: str = "Provcert Sverige AB"

    def draw(self, path: Path) -> Path:
        """Write it as a PDF."""
        paper = Canvas(str(path), pagesize=A4)
        paper.setFont("Helvetica-Bold", 24)
        paper.drawString(70, 760, "CERTIFIKAT")
        paper.setFont("Helvetica", 12)
        for place, line in enumerate(self._lines()):
            paper.drawString(70, 710 - 24 * place, line)
        paper.save()
        return path

    def _lines(self) -> list[str]:
        return [
            f"Härmed intygas att ledningssystemet hos {self.holder}",
            f"Organisationsnummer: {self.organisation_number}" if self.organisation_number else "",
            f"uppfyller kraven i {self.standard}",
            "Omfattning: målning av fasader och trapphus",
            f"Certifikatnummer: {self.number}",
            f"Utfärdat: {self.issued.isoformat()}",
            f"Giltigt till och med: {self.valid_until.isoformat()}",
            f"Utfärdare: {self.issuer}",
        ]


def draw_policy(path: Path, company: str, adopted: date) -> Path:
    """A work environment policy."""
    paper = Canvas(str(path), pagesize=A4)
    paper.setFont("Helvetica", 12)
    lines = [
        "Arbetsmiljöpolicy",
        f"Gäller för {company}",
        "Ingen ska bli sjuk eller skadad av arbetet hos oss.",
        "Vi undersöker riskerna varje år tillsammans med skyddsombudet.",
        f"Antagen: {adopted.isoformat()}",
        "Ansvarig: verkställande direktören",
    ]
    for place, line in enumerate(lines):
        paper.drawString(70, 760 - 28 * place, line)
    paper.save()
    return path


def draw_policy_photo(path: Path, company: str, adopted: date) -> Path:
    """The same policy as a phone takes a picture of it."""
    paper = draw_policy(path.with_suffix(".pdf"), company, adopted)
    page = pypdfium2.PdfDocument(paper)[0]
    page.render(scale=150 / 72).to_pil().convert("RGB").save(path, "JPEG", quality=80)
    return path


def draw_policy_in_word(path: Path, company: str, adopted: date) -> Path:
    """The same policy as a Word file."""
    document = Document()
    document.add_heading("Arbetsmiljöpolicy", 0)
    for text in (f"Gäller för {company}", "Ingen ska bli sjuk eller skadad av arbetet hos oss."):
        document.add_paragraph(text)
    document.add_paragraph(f"Antagen: {adopted.isoformat()}")
    document.save(str(path))
    return path


def write(path: Path, content: bytes) -> Path:
    """A file with this content."""
    path.write_bytes(content)
    return path


def write_too_large(path: Path) -> Path:
    """30 MB that begin like a PDF."""
    return write(path, b"%PDF-1.7\n" + b"\0" * (30 * MEGABYTE))
