"""Lists that are read whole, leaning on neither order nor offset.

Sources: Sugar Developer Guide 13.0, `/<module>/filter POST`, `/<module>/:record/link/:link_name/
filter GET` and `/bulk POST`. `next_offset` is -1 where nothing is left; a server may give smaller
pages than asked for (`max_list_limit`), so a page that is not the last is split at the median of
its ids. Reported for Sugar 25.2: filters of links are for GET only; the same path by POST makes a
link, so it is never asked.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from funnel.adapters.sugar_rest.calls import Caller, told_error
from funnel.adapters.sugar_rest.filters import Expression, id_range, ids_filter
from funnel.adapters.sugar_rest.refusals import refusal
from funnel.adapters.sugar_rest.rows import record_id
from funnel.domain.crm import IdRange
from funnel.domain.errors import FunnelError, ModuleMissing, SugarReplyBroken
from funnel.domain.ids import SugarId

Record = Mapping[str, Any]
Ask = Callable[[Sequence[Expression], int], Any]
"""Expressions and a limit to what the server answers."""

_DEEPEST = 40
_LINKS_A_REQUEST = 50
_LINKED_A_PAGE = 1000
_MOST_LINKED = 100_000


def read_whole(
    ask: Ask, expressions: Sequence[Expression], limit: int, *, first: Any = None, depth: int = 0
) -> list[Record]:
    """At most `limit` records; fewer are all there are. `first` is an answer already there."""
    told = ask(expressions, limit) if first is None else first
    records, more = _page(told)
    if not more or len(records) >= limit:
        return records[:limit]
    ids = sorted(record_id(one) for one in records)
    if len(ids) < 2 or depth >= _DEEPEST:
        raise SugarReplyBroken("Sugar's pages do not come to an end.")
    middle = ids[len(ids) // 2]
    below = [*expressions, *id_range(None, middle)]
    found = read_whole(ask, below, limit, depth=depth + 1)
    if len(found) < limit:
        above = [*expressions, *id_range(middle, None)]
        found += read_whole(ask, above, limit - len(found), depth=depth + 1)
    return found


def _page(told: Any) -> tuple[list[Record], bool]:
    """The records of an answer, and whether the server has more."""
    records = told.get("records") if isinstance(told, dict) else None
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise SugarReplyBroken("Sugar's answer has no list of records.")
    after = told.get("next_offset", -1)
    return records, bool(records) and str(after) != "-1"


class Links:
    """Reads who is linked to records: to many in few requests, or to one by ranges of ids."""

    def __init__(self, caller: Caller, module: str, link: str) -> None:
        self._caller = caller
        self._module = module
        self._link = link
        version = caller.endpoint.url.rpartition("/")[2]
        self._prefix = f"/{version}/"

    def of(self, token: str, records: Sequence[SugarId]) -> dict[SugarId, tuple[SugarId, ...]]:
        """The ids linked to each record; none for one that is gone by now."""
        found: dict[SugarId, tuple[SugarId, ...]] = {}
        for at in range(0, len(records), _LINKS_A_REQUEST):
            chunk = records[at : at + _LINKS_A_REQUEST]
            for record, told in zip(chunk, self._batch(token, chunk), strict=True):
                linked = self._whole(token, record, told)
                found[record] = tuple(dict.fromkeys(record_id(one) for one in linked))
        return found

    def range_of(self, token: str, record: SugarId, ids: IdRange, limit: int) -> list[Record]:
        """At most `limit` records linked to one whose ids lie in the range; fewer are all.

        Raises `ModuleMissing` for a record that is not there.
        """
        return read_whole(
            lambda expressions, most: self._ask(token, record, expressions, most),
            id_range(ids.since, ids.until),
            limit,
        )

    def among(self, token: str, record: SugarId, ids: Sequence[SugarId]) -> list[Record]:
        """Those of these records that are linked to one. Raises as `range_of`."""
        return read_whole(
            lambda expressions, most: self._ask(token, record, expressions, most),
            ids_filter(ids),
            len(ids),
        )

    def _batch(self, token: str, records: Sequence[SugarId]) -> list[Any]:
        requests = [
            {
                "url": f"{self._prefix}{self._path(one)}?{_query((), _LINKED_A_PAGE)}",
                "method": "GET",
            }
            for one in records
        ]
        told = self._caller.post(token, "bulk", {"requests": requests})
        if not isinstance(told, list) or len(told) != len(records):
            raise SugarReplyBroken("Sugar's answer to a batch of requests is not complete.")
        return [self._contents(one) for one in told]

    def _contents(self, told: Any) -> Any:
        """What one request of a batch answers; None for a record that is not there."""
        status = told.get("status", 200) if isinstance(told, dict) else 0
        contents = told.get("contents") if isinstance(told, dict) else None
        if status == 200:
            return contents
        try:
            raise self._refusal(status, contents)
        except ModuleMissing:
            return None

    def _refusal(self, status: object, contents: Any) -> FunnelError:
        label, text = told_error(contents)
        host = self._caller.endpoint.site_url.partition("://")[2]
        return refusal(status if isinstance(status, int) else 0, label, text, host, None)

    def _whole(self, token: str, record: SugarId, first: Any) -> list[Record]:
        if first is None:
            return []

        def ask(expressions: Sequence[Expression], limit: int) -> Any:
            return self._ask(token, record, expressions, limit)

        return read_whole(ask, (), _MOST_LINKED, first=first)

    def _ask(
        self, token: str, record: SugarId, expressions: Sequence[Expression], limit: int
    ) -> Any:
        path = f"{self._path(record)}/filter"
        return self._caller.get(token, path, _query(expressions, limit))

    def _path(self, record: SugarId) -> str:
        return f"{self._module}/{quote(record, safe='')}/link/{self._link}"


def _query(expressions: Sequence[Expression], limit: int) -> str:
    asked = {"fields": "id", "max_num": str(limit)}
    if expressions:
        asked["filter"] = json.dumps(list(expressions))
    return urlencode(asked)
