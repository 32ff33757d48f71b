"""Give another address to a person who is not in Sugar; with a link, Sugar's address counts."""

from dataclasses import replace

from funnel.domain.errors import AddressTaken, Conflict, InputInvalid, NotFound
from funnel.domain.ids import PersonId, TenantId, derived_id
from funnel.domain.mapping.typed_values import checked_address
from funnel.domain.people.people import addresses_had
from funnel.domain.sync.records import Claim, FieldChange, HistoryEntry, Person, Unit
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE, ask_about_person
from funnel.usecases.living import holder_of

_TRIES = 5
_FIELD = "email"


def change_address(app: App, tenant: TenantId, person_id: PersonId, email: str, by: str) -> Person:
    """Have the person hold this address and no other, "" for none; the person as it is then.

    What is known of the consent of an address stays with the address. Raises `NotFound`,
    `InputInvalid` naming `email` (also for a person who is in Sugar, or would have neither name nor
    address), `AddressTaken`, and `Conflict` when others keep changing the same.
    """
    wanted = (checked_address(email),) if email.strip() else ()
    for _ in range(_TRIES):
        person = app.records.people(tenant, [person_id]).get(person_id)
        if person is None or not person.is_listed:
            raise NotFound("There is no such person, or it was merged into another.")
        if person.emails == wanted:
            return person
        _check(app, person, wanted)
        ask_about_person(app, tenant, person_id, delay=SHOULD_WE_DIE)
        if app.records.commit(tenant, [_unit(app, person, wanted, by)]) == [True]:
            ask_about_person(app, tenant, person_id)
            return app.records.people(tenant, [person_id])[person_id]
    raise Conflict("Others are changing this person.", mend="Try again.")


def _check(app: App, person: Person, wanted: tuple[str, ...]) -> None:
    if person.links:
        raise InputInvalid(
            "The address of this person comes from Sugar.", mend="Change it there.", field=_FIELD
        )
    if not wanted and not person.name:
        raise InputInvalid("Enter a name or an email address.", field=_FIELD)
    holder = holder_of(app, person.tenant, wanted[0]) if wanted else None
    if holder is not None and holder.person_id != person.person_id:
        raise AddressTaken(
            f"{holder.name or 'Somebody'} has this address already.",
            mend="Open that person, or use another address.",
            person_id=holder.person_id,
            name=holder.name,
        )


def _unit(app: App, person: Person, wanted: tuple[str, ...], by: str) -> Unit:
    """The person with its claims: new ones taken, old ones given up."""
    tenant, now = person.tenant, app.clock.now()
    stored = app.records.claims(tenant, {*person.emails, *wanted})
    held = {e: c for e, c in stored.items() if c.person_id == person.person_id}
    claims = [Claim(tenant, one, person.person_id) for one in wanted if one not in held]
    claims += [
        replace(claim, person_id=PersonId("")) for e, claim in held.items() if e not in wanted
    ]
    before, after = (", ".join(emails) or None for emails in (person.emails, wanted))
    entry = HistoryEntry(
        tenant,
        person.person_id,
        now,
        derived_id("history", person.person_id, str(person.version), "address"),
        "changed",
        "Funnel",
        (FieldChange("email1", before, after, "edited here"),),
        by=by,
    )
    had = addresses_had(person, wanted)
    changed = replace(person, emails=wanted, had=had, changed_at=now)
    return Unit(people=[changed], claims=claims, history=[entry])
