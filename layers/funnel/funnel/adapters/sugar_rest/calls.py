"""One REST call to one endpoint: the request out, the JSON or the error back."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from funnel.adapters.sugar_http.caps import Caps
from funnel.adapters.sugar_http.redirects import REDIRECTS, redirected
from funnel.adapters.sugar_http.transport import Reply, Transport
from funnel.adapters.sugar_rest.refusals import refusal, sign_in_refusal
from funnel.domain.crm import Endpoint
from funnel.domain.errors import FunnelError, InputInvalid, SugarReplyBroken

_SIGN_IN = "oauth2/token"
_SMALLER_THAN_XML = 4
"""JSON takes a quarter of what the same records take in Sugar's XML, and is held whole."""


@dataclass(slots=True)
class Caller:
    """Calls one endpoint. Paths are without the version: `Leads/filter`."""

    endpoint: Endpoint
    transport: Transport
    caps: Caps

    def get(self, token: str, path: str, query: str = "") -> Any:
        """What a GET answers, as `json` reads it; decimals as text."""
        return self._call("GET", path, b"", token, query, self.caps.metadata)

    def post(self, token: str, path: str, sent: Mapping[str, object]) -> Any:
        """What a POST answers that may be sent twice: a filter, a count, a batch of GETs or PUTs."""
        cap = self.caps.page // _SMALLER_THAN_XML
        return self._call("POST", path, _json(sent), token, "", cap)

    def put(self, token: str, path: str, sent: Mapping[str, object]) -> Any:
        """What a PUT answers, which may be sent twice: it sets what it names."""
        return self._call("PUT", path, _json(sent), token, "", self.caps.metadata)

    def many(self, token: str, requests: Sequence[Mapping[str, str]]) -> Any:
        """What a batch of PUTs or DELETEs answers, which may be sent twice as each of them may."""
        return self.post(token, "bulk", {"requests": list(requests)})

    def post_once(self, token: str, path: str, sent: Mapping[str, object]) -> Any:
        """What a POST answers that must not be sent twice."""
        return self._call("POST", path, _json(sent), token, "", self.caps.metadata, once=True)

    def _call(
        self,
        method: str,
        path: str,
        body: bytes,
        token: str,
        query: str,
        cap: int,
        *,
        once: bool = False,
    ) -> Any:
        headers = {"Content-Type": "application/json", "Cache-Control": "no-cache"}
        if token:
            headers["OAuth-Token"] = token
        with self.transport.exchange(
            method,
            f"{self.endpoint.url}/{path}",
            body,
            headers,
            query=query,
            cap=cap,
            repeatable=not once,
        ) as reply:
            if reply.status != 200:
                raise _failure(path, reply)
            told = read_json(reply.body())
            if isinstance(told, dict) and isinstance(told.get("records"), list):
                reply.rows = len(told["records"])
            return told


def told_error(told: Any) -> tuple[str, str]:
    """Sugar's `error` and `error_message`; empty where a reply has none."""
    if not isinstance(told, dict) or not isinstance(told.get("error"), str):
        return "", ""
    return told["error"], str(told.get("error_message") or "")


def read_json(body: bytes) -> Any:
    """What a reply says; decimals stay exact, as text. Raises `SugarReplyBroken`."""
    start = body.lstrip()[:200].lower()
    if not start:
        raise SugarReplyBroken("The server sent an empty reply.")
    if start.startswith(b"<"):
        raise SugarReplyBroken("The server sent a web page instead of data.")
    try:
        return json.loads(body, parse_float=str)
    except UnicodeDecodeError as error:
        raise SugarReplyBroken("The reply contains bytes that are no text.") from error
    except RecursionError as error:
        raise SugarReplyBroken("The reply is nested too deeply.") from error
    except ValueError as error:
        if "control character" in str(error):
            raise SugarReplyBroken(
                "The reply contains a control character that JSON does not allow.",
                mend="Find the record with the invisible character in Sugar and type its text"
                " anew.",
            ) from error
        raise SugarReplyBroken("The reply was cut off or is not well-formed JSON.") from error


def json_text(sent: Mapping[str, object]) -> str:
    """JSON, as the body of a request inside another has it."""
    return json.dumps(sent, ensure_ascii=False)


def _json(sent: Mapping[str, object]) -> bytes:
    """The body of a request. Raises `InputInvalid` for text that UTF-8 cannot carry."""
    try:
        return json_text(sent).encode()
    except UnicodeEncodeError as error:
        raise InputInvalid("What was entered contains a character that cannot be sent.") from error


def _failure(path: str, reply: Reply) -> FunnelError:
    label = text = ""
    with suppress(ValueError, RecursionError):
        label, text = told_error(json.loads(reply.body()))
    if reply.status in REDIRECTS and not label:
        return redirected(reply)
    told = refusal(reply.status, label, text, reply.address.host, reply.headers.get("Retry-After"))
    return sign_in_refusal(reply.status, label, told) if path == _SIGN_IN else told
