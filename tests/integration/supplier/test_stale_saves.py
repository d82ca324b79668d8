"""Whatever two people save, from pages of whatever age: no text goes that its successor had not seen."""

import time
from dataclasses import dataclass, field
from html import unescape
from random import Random

import pytest

from compliance.storage.models import Answer
from tests.integration.supplier.forms import Browser, Form

TEXT = "social_responsible_role"
SECTION = "company_profile.ways_of_working"
STEPS, MANY_STEPS = 40, 800


@dataclass
class Writer:
    """One tab: the revision its page is of, an older page that was left open, and every text it was shown."""

    browser: Browser
    address: str
    name: str
    seen: int = 0
    page: Form | None = None
    shown: set[str] = field(default_factory=set)
    written: int = 0
    conflicts: int = 0

    def next_text(self) -> str:
        self.written += 1
        return f"{self.name} skrev {self.written}"

    def open_page(self, stored: str) -> None:
        """Look at the section, and leave its page open."""
        self.page = self.browser.section(self.address, SECTION)
        self.notice(stored, str(self.page.fields))

    def notice(self, text: str, source: str) -> None:
        """Remember a text that stands in what was shown."""
        if text and text in unescape(source):
            self.shown.add(text)

    def save_by_script(self, text: str, stored: str) -> bool:
        """Save as the script does; whether it was acknowledged. A conflict shows what stands."""
        answer = self.browser.save(self.address, TEXT, revision=self.seen, value=text)
        assert answer.status_code in {200, 409}, answer.text
        self.seen = answer.json["revision"]
        if answer.status_code == 409:
            assert text in unescape(answer.json["html"])
            self.notice(stored, answer.json["html"])
            self.conflicts += 1
        return answer.status_code == 200

    def send_page(self, text: str, stored: str) -> bool:
        """Send the open page, however old; whether it was acknowledged. A conflict shows both texts."""
        form, self.page = self.page, None
        form.fields[f"{TEXT}:value"] = text
        answer = self.browser.send(form)
        assert answer.status_code in {302, 409}, answer.text
        if answer.status_code == 409:
            assert text in unescape(answer.text)
            self.notice(stored, answer.text)
            self.page = Form(answer.text, f"/sections/{SECTION}")
            self.conflicts += 1
        return answer.status_code == 302


def live(writers: list[Writer], rows, chance: Random, steps: int) -> int:
    """So many steps of both; the number of saves that were acknowledged."""
    acknowledged = 0
    for _ in range(steps):
        writer, before = chance.choice(writers), present(rows)
        if writer.page is None and chance.random() < 0.4:
            writer.open_page(before)
            continue
        text = writer.next_text()
        send = writer.send_page if writer.page and chance.random() < 0.6 else writer.save_by_script
        if send(text, before):
            acknowledged += 1
            assert present(rows) == text
            assert not before or before in writer.shown, (
                f"{text} replaced {before}, which {writer.name} never saw"
            )
            writer.shown.add(text)
        else:
            assert present(rows) == before
            assert before in writer.shown
    return acknowledged


def present(rows) -> str:
    rows.rollback()
    row = rows.query(Answer).filter_by(question_id=TEXT).one_or_none()
    return row.value if row else ""


@pytest.fixture
def writers(app, company, kim, rows) -> list[Writer]:
    rows.commit()
    return [
        Writer(kim, company.address, "Kim"),
        Writer(Browser(app).become(company.user), company.address, "Robin"),
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_acknowledged_text_goes_unseen(writers, rows, seed):
    assert live(writers, rows, Random(seed), STEPS) > STEPS / 5
    assert sum(writer.conflicts for writer in writers) > 1


@pytest.mark.soak
def test_no_acknowledged_text_goes_unseen_in_a_long_day(writers, rows):
    seed = time.time_ns() % 100_000
    assert live(writers, rows, Random(seed), MANY_STEPS) > MANY_STEPS / 5, seed
