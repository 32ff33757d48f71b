"""Before a field has lists no more, look what uses one of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from funnel.domain.errors import Conflict
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.auto_lists import AUTO_FIELDS
from funnel.domain.lists.lists import ListKind
from funnel.usecases.app import App
from funnel.usecases.uses.list_uses import ListUse, uses_of_any

_PAGE = 100
_NAMED = 5


def refuse_used_fields(app: App, tenant: TenantId, fields: Iterable[str]) -> None:
    """Raise `Conflict`, naming what uses a list by one of these fields, if anything does.

    Their lists would lose everybody: who is left aside gets the mail then, who is in no such list is
    everybody, and whoever comes back is new to a campaign.
    """
    gone = list(fields)
    lists = _lists_by(app, tenant) if gone else {}
    uses = {one: uses_of_any(app, tenant, lists[one]).items for one in gone if one in lists}
    told = [_told(AUTO_FIELDS[one].label, found) for one, found in uses.items() if found]
    if told:
        raise Conflict(" ".join(told), mend="Change what uses it first.")


def _lists_by(app: App, tenant: TenantId) -> Mapping[str, set[ListId]]:
    """The lists there ever were, by field."""
    found: defaultdict[str, set[ListId]] = defaultdict(set)
    cursor = ""
    while True:
        page = app.lists.list_lists(tenant, "", _PAGE, cursor, ListKind.AUTO)
        for one in page.items:
            found[one.field].add(one.list_id)
        cursor = page.cursor
        if not cursor:
            return found


def _told(label: str, uses: Iterable[ListUse]) -> str:
    names = ", ".join(f"“{one.name}”" for one in list(uses)[:_NAMED])
    return f"A list by {label} is used by {names}."
