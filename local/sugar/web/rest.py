"""REST over HTTP: calls, and the faults asked for."""

import json
import threading
import time
from urllib.parse import urlsplit

from local.sugar.rest.call import RestCall, parsed, version_of
from local.sugar.rest.errors import RestError
from local.sugar.rest.service import RestService
from local.sugar.rest.tokens import Tokens
from local.sugar.soap.context import Sugar
from local.sugar.web.http import HttpRequest, HttpResponse
from local.sugar.web.instead import cut_as_asked, instead
from local.sugar.web.log import Request, RequestLog
from local.sugar.web.trouble import Trouble, Troubles

_JSON = "application/json"


def _spoilt(body: str, troubles: dict[str, Trouble]) -> str:
    if "control" in troubles:
        body = body.replace('"', '"\x0b', 1)
    if "invalid_xml" in troubles:
        body = body[:-1]
    if "huge" in troubles:
        body = body.replace('"', '"\x1a', 1)
    return body


class RestFront:
    """Answers what is asked of the REST endpoints."""

    def __init__(
        self, sugar: Sugar, troubles: Troubles, log: RequestLog, stopping: threading.Event
    ) -> None:
        self._sugar = sugar
        self._troubles = troubles
        self._log = log
        self._stopping = stopping
        self.tokens = Tokens(sugar.world.clock)
        self.service = RestService(sugar, self.tokens)

    def serves(self, path: str) -> bool:
        """Whether a path is below one of the endpoints, or would be in another version."""
        served = [one for one in self._sugar.world.settings.endpoints if one.startswith("rest/")]
        return bool(served) and version_of(path) is not None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request for one of the endpoints."""
        began = time.perf_counter()
        endpoint, _ = version_of(urlsplit(request.target).path) or ("", "")
        token = request.headers.get("oauth-token", "")
        call: RestCall | RestError
        try:
            call = parsed(request.method, request.target, request.body, token)
            if endpoint not in self._sugar.world.settings.endpoints:
                call = RestError(301, "incorrect_version", "The version is not correct.")
        except RestError as error:
            call = error
        name = call.name if isinstance(call, RestCall) else ""
        troubles = self._troubles.take(endpoint, name)
        if "slow" in troubles:
            self._stopping.wait(troubles["slow"].seconds)
        if "expire" in troubles:
            self.tokens.expire_all()
        if "expire_access" in troubles:
            self.tokens.end_access()
        response, rows = instead(troubles), 0
        if response is None:
            status, told = self._answered(call)
            rows = len(told["records"]) if isinstance(told, dict) and "records" in told else 0
            body = _spoilt(json.dumps(told), troubles).encode()
            response = cut_as_asked(HttpResponse(status, body, _JSON), troubles)
        module = call.path[0] if isinstance(call, RestCall) and len(call.path) > 1 else ""
        self._log.add(
            Request(
                self._sugar.world.clock.text(), endpoint, name, module, response.status,
                rows, response.length, round((time.perf_counter() - began) * 1000, 2),
            )
        )  # fmt: skip
        return response

    def _answered(self, call: RestCall | RestError) -> tuple[int, object]:
        if isinstance(call, RestError):
            return call.status, call.told()
        try:
            return 200, self.service.answer(call)
        except RestError as error:
            return error.status, error.told()
