"""Links between records over REST: who is on a Target List, and which lists a Campaign uses.

Sources: Sugar Developer Guide 13.0, `/<module>/:record/link POST` (`link_name` and `ids` of records
that are there; linked already is no error), `/<module>/:record/link/:link_name/:remote_id DELETE`
and `/bulk POST`. Unproven on a live Sugar.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import quote

from funnel.adapters.sugar_rest.calls import Caller
from funnel.adapters.sugar_rest.listing import Links
from funnel.adapters.sugar_rest.rows import record_id
from funnel.adapters.sugar_rest.session import Session
from funnel.adapters.sugar_rest.target_lists import MODULE as TARGET_LISTS
from funnel.adapters.sugar_rest.updating import ROWS_A_REQUEST, send_many
from funnel.domain.crm import IdRange
from funnel.domain.errors import FunnelError, ModuleMissing, NoRight, ServerCrashed
from funnel.domain.ids import Module, SugarId, WrittenModule

_CAMPAIGNS = WrittenModule.CAMPAIGNS.value
_LISTS = "prospectlists"
_MOST_LISTS = 1_000


def add_members(
    caller: Caller,
    session: Session,
    target_list: SugarId,
    module: Module,
    ids: Sequence[SugarId],
) -> None:
    """See `Crm.add_members`."""
    _add(caller, session, TARGET_LISTS, target_list, module.lower(), ids)


def remove_members(
    caller: Caller,
    session: Session,
    target_list: SugarId,
    module: Module,
    ids: Sequence[SugarId],
) -> None:
    """See `Crm.remove_members`. One that is no member is refused alone, which says nothing."""
    version = caller.endpoint.url.rpartition("/")[2]
    path = f"/{version}/{TARGET_LISTS}/{quote(target_list, safe='')}/link/{module.lower()}"
    requests: list[Mapping[str, str]] = [
        {"url": f"{path}/{quote(one, safe='')}", "method": "DELETE"} for one in ids
    ]
    refused: list[FunnelError | None] = []
    for at in range(0, len(requests), ROWS_A_REQUEST):
        refused += session.run(partial(send_many, caller, requests[at : at + ROWS_A_REQUEST]))
    if refused and all(isinstance(one, NoRight) for one in refused):
        raise refused[0] or AssertionError


def relate(caller: Caller, session: Session, campaign: SugarId, target_list: SugarId) -> None:
    """See `Crm.relate`."""
    _add(caller, session, _CAMPAIGNS, campaign, _LISTS, [target_list])


def related(caller: Caller, session: Session, campaign: SugarId) -> frozenset[SugarId]:
    """See `Crm.related`."""
    links = Links(caller, _CAMPAIGNS, _LISTS)
    try:
        found = session.run(lambda token: links.range_of(token, campaign, IdRange(), _MOST_LISTS))
    except ModuleMissing:
        return frozenset()
    return frozenset(record_id(one) for one in found)


def _add(
    caller: Caller,
    session: Session,
    module: str,
    record: SugarId,
    link: str,
    ids: Sequence[SugarId],
) -> None:
    path = f"{module}/{quote(record, safe='')}/link"
    for at in range(0, len(ids), ROWS_A_REQUEST):
        sent = {"link_name": link, "ids": list(ids[at : at + ROWS_A_REQUEST])}
        try:
            session.run(lambda token, sent=sent: caller.post(token, path, sent))  # type: ignore[misc]
        except ModuleMissing:
            # What is not found may be the record, the link or one of those to be linked.
            raise ServerCrashed("Sugar does not find a record that is to be linked.") from None
