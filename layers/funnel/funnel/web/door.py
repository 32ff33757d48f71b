"""A door: rooms behind one resolver, and the checks every request passes."""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from funnel.domain.errors import (
    FunnelError,
    NotAllowed,
    NotFound,
    TooLarge,
    TooManyTries,
    WrongMethod,
)
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.app import App
from funnel.web.asked import Asked
from funnel.web.error_pages import error_reply, unexpected_reply
from funnel.web.errors import status_of
from funnel.web.once import once_of
from funnel.web.replies import Reply
from funnel.web.room import Room, Route
from funnel.web.same_origin import (
    SAFE_METHODS,
    TOKEN_FIELD,
    check_json,
    check_origin,
    check_token,
    refuse_other_bodies,
)
from funnel.web.sessions import form_token

logger = Logger()

LONGEST_NAME = 800
"""Bytes of a part of an address that names something: more would be no key of a row."""
MOST_BODY = 5_600_000
"""Signs of a body as API Gateway hands it on; an event has 6 MB with all that is around it."""


class Door:
    """Answers events of API Gateway's payload 2.0 from its rooms."""

    def __init__(self, app: App, rooms: Sequence[Room], public_url: str = "") -> None:
        self._app = app
        self._public_url = public_url
        self._resolver = APIGatewayHttpResolver()
        self._rules: list[tuple[re.Pattern[str], str]] = []
        for room in rooms:
            for route in room.routes:
                self._add(route)
        self._resolver.not_found(self._not_found)

    def answer(self, event: Mapping[str, Any], context: LambdaContext) -> dict[str, Any]:
        """The response to an event."""
        return self._resolver.resolve(dict(event), context)

    def _add(self, route: Route) -> None:
        def serve(**parameters: str) -> Response[str | bytes]:
            return self._serve(route, parameters)

        rule = re.sub(r"<\w+>", "[^/]+", re.escape(route.rule))
        self._rules.append((re.compile(rule), route.method))
        self._resolver.route(route.rule, method=[route.method])(serve)

    def _serve(self, route: Route, parameters: Mapping[str, str]) -> Response[str | bytes]:
        asked = self._asked()
        # Said of every request anew: an execution environment serves one tenant after the other.
        logger.append_keys(tenant=asked.caller.tenant if asked.caller else "")
        try:
            _check(asked, route)
            _refuse_long(asked, parameters)
            reply = _handled(asked, route, parameters)
        except FunnelError as error:
            logger.info("refused", extra={"code": error.code, "route": route.rule})
            reply = error_reply(asked, error, is_api=route.is_api)
        except Exception:
            reference = uuid.uuid4().hex[:12]
            logger.exception("failed", extra={"reference": reference, "route": route.rule})
            reply = unexpected_reply(asked, reference, is_api=route.is_api)
        return _response(reply)

    def _not_found(self, _error: Exception) -> Response[str | bytes]:
        asked = self._asked()
        methods = self._methods_at(asked.path)
        if methods:
            wrong = WrongMethod(
                asked.texts("error.method", method=asked.method),
                mend=asked.texts("error.method.mend", methods=", ".join(methods)),
                allowed=methods,
            )
            return _response(error_reply(asked, wrong, is_api=asked.wants_json))
        return _response(error_reply(asked, _no_page(asked), is_api=asked.wants_json))

    def _methods_at(self, path: str) -> tuple[str, ...]:
        return tuple(sorted({method for rule, method in self._rules if rule.fullmatch(path)}))

    def _asked(self) -> Asked:
        event = self._resolver.current_event.raw_event
        return Asked.of(self._app, event, self._public_url)


def _no_page(asked: Asked) -> NotFound:
    return NotFound(asked.texts("error.no_page"), mend=asked.texts("error.no_page.mend"))


def _refuse_long(asked: Asked, parameters: Mapping[str, str]) -> None:
    """Raise `NotFound` for a name in the address that is longer than any there is: no store takes it."""
    if any(len(one.encode(errors="surrogatepass")) > LONGEST_NAME for one in parameters.values()):
        raise _no_page(asked)


def _handled(asked: Asked, route: Route, parameters: Mapping[str, str]) -> Reply:
    """The answer, which is that of the first time where a request is sent again under its key."""
    once = once_of(asked, route)
    if once is None:
        return route.handler(asked, **parameters)
    once.begin()
    try:
        reply = route.handler(asked, **parameters)
    except FunnelError as error:
        if error.transient:
            what_to_do = once.break_off()
            error.mend = error.mend or what_to_do
        else:
            once.end(status_of(error))
        raise
    except Exception:
        once.break_off()
        raise
    once.end(reply.status)
    return reply


def _check(asked: Asked, route: Route) -> None:
    """Raise `NotSignedIn` or `NotAllowed` where the request may not go on."""
    if route.needs is not None:
        _check_key(asked, route)
        role = asked.who.role
        if route.needs is Role.ADMIN and role is not Role.ADMIN:
            raise NotAllowed(asked.texts("error.admins_only"), mend=asked.texts("error.ask_admin"))
    if route.method in SAFE_METHODS or route.from_elsewhere:
        return
    if len(str(asked.event.get("body") or "")) > MOST_BODY:
        raise TooLarge(asked.texts("error.too_large"), mend=asked.texts("error.too_large.mend"))
    if route.needs is None and route.is_api:
        check_json(asked.event)
    elif route.needs is None:
        check_origin(asked.event, asked.public_url)
    elif not asked.presented.by_header:
        check_origin(asked.event, asked.public_url)
        sent = "" if route.is_api else asked.form_value(TOKEN_FIELD)
        check_token(asked.event, sent, form_token(asked.presented.token))
    if route.is_api:
        refuse_other_bodies(asked.event)


def _check_key(asked: Asked, route: Route) -> None:
    """Raise `NotAllowed` or `TooManyTries` where a key of a machine may not go on."""
    who, texts = asked.who, asked.texts
    if who.scopes is None:
        return
    if who.wait:
        text, mend = texts("error.key_waits"), texts("error.key_waits.mend", seconds=who.wait)
        raise TooManyTries(text, mend=mend, retry_after=who.wait)
    if not route.scope:
        raise NotAllowed(texts("error.key_closed"), mend=texts("error.key_closed.mend"))
    asked.need_scope(route.scope)


def _response(reply: Reply) -> Response[str | bytes]:
    return Response(
        status_code=reply.status,
        content_type=reply.content_type,
        body=reply.body,
        headers=reply.all_headers(),
        cookies=reply.cookies,
    )
