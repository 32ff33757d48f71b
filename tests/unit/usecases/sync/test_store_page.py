"""How a page is taken in: what waits for what, and who wins a race."""

from collections.abc import Iterable

from funnel.domain.crm import CrmRow, Page, Value
from funnel.domain.ids import Module, RecordKey, SugarId, TenantId
from funnel.domain.sync.records import State, Unit
from funnel.usecases.sync.store_page import PageStore
from tests.fakes.store import MemoryStore
from tests.fakes.system import FakeClock, MemoryQueue

TENANT = TenantId("acme")
CONTACT = RecordKey(Module.CONTACTS, SugarId("c1"))
ACCOUNT = RecordKey(Module.ACCOUNTS, SugarId("a1"))


class Scene:
    """A store, and a Sugar that is asked for records by their ids."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.clock = FakeClock()
        self.queue = MemoryQueue(self.clock)
        self.store = store or MemoryStore()
        self.asked: list[RecordKey] = []
        self.in_sugar: list[CrmRow] = []
        self.pages = PageStore(self.store, self.clock, TENANT, {}, self._fetch, self.queue)

    def page(self, *rows: CrmRow) -> Page:
        began = self.clock.now()
        self.clock.advance(1)
        return Page(list(rows), began, self.clock.now())

    def _fetch(self, module: Module, keys: list[RecordKey]) -> Page:
        self.asked += keys
        return self.page(*[r for r in self.in_sugar if r.key in keys])


def user() -> CrmRow:
    return CrmRow(Module.USERS, SugarId("u1"), FakeClock().now(), False, {"status": "Active"})


def account(owner: str | None) -> CrmRow:
    fields = {"name": "Acme", "assigned_user_id": owner}
    return CrmRow(Module.ACCOUNTS, ACCOUNT.sugar_id, FakeClock().now(), False, {**fields})


def contact() -> CrmRow:
    fields = {"last_name": "Ott", "email1": "ott@x.test", "account_id": "a1"}
    return CrmRow(Module.CONTACTS, CONTACT.sugar_id, FakeClock().now(), False, {**fields})


def test_a_parent_that_is_not_here_is_read_by_its_id_before_it_is_called_missing() -> None:
    scene = Scene()
    scene.in_sugar = [account("u1"), user()]
    scene.pages.store(scene.page(contact()))
    assert scene.asked == [ACCOUNT, RecordKey(Module.USERS, SugarId("u1"))]
    assert scene.store.records(TENANT, [CONTACT])[CONTACT].state is State.SYNCED


def test_a_parent_that_is_nowhere_is_asked_for_once() -> None:
    scene = Scene()
    for _ in range(3):
        scene.pages.store(scene.page(contact()), again=True)
    assert scene.asked == [ACCOUNT]
    assert [e.code for e in scene.store.errors_of(TENANT, CONTACT)] == ["AccountDeleted"]


class MendedMeanwhile(MemoryStore):
    """Another worker takes in the mended account just before the error row is written."""

    def commit(self, tenant: TenantId, units: list[Unit]) -> list[bool]:  # type: ignore[override]
        done = super().commit(tenant, units)
        if any(r.key == CONTACT and r.state is State.HELD for u in units for r in u.records):
            other = Scene(self)
            other.clock.advance(60)
            other.pages.store(other.page(account("u1")))
        return done


def test_a_cause_mended_while_its_error_row_is_written_wakes_nobody_and_is_seen_all_the_same() -> (
    None
):
    scene = Scene(MendedMeanwhile())
    scene.pages.store(scene.page(user(), account(None)))
    outcome = scene.pages.store(scene.page(contact()))
    assert scene.store.records(TENANT, [CONTACT])[CONTACT].state is State.SYNCED
    assert scene.store.errors_of(TENANT, CONTACT) == []
    assert outcome.changed == 1


class Contested(MemoryStore):
    """Somebody else always writes the same rows first, so many times."""

    losses = 3

    def commit(self, tenant: TenantId, units: Iterable[Unit]) -> list[bool]:
        if self.losses:
            self.losses -= 1
            return [False for _ in units]
        return super().commit(tenant, list(units))


def test_a_lost_race_is_run_again_from_what_the_winner_left() -> None:
    scene = Scene(Contested())
    outcome = scene.pages.store(scene.page(user()))
    assert (outcome.rows, outcome.changed) == (1, 1)


def test_an_owner_that_is_activated_is_told_to_those_who_wait() -> None:
    scene = Scene()
    inactive = user()
    inactive.fields = {"status": "Inactive"}
    scene.pages.store(scene.page(inactive))
    scene.pages.store(scene.page(account("u1")))
    outcome = scene.pages.store(scene.page(user()))
    assert outcome.freed == {RecordKey(Module.USERS, SugarId("u1"))}


def test_three_hundred_leads_of_one_address_are_written_in_parts() -> None:
    scene = Scene()
    rows = [
        CrmRow(
            Module.LEADS, SugarId(f"l{i:03}"), scene.clock.now(), False,
            {"last_name": f"L{i}", "email1": "info@x.test"},
        )
        for i in range(300)
    ]  # fmt: skip
    outcome = scene.pages.store(scene.page(*rows))
    assert outcome.changed == 300
    people = scene.store.list_people(TENANT, "", 500).items
    assert sum(len(p.links) for p in people) == 300
    assert max(len(p.links) for p in people) == 50


def test_a_text_too_long_to_keep_is_cut_and_reported_and_the_record_is_taken_in() -> None:
    scene = Scene()
    row = contact()
    row.fields = {"last_name": "Ott", "description": "x" * 300_000}
    scene.pages.store(scene.page(row))
    stored = scene.store.records(TENANT, [CONTACT])[CONTACT]
    assert (stored.state, len(str(stored.fields["description"]))) == (State.SYNCED, 20_000)
    assert [e.code for e in scene.store.errors_of(TENANT, CONTACT)] == ["ValueTooLong"]
    writes = scene.store.writes
    scene.pages.store(scene.page(row))
    assert scene.store.writes == writes


def test_a_converted_lead_that_is_deleted_with_others_blocks_nobody() -> None:
    scene = Scene()
    fields: dict[str, Value] = {
        "last_name": "Ott",
        "email1": "ott@x.test",
        "converted": True,
        "contact_id": "c9",
    }
    leads = [
        CrmRow(Module.LEADS, SugarId(f"l{i}"), scene.clock.now(), False, {**fields})
        for i in range(2)
    ]
    scene.pages.store(scene.page(*leads))
    leads[0].deleted = True
    leads[1].fields["title"] = "CEO"
    outcome = scene.pages.store(scene.page(*leads))
    assert (outcome.changed, outcome.deleted) == (1, 1)


class Overtaken(MemoryStore):
    """Another worker stores a later reading just before ours is written, and ours loses."""

    overtaken = False

    def commit(self, tenant: TenantId, units: Iterable[Unit]) -> list[bool]:
        if not self.overtaken:
            self.overtaken = True
            other = Scene(self)
            other.clock.advance(60)
            later = user()
            later.fields = {"status": "Inactive"}
            other.pages.store(other.page(later))
        return super().commit(tenant, list(units))


def test_who_loses_to_a_later_reading_leaves_it_as_it_is() -> None:
    scene = Scene(Overtaken())
    key = RecordKey(Module.USERS, SugarId("u1"))
    scene.pages.store(scene.page(user()))
    assert scene.store.records(TENANT, [key])[key].fields == {"status": "Inactive"}


def test_an_error_seen_again_keeps_when_it_was_first_seen() -> None:
    scene = Scene()
    scene.pages.store(scene.page(account(None)))
    first = scene.store.errors_of(TENANT, ACCOUNT)[0]
    scene.clock.advance(86_400)
    scene.pages.store(scene.page(account(None)), again=True)
    second = scene.store.errors_of(TENANT, ACCOUNT)[0]
    assert second.first_seen == first.first_seen
    assert second.last_seen > first.last_seen
