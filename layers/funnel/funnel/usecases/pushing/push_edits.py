"""Have what was edited here go up to Sugar, where the mapping goes both ways."""

from funnel.domain.connecting.connections import Connection
from funnel.domain.ids import Module
from funnel.domain.mapping.mapping import Flow
from funnel.domain.pushing.pushes import PushIntent, PushState, Wish
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import may_push
from funnel.usecases.pushing.request_push import PushRequest, begin

_PEOPLE = (Module.CONTACTS, Module.LEADS)
_NOTHING_NEW = Wish(module=None)


def push_edits(
    app: App, connection: Connection | None, person: Person, by: str
) -> PushIntent | None:
    """The push of what stands here otherwise than both last agreed; None where there is nothing.

    One for each version of the person, so that asking again asks for the same.
    """
    if connection is None or not _goes_up(connection, person):
        return None
    if not may_push(connection):
        # Nobody writes now: one that waits already will push what stands here by then.
        latest = app.pushes.pushes_of(person.tenant, person.person_id, 1).items
        if latest and latest[0].state is PushState.DUE and latest[0].wish == _NOTHING_NEW:
            return latest[0]
    key = f"edit {person.person_id} {person.version}"
    request = PushRequest(person.person_id, _NOTHING_NEW, by, key)
    return begin(app, connection, request, _NOTHING_NEW, urgent=False)


def _goes_up(connection: Connection, person: Person) -> bool:
    modules = {link.key.module for link in person.links} & set(_PEOPLE)
    mappings = connection.all_mappings()
    both = {one.field for module in modules for one in mappings.of(module) if one.flow is Flow.BOTH}
    return any(person.fields.get(name) != person.agreed.get(name) for name in both)
