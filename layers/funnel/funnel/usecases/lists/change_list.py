"""Put people on a list made by hand that is in use, and retire one that nothing uses."""

from collections.abc import Iterable

from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.lists import ListStatus, PeopleList
from funnel.usecases.app import App
from funnel.usecases.lists.keep_lists import manual_list, put_on_list, retire_list
from funnel.usecases.uses.list_uses import uses_of

MOST_AT_ONCE = 100
"""People that one request puts on a list."""


def put_on(app: App, tenant: TenantId, list_id: ListId, people: Iterable[str]) -> int:
    """Put these people on a list in use; how many came onto it, without those who were on it.

    Raises `NotFound`, and `InputInvalid` for a retired list, for nobody, and for too many.
    """
    list_in_use(app, tenant, list_id)
    wanted = list(dict.fromkeys(map(PersonId, people)))
    if not wanted:
        raise InputInvalid("Choose somebody to put on the list.", field="people")
    if len(wanted) > MOST_AT_ONCE:
        raise InputInvalid(f"At most {MOST_AT_ONCE} people at once.", field="people")
    return put_on_list(app, tenant, list_id, wanted)


def list_in_use(app: App, tenant: TenantId, list_id: ListId) -> PeopleList:
    """The list made by hand. Raises `NotFound`, and `InputInvalid` for a retired one."""
    one = manual_list(app, tenant, list_id)
    if one.status is ListStatus.RETIRED:
        raise InputInvalid(
            "This list is retired.", mend="Take it back into use first.", field="list"
        )
    return one


def retire_unused(app: App, tenant: TenantId, list_id: ListId) -> PeopleList:
    """Use it no more; who is on it stays. Raises `NotFound`, and `Conflict` while something uses it."""
    manual_list(app, tenant, list_id)
    refuse_used(app, tenant, list_id, "list")
    return retire_list(app, tenant, list_id, retired=True)


def refuse_used(app: App, tenant: TenantId, list_id: ListId, what: str) -> None:
    """Raise `Conflict` where something uses a list."""
    uses = uses_of(app, tenant, list_id).items
    if uses:
        names = ", ".join(f"“{one.name}”" for one in uses[:5])
        raise Conflict(f"This {what} is used by {names}.", mend="Change what uses it first.")
