"""What pages are drawn with: our stylesheet, script and icon, and the pinned htmx."""

import hashlib
from functools import lru_cache
from pathlib import Path

from funnel.domain.errors import NotFound
from funnel.web.asked import Asked
from funnel.web.replies import Reply
from funnel.web.room import Room

STATIC = Path(__file__).parent / "static"
TYPES = {
    "campaigns.css": "text/css; charset=utf-8",
    "funnel.css": "text/css; charset=utf-8",
    "funnel.js": "text/javascript; charset=utf-8",
    "session.js": "text/javascript; charset=utf-8",
    "emails.css": "text/css; charset=utf-8",
    "forms.css": "text/css; charset=utf-8",
    "email_editor.js": "text/javascript; charset=utf-8",
    "form.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "rich_text.js": "text/javascript; charset=utf-8",
    "vision.css": "text/css; charset=utf-8",
    "vision.js": "text/javascript; charset=utf-8",
    "vision_editor.js": "text/javascript; charset=utf-8",
    "vision_letter.js": "text/javascript; charset=utf-8",
    "vendor/htmx.min.js": "text/javascript; charset=utf-8",
}
BEGIN_WITH = {"funnel.css": "colours.css", "vision.css": "colours.css"}
"""What a file begins with: one request brings both."""
FOREVER = "public, max-age=31536000, immutable"

room = Room(needs=None)


@lru_cache(maxsize=len(TYPES))
def _file(name: str) -> tuple[bytes, str]:
    """A file's bytes and the start of their hash."""
    names = [BEGIN_WITH[name], name] if name in BEGIN_WITH else [name]
    content = b"\n".join((STATIC / one).read_bytes() for one in names)
    return content, hashlib.sha256(content).hexdigest()[:12]


def asset_url(name: str) -> str:
    """Where a file is served. The address changes with its content, so it is kept for ever."""
    return f"/static/{_file(name)[1]}/{name}"


@room.page("GET", "/static/<_digest>/<name>")
def _top(_asked: Asked, _digest: str, name: str) -> Reply:
    return _send(name)


@room.page("GET", "/static/<_digest>/vendor/<name>")
def _vendor(_asked: Asked, _digest: str, name: str) -> Reply:
    return _send(f"vendor/{name}")


def _send(name: str) -> Reply:
    """One of the files that are named here, and no other. Raises `NotFound`."""
    if name not in TYPES:
        raise NotFound("There is no such file.")
    return Reply(200, _file(name)[0].decode(), TYPES[name], {"Cache-Control": FOREVER})
