"""A person made here: what is written for it."""

from collections.abc import Mapping
from datetime import datetime

from funnel.domain.consent.consent import Consent
from funnel.domain.crm import Value
from funnel.domain.ids import PersonId, TenantId, derived_id
from funnel.domain.people.people import person_name
from funnel.domain.sync.records import Claim, Edit, FieldChange, HistoryEntry, Person, Unit


def made_id(tenant: TenantId, key: str) -> PersonId:
    """The person that an idempotency key makes: the same each time."""
    return PersonId(derived_id("person", tenant, "made here", key))


def made_here(
    tenant: TenantId,
    person_id: PersonId,
    fields: Mapping[str, Value],
    email: str,
    by: str,
    now: datetime,
    opted_out: Consent | None = None,
    *,
    edited: bool = True,
) -> Unit:
    """The person, with its claim on the folded address ("" for none) and its history.

    Its values count as `edited` here, so that they stand when Sugar comes to have them too, unless
    nobody vouches for them.
    `opted_out` is the consent of the address where it may not be written to from the first on.
    """
    person = Person(
        tenant,
        person_id,
        fields,
        created_at=now,
        changed_at=now,
        edited=dict.fromkeys(fields, Edit(now, by)) if edited else {},
        emails=(email,) if email else (),
        name=person_name(fields),
        made_by=by,
    )
    changes = tuple(FieldChange(n, None, v, "made here") for n, v in sorted(fields.items()))
    entry_id = derived_id("history", person_id, "0", "created")
    entry = HistoryEntry(
        tenant, person_id, now, entry_id, "created", "Funnel", changes, email, by=by
    )
    claims = [Claim(tenant, email, person_id, consent=opted_out is not None)] if email else []
    consents = [opted_out] if opted_out else []
    return Unit(people=[person], claims=claims, consents=consents, history=[entry])
