"""Values of merge fields within addresses: encoded for where they stand, so that one is a value and no more.

`a+b@x` in a query is not `a b@x` for whoever reads it, and `x&role=admin` adds no parameter.
"""

import re
from bisect import bisect_right
from urllib.parse import quote

FIELD = re.compile(r"\{\{([^{}|]{0,100})(?:\|([^{}]{0,200}))?\}\}")
"""A merge field and what stands in for it. Bounded, so that an opening that nothing closes is given up soon."""

IN_HTML = re.compile(r"""\b(?:href|src|background)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
"""An address in a tag, in either kind of quotes."""

IN_TEXT = re.compile(r"""\b(?:https?://|mailto:)(?:\{\{[^{}]*\}\}|[^\s<>"{}])*""", re.IGNORECASE)
"""An address in plain text, with the merge fields in it."""

IN_ALL = re.compile(r".+", re.DOTALL)
"""An address that is all there is."""

_OPENS = re.compile(r"\s*(?:https?:)?(?://)?", re.IGNORECASE)
_HOST = re.compile(r"\s*(?:https?:)?//[^/?#]*", re.IGNORECASE)
_OPAQUE = re.compile(r"\s*(?:mailto|tel|sms):[^?]*", re.IGNORECASE)
_NO_HOST = re.compile(r"[^\w.-]+")


_FAR = 2_000
"""Characters behind which no host is any more."""


class Places:
    """Where the addresses of a template are."""

    def __init__(self, template: str, addresses: re.Pattern[str]) -> None:
        self._template = template
        self._spans = [one.span(one.lastindex or 0) for one in addresses.finditer(template)]

    def before(self, field: re.Match[str]) -> str | None:
        """What stands before a field in its address, other fields as an `x`; None where it is in none."""
        at = bisect_right(self._spans, (field.start(), len(self._template))) - 1
        start, end = self._spans[at] if at >= 0 else (0, 0)
        if field.end() > end:
            return None
        # So far behind all is path or query, and nobody's template takes long.
        near = self._template[start : min(field.start(), start + _FAR)]
        return FIELD.sub("x", near) + "/" * (field.start() > start + _FAR)


def in_address(before: str, value: str) -> str:
    """The value as an address has it behind what stands `before` it there.

    At the start it is an address itself, and stays as it is. In a host its letters stay, before the
    query of a `mailto` its `@` and `+`, and in a path, a query or a fragment all but ASCII letters,
    digits and `-._~` becomes percent.
    """
    if _OPENS.fullmatch(before):
        return value
    if _HOST.fullmatch(before):
        return _NO_HOST.sub(lambda found: _percent(found[0]), value)
    return _percent(value, "@+" if _OPAQUE.fullmatch(before) else "")


def _percent(text: str, safe: str = "") -> str:
    return quote(text, safe, errors="replace")
