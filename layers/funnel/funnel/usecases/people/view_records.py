"""Accounts, Opportunities and Users as they are kept here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.connecting.currencies import UNKNOWN
from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.pull_rules import is_active
from funnel.domain.sync.records import State, SugarRecord
from funnel.usecases.app import App
from funnel.usecases.people.search_records import listed_records
from funnel.usecases.view_common import (
    PAGE_SIZE,
    FieldView,
    Named,
    Owners,
    OwnerView,
    RecordRef,
    Sugar,
    field_views,
    text_of,
)

CHILDREN = 50
SHOWN = frozenset({State.SYNCED, State.STALE})


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An Account in the list. `out_of_date_since` is set while it cannot sync."""

    sugar_id: str
    name: str
    kind: str
    industry: str
    city: str
    owner: OwnerView | None
    url: str
    out_of_date_since: datetime | None


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """An Opportunity in the list. `amount` is a decimal as text, `closes` a date as text.

    `currency` is that of the amount: a code of ISO 4217, or what Sugar has in place of one; "" where
    it is not known.
    """

    sugar_id: str
    name: str
    account: RecordRef | None
    stage: str
    amount: str
    currency: str
    closes: str
    owner: OwnerView | None
    url: str
    out_of_date_since: datetime | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A Contact of an Account or Opportunity, and the person it is here ("" if none)."""

    sugar_id: str
    person_id: str
    name: str
    title: str
    email: str
    owner: OwnerView | None
    url: str


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user of Sugar."""

    sugar_id: str
    name: str
    user_name: str
    title: str
    email: str
    active: bool
    url: str


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """A page of Accounts; `cursor` is where it goes on, "" at the end."""

    items: tuple[AccountRow, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class OpportunitiesPage:
    """A page of Opportunities; `cursor` is where it goes on, "" at the end."""

    items: tuple[OpportunityRow, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class UsersPage:
    """A page of users; `cursor` is where it goes on, "" at the end."""

    items: tuple[UserRow, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """An Account with its Contacts and Opportunities, 50 of each at most.

    `more_contacts` and `more_opportunities` say whether there are more.
    """

    row: AccountRow
    state: State
    fields: tuple[FieldView, ...]
    contacts: tuple[ContactRow, ...]
    opportunities: tuple[OpportunityRow, ...]
    more_contacts: bool
    more_opportunities: bool


@dataclass(frozen=True, slots=True)
class OpportunityView:
    """An Opportunity with its Contacts.

    `amount_in_base` is its amount in Sugar's base currency, `base_currency`, where it is in another
    one; both are "" where it is in that or where nobody can tell.
    """

    row: OpportunityRow
    state: State
    fields: tuple[FieldView, ...]
    contacts: tuple[ContactRow, ...]
    amount_in_base: str = ""
    base_currency: str = ""


@dataclass(frozen=True, slots=True)
class UserView:
    """A user of Sugar, with all fields."""

    row: UserRow
    state: State
    fields: tuple[FieldView, ...]


def list_accounts(
    app: App, tenant: TenantId, query: str = "", cursor: str = "", limit: int = PAGE_SIZE
) -> AccountsPage:
    """Accounts in whose name each word of the query begins a word, by name."""
    listing = listed_records(app, tenant, Module.ACCOUNTS, query, limit, cursor)
    reader = _Reader(app, tenant, listing.items)
    return AccountsPage(tuple(reader.account(one) for one in listing.items), listing.cursor)


def list_opportunities(
    app: App, tenant: TenantId, query: str = "", cursor: str = "", limit: int = PAGE_SIZE
) -> OpportunitiesPage:
    """Opportunities in whose name each word of the query begins a word, by name."""
    listing = listed_records(app, tenant, Module.OPPORTUNITIES, query, limit, cursor)
    reader = _Reader(app, tenant, listing.items)
    return OpportunitiesPage(
        tuple(reader.opportunity(one) for one in listing.items), listing.cursor
    )


def list_users(
    app: App, tenant: TenantId, query: str = "", cursor: str = "", limit: int = PAGE_SIZE
) -> UsersPage:
    """Users in whose name or address each word of the query begins a word, by name."""
    listing = listed_records(app, tenant, Module.USERS, query, limit, cursor)
    sugar = Sugar(app, tenant)
    return UsersPage(tuple(_user(one, sugar) for one in listing.items), listing.cursor)


def account(app: App, tenant: TenantId, sugar_id: SugarId) -> AccountView:
    """One Account. Raises `NotFound`, also for one that is held or deleted."""
    found = _shown(app, tenant, RecordKey(Module.ACCOUNTS, sugar_id))
    contacts = app.records.children(tenant, sugar_id, Module.CONTACTS, CHILDREN)
    deals = app.records.children(tenant, sugar_id, Module.OPPORTUNITIES, CHILDREN)
    reader = _Reader(app, tenant, [found, *contacts.items, *deals.items])
    return AccountView(
        row=reader.account(found),
        state=found.state,
        fields=_account_fields(app, tenant, found),
        contacts=tuple(reader.contact(one) for one in contacts.items),
        opportunities=tuple(reader.opportunity(one) for one in deals.items),
        more_contacts=bool(contacts.cursor),
        more_opportunities=bool(deals.cursor),
    )


def _account_fields(app: App, tenant: TenantId, found: SugarRecord) -> tuple[FieldView, ...]:
    """As the mapping has them."""
    connection = app.sync.connection(tenant)
    if connection is None:
        return field_views(found.fields)
    mappings = connection.all_mappings()
    named = Named.of(app, tenant, mappings, [Module.ACCOUNTS])
    return field_views(mappings.apply(Module.ACCOUNTS, found.fields), named)


def opportunity(app: App, tenant: TenantId, sugar_id: SugarId) -> OpportunityView:
    """One Opportunity. Raises `NotFound`, also for one that is held or deleted."""
    found = _shown(app, tenant, RecordKey(Module.OPPORTUNITIES, sugar_id))
    keys = [RecordKey(Module.CONTACTS, contact_id) for contact_id in found.contact_ids]
    here = app.records.records(tenant, keys) if keys else {}
    contacts = sorted((one for one in here.values() if one.state in SHOWN), key=_by_name)
    reader = _Reader(app, tenant, [found, *contacts])
    row = reader.opportunity(found)
    base = reader.currencies.base_unit
    other = reader.currencies.in_base(found.fields) if base not in ("", row.currency) else None
    units = {"amount": row.currency, "amount_usdollar": base}
    return OpportunityView(
        row=row,
        state=found.state,
        fields=tuple(
            replace(one, unit=units.get(one.name, "")) for one in field_views(found.fields)
        ),
        contacts=tuple(reader.contact(one) for one in contacts),
        amount_in_base="" if other is None else f"{other:.2f}",
        base_currency="" if other is None else base,
    )


def user(app: App, tenant: TenantId, sugar_id: SugarId) -> UserView:
    """One user. Raises `NotFound`, also for one that is deleted."""
    found = _shown(app, tenant, RecordKey(Module.USERS, sugar_id))
    return UserView(_user(found, Sugar(app, tenant)), found.state, field_views(found.fields))


class _Reader:
    """Makes rows of records, with the users and Accounts they name read in one go."""

    def __init__(self, app: App, tenant: TenantId, records: Iterable[SugarRecord]) -> None:
        listed = list(records)
        self._sugar = Sugar(app, tenant)
        self._owners = Owners(app, tenant, [one.owner_id for one in listed])
        parents = {
            RecordKey(Module.ACCOUNTS, one.parent_id)
            for one in listed
            if one.parent_id and one.key.module is Module.OPPORTUNITIES
        }
        self._accounts = app.records.records(tenant, sorted(parents)) if parents else {}
        deals = any(one.key.module is Module.OPPORTUNITIES for one in listed)
        self.currencies = (app.sync.currencies(tenant) if deals else None) or UNKNOWN

    def account(self, one: SugarRecord) -> AccountRow:
        return AccountRow(
            sugar_id=one.key.sugar_id,
            name=one.name,
            kind=text_of(one.fields, "account_type"),
            industry=text_of(one.fields, "industry"),
            city=text_of(one.fields, "billing_address_city", "shipping_address_city"),
            owner=self._owners.view(one.owner_id),
            url=self._sugar.url(one.key),
            out_of_date_since=one.out_of_date_since,
        )

    def opportunity(self, one: SugarRecord) -> OpportunityRow:
        key = RecordKey(Module.ACCOUNTS, one.parent_id)
        parent = self._accounts.get(key)
        currency = self.currencies.of(one.fields.get("currency_id"))
        return OpportunityRow(
            sugar_id=one.key.sugar_id,
            name=one.name,
            account=self._sugar.ref(key, parent.name) if parent else None,
            stage=text_of(one.fields, "sales_stage"),
            amount=text_of(one.fields, "amount"),
            currency=currency.unit if currency else "",
            closes=text_of(one.fields, "date_closed"),
            owner=self._owners.view(one.owner_id),
            url=self._sugar.url(one.key),
            out_of_date_since=one.out_of_date_since,
        )

    def contact(self, one: SugarRecord) -> ContactRow:
        return ContactRow(
            sugar_id=one.key.sugar_id,
            person_id=one.person_id,
            name=one.name,
            title=text_of(one.fields, "title"),
            email=text_of(one.fields, "email1"),
            owner=self._owners.view(one.owner_id),
            url=self._sugar.url(one.key),
        )


def _user(one: SugarRecord, sugar: Sugar) -> UserRow:
    return UserRow(
        sugar_id=one.key.sugar_id,
        name=one.name,
        user_name=text_of(one.fields, "user_name"),
        title=text_of(one.fields, "title"),
        email=text_of(one.fields, "email1"),
        active=is_active(one),
        url=sugar.url(one.key),
    )


def _shown(app: App, tenant: TenantId, key: RecordKey) -> SugarRecord:
    found = app.records.records(tenant, [key]).get(key)
    if found is None or found.state not in SHOWN:
        raise NotFound(f"This record is not here: {key.module} {key.sugar_id}.")
    return found


def _by_name(one: SugarRecord) -> tuple[str, str]:
    return one.name.casefold(), one.key.sugar_id
