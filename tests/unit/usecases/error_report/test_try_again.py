"""Trying again by a person: what is read, in which order, how often, and what is told of it."""

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.errors import ConnectionPaused, NotFound, SugarUnavailable
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import State
from funnel.domain.sync.runs import Job, JobStatus, RunKind
from funnel.usecases.error_report.try_again import is_under_way, tries, try_again
from tests.fakes.world import TENANT, World

ACCOUNT = RecordKey(Module.ACCOUNTS, SugarId("a"))
CONTACT = RecordKey(Module.CONTACTS, SugarId("c"))
DEAL = RecordKey(Module.OPPORTUNITIES, SugarId("o"))
OTHER = RecordKey(Module.ACCOUNTS, SugarId("b"))
USER = RecordKey(Module.USERS, SugarId("u"))


@pytest.fixture
def world() -> World:
    """An Account assigned to nobody, a Contact of it, an Opportunity of that; and another one."""
    world = World()
    world.connect()
    world.sugar.put(Module.USERS, "u", user_name="ada", status="Active")
    world.sugar.put(Module.ACCOUNTS, "a", name="Acme", assigned_user_id="")
    world.sugar.put(Module.ACCOUNTS, "b", name="Other", assigned_user_id="")
    world.sugar.put(Module.CONTACTS, "c", last_name="Ott", account_id="a")
    deal = world.sugar.put(Module.OPPORTUNITIES, "o", name="Deal")
    deal.contact_ids = (SugarId("c"),)
    world.sync(RunKind.INITIAL)
    assert open_records(world) == {ACCOUNT, CONTACT, DEAL, OTHER}
    return world


def open_records(world: World) -> set[RecordKey]:
    return {e.record for e in world.store.list_errors(TENANT, 100).items}


def mend(world: World, *names: str) -> None:
    """Assign accounts to somebody, where no time of change tells of it."""
    for name in names:
        world.sugar.tables[Module.ACCOUNTS][SugarId(name)].fields["assigned_user_id"] = "u"


def ended(world: World, job: Job) -> Job:
    world.drain()
    found = world.store.job(TENANT, job.job_id)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("record", [ACCOUNT, CONTACT, DEAL])
def test_one_record_is_tried_with_what_it_waits_for_before_it(
    world: World, record: RecordKey
) -> None:
    mend(world, "a", "b")
    job = ended(world, try_again(world.app, TENANT, "Ada", record=record))
    assert job.status is JobStatus.DONE
    assert job.requested_by == "Ada"
    assert open_records(world) == {OTHER}


def test_a_cause_is_tried_with_all_that_hangs_on_it_and_nothing_else(world: World) -> None:
    mend(world, "a", "b")
    before = len(world.sugar.calls)
    ended(world, try_again(world.app, TENANT, "Ada", root=ACCOUNT))
    assert open_records(world) == {OTHER}
    assert world.store.records(TENANT, [DEAL])[DEAL].state is State.SYNCED
    assert len(world.sugar.calls) - before < 20


def test_everything_is_tried(world: World) -> None:
    mend(world, "a", "b")
    ended(world, try_again(world.app, TENANT, "Ada"))
    assert open_records(world) == set()


def test_a_cause_that_is_a_user_is_read_before_those_who_wait_for_it(world: World) -> None:
    world.sugar.put(Module.USERS, "w", user_name="will", status="Inactive")
    world.sugar.put(Module.ACCOUNTS, "d", name="Will's", assigned_user_id="w")
    world.clock.advance(3_600)
    world.sync()
    (error,) = world.store.errors_of(TENANT, RecordKey(Module.ACCOUNTS, SugarId("d")))
    world.sugar.tables[Module.USERS][SugarId("w")].fields["status"] = "Active"
    ended(world, try_again(world.app, TENANT, "Ada", root=error.root))
    assert RecordKey(Module.ACCOUNTS, SugarId("d")) not in open_records(world)


def test_what_is_not_mended_stays_and_was_seen_last_now(world: World) -> None:
    first = world.store.errors_of(TENANT, ACCOUNT)[0]
    world.clock.advance(600)
    job = ended(world, try_again(world.app, TENANT, "Ada", record=ACCOUNT))
    assert job.status is JobStatus.DONE
    after = world.store.errors_of(TENANT, ACCOUNT)[0]
    assert after.first_seen == first.first_seen
    assert after.last_seen > first.last_seen


def test_impatient_clicks_queue_nothing_more(world: World) -> None:
    first = try_again(world.app, TENANT, "Ada", root=ACCOUNT)
    assert try_again(world.app, TENANT, "Ben", root=ACCOUNT) == first
    assert world.queue.pop_next() is not None
    assert world.queue.pop_next() is None


def test_once_it_has_ended_it_can_be_tried_again(world: World) -> None:
    job = ended(world, try_again(world.app, TENANT, "Ada", root=ACCOUNT))
    again = try_again(world.app, TENANT, "Ada", root=ACCOUNT)
    assert (again.job_id, again.status) == (job.job_id, JobStatus.QUEUED)
    assert ended(world, again).status is JobStatus.DONE


def test_one_that_was_lost_can_be_tried_again_after_a_while(world: World) -> None:
    job = try_again(world.app, TENANT, "Ada", root=ACCOUNT)
    world.queue.pop_next()
    assert is_under_way(job, world.clock.now())
    world.clock.advance(150)
    assert not is_under_way(job, world.clock.now())
    mend(world, "a")
    ended(world, try_again(world.app, TENANT, "Ada", root=ACCOUNT))
    assert open_records(world) == {OTHER}


def test_what_is_tried_is_told_by_what_it_is(world: World) -> None:
    try_again(world.app, TENANT, "Ada", root=ACCOUNT)
    try_again(world.app, TENANT, "Ada", record=DEAL)
    found = tries(world.app, TENANT, [ACCOUNT, OTHER], [DEAL, CONTACT])
    assert set(found) == {f"root {ACCOUNT}", f"record {DEAL}"}


def test_a_sugar_that_stays_away_ends_the_try_and_the_rows_stay(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = try_again(world.app, TENANT, "Ada", root=ACCOUNT)

    def away(_name: str) -> None:
        raise SugarUnavailable("Sugar does not answer.")

    world.sugar.before_call = away
    found = ended(world, job)
    assert found.status is JobStatus.FAILED
    assert found.note is not None
    assert found.note.text == "Sugar does not answer."
    assert open_records(world) == {ACCOUNT, CONTACT, DEAL, OTHER}


def test_nothing_is_tried_while_paused_or_for_what_is_not_open(world: World) -> None:
    with pytest.raises(NotFound):
        try_again(world.app, TENANT, "Ada", root=USER)
    with pytest.raises(NotFound):
        try_again(world.app, TENANT, "Ada", record=USER)
    job = try_again(world.app, TENANT, "Ada", root=ACCOUNT)
    pause = Pause(PauseReason.ADMIN, world.clock.now(), "Ada")
    world.change(pause=pause)
    with pytest.raises(ConnectionPaused):
        try_again(world.app, TENANT, "Ada")
    assert ended(world, job).status is JobStatus.FAILED
