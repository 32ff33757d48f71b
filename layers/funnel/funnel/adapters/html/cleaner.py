"""HTML made harmless by nh3 (ammonia), which parses it as browsers do and writes it anew.

Style sheets are written into tags by css-inline, which is told to load nothing.
"""

import re
from typing import Any

from funnel.domain.emails.css_rules import STYLES

_TAGS = frozenset(
    {"a", "b", "blockquote", "br", "center", "code", "div", "em", "h1", "h2", "h3", "h4", "h5",
     "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup",
     "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"}
)  # fmt: skip
_EVERYWHERE = frozenset({"style", "class", "title", "align", "dir", "lang"})
_CELLS = frozenset({"colspan", "rowspan", "width", "height", "valign", "bgcolor"})
_ATTRIBUTES = {
    "*": set(_EVERYWHERE),
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "table": {"role", "width", "cellpadding", "cellspacing", "border", "bgcolor"},
    "td": set(_CELLS),
    "th": set(_CELLS),
    "ol": {"start"},
}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_COLOUR = re.compile(
    r"(^|;)\s*background\s*:(?=\s*(?:#[0-9a-f]{3,8}|[a-z]+)\s*(?:;|$))", re.IGNORECASE
)
_WHOLE = re.compile(r"https?://", re.IGNORECASE)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """A plain colour as the property that is kept; no picture whose address has no host."""
    if name == "style":
        return _COLOUR.sub(r"\1background-color:", value)
    if (tag, name) == ("img", "src") and not _WHOLE.match(value):
        return None
    if name == "role" and value != "presentation":
        return None
    return value


class Nh3Cleaner:
    """`HtmlCleaner` by nh3; needs the mail layer, and loads it when it is first used."""

    def __init__(self) -> None:
        self._made: Any = None
        self._inliner: Any = None

    def clean(self, html: str) -> str:
        """The HTML without whatever runs, loads pages or hides; well-formed."""
        if self._made is None:
            import nh3

            self._made = nh3.Cleaner(
                tags=set(_TAGS),
                attributes=_ATTRIBUTES,
                url_schemes=set(_SCHEMES),
                attribute_filter=_attribute,
                filter_style_properties=set(STYLES),
                link_rel="noopener noreferrer",
                strip_comments=True,
            )
        return str(self._made.clean(html))

    def inlined(self, html: str, css: str) -> str:
        """Clean HTML with each rule of the clean style sheet in the tags that it is about."""
        if self._inliner is None:
            import css_inline

            self._inliner = css_inline.CSSInliner(
                inline_style_tags=False, load_remote_stylesheets=False, keep_at_rules=False
            )
        return self.clean(str(self._inliner.inline_fragment(html, css)))
