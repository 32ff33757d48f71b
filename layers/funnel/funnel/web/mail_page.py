"""An email as a page by itself, for a sandboxed frame: it shows, and does nothing.

It has styles of its own and pictures of anywhere, which no page around it needs to allow.
"""

from funnel.web.replies import Reply

POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def mail_page(html: str) -> Reply:
    """The page."""
    return Reply(
        200, html, headers={"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"}
    )
