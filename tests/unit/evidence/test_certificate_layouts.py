"""Step 4, evidence: certificates in the words and layouts of many issuers say the same."""

from datetime import date

import pytest

from compliance.evidence.document import read_document
from tests.unit.evidence.drawn import answers, pdf_of

ISSUED, LAST, FIRST = date(2025, 3, 14), date(2028, 3, 13), date(2019, 3, 16)
ENGLISH = ("Jan", "Feb", "March", "Apr", "May", "June")
SWEDISH = ("januari", "februari", "mars", "april", "maj", "juni")
DATES = {
    "iso": date.isoformat,
    "dots": lambda day: f"{day:%Y.%m.%d}",
    "swedish": lambda day: f"{day.day} {SWEDISH[day.month - 1]} {day.year}",
    "swedish with den": lambda day: f"den {day.day} {SWEDISH[day.month - 1]} {day.year}",
    "american": lambda day: f"{ENGLISH[day.month - 1]} {day.day}th, {day.year}",
    "short": lambda day: f"{day.day:02} {ENGLISH[day.month - 1]} {day.year}",
    "day first": lambda day: f"{day:%d.%m.%Y}",
}
# opening, number, first issue, this issue, last day, who issued
WORDS = {
    "registration": ("This is to certify that the organisation", "Certificate registration no.",
                     "Originally registered", "Issue date", "Expiry date", "Certification body"),
    "approval": ("This certificate is granted to", "Approval number", "Original approval", "Current issue", "Expires",
                 "Issued by"),
    "client": ("Certified organisation", "Certificate reference number", "Initial certification", "Approval date",
               "Valid through", "Certification by"),
    "reissue": ("We hereby certify that the quality management system of", "Certificate ref", "First issued",
                "Reissued", "Certificate valid to", "Issuer"),
    "intyg": ("Vi intygar att ledningssystemet hos", "Bevis nr", "Certifierad sedan", "Beslutsdatum",
              "Gäller till och med", "Certifieringsorgan"),
    "tilldelat": ("Detta certifikat har tilldelats", "Certifikatsnummer", "Ursprungligt utfärdande", "Utfärdandedatum",
                  "Giltighet t.o.m.", "Utfärdare"),
    "kort": ("Certifikatsinnehavare", "Cert.nr", "Första utgåva", "Datum för utfärdande",
             "Certifikatet upphör att gälla", "Certifierare"),
    "nummer": ("Ledningssystemet hos", "Certifikatets registreringsnr", "Först utfärdat", "Utställt", "Löper ut",
               "Ackrediterat certifieringsorgan"),
}  # fmt: skip
LAYOUTS = ("beside", "column", "below")
EXPECTED = {
    "document_type": "certificate",
    "holder": "Exempel Fasad AB",
    "standard": "ISO 45001:2018",
    "certificate_number": "QT 2025/014",
    "issuer": "Provorganet Sverige AB",
    "issued_on": ISSUED.isoformat(),
    "valid_until": LAST.isoformat(),
}


def lines(words, layout, printed):
    opening, number, first, issue, last, issuer = WORDS[words]
    rows = [(number, "QT 2025/014"), (first, printed(FIRST)), (issue, printed(ISSUED)), (last, printed(LAST)),
            (issuer, "Provorganet Sverige AB")]  # fmt: skip
    forms = {"beside": "{}: {}", "column": "{}|{}", "below": "{}\n{}\n"}
    body = "\n".join(forms[layout].format(*row) for row in rows).split("\n")
    return [
        "# CERTIFICATE",
        opening,
        "## Exempel Fasad AB",
        "Provgatan 12, Provstad",
        "ISO 45001:2018",
        "",
        *body,
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("words", "form"), [*zip(WORDS, [*DATES, "iso"], strict=True), ("intyg", "swedish with den")]
)
def test_the_words_and_layouts_of_issuers_say_the_same(words, layout, form):
    reading = read_document(pdf_of(lines(words, layout, DATES[form]), column=230))
    assert answers(reading, EXPECTED) == EXPECTED
    assert not [fact for fact in reading.facts if fact.warnings and fact.answer]


ACROSS = ["# CERTIFICATE", "This is to certify that", "## Exempel Fasad AB", "ISO 45001:2018", "", "",
          "QT 2025/014|2025-03-14|2028-03-13", "Certificate number|Issue date|Valid until"]  # fmt: skip


def test_captions_under_their_values_belong_to_what_stands_over_them():
    reading = read_document(pdf_of(ACROSS))
    found = answers(reading, ("certificate_number", "issued_on", "valid_until"))
    assert list(found.values()) == ["QT 2025/014", "2025-03-14", "2028-03-13"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Giltighetstid: den 14 mars 2025 – den 13 mars 2028", "2028-03-13"),
        ("Valid from 14 March 2025 up to and including 13 March 2028", "2028-03-13"),
        ("Certifikatet gäller från och med 2025-03-14 till och med 2028-03-13.", "2028-03-13"),
        ("Certification cycle: 2025.03.14 to 2028.03.13", "2028-03-13"),
    ],
)
def test_the_end_of_a_period_is_the_last_day(line, value):
    reading = read_document(pdf_of([*ACROSS[:4], "Certificate no: QT 2025/014", line]))
    assert reading.first("valid_until").value == value


@pytest.mark.parametrize(
    ("above", "line", "issuer"),
    [
        ("Provholms Kontrollorgan", "intygar att", "Provholms Kontrollorgan"),
        ("", "We, Tidewater Inspections Ltd, confirm that", "Tidewater Inspections Ltd"),
        ("", "Brightholm Assessors hereby certifies that", "Brightholm Assessors"),
    ],
)
def test_who_certifies_is_the_issuer_and_not_the_holder(above, line, issuer):
    page = ["# CERTIFICATE", *filter(None, [above]), line, "Exempel Fasad AB",
            "complies with ISO 45001:2018", "Certificate no: QT 2025/014", "Valid until: 2028-03-13"]  # fmt: skip
    reading = read_document(pdf_of(page))
    assert answers(reading, ("holder", "issuer")) == {"holder": "Exempel Fasad AB", "issuer": issuer}


def test_a_place_and_a_day_is_when_it_was_issued():
    page = [
        *ACROSS[:4],
        "Certificate no: QT 2025/014",
        "Valid until: 2028-03-13",
        "Provstad, den 14 mars 2025",
    ]
    assert read_document(pdf_of(page)).first("issued_on").value == "2025-03-14"


def test_an_organisation_number_is_no_certificate_number():
    page = [
        *ACROSS[:4],
        "Reg. no.: 556012-5790",
        "Certificate registration no.: QT 2025/014",
        "Valid until: 2028-03-13",
    ]
    found = answers(read_document(pdf_of(page)), ("org_number", "certificate_number"))
    assert found == {"org_number": "556012-5790", "certificate_number": "QT 2025/014"}
