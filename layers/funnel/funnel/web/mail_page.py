"""An email as a page by itself, for a sandboxed frame: it shows, and does nothing.

It has styles of its own and pictures of anywhere, which no page around it needs to allow.
"""

from collections.abc import Iterable

from funnel.web.replies import Reply

_SHOWS = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_DARK = (
    "<style>html{background-color:#fff;filter:invert(.92) hue-rotate(180deg)}"
    "img{filter:invert(1) hue-rotate(180deg)}</style>"
)

POLICY = f"sandbox; {_SHOWS}"


def mail_page(html: str) -> Reply:
    """The page."""
    return Reply(
        200, html, headers={"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}
    )


def darkened(html: str) -> str:
    """The page about as mail programs show it that turn colours around in dark mode."""
    return html.replace("</head>", f"{_DARK}</head>", 1)


def live_mail_page(reply: Reply, parents: Iterable[str]) -> Reply:
    """A page into which a script of ours puts a mail, within frames of `parents` too.

    The sandbox gives it an origin of its own: it can reach nothing of ours.
    """
    reply.headers["Content-Security-Policy"] = (
        " ".join(
            [
                "sandbox allow-scripts;",
                _SHOWS.replace("'self'", f"'self' {' '.join(parents)}".strip()),
            ]
        )
        + "; script-src 'self'"
    )
    reply.headers["Referrer-Policy"] = "no-referrer"
    return reply
