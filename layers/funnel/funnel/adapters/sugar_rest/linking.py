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
from funnel.adapters.sugar_rest.target_lists import read_members_among
from funnel.adapters.sugar_rest.updating import ROWS_A_REQUEST, send_many
from funnel.domain.crm import IdRange
from funnel.domain.errors import FunnelError, ModuleMissing, NoRight, ServerCrashed
from funnel.domain.ids import Module, SugarId, WrittenModule

_CAMPAIGNS = WrittenModule.CAMPAIGNS.value
_LISTS = "prospectlists"
_MOST_LISTS = 1_000


class RestLinking:
    """The part of `RestCrm` that links records."""

    _caller: Caller
    _session: Session

    def members_among(
        self, target_list: SugarId, module: Module, ids: Sequence[SugarId]
    ) -> frozenset[SugarId]:
        """See `Crm`."""
        return read_members_among(self._caller, self._session, target_list, module, ids)

    def relate(self, campaign: SugarId, target_list: SugarId) -> None:
        """See `Crm`."""
        _add(self._caller, self._session, _CAMPAIGNS, campaign, _LISTS, [target_list])

    def related(self, campaign: SugarId) -> frozenset[SugarId]:
        """See `Crm`."""
        links = Links(self._caller, _CAMPAIGNS, _LISTS)
        try:
            found = self._session.run(
                lambda token: links.range_of(token, campaign, IdRange(), _MOST_LISTS)
            )
        except ModuleMissing:
            return frozenset()
        return frozenset(record_id(one) for one in found)

    def add_members(self, target_list: SugarId, module: Module, ids: Sequence[SugarId]) -> None:
        """See `Crm`."""
        _add(self._caller, self._session, TARGET_LISTS, target_list, module.lower(), ids)

    def remove_members(self, target_list: SugarId, module: Module, ids: Sequence[SugarId]) -> None:
        """See `Crm`. One that is no member is refused alone, which says nothing."""
        version = self._caller.endpoint.url.rpartition("/")[2]
        path = f"/{version}/{TARGET_LISTS}/{quote(target_list, safe='')}/link/{module.lower()}"
        requests: list[Mapping[str, str]] = [
            {"url": f"{path}/{quote(one, safe='')}", "method": "DELETE"} for one in ids
        ]
        refused: list[FunnelError | None] = []
        for at in range(0, len(requests), ROWS_A_REQUEST):
            chunk = requests[at : at + ROWS_A_REQUEST]
            refused += self._session.run(partial(send_many, self._caller, chunk))
        if refused and all(isinstance(one, NoRight) for one in refused):
            raise refused[0] or AssertionError


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
