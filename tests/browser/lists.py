"""Lists by field value, in every state a page can show."""

from datetime import datetime, timedelta

from funnel.domain.ids import ListId, PersonId, TenantId
from funnel.domain.lists.auto_lists import ListSettings, Recompute
from funnel.domain.lists.lists import ListKind, Move, PeopleList, Standing
from tests.fakes.store import MemoryStore

ROWS = (
    ("status-new", "Lead status: New", "lead_status", "New"),
    ("status-dead", "Lead status: Dead", "lead_status", "Dead"),
    ("energy", "Account industry: Öl & Gas <2027>", "account_industry", "Energy"),
    ("web", "Lead source: Web Site", "lead_source", "Web Site"),
)


def fill_lists(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """Four lists; people are on all but one of them."""
    for name, title, field, value in ROWS:
        store.save_list(
            PeopleList(
                tenant=tenant,
                list_id=ListId(name),
                kind=ListKind.AUTO,
                name=title,
                created_at=now - timedelta(days=90),
                changed_at=now - timedelta(days=90),
                field=field,
                value=value,
            )
        )
    people = [p.person_id for p in store.list_people(tenant, "", 200).items]
    moves = [_move(tenant, person, "status-new", "energy") for person in people]
    moves.append(_move(tenant, PersonId("nobody"), "web"))
    assert all(store.move(tenant, moves, now - timedelta(hours=5)))
    recompute = Recompute(
        "r1", "Ada Brandt", now - timedelta(minutes=2), people=len(people), finished_at=now
    )
    store.save_list_settings(ListSettings(tenant, recompute=recompute))


def _move(tenant: TenantId, person_id: PersonId, *lists: str) -> Move:
    return Move(Standing(tenant, person_id), frozenset(map(ListId, lists)))
