"""Target Lists and their members over REST: records as any other, and links of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from funnel.adapters.sugar_http.values import moment_or_none
from funnel.adapters.sugar_rest.calls import Caller
from funnel.adapters.sugar_rest.listing import Links
from funnel.adapters.sugar_rest.rows import ALWAYS, is_deleted, record_id
from funnel.adapters.sugar_rest.session import Session
from funnel.domain.crm import IdRange, Members, TargetList
from funnel.domain.errors import ModuleMissing, ServerCrashed
from funnel.domain.ids import Module, SugarId

MODULE = "ProspectLists"
FIELDS = (*ALWAYS, "name", "list_type")
MOST = 100_000
_AMONG_A_REQUEST = 50


def from_record(record: Mapping[str, Any]) -> TargetList:
    """One Target List."""
    return TargetList(
        record_id(record),
        str(record.get("name") or "").strip(),
        str(record.get("list_type") or ""),
        _moment(record),
        is_deleted(record),
    )


def read_members(
    caller: Caller,
    session: Session,
    target_list: SugarId,
    module: Module,
    ids: IdRange,
    limit: int,
) -> Members:
    """See `Crm.members`. A list that is not there raises `ServerCrashed`: its members are unknown."""
    links = Links(caller, MODULE, module.lower())
    try:
        found = session.run(lambda token: links.range_of(token, target_list, ids, limit + 1))
    except ModuleMissing:
        raise ServerCrashed("Sugar does not find the Target List.") from None
    dated = module is Module.PROSPECTS
    dates = {record_id(one): _moment(one) if dated else None for one in found[:limit]}
    return Members(dates, len(found) <= limit)


def read_members_among(
    caller: Caller,
    session: Session,
    target_list: SugarId,
    module: Module,
    ids: Sequence[SugarId],
) -> frozenset[SugarId]:
    """See `Crm.members_among`. In few ids a request: they stand in its address."""
    links = Links(caller, MODULE, module.lower())
    found: set[SugarId] = set()
    wanted = list(dict.fromkeys(ids))
    for at in range(0, len(wanted), _AMONG_A_REQUEST):
        chunk = wanted[at : at + _AMONG_A_REQUEST]
        try:
            told = session.run(lambda token, chunk=chunk: links.among(token, target_list, chunk))  # type: ignore[misc]
        except ModuleMissing:
            raise ServerCrashed("Sugar does not find the Target List.") from None
        found |= {record_id(one) for one in told}
    return frozenset(wanted) & found


def _moment(record: Mapping[str, Any]) -> datetime | None:
    told = record.get("date_modified")
    return moment_or_none(told if isinstance(told, str) else None)
