"""Who has an address, which ids are taken, and which Account has a name, over SOAP."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
from funnel.adapters.sugar_http.values import decode
from funnel.adapters.sugar_soap import sql
from funnel.adapters.sugar_soap.reader import Links, Record
from funnel.domain.crm import Dialect, Held
from funnel.domain.errors import SugarReplyBroken
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule

_LINK = "email_addresses"
_LIVE = (0,)
_DELETED = ("1", "true")


class ReadRecords(Protocol):
    """Hands on the records of a module for which a query holds; the links of each."""

    def __call__(
        self,
        module: str,
        query: str,
        limit: int,
        fields: Sequence[str],
        add: Callable[[Record], None],
        *,
        links: Mapping[str, Sequence[str]] | None = None,
        deleted: tuple[int, ...] = (),
    ) -> list[Links]:
        """At most `limit` of them."""


def find_holders(
    records: ReadRecords, dialect: Dialect, emails: Iterable[str]
) -> dict[str, tuple[RecordKey, ...]]:
    """See `Crm.holders`. Lists tell the addresses of each record as a link."""
    if dialect is Dialect.SOAP_5:
        raise cannot_say_who()
    holders = Holders(emails)
    todo: list[tuple[Module, Sequence[str]]] = [
        (module, chunk) for chunk in holders.chunks() for module in PEOPLE
    ]
    while todo:
        module, chunk = todo.pop()
        found: list[Record] = []
        query = sql.holders_query(module, chunk)
        asked = {_LINK: ("email_address",)}
        links = records(
            module, query, MOST_HOLDERS, ("id", "email1"), found.append, links=asked, deleted=_LIVE
        )
        if len(found) >= MOST_HOLDERS and len(chunk) > 1:
            todo += [(module, half) for half in halves(chunk)]
            continue
        for record, linked in zip(found, links, strict=True):
            key = RecordKey(module, _id(record))
            told = [
                record.get("email1"),
                *(one.get("email_address") for one in linked.get(_LINK, ())),
            ]
            addresses = [decode(one) for one in told if one]
            # The server has said so; with one address alone nothing else can be meant.
            holders.add(key, chunk if len(chunk) == 1 else addresses)
    return holders.told()


def find_existing(
    records: ReadRecords, module: WrittenModule, ids: Sequence[SugarId]
) -> dict[SugarId, bool]:
    """See `Crm.existing`."""
    found: dict[SugarId, bool] = {}

    def add(record: Record) -> None:
        found[_id(record)] = record.get("deleted") in _DELETED

    wanted = list(dict.fromkeys(ids))
    if wanted:
        records(module, sql.ids_query(module, wanted), len(wanted), ("id", "deleted"), add)
    return found


def find_held(
    records: ReadRecords,
    module: WrittenModule,
    ids: Sequence[SugarId],
    fields: Sequence[str],
) -> dict[SugarId, Held]:
    """See `Crm.held`."""
    found: dict[SugarId, Held] = {}

    def add(record: Record) -> None:
        texts = {name: decode(record.get(name) or "") for name in fields}
        found[_id(record)] = Held(record.get("deleted") in _DELETED, texts)

    wanted = list(dict.fromkeys(ids))
    if wanted:
        asked = ("id", "deleted", *fields)
        records(module, sql.ids_query(module, wanted), len(wanted), asked, add)
    return found


def find_marked(
    records: ReadRecords, module: WrittenModule, about: RecordKey, mark: str
) -> list[SugarId]:
    """See `Crm.marked`."""
    found: list[tuple[SugarId, str]] = []

    def add(record: Record) -> None:
        found.append((_id(record), decode(record.get("description") or "")))

    query = sql.about_query(module, about.sugar_id)
    records(module, query, MOST_ABOUT + 1, ("id", "description", "deleted"), add)
    if len(found) > MOST_ABOUT:
        raise too_many_about(about)
    return sorted(sugar_id for sugar_id, text in found if mark in text)


def find_accounts(records: ReadRecords, name: str) -> list[SugarId]:
    """See `Crm.accounts_named`. Databases differ in what they take for the same name."""
    found: list[tuple[str, SugarId]] = []

    def add(record: Record) -> None:
        if same_name(decode(record.get("name") or ""), name):
            found.append((record.get("date_entered") or "", _id(record)))

    fields = ("id", "name", "date_entered")
    query = sql.named_query(Module.ACCOUNTS, name.strip())
    records(Module.ACCOUNTS, query, MOST_ACCOUNTS, fields, add, deleted=_LIVE)
    return [sugar_id for _, sugar_id in sorted(found)]


def _id(record: Record) -> SugarId:
    sugar_id = record.get("id")
    if not sugar_id:
        raise SugarReplyBroken("The reply contains a record without an id.")
    return SugarId(sugar_id)
