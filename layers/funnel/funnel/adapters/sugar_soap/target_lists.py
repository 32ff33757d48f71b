"""Target Lists and their members over SOAP."""

from collections.abc import Callable, Sequence
from datetime import datetime

from funnel.adapters.sugar_http.values import decode, moment_or_none
from funnel.adapters.sugar_soap import envelopes, sql
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.adapters.sugar_soap.envelopes import Part
from funnel.adapters.sugar_soap.reader import Record
from funnel.adapters.sugar_soap.related import Related, related_parts
from funnel.adapters.sugar_soap.rows import ALWAYS
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.crm import Dialect, IdRange, Members, TargetList
from funnel.domain.errors import SugarReplyBroken
from funnel.domain.ids import Module, SugarId

MODULE = "ProspectLists"
LISTS_A_REQUEST = 5_000
"""No server was met that gives fewer than it is asked for; each list is half a kilobyte."""

AMONG_A_REQUEST = 200
"""Members that are asked for by their ids; so many are put on a list at once."""

FIELDS = (*ALWAYS, "name", "list_type")

Records = Callable[[str, str, int, Sequence[str], Callable[[Record], None]], object]
"""Hands on the records of a module for which a query holds, at most so many."""


def read_target_lists(records: Records, most: int = LISTS_A_REQUEST) -> list[TargetList]:
    """All of them, deleted ones included; by ranges of ids where they are more than `most`."""
    found: dict[SugarId, TargetList] = {}
    todo = [IdRange()]
    while todo:
        ids = todo.pop()
        page: list[TargetList] = []
        query = sql.id_range_query(MODULE, ids.since, ids.until)
        records(MODULE, query, most, FIELDS, lambda record, page=page: page.append(_list(record)))  # type: ignore[misc]
        found.update({one.sugar_id: one for one in page})
        if len(page) >= most:
            todo += _halves(ids, [one.sugar_id for one in page])
    return list(found.values())


def read_members(
    caller: Caller,
    session: Session,
    target_list: SugarId,
    module: Module,
    ids: IdRange,
    limit: int,
) -> Members:
    """See `Crm.members`. The range is only sent to endpoints that were seen to keep to it."""
    ranges = TRAITS[caller.endpoint.dialect].ranges
    query = sql.id_range_query(module, ids.since, ids.until) if ranges else ""
    return _read_members(caller, session, target_list, module, query, limit)


def _read_members(
    caller: Caller,
    session: Session,
    target_list: SugarId,
    module: Module,
    query: str,
    limit: int,
) -> Members:
    dialect = caller.endpoint.dialect
    ranges, old = TRAITS[dialect].ranges, dialect is Dialect.SOAP_5
    dates: dict[SugarId, datetime | None] = {}
    dated = module is Module.PROSPECTS
    seen = 0

    def take(record: Record) -> bool:
        nonlocal seen
        seen += 1
        # Rows, not members: one that is linked twice takes up a place of what was asked for.
        if ranges and seen > limit:
            return False
        if record.get("deleted") in ("1", "true"):
            return True
        sugar_id = SugarId(record.get("id") or "")
        if not sugar_id:
            raise SugarReplyBroken("The reply contains a member without an id.")
        dates[sugar_id] = moment_or_none(record.get("date_modified")) if dated else None
        return True

    parts = _parts(dialect, target_list, module, query, limit)

    def call(session_id: str) -> bool:
        nonlocal seen
        dates.clear()
        seen = 0
        told = [envelopes.text("session", session_id), *parts]
        return caller.members(told, take, ids_only=old)

    return Members(dates, session.run(call))


def read_members_among(
    caller: Caller,
    session: Session,
    target_list: SugarId,
    module: Module,
    ids: Sequence[SugarId],
) -> frozenset[SugarId]:
    """See `Crm.members_among`. By a condition as for ranges, on the endpoints that keep to those."""
    wanted = list(dict.fromkeys(ids))
    found: set[SugarId] = set()
    if not TRAITS[caller.endpoint.dialect].ranges:
        whole = read_members(caller, session, target_list, module, IdRange(), 0) if wanted else None
        return frozenset(wanted).intersection(whole.dates if whole else ())
    for at in range(0, len(wanted), AMONG_A_REQUEST):
        chunk = wanted[at : at + AMONG_A_REQUEST]
        query = sql.ids_query(module, chunk)
        told = _read_members(caller, session, target_list, module, query, len(chunk))
        found |= told.dates.keys()
    return frozenset(wanted) & found


def _parts(
    dialect: Dialect, target_list: SugarId, module: Module, query: str, limit: int
) -> list[Part]:
    if dialect is Dialect.SOAP_5:
        return [
            envelopes.text("module_name", MODULE),
            envelopes.text("module_id", target_list),
            envelopes.text("related_module", module),
            envelopes.text("related_module_query", query),
            envelopes.text("deleted", 0),
        ]
    dated = ("date_modified",) if module is Module.PROSPECTS else ()
    link = Related(MODULE, target_list, module.lower(), ("id", "deleted", *dated))
    return related_parts(dialect, link, query, limit + 1)


def _list(record: Record) -> TargetList:
    sugar_id = record.get("id")
    if not sugar_id:
        raise SugarReplyBroken("The reply contains a Target List without an id.")
    return TargetList(
        SugarId(sugar_id),
        decode(record.get("name") or "").strip(),
        record.get("list_type") or "",
        moment_or_none(record.get("date_modified")),
        record.get("deleted") in ("1", "true"),
    )


def _halves(ids: IdRange, seen: Sequence[SugarId]) -> list[IdRange]:
    """Ends stay open, so that the server's own collation decides what lies in them."""
    middle = sorted(seen)[len(seen) // 2]
    if middle in (ids.since, ids.until):
        raise SugarReplyBroken("Sugar does not cut its Target Lists by their ids.")
    return [IdRange(ids.since, middle), IdRange(middle, ids.until)]
