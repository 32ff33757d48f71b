"""Which web pages may show FunnelVision in a frame: those of the tenant's own Sugar.

An origin is scheme, host and port, as browsers write it and send it.
"""

import re
from urllib.parse import urlsplit

from funnel.domain.connecting.connections import Connection

MOST_ORIGINS = 5
"""The connection's own, and up to four more."""

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.ASCII)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 300


def origin_of(url: str) -> str:
    """The origin of an address, "" for what has none that a browser would know."""
    if len(url) > _LONGEST:
        return ""
    try:
        parts = urlsplit(url.strip())
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not _HOST.fullmatch(host) or "@" in parts.netloc:
        return ""
    shown = "" if port in (None, _PORTS[scheme]) else f":{port}"
    return f"{scheme}://{host}{shown}"


def frame_origins(connection: Connection) -> tuple[str, ...]:
    """The origins of a connection's Sugar, its endpoint's first."""
    own = origin_of(connection.endpoint.site_url) or origin_of(connection.endpoint.url)
    found = dict.fromkeys((own, *connection.frame_origins))
    return tuple(one for one in found if one)[:MOST_ORIGINS]


def _ascii(host: str) -> str:
    """The host as it goes over the network. Raises `ValueError` for one that cannot."""
    if ":" in host:
        return f"[{host.lower()}]"
    return host.lower() if host.isascii() else host.encode("idna").decode().lower()
