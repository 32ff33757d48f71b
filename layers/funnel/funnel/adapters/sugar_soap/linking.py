"""Links between records over SOAP: who is on a Target List, and which lists a Campaign uses.

Its answer says "created" of ids and parents that do not exist, and of links that are there already;
"failed" is a link or module that Sugar does not have for us (`docs/sugar.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from funnel.adapters.sugar_http.finding import cannot_fill_lists
from funnel.adapters.sugar_soap import envelopes
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.envelopes import Part
from funnel.adapters.sugar_soap.reader import Record
from funnel.adapters.sugar_soap.related import Related, related_parts
from funnel.adapters.sugar_soap.session import Session
from funnel.adapters.sugar_soap.target_lists import MODULE as TARGET_LISTS
from funnel.adapters.sugar_soap.target_lists import read_members_among
from funnel.domain.errors import NoRight, ServerCrashed, SugarReplyBroken
from funnel.domain.ids import Module, SugarId, WrittenModule

METHOD = "set_relationship"
_LISTS = "prospectlists"


@dataclass(frozen=True, slots=True)
class Linked:
    """One link of one record."""

    module: str
    record: SugarId
    link: str


def members_of(target_list: SugarId, module: Module) -> Linked:
    """The members of one module that a Target List has."""
    return Linked(TARGET_LISTS, target_list, module.lower())


def lists_of(campaign: SugarId) -> Linked:
    """The Target Lists that a Campaign uses."""
    return Linked(WrittenModule.CAMPAIGNS.value, campaign, _LISTS)


def set_links(
    caller: Caller, session: Session, of: Linked, ids: Sequence[SugarId], *, delete: bool = False
) -> None:
    """See `Crm.add_members`, `remove_members` and `relate`."""
    if not caller.endpoint.dialect.fills_target_lists:
        raise cannot_fill_lists()
    if not ids:
        return
    parts = link_parts(of, ids, delete=delete)
    told = session.run(
        lambda session_id: caller.counts(METHOD, [envelopes.text("session", session_id), *parts])
    )
    if told.get("failed"):
        raise NoRight(
            f"Sugar does not let our user change the links of {of.module}.",
            mend="Give the user the right to edit Campaigns and Target Lists.",
        )


def link_parts(of: Linked, ids: Sequence[SugarId], *, delete: bool) -> list[Part]:
    """All parameters but the session."""
    return [
        envelopes.text("module_name", of.module),
        envelopes.text("module_id", of.record),
        envelopes.text("link_field_name", of.link),
        envelopes.strings("related_ids", ids),
        ("name_value_list", "<name_value_list/>"),
        envelopes.text("delete", int(delete)),
    ]


def linked_ids(caller: Caller, session: Session, of: Linked) -> frozenset[SugarId]:
    """The live records linked; v4_1 dies over a record that is not there, which has none."""
    dialect = caller.endpoint.dialect
    if not dialect.fills_target_lists:
        raise cannot_fill_lists()
    found: set[SugarId] = set()

    def take(record: Record) -> bool:
        sugar_id = record.get("id")
        if not sugar_id:
            raise SugarReplyBroken("The reply contains a record without an id.")
        found.add(SugarId(sugar_id))
        return True

    parts = related_parts(dialect, Related(of.module, of.record, of.link, ("id",)))

    def call(session_id: str) -> bool:
        found.clear()
        told = [envelopes.text("session", session_id), *parts]
        return caller.members(told, take, ids_only=False)

    try:
        session.run(call)
    except ServerCrashed:
        return frozenset()
    return frozenset(found)


class SoapLinking:
    """The part of `SoapCrm` that links records."""

    _caller: Caller
    _session: Session

    def members_among(
        self, target_list: SugarId, module: Module, ids: Sequence[SugarId]
    ) -> frozenset[SugarId]:
        """See `Crm`."""
        return read_members_among(self._caller, self._session, target_list, module, ids)

    def relate(self, campaign: SugarId, target_list: SugarId) -> None:
        """See `Crm`."""
        set_links(self._caller, self._session, lists_of(campaign), [target_list])

    def related(self, campaign: SugarId) -> frozenset[SugarId]:
        """See `Crm`."""
        return linked_ids(self._caller, self._session, lists_of(campaign))

    def add_members(self, target_list: SugarId, module: Module, ids: Sequence[SugarId]) -> None:
        """See `Crm`."""
        set_links(self._caller, self._session, members_of(target_list, module), ids)

    def remove_members(self, target_list: SugarId, module: Module, ids: Sequence[SugarId]) -> None:
        """See `Crm`."""
        set_links(self._caller, self._session, members_of(target_list, module), ids, delete=True)
