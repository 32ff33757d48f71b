"""Bodies of events, and answers in JSON, for doors that have no pages."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from funnel.domain.errors import InputInvalid
from funnel.web.jsonable import plain


def body_of(event: Mapping[str, Any]) -> bytes:
    """The body as sent. Raises `InputInvalid`."""
    text = str(event.get("body") or "")
    if not event.get("isBase64Encoded"):
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise InputInvalid("The body could not be read.") from None


def json_answer(
    status: int, value: object, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """An answer that nobody keeps."""
    return {
        "statusCode": status,
        "headers": {
            "content-type": "application/json",
            "cache-control": "no-store",
            **(headers or {}),
        },
        "body": json.dumps(plain(value), ensure_ascii=False),
    }
