"""Make a person here, whom Sugar does not know yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.consent.consent import HERE, Consent, Mark, Source, changed_here
from funnel.domain.crm import Value
from funnel.domain.errors import AddressTaken, Conflict, InputInvalid, WasErased
from funnel.domain.ids import TenantId
from funnel.domain.mapping.typed_values import checked_address, typed_fields
from funnel.domain.people.erasure import address_mark
from funnel.domain.people.made_here import made_here, made_id
from funnel.domain.people.people import person_name
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE, ask_about_person
from funnel.usecases.living import holder_of, standing
from funnel.usecases.mapping.map_fields import person_fields

_TRIES = 5
_KEPT = "the opt-out kept when this address was erased"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Who is to be made: fields by their names, and an address, "" for none.

    `by` is who makes the person, a marketer's name or what it was (a form, an import). `anew` is
    whether somebody whose address was erased on request is meant all the same, as when the person
    itself gave it again, and `given_at` when it did: what was given before the erasure makes nobody.
    `edited` is whether the fields count as edited here: not those of a form,
    which anybody can send under any address.
    """

    fields: Mapping[str, Value]
    email: str
    by: str
    anew: bool = True
    edited: bool = True
    given_at: datetime | None = None


def create_person(app: App, tenant: TenantId, new: NewPerson, key: str) -> Person:
    """Make the person and claim its address; made already under this key, nothing changes.

    The person is the one it is now, should it have been merged into another meanwhile. A Lead
    or Contact that later comes with the address joins this person. It replaces what does not count
    as edited here, and fills what is empty. Raises `InputInvalid` naming the field (`email` for the
    address), `AddressTaken` for an address that somebody has, `WasErased`, and `Conflict` when
    others keep changing who has the address.
    """
    known = person_fields(app.sync.connection(tenant))
    typed = typed_fields(known, new.fields)
    fields = {name: value for name, value in typed.items() if value is not None}
    email = checked_address(new.email) if new.email.strip() else ""
    if not email and not person_name(fields):
        raise InputInvalid("Enter a name or an email address.", field="last_name")
    person_id = made_id(tenant, key)
    mark = address_mark(tenant, email)
    for _ in range(_TRIES):
        erased = app.records.erased(tenant) if email else {}
        if mark in erased:
            _check_meant(app, tenant, new)
        made = standing(app, tenant, person_id)
        if made is not None:
            if made.erased:
                raise WasErased(
                    "Who was made by this was erased on request.", mend="Begin anew to add them."
                )
            if mark in erased:
                app.erasures.lift(tenant, mark)
            return made
        _check_free(app, tenant, email)
        opted_out = _opt_out_kept(app, tenant, email) if erased.get(mark) else None
        now = app.clock.now()
        unit = made_here(
            tenant, person_id, fields, email, new.by, now, opted_out, edited=new.edited
        )
        # Should the person be erased just now, its mark is looked at.
        unit.unmarked = [mark] if email and mark not in erased else []
        ask_about_person(app, tenant, person_id, delay=SHOULD_WE_DIE)
        app.records.commit(tenant, [unit])
        ask_about_person(app, tenant, person_id)
    raise Conflict("Others are changing who has this address.", mend="Try again.")


def _check_meant(app: App, tenant: TenantId, new: NewPerson) -> None:
    """Raise `WasErased` unless it is said, or given later, that whoever was erased is to be here."""
    if not new.anew:
        raise WasErased(
            "Who had this address was erased on request.",
            mend="Only if the person asked for it, say so and save again.",
        )
    if new.given_at and is_out_of_date(app, tenant, new.email, new.given_at):
        raise WasErased(
            "Who had this address was erased since this was given.", mend="Begin anew to add them."
        )


def is_out_of_date(app: App, tenant: TenantId, email: str, given_at: datetime) -> bool:
    """Whether who had this address was erased since."""
    erased_at = app.erasures.marked_at(tenant, address_mark(tenant, checked_address(email)))
    return erased_at is not None and given_at <= erased_at


def _opt_out_kept(app: App, tenant: TenantId, email: str) -> Consent:
    """Of an erased address only its opt-out was kept: it holds again."""
    known = app.records.consents(tenant, [email]).get(email) or Consent(tenant, email)
    return changed_here(known, Mark.OPT_OUT, True, Source(HERE, app.clock.now(), _KEPT))


def _check_free(app: App, tenant: TenantId, email: str) -> None:
    """Raise `AddressTaken` for an address that somebody has."""
    holder = holder_of(app, tenant, email) if email else None
    if holder is not None:
        raise AddressTaken(
            f"{holder.name or 'Somebody'} has this address already.",
            mend="Open that person, or use another address.",
            person_id=holder.person_id,
            name=holder.name,
        )
