"""Lists that come from Sugar, in every state a page can show."""

from datetime import datetime, timedelta

from funnel.domain.ids import ListId, Module, RecordKey, SugarId, TenantId
from funnel.domain.lists.lists import ListKind, ListStatus, Member, PeopleList, record_member
from funnel.domain.lists.target_lists import ListReading, ListsRound, suppresses_mail
from funnel.domain.sync.runs import Note
from funnel.usecases.target_lists.reading_note import NOT_SHOWN
from tests.fakes.store import MemoryStore

ROWS = (
    ("fair", "Trade fair Hannover 2026", "default", 1_482),
    ("news", "Newsletter", "default", 96_310),
    ("never", "Never mail", "exempt", 214),
    ("old", "Spring campaign 2024", "default", 77),
    ("gone", "Partners", "seed", 12),
    ("new", "Webinar “Öl & Gas” <2027>", "test", 0),
)


def fill_target_lists(store: MemoryStore, tenant: TenantId, now: datetime) -> None:
    """Six lists, and the round that read them."""
    store.save_lists_round(
        ListsRound(tenant, now - timedelta(minutes=11), "schedule", len(ROWS), now)
    )
    for name, title, kind, count in ROWS:
        retired = name == "old"
        store.save_list(
            PeopleList(
                tenant=tenant,
                list_id=ListId(name),
                kind=ListKind.TARGET,
                name=title,
                created_at=now - timedelta(days=200),
                changed_at=now - timedelta(hours=2),
                sugar_id=SugarId(name),
                list_type=kind,
                suppresses=suppresses_mail(kind),
                status=ListStatus.RETIRED if retired else ListStatus.ACTIVE,
                retired_at=now - timedelta(days=30) if retired else None,
                members=count,
            )
        )
    people = [RecordKey(Module.LEADS, SugarId(i)) for i in ("p0", "p3", "missing")]
    store.put_members(tenant, ListId("fair"), [Member(record_member(key), now) for key in people])
    readings = {
        "fair": ListReading(
            tenant,
            ListId("fair"),
            skipped={Module.USERS: 2, Module.ACCOUNTS: 31},
            waiting=("Leads/missing", "Contacts/elsewhere"),
            waiting_more=5,
            changed_at=now - timedelta(hours=2),
            compared_at=now - timedelta(hours=9),
        ),
        "news": ListReading(
            tenant,
            ListId("news"),
            changed_at=now - timedelta(minutes=41),
            compared_at=now - timedelta(hours=3),
            seconds=2_520,
            due_at=now + timedelta(minutes=34),
        ),
        "never": ListReading(
            tenant,
            ListId("never"),
            changed_at=now - timedelta(days=3),
            compared_at=now - timedelta(hours=3),
            note=Note("NoRight:Prospects", "Sugar does not let our user read Targets.", "Ask."),
        ),
        "gone": ListReading(
            tenant,
            ListId("gone"),
            changed_at=now - timedelta(days=9),
            compared_at=now - timedelta(days=1),
            note=NOT_SHOWN,
        ),
    }
    for reading in readings.values():
        store.save_list_reading(reading)
