"""Who sent an event of API Gateway's payload 2.0, as the network and the browser say."""

from collections.abc import Mapping
from typing import Any

from funnel.usecases.tracking.accept_hits import Sender
from funnel.web.sessions import headers_of


def sender_of(event: Mapping[str, Any]) -> Sender:
    """Who sent it."""
    headers = headers_of(event)
    ip = str(event["requestContext"]["http"].get("sourceIp") or "")
    return Sender(ip, headers.get("user-agent", ""), headers.get("origin", ""))
