"""From a pasted URL to the best endpoint behind it."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from funnel.adapters.sugar_http.addresses import Address, read_url
from funnel.adapters.sugar_http.failures import http_failure
from funnel.adapters.sugar_http.transport import Reply, Transport
from funnel.adapters.sugar_soap import protocol
from funnel.adapters.sugar_soap.calls import REDIRECTS, redirected
from funnel.adapters.sugar_soap.dialects import BEST_FIRST, TRAITS
from funnel.domain.crm import Dialect, Endpoint
from funnel.domain.errors import (
    AddressInvalid,
    FunnelError,
    NotASugar,
    SugarRefused,
    SugarUnavailable,
    Transient,
)

_KNOWN_TAIL = re.compile(
    r"/(?:soap\.php|service/.*|rest/v\d.*|index\.php.*|install\.php|module/.*)$", re.IGNORECASE
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PARENTS = 3
_MOVES = 4
_SMALL = 256 * 1024
_CUT_AT = 1024 * 1024
_SUITE_MARKS = (b"suitecrm", b"suitep")
_QUESTION = dict.fromkeys(Dialect, "get_server_info") | {Dialect.SOAP_5: "get_server_version"}

HTTP_WARNING = (
    "The connection to this Sugar is not encrypted: passwords and records can be read on the way."
)
SOAP_5_CANNOT = (
    "add Leads and Contacts to Target Lists",
    "tell which people's email addresses changed, unless the record itself was changed",
    "tell who opted out of email",
    "tell what our user may write before it is tried",
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back, cut at `_SMALL`; `moved_to` is the site a redirect leads to."""

    status: int
    body: bytes
    host: str
    moved_to: Address | None = None

    @property
    def is_soap(self) -> bool:
        return b"Envelope" in self.body[:2000]


class _Moved(Exception):
    """A redirect within the host: go on there."""

    def __init__(self, site: Address) -> None:
        super().__init__(site.url)
        self.site = site


class Detector:
    """Probes addresses by calls that need no session."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

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
            for dialect in BEST_FIRST:
                answer = self._ask(site, dialect, _QUESTION[dialect])
                if answer.status >= 500 and not answer.is_soap:
                    trouble = trouble or http_failure(answer.status, answer.host, None)
                told = _told(dialect, _QUESTION[dialect], answer)
                if told:
                    return self._endpoint(site, dialect, told)
            if self._speaks_rest(site):
                raise NotASugar(
                    "This Sugar answers only its newer REST service (v10 and later), which Funnel"
                    " does not speak yet.",
                    mend="Use a Sugar that serves SOAP (service/v4_1), or wait for the release"
                    " that speaks REST.",
                )
        if trouble:
            raise trouble
        raise NotASugar(
            f"There is no Sugar at {start.url}.",
            mend="Enter the address people use to sign in to Sugar.",
        )

    def _ask(self, site: Address, dialect: Dialect, method: str) -> _Answer:
        url = site.url + TRAITS[dialect].path
        body = protocol.request(TRAITS[dialect].wsdl, method)
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{url}/{method}"'}
        answer = self._fetch("POST", url, body, headers)
        if answer.moved_to and answer.moved_to != site:
            raise _Moved(answer.moved_to)
        return answer

    def _endpoint(self, site: Address, dialect: Dialect, told: Any) -> Endpoint:
        if dialect is Dialect.SOAP_5:
            version = str(told)
            flavor = self._ask(site, dialect, "get_sugar_flavor")
            edition = str(_told(dialect, "get_sugar_flavor", flavor) or "")
        else:
            version, edition = str(told.version), str(told.flavor or "")
        return Endpoint(
            url=site.url + TRAITS[dialect].path,
            site_url=site.url,
            dialect=dialect,
            version=version,
            edition=edition,
            product=self._product(site),
            warnings=(HTTP_WARNING,) if site.scheme == "http" else (),
            cannot=SOAP_5_CANNOT if dialect is Dialect.SOAP_5 else (),
        )

    def _product(self, site: Address) -> str:
        """By the sign-in page: SuiteCRM's services say they were SugarCRM 6.5."""
        try:
            page = self._fetch("GET", site.url + "/index.php", query="module=Users&action=Login")
        except (Transient, SugarRefused):
            return ""
        if page.status != 200:
            return ""
        shown = page.body.lower()
        return "SuiteCRM" if any(mark in shown for mark in _SUITE_MARKS) else "SugarCRM"

    def _speaks_rest(self, site: Address) -> bool:
        try:
            answer = self._fetch("GET", site.url + "/rest/v10/ping")
            told = json.loads(answer.body)
        except (ValueError, RecursionError, SugarRefused):
            return False
        return told == "pong" or (isinstance(told, dict) and "error" in told)

    def _fetch(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        query: str = "",
    ) -> _Answer:
        moved_to = None
        with self._transport.exchange(
            method, url, body, headers, query=query, cap=_SMALL + _CUT_AT
        ) as reply:
            if reply.status in REDIRECTS:
                moved_to = _within_the_host(reply)
            start = b""
            for chunk in reply.chunks():
                start += chunk
                if len(start) > _SMALL:
                    break
        return _Answer(reply.status, start, reply.address.host, moved_to)


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


def _told(dialect: Dialect, method: str, answer: _Answer) -> Any:
    """What a Sugar answers; None for whatever else comes back."""
    if answer.status != 200 or not answer.is_soap:
        return None
    try:
        told = protocol.result(TRAITS[dialect].wsdl, method, 200, [answer.body])
    except FunnelError:
        return None
    if dialect is Dialect.SOAP_5:
        return told if told and told != "-1" else None
    return told if getattr(told, "version", None) else None
