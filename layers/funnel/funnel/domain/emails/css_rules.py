"""Style sheets that marketers bring: read, cleaned, and parted into what can stand in each tag and what cannot.

Mail programs take the style of a tag everywhere, and a style sheet only here and there. So plain rules
are written into the tags, and only rules for narrow or dark screens stay a sheet. Nothing is kept that
loads anything; and a rule that stays names a class, so that it reaches no footer of ours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from funnel.domain.errors import InputInvalid

LONGEST_CSS = 50_000
MOST_RULES = 1_000
MOST_SAID = 12

STYLES = frozenset(
    {"background-color", "border", "border-bottom", "border-collapse", "border-color",
     "border-left", "border-radius", "border-right", "border-spacing", "border-style",
     "border-top", "border-width", "color", "font-family", "font-size", "font-style",
     "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin",
     "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "min-width",
     "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align",
     "text-decoration", "text-transform", "vertical-align", "white-space", "width",
     "word-break"}
)  # fmt: skip
"""Properties that load nothing, hide no text and lay nothing over other parts of a page."""

_OF_SCREENS = STYLES | {"display", "float", "clear"}
_VALUE = re.compile(r"[\w\s#%.,()'\"+!-]{1,300}", re.ASCII)
_LOADS = re.compile(r"(?:url|expression|attr|var|env|element|image[\w-]*)\s*\(", re.IGNORECASE)
_SELECTOR = re.compile(r"[\w\s.#:>*+~,()\[\]=\"'^$|-]{1,500}", re.ASCII)
_OF_CLASS = re.compile(
    r"(?:(?:[a-z][a-z0-9]*)?(?:\.[\w-]+)*\s+)*(?:[a-z][a-z0-9]*)?(?:\.[\w-]+)+", re.ASCII
)
_SCREEN = re.compile(
    r"(?:(?:only\s+)?(?:screen|all)\s*(?:and\s*)?)?"
    r"(?:\((?:(?:min|max)-(?:device-)?width\s*:\s*\d{1,4}(?:\.\d+)?(?:px|em|rem)|prefers-color-scheme\s*:\s*(?:dark|light))\)"
    r"(?:\s*and\s*)?){0,4}",
    re.ASCII | re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_COLOUR = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CssRule:
    """Selectors, and properties with their values."""

    selectors: str
    declarations: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.selectors}{{{';'.join(f'{name}:{value}' for name, value in self.declarations)}}}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A clean style sheet: plain rules, and rules by the condition on the screen.

    `removed` names what was taken out. `background` is the colour of the page's body.
    """

    rules: tuple[CssRule, ...] = ()
    screens: tuple[tuple[str, tuple[CssRule, ...]], ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """What is written into the tags."""
        return "\n".join(map(str, self.rules))

    @property
    def kept(self) -> str:
        """What stays a style sheet."""
        parts = (f"@media {on}{{{''.join(map(str, rules))}}}" for on, rules in self.screens)
        return "\n".join(parts)

    @property
    def background(self) -> str:
        """The colour of the page, "" where the sheet says none."""
        for rule in reversed(self.rules):
            names = {one.strip() for one in rule.selectors.split(",")}
            colour = dict(rule.declarations).get("background-color", "")
            if names & {"body", "html"} and _COLOUR.fullmatch(colour):
                return colour
        return ""

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.plain, self.kept)))


def sheet_of(css: str, field: str = "css") -> Sheet:
    """The style sheet without what could do harm. Raises `InputInvalid` for one that is too long."""
    if len(css) > LONGEST_CSS:
        raise InputInvalid(f"At most {LONGEST_CSS // 1000} KB of style sheet.", field=field)
    reader = _Reader()
    reader.read(_COMMENT.sub(" ", css))
    if reader.count > MOST_RULES:
        raise InputInvalid(f"At most {MOST_RULES} rules in a style sheet.", field=field)
    return Sheet(
        tuple(reader.rules), tuple(reader.screens), tuple(sorted(reader.removed))[:MOST_SAID]
    )


def parted(html: str) -> tuple[str, str]:
    """HTML without its style sheets, and those. A comment that only some programs read is no sheet."""
    if "<style" not in html.casefold():
        return html, ""
    reader = _Styles()
    reader.feed(html)
    reader.close()
    lines = html.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    kept: list[str] = []
    place = 0
    for begin, end in reader.places:
        at = starts[begin[0] - 1] + begin[1]
        kept.append(html[place:at])
        place = starts[end[0] - 1] + end[1] if end else len(html)
        place = html.find(">", place) + 1 or len(html)
    kept.append(html[place:])
    return "".join(kept), "\n".join(reader.sheets)


class _Styles(HTMLParser):
    """Where the style sheets of a page begin and end, and what they say."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.places: list[tuple[tuple[int, int], tuple[int, int] | None]] = []
        self.sheets: list[str] = []
        self._since: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag == "style":
            self._since = self.getpos()
            self.sheets.append("")
            self.places.append((self._since, None))

    def handle_endtag(self, tag: str) -> None:
        if tag == "style" and self._since is not None:
            self.places[-1] = (self._since, self.getpos())
            self._since = None

    def handle_data(self, data: str) -> None:
        if self._since is not None:
            self.sheets[-1] += data


class _Reader:
    def __init__(self) -> None:
        self.rules: list[CssRule] = []
        self.screens: list[tuple[str, tuple[CssRule, ...]]] = []
        self.removed: set[str] = set()
        self.count = 0

    def read(self, css: str) -> None:
        for head, body in _blocks(css):
            if not head.startswith("@"):
                self.rules += self._rule(head, body, of_screens=False)
            elif body is not None and head.casefold().startswith("@media"):
                self._media(head[6:].strip(), body)
            else:
                self.removed.add(head.split()[0][:40])

    def _media(self, condition: str, body: str) -> None:
        condition = " ".join(condition.split()).casefold()
        if not condition or not _SCREEN.fullmatch(condition):
            self.removed.add("@media")
            return
        inner = [
            rule
            for head, one in _blocks(body)
            if not head.startswith("@")
            for rule in self._rule(head, one, of_screens=True)
        ]
        if inner:
            self.screens.append((condition, tuple(inner)))

    def _rule(self, head: str, body: str | None, *, of_screens: bool) -> list[CssRule]:
        self.count += 1
        selectors = " ".join(head.split())
        if body is None or not _SELECTOR.fullmatch(selectors):
            self.removed.add(selectors[:40] or "{")
            return []
        if of_screens:
            each = [one.strip() for one in selectors.split(",")]
            fit = [one for one in each if _OF_CLASS.fullmatch(one)]
            self.removed.update(one[:40] for one in each if one and one not in fit)
            selectors = ",".join(fit)
        known = _OF_SCREENS if of_screens else STYLES
        said = tuple(self._declarations(body, known))
        return [CssRule(selectors, said)] if selectors and said else []

    def _declarations(self, body: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
        for one in body.split(";"):
            name, colon, value = one.partition(":")
            name, value = name.strip().casefold(), " ".join(value.split())
            if not colon or not value:
                continue
            if name == "background" and re.fullmatch(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]+", value):
                name = "background-color"
            fits = _VALUE.fullmatch(value) and not _LOADS.search(value)
            if name in known and fits and value.count('"') % 2 == 0 and value.count("'") % 2 == 0:
                yield name, value
            else:
                self.removed.add(f"{name[:40]}:")


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each block, and in it; None for a statement without one. In linear time."""
    place, length = 0, len(css)
    for found in re.finditer(r"[;{}]", css):
        at = found.start()
        if at < place:
            continue
        head = css[place:at].strip()
        if found[0] != "{":
            if head:
                yield head, None
            place = at + 1
            continue
        end = _end_of(css, at)
        if head:
            yield head, css[at + 1 : end]
        place = end + 1
        if place >= length:
            return


def _end_of(css: str, at: int) -> int:
    depth = 0
    for found in re.compile(r"[{}]").finditer(css, at):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return found.start()
    return len(css)
