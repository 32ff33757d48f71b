"""The lists that a broadcast goes to and those left aside: each as it stands, and none passed over."""

from collections.abc import Mapping, Sequence

from funnel.domain.errors import FunnelError, InputInvalid, NotFound
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.auto_lists import AUTO_FIELDS
from funnel.domain.lists.lists import ListKind, PeopleList
from funnel.usecases.app import App
from funnel.usecases.lists.settled_lists import is_out_of_use

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
    goes to, and a segment that is left aside, which nobody is in then, nor on a list by a field
    that has none any more. Any other list that is left aside holds those who are on it, retired or
    not.
    """
    found = app.lists.lists(tenant, [*lists, *minus])
    by_field = any(one.kind is ListKind.AUTO for one in found.values())
    fields = app.lists.list_settings(tenant).fields if by_field else ()
    for field, ids in (("lists", lists), ("minus", minus)):
        for list_id in ids:
            one = found.get(list_id)
            if one is None:
                raise _gone((names or {}).get(list_id, ""))
            if is_out_of_use(one) and (field == "lists" or one.kind is ListKind.SEGMENT):
                raise _out_of_use(one, field)
            if one.kind is ListKind.AUTO and one.field not in fields:
                raise _switched_off(one, field)
    return [found[one] for one in lists], [found[one] for one in minus]


def _gone(name: str) -> FunnelError:
    called = f"“{name}”" if name else "One of its lists"
    return NotFound(f"{called} is not here any more.", mend=_MEND)


def _out_of_use(one: PeopleList, field: str) -> FunnelError:
    what = "segment" if one.kind is ListKind.SEGMENT else "list"
    mend = _MEND if one.kind is ListKind.TARGET else _COME_BACK
    return InputInvalid(f"The {what} “{one.name}” is not in use any more.", mend=mend, field=field)


def _switched_off(one: PeopleList, field: str) -> FunnelError:
    label = AUTO_FIELDS[one.field].label if one.field in AUTO_FIELDS else one.field
    return InputInvalid(
        f"The list “{one.name}” is empty: there are no lists by {label} any more.",
        mend=f"An admin can switch lists by {label} on again, under Settings. "
        "Or copy the broadcast, and choose other lists there.",
        field=field,
    )
