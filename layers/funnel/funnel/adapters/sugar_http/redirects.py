"""Redirects: never followed with credentials, and told where they lead."""

from urllib.parse import urljoin

from funnel.adapters.sugar_http.addresses import read_url
from funnel.adapters.sugar_http.transport import Reply
from funnel.domain.errors import AddressInvalid, RedirectedElsewhere

REDIRECTS = frozenset((301, 302, 303, 307, 308))


def redirected(reply: Reply) -> RedirectedElsewhere:
    """The error for a redirect, naming where it leads."""
    target = urljoin(reply.address.url, reply.headers.get("Location", ""))
    try:
        there = read_url(target).origin
    except AddressInvalid:
        there = "an address that is none"
    return RedirectedElsewhere(
        f"“{reply.address.host}” redirects to {there}.",
        mend="If that is your Sugar, enter that address.",
    )
