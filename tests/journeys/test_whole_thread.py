"""One assessment from registration to decision, by people who know only the pages, on the demo as it is started."""

import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from compliance import clock
from tests.journeys.demo_site import DemoSite, demo_site
from tests.journeys.fresh_papers import PROGRAM, Certificate, write, write_too_large
from tests.journeys.story import Story
from tests.journeys.visits import opened
from tests.journeys.walking import Answerer, Walker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="starts and looks at processes as on Linux"),
]
COMPANY, NUMBER, WRONG_NUMBER = "Nya Provmåleriet AB (påhittat)", "559123-4561", "559123-4562"
EVA, KIM, SVEN = "eva@provmaleri.example", "kim@provmaleri.example", "sven@provsno.example"
CONTRACT = "PROV-1"
PERSONAL_NUMBER = "811218-9876"  # the tax agency's own number for tests
TODAY = clock.today()
LATER, EXPIRED = TODAY + timedelta(days=45), TODAY - timedelta(days=30)
UNTIL = TODAY + timedelta(days=400)
REFUSED = {401, 403, 404}
WISHES = {
    "gäller det i dag": "ISO 45001",
    "Till och med vilken dag": UNTIL.isoformat(),
    "betalat för att få arbetet": "Nej",
    "facklig organisation": "Nej",
    "klagomål": "Nej",
}


@pytest.fixture
def site(tmp_path) -> Iterator[DemoSite]:
    with demo_site(tmp_path / "demo") as running:
        yield running


def test_from_registration_to_decision_and_back(site, chromium, tmp_path):
    with opened(chromium) as browser:
        story = Story(site, browser, tmp_path)
        anna = story.staff("procurer")
        register_supplier(anna)
        register_contract(anna)
        invite(story, anna)
        ask_for_time_and_pass_it_on(story, anna)
        answer_everything(story)
        give_papers(story)
        send_in(story)
        look_at_the_result(story, anna)
        judge(story, anna)
        request_completion(story, anna)
        complete(story)
        approve(story, anna)
        nobody_else_comes_near(story)
        register_others(story, anna)
        for person in story.people:
            person.must_be_clean()
    verified = site.run("audit", "verify")
    assert verified.returncode == 0, verified.stdout


def register_supplier(anna: Walker) -> None:
    anna.open("/suppliers/new")
    anna.look()
    anna.fill({"Företagets namn": COMPANY, "Organisations-": WRONG_NUMBER, "Namn": "Eva Prov"})
    anna.write("E-postadress", EVA)
    anna.choose("Svenskt företag")
    anna.pick("Grundrisk", "Hög")
    with anna.expecting_refusal():
        anna.press("Registrera leverantören")
    anna.sees("Sista siffran stämmer inte")
    anna.write("Organisations-", NUMBER)
    anna.press("Registrera leverantören")
    anna.sees(COMPANY, NUMBER, "Eva Prov", EVA)
    anna.look()


def register_contract(anna: Walker) -> None:
    anna.follow("Registrera ett avtal")
    anna.look()
    anna.fill({"Avtalsnummer": CONTRACT, "Vad avtalet gäller": "Målning av provhus"})
    anna.write("Första dag", str(TODAY - timedelta(days=300)))
    anna.write("Sista dag i första", str(TODAY - timedelta(days=301)))
    anna.choose("Option: vi får välja")
    anna.fill({"Hur många gånger": "2", "Hur lång är varje": "12", "Hur långt före": "3"})
    with anna.expecting_refusal():
        anna.press("Spara")
    anna.sees("Sista dagen ligger före första dagen")
    anna.write("Sista dag i första", str(TODAY + timedelta(days=250)))
    anna.press("Spara")
    anna.sees("senast 3 månader före slutet", "Sista arbetsdag att säga upp eller utlösa optionen")
    anna.look()


def invite(story: Story, anna: Walker) -> None:
    anna.follow(re.escape(COMPANY))
    anna.follow("Bjud in att svara")
    anna.look()
    anna.press("Skicka inbjudan")
    anna.sees("Länken har inte öppnats än")
    anna.look()
    story.round = anna.page.url


def ask_for_time_and_pass_it_on(story: Story, anna: Walker) -> None:
    link = story.link(EVA, "Svara på frågor")
    eva = story.enters(link)
    eva.follow("Vi behöver mer tid")
    eva.look()
    eva.fill({"När kan ni svara": LATER.isoformat(), "Varför": "Vår ekonom är sjuk."})
    eva.press("Skicka till")
    eva.look()
    grant(anna, "Vår ekonom är sjuk.")
    story.mail(EVA, "sista dag")
    eva.open(story.home)
    eva.follow("Fel person")
    eva.look()
    eva.fill({"Namn": "Kim Prov", "E-postadress": KIM})
    eva.press("Skicka till")
    eva.look()
    grant(anna, "Kim Prov", KIM)
    assert eva.status(link) == 410
    eva.sees("Den här länken fungerar inte längre", "k…@")
    eva.look()
    assert eva.status(story.home) in REFUSED


def grant(anna: Walker, *what: str) -> None:
    anna.open("/desk")
    anna.look()
    anna.sees(*what)
    anna.follow("Svara leverantören")
    anna.look()
    anna.press("Ja, gör så")
    anna.sees("Klart:")


def answer_everything(story: Story) -> None:
    link = story.link(KIM, "Svara på frågor")
    by_forms_alone = story.enters(link, scripts=False)
    by_forms_alone.follow("Börja|Fortsätt")
    plain = Answerer(by_forms_alone, WISHES)
    for _ in range(4):
        plain.answer_section()
        by_forms_alone.press("Spara och fortsätt")
    kim = story.enters(link)
    kim.follow("Fortsätt")
    Answerer(kim, WISHES).answer_everything()
    kim.sees("Alla frågor är besvarade")
    kim.look()


def give_papers(story: Story) -> None:
    kim = story.people[-1]
    kim.follow("ISO 45001-certifikat")
    question = kim.page.get_by_role("region", name="ISO 45001-certifikat", exact=True)
    giver = Answerer(kim)
    for paper, message in not_papers(story.folder):
        giver.offer(question, paper)
        question.get_by_text(message).wait_for()
    for paper in papers(story.folder):
        giver.give(question, paper)
    question.get_by_text(f"gällde till och med {EXPIRED} och har gått ut").wait_for(timeout=60_000)
    question.get_by_text(f"Dokumentet gäller till och med {UNTIL}").first.wait_for(timeout=60_000)
    question.get_by_text("556012-5790, som inte är leverantörens").first.wait_for(timeout=60_000)
    kim.look()


def not_papers(folder: Path) -> list[tuple[Path, str]]:
    return [
        (write(folder / "program.pdf", PROGRAM), "Filen är ett program och inget dokument"),
        (write(folder / "tom.pdf", b""), "Filen är tom"),
        (write_too_large(folder / "stor.pdf"), "Filen är större än 25 MB"),
    ]


def papers(folder: Path) -> list[Path]:
    issued = TODAY - timedelta(days=600)
    return [
        Certificate(COMPANY, "PC-2023-11", issued, EXPIRED, NUMBER).draw(folder / "gammalt.pdf"),
        Certificate("Helt Annat Bygg AB", "PC-77", issued, UNTIL, "556012-5790").draw(folder / "annans.pdf"),
        Certificate(COMPANY, "PC-2026-12", issued, UNTIL, NUMBER).draw(folder / "gällande.pdf"),
    ]


def send_in(story: Story, *, receipts: int = 1) -> None:
    kim = story.people[-1]
    kim.open(story.home)
    kim.follow("Kontrollera svaren")
    kim.sees("offentlighetsprincipen", "gällande.pdf")
    kim.fill({"Ditt namn": "Kim Prov", "Din roll": "Platschef"})
    with kim.expecting_refusal():
        kim.press("Skicka in svaren")
    kim.choose("så vitt jag vet")
    kim.press("Skicka in svaren")
    kim.sees("Vi har tagit emot era svar")
    kim.look()
    kim.follow("Se ert resultat")
    kim.look()
    story.mail(KIM, "Vi har tagit emot era svar", how_many=receipts)


def look_at_the_result(story: Story, anna: Walker) -> None:
    anna.open("/desk")
    anna.look()
    anna.sees(f"{COMPANY}, {CONTRACT}", "Ett krav med nolltolerans är inte uppfyllt")
    anna.open(story.round)
    anna.look()
    anna.sees("Inskickad", "Kim Prov, Platschef", "Leverantören skickade in sina svar")
    for part in ("Mänskliga rättigheter", "Arbetsvillkor", "Arbetsmiljö"):
        anna.follow(f"^{part}$")
        anna.look()
    anna.sees("gammalt.pdf", "gällande.pdf", "annans.pdf", f"gällde till och med {EXPIRED}")


def judge(story: Story, anna: Walker) -> None:
    paper = (
        anna.page.get_by_role("listitem").filter(has=anna.page.get_by_role("link", name="annans.pdf")).last
    )
    paper.get_by_label("Din bedömning").select_option(index=2)
    anna.press("Spara bedömningen", within=paper)
    anna.sees("annans.pdf")
    anna.look()


def request_completion(story: Story, anna: Walker) -> None:
    look_and_decide(anna)
    anna.choose("Begär komplettering")
    anna.write("Varför?", "För kort.")
    with anna.expecting_refusal():
        anna.press("Fatta beslutet")
    anna.look()
    anna.sees("Något behöver rättas", "Skriv vad leverantören ska komplettera")
    anna.write("Varför?", "Facklig frihet och avgifter för arbete måste redas ut innan vi kan godkänna.")
    anna.write("Vad ska leverantören", "Svara på frågorna om avgifter och facklig organisation igen.")
    anna.press("Fatta beslutet")
    anna.look()


def look_and_decide(anna: Walker) -> None:
    anna.open(f"/contracts?text={CONTRACT}")
    anna.look()
    anna.follow(re.escape(CONTRACT))
    anna.follow("Granska och besluta")
    anna.look()


def complete(story: Story) -> None:
    kim = story.enters(story.link(KIM, "[Kk]omplettera"))
    kim.sees("Svara på frågorna om avgifter")
    better = {"betalat för att få arbetet": "Ja", "facklig organisation": "Ja", "klagomål": "Ja"}
    for part in ("Det som aldrig får förekomma", "Rätten att organisera sig"):
        kim.open(story.home)
        kim.follow(part)
        Answerer(kim, better).answer_section()
    send_in(story, receipts=2)


def approve(story: Story, anna: Walker) -> None:
    anna.open(story.round)
    anna.sees("Inskickad", "Svaren poängsattes (resultat 2")
    if anna.main.get_by_role("link", name="Begär granskning").count():
        anna.follow("Begär granskning")
        anna.look()
        anna.write("Varför", "Svaren har kompletterats och ska godkännas.")
        anna.press("Begär granskning|Begär en granskning")
    look_and_decide(anna)
    anna.choose("Godkänn")
    anna.write("Varför?", "Svaren är kompletta och visar att leverantören tar sitt ansvar.")
    anna.press("Fatta beslutet")
    anna.look()
    anna.open(story.round)
    anna.sees("Avslutad", "Ny bedömning senast")
    story.mail(KIM, "[Bb]eslut|[Gg]odkän")
    anna.follow(re.escape(CONTRACT))
    anna.look()
    anna.sees("Godkänn", "Begär komplettering", "Nästa bedömning", "Ett beslut fattades")


def nobody_else_comes_near(story: Story) -> None:
    rolf = story.staff("reader", width=360)
    for path in ("/desk", "/suppliers", "/contracts", "/assessments", "/messages", story.round):
        rolf.open(path)
        rolf.look()
        assert not rolf.main.get_by_role("button", name=re.compile("Fatta|Stäng|Avbryt|Skicka")).count()
    assert rolf.status("/suppliers/new") == 403
    per = story.enters(story.link("per@exempeltradgard.example", "Svara på frågor"))
    for path in ("", "/check", "/result", "/answers", "/receipt"):
        assert per.status(story.round.replace("/assessments/", "/supplier/assessments/") + path) == 404
    assert per.status(story.round) in REFUSED


def register_others(story: Story, anna: Walker) -> None:
    """A sole trader, whose number nobody may see on any page, and a foreign company by its VAT number."""
    begin_supplier(anna, "Provsnö (enskild firma, påhittad)", "Enskild firma", PERSONAL_NUMBER, SVEN)
    sole_trader = anna.page.url
    anna.sees("••••••-••••")
    anna.follow("Registrera ett avtal")
    anna.fill({"Avtalsnummer": "PROV-2", "Vad avtalet gäller": "Snöröjning", "Första dag": str(TODAY)})
    anna.press("Spara")
    anna.open(sole_trader)
    anna.follow("Bjud in att svara")
    anna.press("Skicka inbjudan")
    sven = story.enters(story.link(SVEN, "Svara på frågor"))
    for path in (sole_trader, anna.page.url, "/desk", "/suppliers", "/contracts?text=PROV-2", "/messages"):
        anna.open(path)
        anna.does_not_see(PERSONAL_NUMBER, PERSONAL_NUMBER.replace("-", ""), PERSONAL_NUMBER[-4:])
    sven.does_not_see(PERSONAL_NUMBER[-4:])
    with anna.expecting_refusal():
        begin_supplier(anna, "Probe Dach GmbH (påhittat)", "med momsnummer", "DE123456789", "x@probe.example")
    anna.sees("momsnummer", "Något behöver rättas")
    begin_supplier(anna, "Probe Dach GmbH (påhittat)", "med momsnummer", "DE136695976", "x@probe.example")
    anna.sees("DE 136695976", "Tyskland", "Probe Dach GmbH")


def begin_supplier(anna: Walker, name: str, kind: str, number: str, email: str) -> None:
    anna.open("/suppliers/new")
    anna.fill({"Företagets namn": name, "Organisations-": number, "Namn": "Sven Prov", "E-postadress": email})
    anna.choose(kind)
    if "moms" in kind:
        anna.pick("Land", "Tyskland")
    anna.press("Registrera leverantören")
