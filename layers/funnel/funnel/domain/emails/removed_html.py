"""What a cleaner took out of HTML, to be said to whoever wrote it."""

from collections import Counter
from html.parser import HTMLParser

MOST_SAID = 12


def removed(before: str, after: str) -> tuple[str, ...]:
    """Tags, attributes and styles that are in one and not in the other, such as `<script>`, by name.

    At most `MOST_SAID`; what was put in is not told.
    """
    gone = _names(before) - _names(after)
    return tuple(sorted(gone))[:MOST_SAID]


def _names(html: str) -> Counter[str]:
    reader = _Names()
    reader.feed(html)
    reader.close()
    return reader.found


class _Names(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[f"<{tag[:40]}>"] += 1
        for name, value in attrs:
            if name == "style":
                self._styles(value or "")
            else:
                self.found[f"{name[:40]}="] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _styles(self, text: str) -> None:
        for one in text.split(";"):
            name = one.partition(":")[0].strip().casefold()
            # A plain colour is kept under its own name.
            name = "background-color" if name == "background" else name
            if name:
                self.found[f"{name[:40]}:"] += 1
