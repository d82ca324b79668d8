"""The people of one story and the place where it happens: who comes, signs in, reads mail and follows links."""

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.demo_site import DemoSite
from tests.journeys.walking import Walker


@dataclass
class Story:
    """The people and the place."""

    site: DemoSite
    browser: Browser
    folder: Path
    people: list[Walker] = field(default_factory=list)
    round: str = ""
    home: str = ""

    def comes(self, *, width: int = 1280, scripts: bool = True) -> Walker:
        """Somebody opens a browser."""
        person = Walker(self.browser, self.site.address, width=width, scripts=scripts)
        self.people.append(person)
        return person

    def staff(self, role: str, *, width: int = 1280) -> Walker:
        """Somebody of the staff, signed in."""
        person = self.comes(width=width)
        person.open("/account/sign-in")
        person.look()
        email, password = self.site.password_of(role)
        person.write("E-post", email)
        person.write("Lösenord", password)
        person.press("Logga in")
        person.look()
        return person

    def mail(self, to: str, subject: str, *, how_many: int = 1) -> Walker:
        """Somebody at the mailbox who has opened the newest mail with these words in its subject."""
        reader = self.comes()
        rows = reader.page.get_by_role("row").filter(has_text=to).filter(has_text=re.compile(subject))
        for _ in range(40):
            reader.open("/demo/mailbox")
            if rows.count() >= how_many:
                break
            time.sleep(0.5)
        assert rows.count() == how_many, f"{rows.count()} mails to {to}: {subject}"
        with reader.page.expect_navigation():
            rows.first.get_by_role("link").click()
        reader.look()
        return reader

    def link(self, to: str, subject: str) -> str:
        """The supplier's link in that mail."""
        link = self.mail(to, subject).main.get_by_role("link").filter(has_text="/link/").first
        address = link.get_attribute("href")
        assert address
        return address

    def enters(self, link: str, *, width: int = 360, scripts: bool = True) -> Walker:
        """Somebody follows a supplier's link."""
        person = self.comes(width=width, scripts=scripts)
        person.open(link)
        person.look()
        person.press("Öppna")
        person.look()
        self.home = person.page.url
        return person
