"""Have lists, panels and Target Lists of campaigns follow what changed: of people, Accounts, Opportunities."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.lists.auto_lists import contacts_on
from funnel.domain.lists.lists import OpportunityContacts
from funnel.ports.marketing_messages import Relist
from funnel.usecases.app import App
from funnel.usecases.bells.wake_members import wake_members
from funnel.usecases.jobs.try_later import in_pages
from funnel.usecases.lists.list_people import list_people
from funnel.usecases.lists.recompute_lists import recompute_page
from funnel.usecases.vision.project_people import project_people

PAGE = 200
"""People that are worked out at once."""

_OPPORTUNITIES = 50
_LINKS = 90
_TRIES = 12


def relist(app: App, message: Relist, seconds_left: Callable[[], float]) -> None:
    """Work the message off, page by page; everything may be repeated. As `in_pages`."""
    in_pages(app, message, _page, seconds_left)


def _page(app: App, todo: Relist) -> Relist | None:
    """Do the next page; what is left after it."""
    tenant = todo.tenant
    if todo.recompute:
        return todo if recompute_page(app, tenant, todo.recompute, PAGE) else None
    if todo.people:
        _follow(app, tenant, todo.people[:PAGE])
        return _rest(replace(todo, people=todo.people[PAGE:]))
    if todo.accounts:
        cursor = _account_page(app, tenant, todo.accounts[0], todo.cursor)
        accounts = todo.accounts if cursor else todo.accounts[1:]
        return _rest(replace(todo, accounts=accounts, cursor=cursor))
    _opportunities(app, tenant, todo.opportunities[:_OPPORTUNITIES])
    return _rest(replace(todo, opportunities=todo.opportunities[_OPPORTUNITIES:]))


def _rest(todo: Relist) -> Relist | None:
    return todo if todo.people or todo.accounts or todo.opportunities else None


def _account_page(app: App, tenant: TenantId, account_id: SugarId, cursor: str) -> str:
    """A page of an Account's people; where it goes on."""
    page = app.records.children(tenant, account_id, Module.CONTACTS, PAGE, cursor)
    _follow(app, tenant, [record.person_id for record in page.items if record.person_id])
    return page.cursor


def _follow(app: App, tenant: TenantId, people: Sequence[PersonId]) -> None:
    list_people(app, tenant, people)
    project_people(app, tenant, people)
    wake_members(app, tenant, people)


def _opportunities(app: App, tenant: TenantId, ids: Sequence[SugarId]) -> None:
    """The people of Opportunities: of the Contacts that are on them, and of those that were.

    A Contact leads to an Opportunity from before its person is worked out until after, so that
    whoever dies on the way leaves enough behind to start again from. One whose Contacts have
    changed is looked at once more.
    """
    todo = list(ids)
    for _ in range(_TRIES):
        if not todo:
            return
        todo = _opportunities_once(app, tenant, todo)
    if todo:
        raise StoreBusy(f"Others kept changing the Contacts of {len(todo)} Opportunities.")


def _opportunities_once(app: App, tenant: TenantId, ids: Sequence[SugarId]) -> list[SugarId]:
    known = app.lists.opportunity_contacts(tenant, ids)
    records = app.records.records(tenant, [RecordKey(Module.OPPORTUNITIES, i) for i in ids])
    now = {i: contacts_on(records.get(RecordKey(Module.OPPORTUNITIES, i))) for i in ids}
    changed = [i for i in ids if known[i].contact_ids != now[i]]
    lost: set[SugarId] = set()
    for i in changed:
        try:
            known[i] = _linked(app, known[i], now[i])
        except Conflict:
            lost.add(i)
    _list_contacts(app, tenant, {c for i in ids for c in known[i].contact_ids | now[i]})
    for i in changed:
        if i not in lost:
            try:
                _parted(app, known[i], now[i])
            except Conflict:
                continue
    return changed


def _linked(app: App, known: OpportunityContacts, now: frozenset[SugarId]) -> OpportunityContacts:
    """With the Contacts that are new to it."""
    for some in _parts(now - known.contact_ids):
        known = app.lists.link_contacts(known, add=some)
    return known


def _parted(app: App, known: OpportunityContacts, now: frozenset[SugarId]) -> None:
    """Without those that are on it no longer."""
    for some in _parts(known.contact_ids - now):
        known = app.lists.link_contacts(known, remove=some)


def _parts(ids: Iterable[SugarId]) -> list[list[SugarId]]:
    ordered = sorted(ids)
    return [ordered[start : start + _LINKS] for start in range(0, len(ordered), _LINKS)]


def _list_contacts(app: App, tenant: TenantId, ids: Iterable[SugarId]) -> None:
    ordered = sorted(RecordKey(Module.CONTACTS, i) for i in ids)
    for start in range(0, len(ordered), PAGE):
        records = app.records.records(tenant, ordered[start : start + PAGE])
        list_people(app, tenant, [r.person_id for r in records.values() if r.person_id])
