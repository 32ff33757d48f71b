"""What a full sync would do: told, with the reasons, and nothing is written."""

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.csv_files import read_csv
from funnel.domain.errors import (
    Conflict,
    ConnectionPaused,
    InputInvalid,
    NoRight,
    NotFound,
    SugarUnavailable,
)
from funnel.domain.ids import ConnectionId, Module, SugarId
from funnel.domain.sync.runs import JobStatus, ModuleStatus, RunKind
from funnel.domain.sync.sync_previews import (
    MOST_OF_A_KIND,
    MOST_SAMPLES,
    Foreseen,
    ModuleForecast,
    Would,
)
from funnel.ports.sync_messages import PreviewSync
from funnel.usecases.sync.preview_sync import preview_of, start_preview
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.view_sync_preview import (
    ModuleForecastView,
    SyncPreviewView,
    sync_preview_view,
)
from funnel.usecases.sync.work_preview import work_preview
from tests.fakes.world import TENANT, World


@pytest.fixture
def world() -> World:
    """Ann and Bob are here; Sugar has moved on since."""
    world = World()
    sugar = world.sugar
    sugar.put(Module.USERS, "u1", user_name="will", status="Active")
    sugar.put(Module.USERS, "u2", user_name="gone", status="Inactive")
    sugar.put(Module.ACCOUNTS, "a1", name="Ott", assigned_user_id="u1")
    sugar.put(Module.LEADS, "l1", last_name="Ann", email1="ann@x.test", status="New")
    sugar.put(Module.LEADS, "l2", last_name="Bob", email1="bob@x.test")
    sugar.put(Module.CONTACTS, "c1", last_name="Cem", email1="cem@x.test", account_id="a1")
    world.connect()
    world.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    sugar.put(Module.LEADS, "l1", last_name="Ann Ott", status="In Process")
    sugar.put(Module.LEADS, "l3", last_name="Dan", email1="dan@x.test")
    sugar.put(Module.ACCOUNTS, "a2", name="Late", assigned_user_id="u2")
    sugar.put(Module.CONTACTS, "c2", last_name="Eve", account_id="a2")
    sugar.delete(Module.LEADS, "l2")
    return world


def look(world: World, *modules: Module) -> SyncPreviewView:
    """Look, to the end."""
    start_preview(world.app, TENANT, "Ada", modules, {"would": "What", "create": "new"})
    world.drain()
    return sync_preview_view(world.app, preview_of(world.app, TENANT))


def of(view: SyncPreviewView, module: Module) -> ModuleForecastView:
    return next(one for one in view.modules if one.module is module)


@pytest.mark.feature("C10")
def test_it_says_what_would_be_created_changed_deleted_held_and_left(world: World) -> None:
    writes = world.store.writes
    view = look(world)
    leads, contacts = of(view, Module.LEADS), of(view, Module.CONTACTS)
    assert (leads.created, leads.changed, leads.deleted, leads.held, leads.unchanged) == (
        1,
        1,
        1,
        0,
        0,
    )
    assert leads.fields == {"last_name": 1, "status": 1}
    assert (contacts.held, contacts.unchanged) == (1, 1)
    assert contacts.reasons == {"AccountHeld": 1}
    assert of(view, Module.ACCOUNTS).reasons == {"OwnerInactive": 1}
    changed = next(one for one in leads.samples if one.would is Would.CHANGE)
    assert [(c.field, c.before, c.after) for c in changed.changes] == [
        ("last_name", "Ann", "Ann Ott"), ("status", "New", "In Process"),
    ]  # fmt: skip
    assert changed.url.startswith("https://crm.example.test")
    assert (view.status, view.share, view.writes) == (JobStatus.DONE, 1.0, 5)
    assert world.store.writes == writes
    assert world.sugar.updates == []


def test_the_file_has_every_record_and_a_row_for_each_field_that_would_change(
    world: World,
) -> None:
    look(world)
    (file,) = preview_of(world.app, TENANT).files
    found = read_csv(world.files.get(TENANT, file.name))
    rows = [one.cells for one in found.rows]
    assert found.header[3] == "What"
    assert file.rows == len(rows)
    assert [row[3:7] for row in rows if row[1] == "l1"] == [
        ("change", "last_name", "Ann", "Ann Ott"),
        ("change", "status", "New", "In Process"),
    ]
    assert [row[3] for row in rows if row[1] == "l3"] == ["new"]
    assert [(row[3], row[7]) for row in rows if row[1] == "c2"] == [("hold", "AccountHeld")]
    assert [row[3] for row in rows if row[1] == "c1"] == ["skip"]


def test_people_who_would_become_one_are_named(world: World) -> None:
    world.sugar.put(Module.CONTACTS, "c1", email1="ann@x.test")
    contacts = of(look(world), Module.CONTACTS)
    assert contacts.merged == 1
    (merged,) = [one for one in contacts.samples if one.would is Would.MERGE]
    assert merged.person_id in {p for _, p in world.store._people}


def test_one_module_alone_is_checked_against_what_is_here(world: World) -> None:
    view = look(world, Module.CONTACTS)
    assert [one.module for one in view.modules] == [Module.CONTACTS]
    assert of(view, Module.CONTACTS).reasons == {"AccountHeld": 1}


def test_once_all_is_here_it_says_that_nothing_would_be_done(world: World) -> None:
    world.sync(RunKind.FULL)
    view = look(world)
    assert view.writes == 0
    assert of(view, Module.LEADS).unchanged == 2


def test_a_record_that_sugar_no_longer_shows_would_be_reported(world: World) -> None:
    del world.sugar.tables[Module.CONTACTS][SugarId("c1")]
    contacts = of(look(world), Module.CONTACTS)
    assert contacts.reasons == {"AccountHeld": 1, "NotVisible": 1}
    assert contacts.held == 2


def test_it_goes_on_in_as_many_messages_as_it_takes(world: World) -> None:
    whole = look(world)
    start_preview(world.app, TENANT, "Ada", (), {})
    messages = 0
    while (message := world.queue.pop_next()) is not None:
        assert isinstance(message, PreviewSync)
        work_preview(world.app, message, f"w{messages}", lambda: 0)
        messages += 1
    again = sync_preview_view(world.app, preview_of(world.app, TENANT))
    assert messages > 10
    assert [(m.created, m.changed, m.held, m.fields) for m in again.modules] == [
        (m.created, m.changed, m.held, m.fields) for m in whole.modules
    ]


def test_a_sugar_that_is_away_for_a_moment_holds_nothing_up(world: World) -> None:
    failures = ["read Leads", "count Contacts", "by_ids Accounts"]

    def before(name: str) -> None:
        if name in failures:
            failures.remove(name)
            raise SugarUnavailable("It is away.")

    world.sugar.before_call = before
    view = look(world)
    assert not failures
    assert (view.status, view.writes, view.note) == (JobStatus.DONE, 5, None)


def test_one_that_stays_away_ends_it_with_the_reason(world: World) -> None:
    def before(name: str) -> None:
        raise SugarUnavailable("It is away.")

    world.sugar.before_call = before
    view = look(world)
    assert view.status is JobStatus.FAILED
    assert view.note is not None
    assert view.note.text == "It is away."


def test_a_module_that_sugar_refuses_is_left_out_with_the_reason(world: World) -> None:
    def before(name: str) -> None:
        if name.endswith("Contacts"):
            raise NoRight("Not allowed.")

    world.sugar.before_call = before
    view = look(world)
    contacts = of(view, Module.CONTACTS)
    assert (contacts.status, contacts.note and contacts.note.text) == (
        ModuleStatus.FAILED, "Not allowed.",
    )  # fmt: skip
    assert of(view, Module.LEADS).created == 1
    assert [e.code for e in world.store.list_errors(TENANT, 9).items] == []


def test_it_does_not_hold_up_a_run_nor_a_run_it(world: World) -> None:
    start_preview(world.app, TENANT, "Ada", (), {})
    assert start_run(world.app, TENANT, RunKind.HOURLY) is not None
    world.drain()
    assert preview_of(world.app, TENANT).status is JobStatus.DONE
    assert world.store.open_run(TENANT) is None


def test_one_at_a_time_and_one_that_waits_is_rung_for_again(world: World) -> None:
    first = start_preview(world.app, TENANT, "Ada", (), {})
    assert start_preview(world.app, TENANT, "Ben", (), {}).preview_id == first.preview_id
    assert len(world.queue) == 2
    work_preview(world.app, PreviewSync(TENANT, first.preview_id), "w", lambda: 0)
    with pytest.raises(Conflict):
        start_preview(world.app, TENANT, "Ben", (), {})


@pytest.mark.parametrize("which", ["paused", "switched off", "another"])
def test_it_needs_a_connection_that_is_in_use(world: World, which: str) -> None:
    if which == "paused":
        world.change(pause=Pause(PauseReason.ADMIN, world.clock.now(), "Ada"))
        with pytest.raises(ConnectionPaused):
            look(world)
    elif which == "switched off":
        world.change(modules=(Module.LEADS,))
        with pytest.raises(InputInvalid):
            look(world, Module.CONTACTS)
    else:
        start_preview(world.app, TENANT, "Ada", (), {})
        world.change(connection_id=ConnectionId("0badcafe-0000-4000-8000-000000000002"))
        world.drain()
        with pytest.raises(NotFound):
            preview_of(world.app, TENANT)


def test_what_is_shown_of_many_is_of_each_kind_and_short() -> None:
    found = [
        Foreseen(Module.LEADS, f"{would}{n}", "x" * 9, would) for would in Would for n in range(30)
    ]
    forecast = ModuleForecast(Module.LEADS).with_these(found).with_these(found)
    assert forecast.count(Would.CREATE) == 60
    shown = [one.would for one in forecast.samples]
    assert len(shown) == MOST_SAMPLES
    assert shown.count(Would.CREATE) == MOST_OF_A_KIND
    assert Would.SKIP not in shown
