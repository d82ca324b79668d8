"""What nobody should send: texts, numbers, days, choices and files that break programs elsewhere."""

import io
import zipfile
from random import Random

MEGABYTE = 1024 * 1024
HEAD, TAIL = "Början7f3a", "slutet9c1e"
"""Around every long or strange text, so that it is seen when a part of it was kept and a part was not."""

STRANGE = (
    "عربى و עברית og \u202ebaklänges\u202c",
    "😀👩\u200d👩\u200d👧 🏳️\u200d🌈 漢字",
    "nul \x00 och \x07 klocka \x1b[31m",
    "halva \ud83d tecken",
    "rad\r\nbryt\rning\n\n\vslut",
    "a\u0308 n\u0303 Å",
    "<script>alert(1)</script><b>&amp;",
    "'; DROP TABLE users; -- %s %(x)s {0} {{ 7*7 }} $x$ #let",
    '=HYPERLINK("http://x.example","y")',
    "../../etc/passwd",
    "\u00a0\u2003\u200b",
    "x" * 300,
    "ord " * 1300,
)
LONG = "lång text " * (MEGABYTE // 10)
NUMBERS = (
    "-1", "0", "1e9", "NaN", "Infinity", "-Infinity", "9" * 30, "-" + "9" * 30, "9" * 5000, "٣", "²", "1,5", "0x10",
    "1_000", "2147483648", "9223372036854775808", "1 000 000", "12\u00a0000", "1.000,50", "--5", "+7", "null",
)  # fmt: skip
DAYS = (
    "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "1900-01-01", "26-1-1",
    "2026-01-01T00:00:00Z", "3 mars", "-2026-01-01", "٢٠٢٦-٠١-٠١", "2026-12-31",
)  # fmt: skip
CHOICES = (
    "",
    "on",
    "yes",
    "no",
    "none",
    "None",
    "[]",
    "{}",
    "true",
    "undefined",
    "state:dont_know",
    "state:na_claimed",
    "state:x",
)
NAMES = (
    "intyg.pdf", "", "../../etc/passwd", "C:\\temp\\intyg.pdf", "a" * 300 + ".pdf", "😀\u202efdp.pdf", "nul\x00.pdf",
    "con.xlsx", "utan_ändelse", ".pdf", "rad\r\nbryt.pdf", "intyg.pdf.exe",
)  # fmt: skip
TYPES = (
    "application/pdf",
    "text/html",
    "image/svg+xml",
    "",
    "x" * 300,
    "multipart/mixed",
    "application/x-ünknown",
)


def text(chance: Random) -> str:
    """A strange text between two marks; seldom a very long one."""
    middle = LONG if chance.random() < 0.04 else chance.choice(STRANGE)
    return f"{HEAD} {middle} {TAIL}"


def value(chance: Random, numbers: list[int]) -> str:
    """Anything; `numbers` are ids that mean something, also to others."""
    kind = chance.randrange(6)
    if kind == 0:
        return chance.choice(NUMBERS)
    if kind == 1:
        return chance.choice(DAYS)
    if kind == 2:
        return chance.choice(CHOICES)
    if kind == 3 and numbers:
        return str(chance.choice(numbers))
    return text(chance)


def workbook_bomb() -> bytes:
    """A small .xlsx that unpacks to a great deal."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook>" + b" " * (60 * MEGABYTE) + b"</workbook>")
    return file.getvalue()


def rows_of_csv(count: int) -> bytes:
    """A table of contracts, every row of it wrong in its own way."""
    head = "Avtalsnummer;Titel;Organisationsnummer;Startdatum;Slutdatum;Värde"
    lines = (f"=1+{n};Ti\x00tel {n};{n:010};2026-02-{n % 40:02};0000-00-00;{n},5,5" for n in range(count))
    return "\r\n".join([head, *lines]).encode("utf-16" if count % 2 else "utf-8")


def file(chance: Random) -> tuple[bytes, str, str]:
    """Content, name and declared type of an upload."""
    contents = (
        b"", b"%PDF-1.4", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj trailer", b"PK\x03\x04broken",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0 jpeg", b"<html><script>", b"MZ" * 500, b"\x00" * 5000, LONG.encode()[: 2 * MEGABYTE],
        workbook_bomb(), rows_of_csv(50), rows_of_csv(51), b'a;b\n"never closed', b"\xff\xfeA",
        b"%PDF-1.4\n" + b"[" * 20000,
    )  # fmt: skip
    return chance.choice(contents), chance.choice(NAMES), chance.choice(TYPES)
