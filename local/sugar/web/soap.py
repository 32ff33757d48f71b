"""SOAP over HTTP: WSDLs, calls, and the faults asked for."""

import threading
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from local.sugar.settings import ENDPOINTS
from local.sugar.soap.context import Caller, Sugar
from local.sugar.soap.dialects import Dialect
from local.sugar.soap.request import Call
from local.sugar.soap.service import Answer, answer, parsed
from local.sugar.soap.wsdl import ENCODING_SCHEMA, wsdl
from local.sugar.web.http import HttpRequest, HttpResponse
from local.sugar.web.instead import cut_as_asked, instead
from local.sugar.web.log import Request, RequestLog
from local.sugar.web.trouble import Trouble, Troubles

_XML = "text/xml; charset=UTF-8"
_COUNTED = ("get_entry_list", "get_entry", "get_entries", "get_relationships")
#: Seconds a request and a row took on the servers measured: a list of 500 rows about 0.27.
_REAL_READS = {"get_entries_count": (0.0085, 0.0), "get_entry_list": (0.023, 0.0005)}
_DOCTYPE = '<!DOCTYPE x [<!ENTITY who "intruder">]>'


def _cookie(request: HttpRequest) -> str:
    try:
        found = SimpleCookie(request.headers.get("cookie", "")).get("PHPSESSID")
    except CookieError:
        return ""
    return found.value if found else ""


def _caller_address(request: HttpRequest) -> str:
    """The caller as Sugar sees it: a forwarded address counts."""
    forwarded = request.headers.get("x-forwarded-for", "")
    return forwarded.split(",")[0].strip() or request.address


def _spoilt(body: str, troubles: dict[str, Trouble]) -> str:
    declaration, _, rest = body.partition("?>")
    if "dtd" in troubles:
        first = rest.replace("</value>", "&who;</value>", 1)
        body = f"{declaration}?>{_DOCTYPE}{first}"
    if "control" in troubles:
        body = body.replace("</SOAP-ENV:Body>", "\x0b</SOAP-ENV:Body>", 1)
    if "invalid_xml" in troubles:
        body = body.replace("</SOAP-ENV:Body>", "</SOAP-ENV:Bo", 1)
    if "huge" in troubles:
        for end in ("</value>", "</id>", "</return>", "</SOAP-ENV:Body>"):
            if end in body:
                return body.replace(end, "\x1a" + end, 1)
    return body


class SoapFront:
    """Answers what is asked of the SOAP endpoints."""

    def __init__(
        self, sugar: Sugar, troubles: Troubles, log: RequestLog, stopping: threading.Event
    ) -> None:
        settings = sugar.world.settings
        self._sugar = sugar
        self._troubles = troubles
        self._log = log
        self._stopping = stopping
        dialects = [Dialect(name, settings.product) for name in ENDPOINTS]
        self._dialects = {one.path: one for one in dialects if one.name in settings.endpoints}
        self.url = ""

    def serves(self, path: str) -> bool:
        """Whether a path is one of the endpoints."""
        return path in self._dialects

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request for one of the endpoints."""
        parts = urlsplit(request.target)
        dialect = self._dialects[parts.path]
        if request.method != "POST":
            return self._description(dialect, parts.query)
        return self._call(dialect, request)

    def _description(self, dialect: Dialect, query: str) -> HttpResponse:
        if query.lower().startswith("encoding"):
            return HttpResponse(200, ENCODING_SCHEMA.encode(), _XML)
        if query.lower().startswith("wsdl"):
            site = (self._sugar.world.settings.site_url or self.url).rstrip("/")
            return HttpResponse(200, wsdl(dialect.name, site + dialect.path).encode(), _XML)
        listing = f"<html><head><title>NuSOAP: sugarsoap</title></head><body>{dialect.name}</body>"
        return HttpResponse(200, listing.encode())

    def _call(self, dialect: Dialect, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        call = parsed(request.body)
        method = call.method if isinstance(call, Call) else ""
        troubles = self._troubles.take(dialect.name, method)
        if "slow" in troubles:
            self._stopping.wait(troubles["slow"].seconds)
        if "expire" in troubles:
            self._sugar.sessions.expire_all()
        response = instead(troubles)
        rows = 0
        if response is None:
            done = call if isinstance(call, Answer) else self._answered(dialect, request, call)
            if method in _COUNTED:
                rows = done.body.count('<item xsi:type="tns:entry_value">')
            self._take_as_long(method, rows, began)
            response = self._response(done, troubles)
            if method == "login" and done.status == 200:
                session = done.body.partition('<id xsi:type="xsd:string">')[2].partition("<")[0]
                response.headers.append(("Set-Cookie", f"PHPSESSID={session}; path=/; HttpOnly"))
        module = call.text("module_name") if isinstance(call, Call) else ""
        self._log.add(
            Request(
                self._sugar.world.clock.text(), dialect.name, method, module, response.status,
                rows, response.length, round((time.perf_counter() - began) * 1000, 2),
            )
        )  # fmt: skip
        return response

    def _answered(self, dialect: Dialect, request: HttpRequest, call: Call) -> Answer:
        caller = Caller(self._sugar, dialect, _caller_address(request), _cookie(request))
        seconds = self._sugar.world.settings.write_seconds
        if seconds and call.method in ("set_entry", "set_entries"):
            given = call.arguments.get("name_value_lists")
            self._stopping.wait(seconds * (len(given) if isinstance(given, list) else 1))
        return answer(caller, call)

    def _take_as_long(self, method: str, rows: int, began: float) -> None:
        if self._sugar.world.settings.real_reads and method in _REAL_READS:
            request, row = _REAL_READS[method]
            self._stopping.wait(max(0.0, began + request + row * rows - time.perf_counter()))

    def _response(self, done: Answer, troubles: dict[str, Trouble]) -> HttpResponse:
        body = _spoilt(done.body, troubles).encode()
        return cut_as_asked(HttpResponse(done.status, body, done.content_type), troubles)
