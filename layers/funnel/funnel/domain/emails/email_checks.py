"""What is to be looked at in an email before it goes out: nothing here is refused, all of it is said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from urllib.parse import urlsplit

from funnel.domain.emails.colours import READABLE, contrast
from funnel.domain.emails.emails import Email
from funnel.domain.mail.mail_fields import FOOTER, SENDER
from funnel.domain.mail.mail_html import Attributes, dead_links, links_of
from funnel.domain.mail.merge_fields import without_fallback

GMAIL_CUTS = 102 * 1024
"""Bytes of HTML that Gmail shows; the rest is behind a link."""

FRAME_BYTES = 2_000
"""What our page around a mail, its picture and longer links come to, about."""

LONG_SUBJECT = 60
LONG_PREHEADER = 110
MOST_NAMED = 5

_SHORTENERS = frozenset(
    {"bit.ly", "t.co", "goo.gl", "tinyurl.com", "ow.ly", "is.gd", "buff.ly", "rebrand.ly",
     "cutt.ly", "lnkd.in", "t.ly", "rb.gy", "tiny.cc", "shorturl.at", "bl.ink"}
)  # fmt: skip
_SURE = frozenset({"sender_name", "sender_email", "email"})
"""Fields that every mail of the tenant has a value for."""


class Weight(StrEnum):
    """How much a finding matters."""

    BAD = "bad"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: what kind it is, and the places it is about, five at most."""

    kind: str
    weight: Weight
    about: tuple[str, ...] = ()
    number: int = 0


def findings(email: Email, *, postal_address: str, bytes_out: int) -> tuple[Finding, ...]:
    """What is to be looked at, the bad first.

    `postal_address` is that of the mail settings; `bytes_out` is how long the whole page is.
    """
    found = [
        *_frame(email, postal_address, bytes_out),
        *_lines(email),
        *_links(email),
        *_pictures(email),
        *_fields(email),
        *_look(email),
    ]
    return tuple(sorted(found, key=lambda one: one.weight is not Weight.BAD))


def _frame(email: Email, postal_address: str, bytes_out: int) -> Iterator[Finding]:
    if not postal_address:
        yield Finding("postal", Weight.BAD)
    size = bytes_out + FRAME_BYTES
    if size > GMAIL_CUTS:
        yield Finding("long", Weight.BAD, number=size // 1024)
    if email.text_is_old:
        yield Finding("old_text", Weight.WARN)


def _lines(email: Email) -> Iterator[Finding]:
    if len(email.subject) > LONG_SUBJECT:
        yield Finding("subject", Weight.WARN, number=len(email.subject))
    letters = [one for one in email.subject if one.isalpha()]
    if len(letters) > 8 and all(one.isupper() for one in letters):
        yield Finding("shouting", Weight.WARN)
    if not email.preheader:
        yield Finding("preheader", Weight.WARN)
    elif len(email.preheader) > LONG_PREHEADER:
        yield Finding("long_preheader", Weight.WARN, number=len(email.preheader))


def _links(email: Email) -> Iterator[Finding]:
    targets = links_of(email.html)
    yield from _some("dead", Weight.BAD, (one for one in dead_links(email.html) if one))
    yield from _some("shortened", Weight.WARN, filter(_is_shortened, targets))
    yield from _some("numbers", Weight.WARN, filter(_is_address_of_numbers, targets))
    yield from _some("http", Weight.WARN, (one for one in targets if one.startswith("http:")))
    yield from _some("example", Weight.WARN, filter(_is_example, targets))
    yield from _some("misleading", Weight.BAD, _of(email.html).misleading)
    yield from _some("empty_link", Weight.BAD, _of(email.html).empty)


def _pictures(email: Email) -> Iterator[Finding]:
    pictures = _of(email.html).pictures
    yield from _some("alt", Weight.BAD, (one.address for one in pictures if not one.alt))
    yield from _some("size", Weight.WARN, (one.address for one in pictures if not one.has_size))
    yield from _some(
        "http_picture",
        Weight.WARN,
        (one.address for one in pictures if one.address.startswith("http:")),
    )


def _fields(email: Email) -> Iterator[Finding]:
    templates = (email.subject, email.preheader, email.html, email.text)
    names = dict.fromkeys(name for one in templates for name in without_fallback(one))
    sure = {*FOOTER, *_SURE} if not email.sales_template else {*FOOTER, *SENDER, "email"}
    yield from _some("fallback", Weight.WARN, (one for one in names if one not in sure))


def _look(email: Email) -> Iterator[Finding]:
    if email.blocks and contrast(email.look.ink, email.look.surface) < READABLE:
        yield Finding("contrast", Weight.WARN)
    if email.blocks and contrast(email.look.accent, email.look.surface) < READABLE:
        yield Finding("link_contrast", Weight.WARN)


def _some(kind: str, weight: Weight, about: Iterable[str]) -> Iterator[Finding]:
    each = tuple(dict.fromkeys(about))
    if each:
        yield Finding(kind, weight, each[:MOST_NAMED], len(each))


def _host(target: str) -> str:
    return (urlsplit(target).hostname or "").removeprefix("www.")


def _is_shortened(target: str) -> bool:
    return _host(target) in _SHORTENERS


def _is_address_of_numbers(target: str) -> bool:
    host = _host(target)
    return ":" in host or (bool(host) and host.replace(".", "").isdigit())


def _is_example(target: str) -> bool:
    host = _host(target)
    return host in {"example.com", "example.org", "example.net"} or host.endswith(".test")


@dataclass(frozen=True, slots=True)
class _Picture:
    address: str
    alt: str
    has_size: bool


def _of(html: str) -> "_Page":
    page = _Page()
    page.feed(html)
    page.close()
    return page


class _Page(HTMLParser):
    """Pictures, links that say another address than they lead to, and links that say nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures: list[_Picture] = []
        self.misleading: list[str] = []
        self.empty: list[str] = []
        self._target: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        if tag == "img":
            alt = (values.get("alt") or "").strip()
            self.pictures.append(_Picture(values.get("src") or "", alt, bool(values.get("width"))))
            self._words.append(alt)
        elif tag == "a":
            self._target, self._words = (values.get("href") or "").strip(), []

    def handle_endtag(self, tag: str) -> None:
        if tag != "a" or self._target is None:
            return
        words = "".join(self._words).strip()
        if not words:
            self.empty.append(self._target)
        elif _says_another(words, self._target):
            self.misleading.append(f"{words} → {self._target}")
        self._target = None

    def handle_data(self, data: str) -> None:
        self._words.append(data)


def _says_another(words: str, target: str) -> bool:
    """Whether a link reads as the address of one host and leads to another, as forgers do."""
    said = words.casefold()
    if any(one.isspace() for one in said) or not target.startswith(("http:", "https:")):
        return False
    if not said.startswith(("http://", "https://", "www.")):
        return False
    host = _host(said if "//" in said else f"https://{said}")
    return bool(host) and host != _host(target)
