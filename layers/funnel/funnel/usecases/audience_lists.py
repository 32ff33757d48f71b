"""The lists that a broadcast goes to and those left aside: each as it stands, and none passed over."""

from collections.abc import Mapping, Sequence

from funnel.domain.errors import FunnelError, InputInvalid, NotFound
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists import ListKind, PeopleList
from funnel.usecases.app import App
from funnel.usecases.settled_lists import is_out_of_use

Names = Mapping[ListId, str]

_MEND = "Copy the broadcast, and choose other lists there."
_COME_BACK = "Take it back into use. Or copy the broadcast, and choose other lists there."


def audience_lists(
    app: App,
    tenant: TenantId,
    lists: Sequence[ListId],
    minus: Sequence[ListId],
    names: Names | None = None,
) -> tuple[list[PeopleList], list[PeopleList]]:
    """Both, in their order. `names` are what they were called when the broadcast was planned.

    Raises `NotFound` for a list that is gone, and `InputInvalid` for one out of use: one that mail
    goes to, and a segment that is left aside, which nobody is in then. Any other list that is left
    aside holds those who are on it, retired or not.
    """
    found = app.lists.lists(tenant, [*lists, *minus])
    for field, ids in (("lists", lists), ("minus", minus)):
        for list_id in ids:
            one = found.get(list_id)
            if one is None:
                raise _gone((names or {}).get(list_id, ""))
            if is_out_of_use(one) and (field == "lists" or one.kind is ListKind.SEGMENT):
                raise _out_of_use(one, field)
    return [found[one] for one in lists], [found[one] for one in minus]


def _gone(name: str) -> FunnelError:
    called = f"“{name}”" if name else "One of its lists"
    return NotFound(f"{called} is not here any more.", mend=_MEND)


def _out_of_use(one: PeopleList, field: str) -> FunnelError:
    what = "segment" if one.kind is ListKind.SEGMENT else "list"
    mend = _MEND if one.kind is ListKind.TARGET else _COME_BACK
    return InputInvalid(f"The {what} “{one.name}” is not in use any more.", mend=mend, field=field)
