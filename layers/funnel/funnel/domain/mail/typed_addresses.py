"""Addresses of pages that somebody typed as plain words: in a mail they become links."""

import re
from html import escape, unescape
from html.parser import HTMLParser

from funnel.domain.mail.mail_html import LINKED, is_web_address

_ADDRESS = re.compile(r"(?<!\w)https?://[^\s<>\"`“”„‘’«»]+", re.IGNORECASE)  # noqa: RUF001
_SENTENCE = ".,;:!?…*_~'"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def with_typed_links(html: str) -> str:
    """The HTML in which each address of a page is a link; what is within a link stays as it is.

    A full stop behind an address ends the sentence, and a bracket counts if it was opened in it.
    Works on what a cleaner has made well-formed.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return "".join(reader.parts)


def _linked(text: str) -> str:
    """Escaped text with links."""
    said = unescape(text)
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(said):
        address = _ended(found[0])
        if not is_web_address(address):
            continue
        shown = escape(address)
        parts += [escape(said[end : found.start()], quote=False), f'<a href="{shown}">{shown}</a>']
        end = found.start() + len(address)
    return "".join([*parts, escape(said[end:], quote=False)]) if end else text


def _ended(address: str) -> str:
    """Without what belongs to the sentence around it."""
    while address:
        last = address[-1]
        opened = _PAIRS.get(last)
        if last not in _SENTENCE and (not opened or address.count(opened) >= address.count(last)):
            break
        address = address[:-1]
    return address


class _Reader(HTMLParser):
    """Tags as they are; the text between two of them, entities included, at once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._text: list[str] = []
        self._links = 0

    def flush(self) -> None:
        """End a run of text."""
        text = "".join(self._text)
        self._text.clear()
        self.parts.append(text if self._links else _linked(text))

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.flush()
        self._links += tag in LINKED
        self.parts.append(self.get_starttag_text() or "")

    def handle_startendtag(self, _tag: str, _attrs: object) -> None:
        self.flush()
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.flush()
        self._links -= tag in LINKED and self._links > 0
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        self._text.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._text.append(f"&#{name};")
