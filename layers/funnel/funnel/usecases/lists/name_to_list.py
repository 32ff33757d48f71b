"""Find a list by its name, where there are too many to choose from."""

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.lists.lists import ListStatus
from funnel.domain.text import fold_name
from funnel.usecases.app import App
from funnel.usecases.lists.view_lists import ListRow, Show, find_lists

_MOST = 50


def list_called(
    app: App, tenant: TenantId, name: str, show: Show, field: str, *, in_use: bool = True
) -> ListRow:
    """The list that is called so or, where none is, the only one whose name begins so.

    Only one in use, but where `in_use` is false. Raises `InputInvalid` at the field where none or several are.
    """
    found = find_lists(app, tenant, name, show, limit=_MOST)
    rows = [one for one in found.items if one.status is ListStatus.ACTIVE or not in_use]
    exact = [one for one in rows if fold_name(one.name) == fold_name(name)]
    if len(exact) == 1:
        return exact[0]
    if exact or len(rows) > 1 or (rows and found.cursor):
        some = ", ".join(f"“{one.name}”" for one in (exact or rows)[:5])
        raise InputInvalid(
            f"Several are called so: {some}.", mend="Enter the whole name.", field=field
        )
    if not rows:
        raise InputInvalid(
            f"None has a name that begins with “{name[:60]}”.",
            mend="Look at its name in Lists.",
            field=field,
        )
    return rows[0]
