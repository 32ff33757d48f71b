"""Webhooks of Sugar, from events of API Gateway's payload 2.0: one route, no pages, no session."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from funnel.domain.connecting.signing import Signed
from funnel.domain.errors import FunnelError, NotFound
from funnel.domain.ids import ConnectionId, TenantId
from funnel.usecases.app import App
from funnel.usecases.sync.accept_hook import accept_hook
from funnel.web.bodies import body_of, json_answer
from funnel.web.errors import error_body, status_of
from funnel.web.sessions import headers_of

logger = logging.getLogger(__name__)

PREFIX = "/hooks/sugar/"
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
TIME, KEY, SIGNATURE = "x-funnel-time", "x-funnel-key", "x-funnel-signature"


def answer_hook(app: App, event: Mapping[str, Any]) -> dict[str, Any]:
    """202 with how many records will be read, and who we are in Sugar; else an error that does not say who is known."""
    try:
        tenant, connection_id = _addressed(str(event.get("rawPath") or ""))
        headers = headers_of(event)
        signed = Signed(*(headers.get(name, "") for name in (TIME, KEY, SIGNATURE)))
        accepted = accept_hook(app, tenant, connection_id, signed, body_of(event))
    except FunnelError as error:
        logger.info("refused", extra={"code": error.code})
        return json_answer(status_of(error), {"error": error_body(error)})
    return json_answer(202, {"accepted": accepted.records, "user_id": accepted.own_user})


def _addressed(path: str) -> tuple[TenantId, ConnectionId]:
    """Whom it is for. Raises `NotFound` for a path that is none of ours."""
    parts = path.removeprefix(PREFIX).split("/")
    if not path.startswith(PREFIX) or len(parts) != 2 or not all(map(_NAME.fullmatch, parts)):
        raise NotFound("There is no such address.")
    return TenantId(parts[0]), ConnectionId(parts[1])
