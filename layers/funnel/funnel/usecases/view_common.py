"""What several pages show alike: owners, links to Sugar and fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from funnel.domain.connecting.sugar_links import record_url
from funnel.domain.crm import Endpoint, Value
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.mapping.fields import choices
from funnel.domain.mapping.mapping import Mappings
from funnel.domain.sync.pull_rules import is_active
from funnel.usecases.app import App

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class OwnerView:
    """Whom a record is assigned to. `active` is None for a user who is not known here."""

    sugar_id: str
    name: str
    active: bool | None


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a record and its value; decimals, dates and moments are text.

    `label` is what an admin called it, "" for a standard field. `shown` is what Sugar calls the
    value of a dropdown, "" where that is the value itself. `unit` is the currency of an amount,
    "" where it is not known, and of what is no amount.
    """

    name: str
    value: Value
    label: str = ""
    shown: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record to go to: by its key here, by `url` in Sugar ("" while no Sugar is connected)."""

    module: Module
    sugar_id: str
    name: str
    url: str


class Sugar:
    """Builds links into the tenant's Sugar."""

    def __init__(self, app: App, tenant: TenantId) -> None:
        connection = app.sync.connection(tenant)
        self._endpoint: Endpoint | None = connection.endpoint if connection else None

    def url(self, key: RecordKey) -> str:
        """Where the record opens in Sugar, "" while no Sugar is connected."""
        return record_url(self._endpoint, key) if self._endpoint and key.sugar_id else ""

    def ref(self, key: RecordKey, name: str) -> RecordRef:
        """The record as something to go to."""
        return RecordRef(key.module, key.sugar_id, name, self.url(key))


class Owners:
    """The users that a page names, read in one go."""

    def __init__(self, app: App, tenant: TenantId, ids: Iterable[SugarId]) -> None:
        keys = {RecordKey(Module.USERS, sugar_id) for sugar_id in ids if sugar_id}
        self._users = app.records.records(tenant, sorted(keys)) if keys else {}

    def view(self, sugar_id: SugarId) -> OwnerView | None:
        """The owner; None for a record that is assigned to nobody."""
        if not sugar_id:
            return None
        user = self._users.get(RecordKey(Module.USERS, sugar_id))
        if user is None:
            return OwnerView(sugar_id, "", None)
        return OwnerView(sugar_id, user.name, is_active(user))


def text_of(fields: Mapping[str, Value], *names: str) -> str:
    """The first of these fields that has a value, as text."""
    for name in names:
        value = fields.get(name)
        if value not in (None, ""):
            return str(value)
    return ""


def field_views(fields: Mapping[str, Value], named: "Named | None" = None) -> tuple[FieldView, ...]:
    """All fields that have a value, in the order they are kept."""
    named = named or Named({}, {})
    return tuple(named.view(k, v) for k, v in fields.items() if v not in (None, ""))


@dataclass(frozen=True, slots=True)
class Named:
    """What an admin called fields, and what Sugar calls the keys of dropdowns, by our field."""

    labels: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(
        cls, app: App, tenant: TenantId, mappings: Mappings, modules: Iterable[Module]
    ) -> "Named":
        """For records of these modules; the first that knows a dropdown names its keys."""
        options: dict[str, Mapping[str, str]] = {}
        for module in modules:
            known = app.sync.field_list(tenant, module)
            told = {one.name: one.options for one in known.fields if one.options} if known else {}
            for one in mappings.of(module):
                if one.sugar_field in told:
                    options.setdefault(one.field, told[one.sugar_field])
        labels = {one.name: one.label for one in mappings.custom}
        return cls(labels, options)

    def view(self, name: str, value: Value) -> FieldView:
        """A field by these names."""
        return FieldView(name, value, self.labels.get(name, ""), self._shown(name, value))

    def _shown(self, name: str, value: Value) -> str:
        known = self.options.get(name)
        if not known or not isinstance(value, str):
            return ""
        if value.startswith("^"):
            return ", ".join(known.get(key) or key for key in choices(value))
        return known.get(value, "") if known.get(value) != value else ""
