"""What the merge fields of an email come to for people: read for many at once, and only what is asked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from funnel.domain.ids import Module, PersonId, RecordKey, TenantId
from funnel.domain.mail.mail_fields import FIELDS, FOOTER, Sender, field_values
from funnel.domain.mapping.fields import CUSTOM_PREFIX, Subject
from funnel.domain.sync.records import Person, SugarRecord
from funnel.usecases.app import App
from funnel.usecases.view_common import Named, text_of

_THEIRS = (Module.CONTACTS, Module.LEADS)


@dataclass(frozen=True, slots=True)
class OwnField:
    """A custom field of people, by the name it has in a template."""

    name: str
    label: str


class MergeValues:
    """The values of one tenant's people. What a custom field is called in Sugar is read once."""

    def __init__(self, app: App, tenant: TenantId, names: Collection[str]) -> None:
        self._app = app
        self._tenant = tenant
        self._wants_company = "company" in names
        self._custom = sorted(one for one in names if one.startswith(CUSTOM_PREFIX))
        self._named = _named(app, tenant) if self._custom else Named({}, {})

    def of(
        self, people: Sequence[Person], sender: Sender, addresses: Mapping[PersonId, str]
    ) -> dict[PersonId, dict[str, str]]:
        """For each of them; `addresses` are those they are written to, their first one if not given."""
        companies = self._companies(people) if self._wants_company else {}
        found: dict[PersonId, dict[str, str]] = {}
        for one in people:
            address = addresses.get(one.person_id) or next(iter(one.emails), "")
            company = companies.get(one.person_id, "")
            values = field_values(one.name, one.fields, address, company, sender)
            found[one.person_id] = values | {name: self._own(one, name) for name in self._custom}
        return found

    def _own(self, person: Person, name: str) -> str:
        value = person.fields.get(name)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return self._named.view(name, value).shown or str(value or "")

    def _companies(self, people: Sequence[Person]) -> dict[PersonId, str]:
        """Of those who have none among their fields: their Account's, or what a Lead says."""
        lacking = [one for one in people if not text_of(one.fields, "company")]
        keys = [link.key for one in lacking for link in one.links if link.key.module in _THEIRS]
        records = self._app.records.records(self._tenant, keys) if keys else {}
        parents = {_parent(one) for one in records.values()} - {None}
        accounts = self._app.records.records(self._tenant, filter(None, parents)) if parents else {}
        return {one.person_id: _company(one, records, accounts) for one in lacking}


def nobodys_values(sender: Sender) -> dict[str, str]:
    """The values for somebody of whom nothing is known."""
    return field_values("", {}, "", "", sender)


def own_fields(app: App, tenant: TenantId) -> tuple[OwnField, ...]:
    """The tenant's custom fields of people."""
    connection = app.sync.connection(tenant)
    custom = connection.custom_fields if connection else ()
    return tuple(OwnField(one.name, one.label) for one in custom if one.subject is Subject.PERSON)


def known_fields(app: App, tenant: TenantId) -> tuple[str, ...]:
    """All names that a template may have."""
    return (*FIELDS, *FOOTER, *(one.name for one in own_fields(app, tenant)))


def _named(app: App, tenant: TenantId) -> Named:
    connection = app.sync.connection(tenant)
    if connection is None:
        return Named({}, {})
    return Named.of(app, tenant, connection.all_mappings(), _THEIRS)


def _parent(record: SugarRecord) -> RecordKey | None:
    is_contact = record.key.module is Module.CONTACTS and record.parent_id
    return RecordKey(Module.ACCOUNTS, record.parent_id) if is_contact else None


def _company(
    person: Person,
    records: Mapping[RecordKey, SugarRecord],
    accounts: Mapping[RecordKey, SugarRecord],
) -> str:
    own = [records[one.key] for one in person.links if one.key in records]
    parents: Iterable[RecordKey | None] = map(_parent, own)
    first = next(filter(None, parents), None)
    account = accounts.get(first) if first else None
    named = [account.name] if account and account.name else []
    return next(iter([*named, *filter(None, (text_of(o.fields, "account_name") for o in own))]), "")
