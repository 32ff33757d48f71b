"""Who has an address, which ids are taken, and which Account has a name, over REST.

Source: Sugar Developer Guide 13.0, `/<module>/filter POST`: fields of linked records are asked for
as `link.field`. Reported for Sugar 25.2: an expression the server does not understand may be
dropped, so that it matches everything; whoever comes without any of the addresses shows it.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from funnel.adapters.sugar_http.finding import (
    MOST_ABOUT,
    MOST_ACCOUNTS,
    MOST_HOLDERS,
    PEOPLE,
    Holders,
    cannot_say_who,
    halves,
    same_name,
    too_many_about,
)
from funnel.adapters.sugar_rest.filters import Expression, ids_filter
from funnel.adapters.sugar_rest.listing import Record
from funnel.adapters.sugar_rest.rows import is_deleted, record_id
from funnel.domain.crm import Held
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule

_ADDRESS = "email_addresses.email_address_caps"


class ReadRecords(Protocol):
    """At most `limit` records of a module for which all expressions hold."""

    def __call__(
        self,
        module: str,
        expressions: Sequence[Expression],
        limit: int,
        fields: Sequence[str],
        *,
        deleted: bool = True,
    ) -> list[Record]:
        """With deleted ones unless told otherwise."""


def find_holders(records: ReadRecords, emails: Iterable[str]) -> dict[str, tuple[RecordKey, ...]]:
    """See `Crm.holders`."""
    holders = Holders(emails)
    todo: list[tuple[Module, Sequence[str]]] = [
        (module, chunk) for chunk in holders.chunks() for module in PEOPLE
    ]
    while todo:
        module, chunk = todo.pop()
        asked: list[Expression] = [{_ADDRESS: {"$in": [one.upper() for one in chunk]}}]
        found = records(module, asked, MOST_HOLDERS, ("id", "email"), deleted=False)
        if len(found) >= MOST_HOLDERS and len(chunk) > 1:
            todo += [(module, half) for half in halves(chunk)]
            continue
        for record in found:
            if not holders.add(RecordKey(module, record_id(record)), _addresses(record)):
                raise cannot_say_who()
    return holders.told()


def find_existing(
    records: ReadRecords, module: WrittenModule, ids: Sequence[SugarId]
) -> dict[SugarId, bool]:
    """See `Crm.existing`."""
    wanted = list(dict.fromkeys(ids))
    found = records(module, ids_filter(wanted), len(wanted), ("id", "deleted")) if wanted else []
    return {record_id(one): is_deleted(one) for one in found}


def find_held(
    records: ReadRecords,
    module: WrittenModule,
    ids: Sequence[SugarId],
    fields: Sequence[str],
) -> dict[SugarId, Held]:
    """See `Crm.held`."""
    wanted = list(dict.fromkeys(ids))
    asked = ("id", "deleted", *fields)
    found = records(module, ids_filter(wanted), len(wanted), asked) if wanted else []
    return {
        record_id(one): Held(is_deleted(one), {name: str(one.get(name) or "") for name in fields})
        for one in found
    }


def find_marked(
    records: ReadRecords, module: WrittenModule, about: RecordKey, mark: str
) -> list[SugarId]:
    """See `Crm.marked`."""
    asked: list[Expression] = [{"parent_id": {"$equals": about.sugar_id}}]
    found = records(module, asked, MOST_ABOUT + 1, ("id", "description"))
    if len(found) > MOST_ABOUT:
        raise too_many_about(about)
    return sorted(record_id(one) for one in found if mark in str(one.get("description") or ""))


def find_accounts(records: ReadRecords, name: str) -> list[SugarId]:
    """See `Crm.accounts_named`."""
    asked: list[Expression] = [{"name": {"$equals": name.strip()}}]
    fields = ("id", "name", "date_entered")
    found = records(Module.ACCOUNTS, asked, MOST_ACCOUNTS, fields, deleted=False)
    mine = [one for one in found if same_name(str(one.get("name") or ""), name)]
    return [
        record_id(one)
        for one in sorted(
            mine, key=lambda one: (str(one.get("date_entered") or ""), record_id(one))
        )
    ]


def _addresses(record: Record) -> list[str]:
    told = record.get("email")
    return [
        str(one.get("email_address") or "")
        for one in (told if isinstance(told, list) else ())
        if isinstance(one, dict)
    ]
