"""A look at what a push would do decides as the push does, and its log says what it waits for."""

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.errors import (
    NotFound,
)
from funnel.domain.ids import (
    ConnectionId,
    JobId,
    PersonId,
    SugarId,
    WrittenModule,
)
from funnel.domain.pushing.push_ids import intent_id
from funnel.domain.pushing.pushes import Obstacle, PushState, Wish
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.pushing.preview_push import previewed, request_push_preview
from funnel.usecases.pushing.request_push import PushRequest
from funnel.usecases.pushing.view_pushes import push_choices, push_of, push_preview, pushes_of
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.push_scene import (
    ADA,
    CALL,
    LEAD,
    connection_id,
    here,
    push,
    push_world,
)


@pytest.fixture
def world() -> World:
    return push_world()


def test_a_look_decides_as_the_push_does_and_writes_nothing(world: World) -> None:
    person_id = here(world)
    wish = Wish(WrittenModule.CONTACTS, SugarId("u1"), task=CALL)
    request = PushRequest(person_id, wish, "Eva", "k1")
    writes = world.store.writes
    job = request_push_preview(world.app, TENANT, request)
    assert previewed(job) == request
    world.drain()
    assert (world.sugar.created, world.sugar.updates, world.store.pushes) == ([], [], {})
    assert world.store.writes == writes
    seen = push_preview(world.app, TENANT, person_id, JobId(job.job_id))
    assert seen.plan is not None
    steps = push(world, person_id, wish).steps
    assert [(s.deed, s.module, s.sugar_id, s.why) for s in seen.plan.steps] == [
        (s.deed, s.module, s.sugar_id, s.why) for s in steps
    ]
    assert {s.url for s in seen.plan.steps} == {""}
    done = push_of(world.app, TENANT, intent_id(ConnectionId(connection_id(world)), "k1"))
    assert all(s.sugar_id in s.url for s in done.steps)


def test_a_look_says_what_stands_in_the_way_and_is_of_its_person_only(world: World) -> None:
    person_id = here(world, company=None)
    job = request_push_preview(world.app, TENANT, PushRequest(person_id, LEAD, "Eva", "k1"))
    world.drain()
    seen = push_preview(world.app, TENANT, person_id, JobId(job.job_id))
    assert seen.plan is not None
    assert seen.plan.obstacle == Obstacle("PushMissesField", "company")
    with pytest.raises(NotFound):
        push_preview(world.app, TENANT, PersonId("another"), JobId(job.job_id))


@pytest.mark.parametrize("erased", [False, True])
def test_a_look_is_shown_for_an_hour_and_not_once_its_person_was_erased(
    world: World, erased: bool
) -> None:
    person_id = here(world)
    job = request_push_preview(world.app, TENANT, PushRequest(person_id, LEAD, "Eva", "k1"))
    world.drain()
    world.clock.advance(3_500)
    assert push_preview(world.app, TENANT, person_id, JobId(job.job_id)).plan is not None
    if erased:
        erasure = new_erasure(world.app, TENANT, person_id, ADA, "Eva")
        EraseWork(world.app, erasure).step(erasure)
    else:
        world.clock.advance(100)
    with pytest.raises(NotFound):
        push_preview(world.app, TENANT, person_id, JobId(job.job_id))


def test_the_log_says_what_a_push_waits_for(world: World) -> None:
    person_id = here(world)
    world.change(read_only=True)
    push(world, person_id)
    (one,) = pushes_of(world.app, TENANT, person_id).items
    assert (one.state, one.waits_for) == (PushState.DUE, "read_only")
    world.change(pause=Pause(PauseReason.ADMIN, world.clock.now(), "Ada"))
    assert pushes_of(world.app, TENANT, person_id).items[0].waits_for == "paused"


def test_owners_to_choose_are_sugars_active_users(world: World) -> None:
    assert [one.value for one in push_choices(world.app, TENANT).owners] == ["u1"]
