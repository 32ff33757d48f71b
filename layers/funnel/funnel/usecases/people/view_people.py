"""One person, what happened to one, and people as rows of a list."""

from dataclasses import dataclass
from datetime import datetime

from funnel.domain.errors import NotFound
from funnel.domain.ids import Module, PersonId, RecordKey, TenantId
from funnel.domain.mapping.mapping import Mappings
from funnel.domain.people.people import preferred, sources, sugar_values
from funnel.domain.scoring.scores import Score
from funnel.domain.sync.records import Link, Person
from funnel.usecases.app import App
from funnel.usecases.consent.view_consent import ConsentView, consents_of
from funnel.usecases.living import is_empty
from funnel.usecases.people.view_history import HistoryPage, history
from funnel.usecases.pushing.view_score_push import ScoreInSugar, score_in_sugar
from funnel.usecases.view_common import (
    FieldView,
    Named,
    Owners,
    OwnerView,
    RecordRef,
    Sugar,
    field_views,
    text_of,
)


@dataclass(frozen=True, slots=True)
class LinkView:
    """A Lead or Contact in Sugar that is this person, with its own name and owner.

    One that stands `apart`, by hand or for crowding, is joined with nobody by its address.
    """

    module: Module
    sugar_id: str
    name: str
    email: str
    owner: OwnerView | None
    url: str
    converted_to: str
    apart: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the list, with the lead score."""

    person_id: str
    name: str
    company: str
    email: str
    owner: OwnerView | None
    links: tuple[LinkView, ...]
    shared: bool
    score: int


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Why a field has its value.

    `kind` is "Sugar" (with the record, its time of change there and the field in Sugar), "here"
    (with who edited it and when) or "kept" (from an earlier mapping or record).
    """

    field: FieldView
    kind: str
    record: RecordRef | None = None
    sugar_field: str = ""
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything about a person. With `merged_into`, it is that person now.

    `made_by` is who made the person here, "" for one that came from Sugar.

    `consents` are of all addresses, also those of records that were set apart.
    """

    person_id: str
    name: str
    company: str
    fields: tuple[FieldView, ...]
    sources: tuple[FieldSource, ...]
    emails: tuple[str, ...]
    consents: tuple[ConsentView, ...]
    score_in_sugar: ScoreInSugar
    links: tuple[LinkView, ...]
    owner: OwnerView | None
    shared: bool
    merged_into: str
    made_by: str
    created_at: datetime
    changed_at: datetime


def person(app: App, tenant: TenantId, person_id: PersonId) -> PersonView:
    """One person. Raises `NotFound`."""
    found = _person(app, tenant, person_id)
    sugar, owners = Sugar(app, tenant), Owners(app, tenant, [ln.owner_id for ln in found.links])
    links = tuple(_link(link, sugar, owners) for link in found.links)
    connection = app.sync.connection(tenant)
    mappings = connection.all_mappings() if connection else Mappings()
    modules = dict.fromkeys(link.key.module for link in found.links)
    named = Named.of(app, tenant, mappings, modules)
    return PersonView(
        person_id=found.person_id,
        name=found.name,
        company=_company(found),
        fields=field_views(found.fields, named),
        sources=_sources(app, found, mappings, named, sugar),
        emails=found.emails,
        consents=consents_of(app, tenant, found),
        score_in_sugar=score_in_sugar(app, tenant, found),
        links=links,
        owner=links[0].owner if links else None,
        shared=found.shared,
        merged_into=found.merged_into,
        made_by=found.made_by,
        created_at=found.created_at,
        changed_at=found.changed_at,
    )


def _sources(
    app: App, found: Person, mappings: Mappings, named: Named, sugar: Sugar
) -> tuple[FieldSource, ...]:
    keys = [link.key for link in found.links]
    records = app.records.records(found.tenant, keys) if keys else {}
    ordered = preferred(records[key] for key in keys if key in records)
    of_sugar, given = sources(ordered, mappings), sugar_values(ordered, mappings)
    told = []
    for name, value in found.fields.items():
        view = named.view(name, value)
        record, edit = of_sugar.get(name), found.edited.get(name)
        if edit is not None:
            told.append(FieldSource(view, "here", at=edit.at, by=edit.by))
        elif found.made_by and name not in found.agreed:
            told.append(FieldSource(view, "here", at=found.created_at, by=found.made_by))
        elif record is None or given.get(name) != value:
            told.append(FieldSource(view, "kept"))
        else:
            mapping = next(m for m in mappings.of(record.key.module) if m.field == name)
            ref = sugar.ref(record.key, record.name)
            at = record.stamp.date_modified
            told.append(FieldSource(view, "Sugar", ref, mapping.sugar_field, at))
    return tuple(told)


def person_history(
    app: App,
    tenant: TenantId,
    person_id: PersonId,
    subject: str = "",
    cursor: str = "",
    limit: int = 20,
) -> HistoryPage:
    """What happened to a person, or to the record `subject` (`Module/id`) among its links.

    Raises `NotFound` for a person or a link that is not there.
    """
    found = _person(app, tenant, person_id)
    if subject and subject not in {str(link.key) for link in found.links}:
        raise NotFound("This person has no such link to Sugar.")
    return history(app, tenant, subject or found.person_id, cursor, limit)


def person_of(app: App, tenant: TenantId, key: RecordKey) -> PersonId:
    """The person that a Lead or Contact is, "" if it is not here."""
    record = app.records.records(tenant, [key]).get(key)
    return record.person_id if record else PersonId("")


def _person(app: App, tenant: TenantId, person_id: PersonId) -> Person:
    found = app.records.people(tenant, [person_id]).get(person_id)
    if found is None:
        raise NotFound("There is no such person.")
    if is_empty(found):
        erasure = app.erasures.erasure(tenant, person_id)
        when = f" on {erasure.asked_at:%Y-%m-%d}" if erasure else ""
        raise NotFound(f"This person was erased on request{when}. Nothing is kept.")
    return found


def person_rows(app: App, tenant: TenantId, people: list[Person]) -> tuple[PersonRow, ...]:
    """These people as rows of a list."""
    sugar = Sugar(app, tenant)
    owners = Owners(app, tenant, [ln.owner_id for one in people for ln in one.links])
    scores = app.activities.scores(tenant, [one.person_id for one in people])
    return tuple(_row(one, sugar, owners, scores.get(one.person_id)) for one in people)


def _row(one: Person, sugar: Sugar, owners: Owners, score: Score | None) -> PersonRow:
    links = tuple(_link(link, sugar, owners) for link in one.links)
    return PersonRow(
        person_id=one.person_id,
        name=one.name,
        company=_company(one),
        email=one.emails[0] if one.emails else "",
        owner=links[0].owner if links else None,
        links=links,
        shared=one.shared,
        score=score.value if score else 0,
    )


def _link(link: Link, sugar: Sugar, owners: Owners) -> LinkView:
    return LinkView(
        module=link.key.module,
        sugar_id=link.key.sugar_id,
        name=link.name,
        email=link.email,
        owner=owners.view(link.owner_id),
        url=sugar.url(link.key),
        converted_to=link.converted_to,
        apart=link.apart,
    )


def _company(one: Person) -> str:
    return text_of(one.fields, "company", "account_name")
