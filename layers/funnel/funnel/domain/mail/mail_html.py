"""HTML of a mail: its links, and what it says as plain text.

Works on what a cleaner has made well-formed, in one pass and in linear time.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote, urlsplit

from funnel.domain.text import is_text

LONGEST_TARGET = 1000
MOST_LINKS = 200

_BEYOND_ASCII = re.compile(r"[^\x21-\x7e]+")
LINKED = frozenset({"a", "area"})
_BLOCKS = frozenset(
    {"p", "div", "tr", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
     "pre", "hr", "header", "footer", "section", "article", "center"}
)  # fmt: skip
_SPACED = _BLOCKS - {"div", "tr", "center"}
_UNSHOWN = frozenset({"style", "script", "title", "head"})

Attributes = list[tuple[str, str | None]]
Change = Callable[[str, Attributes], Attributes | None]


def is_web_address(target: str) -> bool:
    """Whether a link leads to a page: http or https, with a host, and nothing that hides in it.

    Browsers end the host at a backslash, where nobody else does: one would lead elsewhere than read.
    """
    if len(target) > LONGEST_TARGET or not is_text(target) or any(c.isspace() for c in target):
        return False
    if "\\" in target:
        return False
    try:
        parts = urlsplit(target)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc


def ascii_address(target: str) -> str:
    """The address of a page in ASCII, as headers have it: its host in IDNA, all else in percent."""
    parts = urlsplit(target)
    host, colon, port = parts.netloc.partition(":")
    if not host.isascii():
        # A name that is none in IDNA leads nowhere, in percent neither.
        with suppress(UnicodeError):
            name = host.encode("idna").decode()
            target = target.replace(parts.netloc, f"{name}{colon}{port}", 1)
    return _BEYOND_ASCII.sub(lambda found: quote(found[0]), target)


def with_links(html: str, address: Callable[[str], str]) -> str:
    """The HTML with every link to a page leading where `address` says for its target.

    Everything else stays as it is: mailto, tel, places in the mail itself.
    """

    def led(tag: str, attrs: Attributes) -> Attributes | None:
        target = next((v for name, v in attrs if name == "href" and v), "").strip()
        if tag not in LINKED or not is_web_address(target):
            return None
        kept = [(name, v) for name, v in attrs if name not in {"href", "ping"}]
        return [("href", address(target)), *kept]

    return rewritten(html, led)


def rewritten(html: str, change: Change) -> str:
    """The HTML with the attributes of each tag as `change` says, or as they are where it says None."""
    rewriter = _Rewriter(change)
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.parts)


def links_of(html: str) -> tuple[str, ...]:
    """Where its links to pages lead, each once, in their order."""
    found: dict[str, None] = {}

    def note(target: str) -> str:
        found[target] = None
        return target

    with_links(html, note)
    return tuple(found)


def dead_links(html: str) -> tuple[str, ...]:
    """Where its links lead that lead nowhere in a mail, each once: no page, no address, no number."""
    reader = _Links()
    reader.feed(html)
    reader.close()
    return tuple(one for one in dict.fromkeys(reader.found) if not _leads(one))


def without_dead_links(html: str) -> str:
    """The HTML in which what leads nowhere is no link any more; its words stay."""

    def led(tag: str, attrs: Attributes) -> Attributes | None:
        target = next((value or "" for name, value in attrs if name == "href"), "#").strip()
        if tag not in LINKED or _leads(target):
            return None
        return [(name, value) for name, value in attrs if name != "href"]

    return rewritten(html, led)


def _leads(target: str) -> bool:
    if target.startswith(("#", "{{")) or target.casefold().startswith(("mailto:", "tel:")):
        return True
    return is_web_address(target)


def text_of(html: str) -> str:
    """What it says: paragraphs apart, links with their addresses in brackets, list items with a dash."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


class _Rewriter(HTMLParser):
    def __init__(self, change: Change) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._change = change

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        changed = self._change(tag, attrs)
        if changed is None:
            self.parts.append(self.get_starttag_text() or "")
            return
        texts = [name if v is None else f'{name}="{escape(v)}"' for name, v in changed]
        self.parts.append(f"<{' '.join([tag, *texts])}>")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in LINKED:
            self.found += [(value or "").strip() for name, value in attrs if name == "href"]

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0
        self._targets: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        values = dict(attrs)
        if tag in _UNSHOWN:
            self._hidden += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "img" and values.get("alt"):
            self.parts.append(f" {values['alt']} ")
        elif tag == "a":
            self._targets.append((values.get("href") or "", len(self.parts)))
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _SPACED else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSHOWN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "a" and self._targets:
            target, since = self._targets.pop()
            shown = "".join(self.parts[since:]).strip()
            leads = is_web_address(target) or target == "{{unsubscribe_link}}"
            if leads and shown != target:
                self.parts.append(f" ({target})" if shown else target)
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _SPACED else "\n")
        elif tag == "td":
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(" ".join(data.split("\n")))
