"""Draws people and companies from the words."""

import re
import unicodedata
from random import Random

from local.sugar.demo import words

_DOMAINS = ("example.com", "example.net", "example.org", "mail.example", "post.example")


def plain(text: str) -> str:
    """Text as it stands in an address: small, without accents, apostrophes and blanks."""
    text = text.replace("ß", "ss").replace("ł", "l").replace("Ł", "L").replace("ø", "o")
    text = text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ı", "i")  # noqa: RUF001 - a Turkish letter
    text = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "x"


class People:
    """Draws names, addresses and companies."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._companies: set[str] = set()

    def name(self) -> tuple[str, str]:
        """A first and a last name."""
        return self._random.choice(words.FIRST_NAMES), self._random.choice(words.LAST_NAMES)

    def email(self, first: str, last: str, domain: str | None = None) -> str:
        """An address that fits a name; capitals now and then, as people type them."""
        random = self._random
        local = random.choice((
            f"{plain(first)}.{plain(last)}",
            f"{plain(first)[0]}.{plain(last)}",
            f"{plain(last)}{random.randrange(1, 99)}",
            f"{plain(first)}.{plain(last)}{random.randrange(100, 9999)}",
        ))  # fmt: skip
        email = f"{local}@{domain or random.choice(_DOMAINS)}"
        return email.title() if random.random() < 0.03 else email

    def company(self) -> tuple[str, str]:
        """A company's name, each one new, and its mail domain."""
        random = self._random
        while True:
            name = " ".join((
                random.choice(words.COMPANY_STEMS),
                random.choice(words.COMPANY_KINDS),
                random.choice(words.COMPANY_ENDINGS),
            ))  # fmt: skip
            if name in self._companies:
                name = f"{name} {len(self._companies)}"
            if name not in self._companies:
                self._companies.add(name)
                return name, f"{plain(name)}.example"

    def phone(self) -> str:
        """A telephone number nobody has."""
        return f"+49 40 555 {self._random.randrange(1000, 9999)}"

    def address(self) -> tuple[str, str, str, str]:
        """Street, city, postal code and country."""
        city, country = self._random.choice(words.CITIES)
        street = f"{self._random.choice(words.STREETS)} {self._random.randrange(1, 180)}"
        return street, city, f"{self._random.randrange(10000, 99999)}", country
