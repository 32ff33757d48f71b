"""What Sugar refuses in a `query`, and how MySQL's way of writing becomes SQLite's."""

import re

_TOKENS = re.compile(
    r"""(?P<string>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*")"""
    r"""|(?P<open>['"])|(?P<comment>--|/\*|\#)|(?P<word>[A-Za-z_][\w$]*)|(?P<other>.)""",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_REFUSED = frozenset(
    ("union", "into", "outfile", "dumpfile", "load_file", "sleep", "benchmark", "insert", "update",
     "drop", "alter", "truncate", "user_hash", "information_schema")
)  # fmt: skip
#: The only tables a sub-select may read.
_EMAIL_TABLES = frozenset(("email_addr_bean_rel", "email_addresses"))


class QueryRefused(Exception):
    """Sugar does not run this query: fault 40."""


class QueryBroken(Exception):
    """The database would not understand it: fault -1."""


def _literal(token: str) -> str:
    quote, body = token[0], token[1:-1]
    body = body.replace(quote * 2, quote)
    body = _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), body)
    return "'" + body.replace("'", "''") + "'"


def to_sqlite(query: str, *, subselects: bool = True) -> str:
    """Check a query and write it as SQLite reads it.

    Raises
    ------
    QueryRefused
        `;`, `union`, comments, or a sub-select on anything but email addresses
        (on everything where `subselects` is False).
    QueryBroken
        A quote is left open.
    """
    out: list[str] = []
    words: list[str] = []
    for token in _TOKENS.finditer(query):
        kind, text = token.lastgroup, token[0]
        if kind == "open":
            raise QueryBroken("a quote is left open")
        if kind == "comment" or text == ";":
            raise QueryRefused(text)
        if kind == "word":
            words.append(text.lower())
        out.append(_literal(text) if kind == "string" else text)
    if _REFUSED.intersection(words):
        raise QueryRefused("a word that is never allowed")
    if "select" in words:
        tables = {
            words[place + 1] for place, word in enumerate(words[:-1]) if word in ("from", "join")
        }
        if not subselects or not tables or not tables <= _EMAIL_TABLES:
            raise QueryRefused("a sub-select")
    text = "".join(out)
    return text.replace("&&", " AND ").replace("||", " OR ")
