"""From a pasted URL to the best endpoint behind it, whatever it speaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urljoin

from funnel.adapters.sugar_http.addresses import Address, read_url
from funnel.adapters.sugar_http.failures import http_failure
from funnel.adapters.sugar_http.redirects import REDIRECTS, redirected
from funnel.adapters.sugar_http.transport import Reply, Transport
from funnel.domain.crm import Endpoint
from funnel.domain.errors import AddressInvalid, FunnelError, NotASugar, SugarUnavailable

_KNOWN_TAIL = re.compile(
    r"/(?:soap\.php|service/.*|rest/v\d.*|index\.php.*|install\.php|module/.*)$", re.IGNORECASE
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PARENTS = 3
_MOVES = 4
_SMALL = 256 * 1024
_CUT_AT = 1024 * 1024
_FIRST_WITH_REST = 7

HTTP_WARNING = (
    "The connection to this Sugar is not encrypted: passwords and records can be read on the way."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, cut at 256 KiB; `moved_to` is the site a redirect leads to."""

    status: int
    body: bytes
    host: str
    moved_to: Address | None = None

    @property
    def is_soap(self) -> bool:
        """Whether it is an envelope."""
        return b"Envelope" in self.body[:2000]


class _Moved(Exception):
    """A redirect within the host: go on there."""

    def __init__(self, site: Address) -> None:
        super().__init__(site.url)
        self.site = site


class Looking:
    """One look at one site: requests that need no session, and the trouble they met."""

    def __init__(self, transport: Transport, site: Address) -> None:
        self._transport = transport
        self.site = site
        self.trouble: FunnelError | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be said of every endpoint of this site."""
        return (HTTP_WARNING,) if self.site.scheme == "http" else ()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        query: str = "",
    ) -> Answer:
        """One request for what is under the site; goes on elsewhere if it leads there."""
        answer = self.fetch(method, path, body, headers, query=query)
        if answer.moved_to and answer.moved_to != self.site:
            raise _Moved(answer.moved_to)
        if answer.status >= 500 and not answer.is_soap:
            self.trouble = self.trouble or http_failure(answer.status, answer.host, None)
        return answer

    def fetch(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        query: str = "",
    ) -> Answer:
        """One request, wherever it leads."""
        moved_to = None
        with self._transport.exchange(
            method, self.site.url + path, body, headers, query=query, cap=_SMALL + _CUT_AT
        ) as reply:
            if reply.status in REDIRECTS:
                moved_to = _within_the_host(reply)
            start = b""
            for chunk in reply.chunks():
                start += chunk
                if len(start) > _SMALL:
                    break
        return Answer(reply.status, start, reply.address.host, moved_to)


class Probe(Protocol):
    """Looks for the endpoints of one protocol."""

    def __call__(self, looking: Looking) -> Endpoint | None:
        """The best endpoint of the site; None if it serves none of this protocol."""


class Detector:
    """Probes addresses, the best protocol first, by calls that need no session."""

    def __init__(self, transport: Transport, probes: Sequence[Probe]) -> None:
        self._transport = transport
        self._probes = probes

    def detect(self, url: str) -> Endpoint:
        """The best endpoint; see `CrmConnector.detect`."""
        pasted = url.strip()
        if not pasted:
            raise AddressInvalid("The address is empty.", mend="Enter the address of your Sugar.")
        if _SCHEME.match(pasted):
            return self._at(read_url(pasted))
        try:
            return self._at(read_url(f"https://{pasted}"))
        except (SugarUnavailable, NotASugar) as first:
            try:
                return self._at(read_url(f"http://{pasted}"))
            except FunnelError:
                raise first from None

    def _at(self, address: Address) -> Endpoint:
        site = site_of(address)
        for _ in range(_MOVES):
            try:
                return self._search(site)
            except _Moved as moved:
                site = moved.site
        raise NotASugar("The address redirects in a circle.")

    def _search(self, start: Address) -> Endpoint:
        trouble: FunnelError | None = None
        for site in _and_parents(start):
            looking = Looking(self._transport, site)
            for probe in self._probes:
                found = probe(looking)
                if found:
                    return _unless_the_better_is_away(found, looking)
            trouble = trouble or looking.trouble
        if trouble:
            raise trouble
        raise NotASugar(
            f"There is no Sugar at {start.url}.",
            mend="Enter the address people use to sign in to Sugar.",
        )


def _unless_the_better_is_away(found: Endpoint, looking: Looking) -> Endpoint:
    """The endpoint; the trouble instead, if a Sugar that has REST could just not answer there."""
    major = found.version.partition(".")[0]
    if (
        looking.trouble
        and not found.dialect.is_rest
        and major.isdecimal()
        and int(major) >= _FIRST_WITH_REST
    ):
        raise looking.trouble
    return found


def site_of(address: Address) -> Address:
    """The site's root: what is left when known ends (`/service/v4_1/soap.php`, ...) are cut."""
    path = _KNOWN_TAIL.sub("", address.path).rstrip("/")
    return replace(address, path=re.sub("/{2,}", "/", path))


def _and_parents(site: Address) -> list[Address]:
    """The site and the folders above it, as what was pasted may have more at its end."""
    folders = site.path.split("/")[1:]
    ups = range(len(folders), -1, -1)
    paths = ["/".join(["", *folders[:up]]) for up in ups]
    return [replace(site, path=path) for path in dict.fromkeys((*paths[: _PARENTS + 1], ""))]


def _within_the_host(reply: Reply) -> Address:
    """The site a redirect leads to. Raises `RedirectedElsewhere` for another host or plain http."""
    error = redirected(reply)
    try:
        target = read_url(urljoin(reply.address.url, reply.headers.get("Location", "")))
    except (AddressInvalid, ValueError):
        raise error from None
    plainer = reply.address.scheme == "https" and target.scheme == "http"
    if target.host != reply.address.host or plainer:
        raise error
    return site_of(target)
