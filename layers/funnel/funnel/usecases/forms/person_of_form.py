"""Whose the address in a form is: the person who has it, or one made for it."""

from collections.abc import Callable
from datetime import datetime

from funnel.domain.errors import AddressTaken, InputInvalid, StoreBusy, WasErased
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.mapping.typed_values import checked_address
from funnel.domain.people.erasure import address_mark
from funnel.domain.people.made_here import made_id
from funnel.domain.people.people import NAME_FIELDS
from funnel.domain.tracking.hits import Hit
from funnel.usecases.app import App
from funnel.usecases.living import holder_of, standing
from funnel.usecases.people.create_person import NewPerson, create_person, is_out_of_date

_TRIES = 5


class KeptAside(Exception):
    """The form is to be kept aside, for a person to decide about."""


class NoRoomToday(KeptAside):
    """The day's new people are there already."""


class ComesBack(KeptAside):
    """Who had the address was erased, and a form proves not that they want to be here again."""


def person_of_form(
    app: App,
    tenant: TenantId,
    hit: Hit,
    received_at: datetime,
    has_room: Callable[[], bool],
    *,
    is_agreed: bool = False,
) -> PersonId | None:
    """The person; None where the form has no address, or was sent before its address was erased.

    The same form gives the same person. `has_room` is asked before one is made. With `is_agreed` somebody
    let the form through: only then it lifts the mark of an address that was erased.

    Whoever has the address keeps the names they have, here or in Sugar: a form proves no more than that somebody
    knows an address. Raises `KeptAside`, and `StoreBusy` when others keep changing who has it.
    """
    try:
        email = checked_address(hit.fields.get("email", ""))
    except InputInvalid:
        return None
    # The clock of a browser may be a little ahead.
    given_at = min(hit.at, received_at)
    names = {name: hit.fields[name] for name in NAME_FIELDS if name in hit.fields}
    new = NewPerson(names, email, hit.form, anew=is_agreed, edited=False, given_at=given_at)
    key = f"form {hit.hit_id} {email}"
    for _ in range(_TRIES):
        found = holder_of(app, tenant, email)
        if found is not None:
            return found.person_id
        if is_out_of_date(app, tenant, email, given_at):
            # A form of somebody who was erased since has come once more, or late.
            return None
        if not is_agreed and address_mark(tenant, email) in app.records.erased(tenant):
            made = standing(app, tenant, made_id(tenant, key))
            if made is not None and made.erased:
                return None
            raise ComesBack
        if not has_room():
            raise NoRoomToday
        try:
            return create_person(app, tenant, new, key).person_id
        except AddressTaken:
            # Another worker was quicker: look again who it is.
            continue
        except WasErased:
            return None
    raise StoreBusy("Others keep changing who has this address.")
