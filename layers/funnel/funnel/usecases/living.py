"""Who stands for a person's id or address now: itself, or whom it was merged into."""

from collections.abc import Iterable

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.sync.records import Person
from funnel.usecases.app import App

_TRIES = 5


def standing(app: App, tenant: TenantId, person_id: PersonId) -> Person | None:
    """The person that stands for this id now: itself, or the one it was merged into."""
    seen: set[PersonId] = set()
    while person_id not in seen:
        seen.add(person_id)
        person = app.records.people(tenant, [person_id]).get(person_id)
        if person is None or not person.merged_into:
            return person
        person_id = person.merged_into
    return None


def living(app: App, tenant: TenantId, person_id: PersonId) -> Person | None:
    """The person that stands for this id now; None also for one that was erased."""
    person = standing(app, tenant, person_id)
    return None if person is None or person.erased else person


def all_living(app: App, tenant: TenantId, people: Iterable[PersonId]) -> dict[PersonId, Person]:
    """Who stands for each of these ids now, as `living` says; few reads for all."""
    wanted = {one: one for one in people}
    found: dict[PersonId, Person] = {}
    for _ in range(_TRIES):
        new = set(wanted.values()) - found.keys()
        found |= app.records.people(tenant, sorted(new)) if new else {}
        merged = {
            one: found[at].merged_into
            for one, at in wanted.items()
            if at in found and found[at].merged_into
        }
        if not merged:
            break
        wanted |= merged
    stands = {one: found[at] for one, at in wanted.items() if at in found}
    return {i: one for i, one in stands.items() if not (one.erased or one.merged_into)}


def holder_of(app: App, tenant: TenantId, email: str) -> Person | None:
    """Who has this folded address, if anybody does."""
    claim = app.records.claims(tenant, [email]).get(email)
    return standing(app, tenant, claim.person_id) if claim and claim.person_id else None


def is_empty(person: Person) -> bool:
    """Whether nothing is left of a person."""
    return person.erased
