"""Ask for a person to be in Sugar; the worker that writes does it as soon as Sugar may be written to."""

from dataclasses import dataclass

from funnel.domain.connecting.connections import Connection
from funnel.domain.errors import Conflict, InputInvalid, NotFound
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId, WrittenModule
from funnel.domain.mapping.fields import FieldType, type_of
from funnel.domain.pushing.push_ids import intent_id
from funnel.domain.pushing.pushes import PushIntent, PushState, Wish, checked_wish
from funnel.domain.sync.pull_rules import is_active
from funnel.ports.sync_messages import PushDue
from funnel.usecases.app import App
from funnel.usecases.bells.ring import ring
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.living import is_empty, standing

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class PushRequest:
    """Who is to be in Sugar, and how.

    `key` makes a request that is repeated the same request: a form's own, a campaign's step, a
    submission's id. `by` is who asks, a person's name or what it was. `unattended` is what nobody
    looks at, such as a form's or a campaign's: an owner or lead source that Sugar no longer has is
    not refused then, but in the error report once it is tried. What comes `in_bulk`, as from a
    campaign, goes behind what somebody asked for.
    """

    person_id: PersonId
    wish: Wish
    by: str
    key: str
    unattended: bool = False
    in_bulk: bool = False


def request_push(app: App, tenant: TenantId, request: PushRequest) -> PushIntent:
    """The intent, which is under way; asked for already under this key, it is as it stands.

    Raises `NotFound` (no such person, or no Sugar is connected), `InputInvalid` naming the field.
    """
    wish = checked_request(app, tenant, request)
    return begin(app, connection_of(app, tenant), request, wish, urgent=not request.in_bulk)


def checked_request(app: App, tenant: TenantId, request: PushRequest) -> Wish:
    """The wish, by what is known here. Raises as `request_push`."""
    connection_of(app, tenant)
    if not request.key or len(request.key) > LONGEST_KEY:
        raise InputInvalid(f"A key has 1 to {LONGEST_KEY} characters.", field="key")
    person = standing(app, tenant, request.person_id)
    if person is None or is_empty(person):
        raise NotFound("There is no such person.")
    wish = checked_wish(request.wish)
    if not request.unattended:
        if wish.owner_id:
            check_user(app, tenant, wish.owner_id)
        check_lead_source(app, tenant, wish.module, wish.lead_source)
    return wish


def begin(
    app: App, connection: Connection, request: PushRequest, wish: Wish, *, urgent: bool = True
) -> PushIntent:
    """Keep the intent, if it is new, and ring for the worker, unless it is done.

    It is rung for before it is kept, once for all within a few seconds, so that it is done whoever
    dies; and at once after that, where somebody waits for it.
    """
    tenant = connection.tenant
    ring(app, tenant)
    own_id = intent_id(connection.connection_id, request.key)
    found = app.pushes.intents(tenant, [own_id]).get(own_id)
    if found is None:
        now = app.clock.now()
        new = PushIntent(
            tenant=tenant,
            intent_id=own_id,
            connection_id=connection.connection_id,
            person_id=request.person_id,
            key=request.key,
            wish=wish,
            asked_by=request.by,
            asked_at=now,
            changed_at=now,
            due_at=now,
            in_bulk=request.in_bulk,
        )
        try:
            found = app.pushes.save_intent(new)
        except Conflict:
            found = app.pushes.intents(tenant, [own_id])[own_id]
    if found.person_id != request.person_id:
        raise InputInvalid("This key was used for somebody else.", field="key")
    if found.state is PushState.DUE and urgent:
        app.queue.send(PushDue(tenant))
    return found


def check_user(app: App, tenant: TenantId, user_id: SugarId, field: str = "owner_id") -> None:
    """Raise `InputInvalid` unless this is a user of Sugar who is active; it names one who is not."""
    key = RecordKey(Module.USERS, user_id)
    user = app.records.records(tenant, [key]).get(key)
    if user is None:
        raise InputInvalid("Choose an active user of Sugar.", field=field)
    if not is_active(user):
        raise InputInvalid(f"{user.name} is not active in Sugar. Choose another.", field=field)


def check_lead_source(
    app: App, tenant: TenantId, module: WrittenModule | None, lead_source: str
) -> None:
    """Raise `InputInvalid` where Sugar's field lists other lead sources, and not this one."""
    if not lead_source or module is None:
        return
    listed = app.sync.field_list(tenant, Module(module))
    known = {one.name: one for one in listed.fields} if listed else {}
    field = known.get("lead_source")
    options = field.options if field and type_of(field) is FieldType.CHOICE else {}
    if options and lead_source not in options:
        raise InputInvalid("Choose one of Sugar's lead sources.", field="lead_source")
