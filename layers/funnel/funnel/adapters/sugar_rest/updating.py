"""Writing fields of many records by their ids over REST: a batch of PUTs.

Sources: Sugar Developer Guide 13.0, `/bulk POST` (the requests of a batch are carried out one by
one, each with a status of its own) and `/<module>/:record PUT`.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from funnel.adapters.sugar_http.refusals import hide
from funnel.adapters.sugar_http.values import is_moment, kind_of, parse_moment
from funnel.adapters.sugar_rest.calls import Caller, json_text, told_error
from funnel.adapters.sugar_rest.refusals import refusal
from funnel.adapters.sugar_rest.session import Session
from funnel.domain.crm import FieldDef, Value
from funnel.domain.errors import (
    FunnelError,
    InputInvalid,
    NoRight,
    SessionGone,
    SugarReplyBroken,
    Transient,
)
from funnel.domain.ids import Module, SugarId, WrittenModule
from funnel.domain.mapping.fields import choices

ROWS_A_REQUEST = 50
Rows = Mapping[SugarId, Mapping[str, Value]]


def update_rows(
    caller: Caller,
    session: Session,
    module: Module | WrittenModule,
    rows: Rows,
    known: Mapping[str, FieldDef],
) -> None:
    """See `Crm.update`."""
    if not all(rows):
        raise InputInvalid("A record is updated by its id.", field="id")
    version = caller.endpoint.url.rpartition("/")[2]
    requests = [
        {
            "url": f"/{version}/{module}/{quote(sugar_id, safe='')}",
            "method": "PUT",
            "data": json_text(
                {name: plain(one, kind_of(known, name)) for name, one in row.items()}
            ),
        }
        for sugar_id, row in rows.items()
    ]
    refused: list[FunnelError | None] = []
    for at in range(0, len(requests), ROWS_A_REQUEST):
        refused += session.run(partial(send_many, caller, requests[at : at + ROWS_A_REQUEST]))
    if refused and all(isinstance(one, NoRight) for one in refused):
        raise refused[0] or AssertionError


def send_many(
    caller: Caller, requests: Sequence[Mapping[str, str]], token: str
) -> list[FunnelError | None]:
    """What became of each request of a batch that may be sent twice.

    Raises what says nothing of one of them alone.
    """
    told = caller.many(token, requests)
    if not isinstance(told, list) or len(told) != len(requests):
        raise SugarReplyBroken("Sugar's answer to a batch of requests is not complete.")
    host = caller.endpoint.site_url.partition("://")[2]
    outcomes = [_outcome(one, host, token) for one in told]
    for one in outcomes:
        if isinstance(one, SessionGone | Transient):
            raise one
    return outcomes


def _outcome(told: Any, host: str, token: str) -> FunnelError | None:
    status = told.get("status", 200) if isinstance(told, dict) else 0
    if status == 200:
        return None
    label, text = told_error(told.get("contents") if isinstance(told, dict) else None)
    refused = refusal(status if isinstance(status, int) else 0, label, text, host, None)
    return hide(refused, token)


def plain(value: Value, kind: str) -> Value | list[str]:
    """A moment with its offset from UTC, several choices as a list; the rest is JSON's own."""
    if kind == "multienum" and isinstance(value, str):
        return choices(value) if value else []
    if value is None or not is_moment(kind):
        return value
    at = parse_moment(str(value))
    return at.isoformat(timespec="seconds") if at else None
