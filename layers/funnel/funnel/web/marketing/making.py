"""Making a person here: the form, what it is sent to, and the API."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel.domain.crm import Value
from funnel.domain.errors import AddressTaken, FunnelError, InputInvalid, WasErased
from funnel.domain.ids import PersonId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.people.edit_person import editable
from funnel.usecases.people.view_people import PersonView, person
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room
from funnel.web.words import Words

room = Room(needs=Role.MARKETER)


@dataclass(frozen=True, slots=True)
class PersonToMake:
    """Who is to be made: fields by name, as text, and an address; a name or an address is needed.

    `key` is the caller's own name for the wish: sent again, the same person is meant. `anew` is
    needed for an address that was erased on request.
    """

    fields: Mapping[str, str | None]
    email: str = ""
    key: str = ""
    anew: bool = False


@room.page("GET", "/app/people/new")
def ask_new(asked: Asked) -> Reply:
    """The form with all fields that a person can have."""
    return _form(asked, {"key": asked.app.ids.new_id()})


@room.page("POST", "/app/people/new")
def on_new(asked: Asked) -> Reply:
    """Make the person, and go there."""
    sent = {name: values[0] for name, values in asked.form().items()}
    fields: dict[str, Value] = {
        name.removeprefix("field."): text
        for name, text in sent.items()
        if name.startswith("field.") and text.strip()
    }
    email, anew = sent.get("email", ""), "anew" in sent
    new = NewPerson(fields, email, asked.who.user_name, anew=anew)
    try:
        made = create_person(
            asked.app, asked.tenant, new, sent.get("key") or asked.app.ids.new_id()
        )
    except (InputInvalid, AddressTaken, WasErased) as error:
        return _form(asked, sent, error)
    if sent.get("then") == "push":
        return see_other(f"/app/people/{made.person_id}/push")
    return see_other(f"/app/people/{made.person_id}?saved=created")


@room.api(
    "POST",
    "/api/app/people",
    "Make a person who is not in Sugar; 409 where somebody has the address already",
    PersonView,
    body=PersonToMake,
    status=201,
)
def make(asked: Asked) -> PersonView:
    """Make a person."""
    wish = asked.json(PersonToMake)
    new = NewPerson(wish.fields, wish.email, asked.who.user_name, anew=wish.anew)
    made = create_person(asked.app, asked.tenant, new, wish.key or asked.app.ids.new_id())
    return person(asked.app, asked.tenant, PersonId(made.person_id))


def _form(asked: Asked, sent: Mapping[str, str], error: FunnelError | None = None) -> Reply:
    words = Words(asked.texts, asked.app.clock.now())
    taken = error if isinstance(error, AddressTaken) else None
    return page(
        asked,
        "people/new.html",
        title=asked.texts("new.title"),
        status=status_of(error) if error else 200,
        fields=editable(asked.app, asked.tenant, words.field),
        sent=sent,
        error=error_body(error) if error else None,
        taken=taken,
        was_erased=isinstance(error, WasErased),
    )
