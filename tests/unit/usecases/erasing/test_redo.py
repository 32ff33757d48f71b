"""After a restore who was erased since is erased again, and segments follow the opt-outs that stayed."""

import logging

import pytest

from funnel.domain.consent.consent import Mark
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import Module, PersonId
from funnel.domain.people.redos import Redo, RedoKind
from funnel.domain.sync.records import Person
from funnel.domain.sync.runs import JobStatus, RunKind
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.jobs.ask_to_redo import redo_job
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.living import holder_of
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.signing_in.operate import operate
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.snapshot import copier
from tests.fakes.world import TENANT, World
from tests.unit.usecases.erasing.office import SECRETS, Office
from tests.unit.usecases.erasing.restored import restored
from tests.unit.usecases.segments.segmenting import company, names_in, person, segment
from tests.unit.usecases.segments.segmenting import test_of as asks_for

MOMENT = "20261128-100000"
WISH = {"action": "redo_after_restore", "tenant_id": TENANT, "moment": MOMENT}

pytestmark = pytest.mark.feature("G7")


def redo(world: World) -> dict[str, object]:
    """Have it all done, as the operator asks for it; what is told then."""
    told = operate(world.app, "", {**WISH, "again": True})
    assert told["status"] == "queued"
    world.drain()
    return operate(world.app, "", WISH)


def made(world: World, name: str) -> PersonId:
    new = NewPerson({"last_name": name}, f"{name.lower()}@x.test", "Ann")
    return create_person(world.app, TENANT, new, name).person_id


def everybody(world: World) -> list[Person]:
    return [one for one in world.store.rows.values() if isinstance(one, Person)]


def erase(world: World, person_id: PersonId, typed: str) -> None:
    ask_for(world.app, new_erasure(world.app, TENANT, person_id, typed, "Ann"))
    world.drain()


def test_who_was_erased_since_is_erased_again_and_the_proof_stays_what_it_was() -> None:
    office = Office()
    before, person_id = copier(office.world), office.person_id
    office.erase()
    proof = office.world.store.erasure(TENANT, person_id)
    assert proof is not None
    gone = [one.person_id for one in everybody(office.world) if one.erased]
    then = restored(before, office.world, gone)
    back = Office.__new__(Office)
    back.world, back.app = then, then.app
    assert any(secret in back.kept() for secret in SECRETS)
    told = redo(then)
    assert told == {
        "tenant_id": TENANT,
        "status": "done",
        "done": {"erase": len(gone)},
        "failed": {},
        "why": "",
    }
    assert [secret for secret in SECRETS if secret in back.kept()] == []
    assert back.names() == ["Other"]
    assert then.store.redos(TENANT, 9).items == []
    again = then.store.erasure(TENANT, person_id)
    assert again is not None
    assert (again.by, again.asked_at, again.counts, again.finished_at) == (
        proof.by,
        proof.asked_at,
        proof.counts,
        proof.finished_at,
    )
    # And what Sugar still has stays out.
    back.sync(RunKind.FULL)
    assert back.names() == ["Other"]


def test_it_is_done_without_a_sugar_and_for_more_than_a_page() -> None:
    world = World()
    people = [made(world, f"Zed{number}") for number in range(23)]
    kept = made(world, "Kept")
    world.drain()
    before = copier(world)
    for number, one in enumerate(people):
        erase(world, one, f"zed{number}@x.test")
    then = restored(before, world, people)
    assert redo(then)["done"] == {"erase": 23}
    left = then.store.people(TENANT, [*people, kept])
    assert {one for one, found in left.items() if not found.erased} == {kept}
    assert redo_job(then.app, TENANT, "another moment") is None
    assert operate(then.app, "", {**WISH, "again": True})["status"] == "done"
    assert then.queue.pop_next() is None


@pytest.mark.parametrize(
    ("error", "code"), [(RuntimeError("a slip"), "Unexpected"), (Conflict("others"), "Conflict")]
)
def test_one_that_fails_keeps_none_back_and_is_done_when_it_is_asked_for_again(
    error: Exception, code: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    world = World()
    people = [made(world, name) for name in ("Ann", "Bea", "Cleo")]
    world.drain()
    before = copier(world)
    for one, name in zip(people, ("Ann", "Bea", "Cleo"), strict=True):
        erase(world, one, f"{name.lower()}@x.test")
    then = restored(before, world, people)
    step = EraseWork.step

    def failing(self: EraseWork, job: object) -> object:
        if self._person_id == people[1]:
            raise error
        return step(self, job)  # type: ignore[arg-type]

    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(EraseWork, "step", failing)
        told = redo(then)
    assert (told["status"], told["done"]) == ("failed", {"erase": 2})
    assert (told["failed"], told["why"]) == ({code: 1}, "1 could not be done again.")
    assert "not done again" in caplog.messages
    assert [one.of for one in then.store.redos(TENANT, 9).items] == [people[1]]
    told = redo(then)
    assert (told["status"], told["done"], told["failed"]) == ("done", {"erase": 3}, {})
    assert all(one.erased for one in then.store.people(TENANT, people).values())


@pytest.mark.parametrize("names", [("kept", "lost"), ("lost", "kept")])
def test_who_was_merged_into_another_goes_with_that_one_and_leaves_no_address(
    names: tuple[str, str],
) -> None:
    """Whichever of the two comes first by its id."""
    world = World()
    world.connect()
    for name in names:
        world.sugar.put(Module.LEADS, name, last_name="Zyx", email1=f"{name}@x.test")
        world.clock.advance(60)
    world.sync(RunKind.INITIAL)
    kept, lost = (holder_of(world.app, TENANT, f"{name}@x.test") for name in names)
    assert kept is not None
    assert lost is not None
    # As Sugar merges: the one kept has the other's address too, and the other is deleted.
    world.sugar.put(Module.LEADS, names[0], email2=f"{names[1]}@x.test")
    world.sugar.delete(Module.LEADS, names[1])
    world.clock.advance(3_600)
    world.sync()
    assert world.store.people(TENANT, [lost.person_id])[lost.person_id].merged_into
    before = copier(world)
    erase(world, kept.person_id, f"{names[0]}@x.test")
    gone = [found.person_id for found in everybody(world) if found.erased]
    assert sorted(gone) == sorted([kept.person_id, lost.person_id])
    then = restored(before, world, gone)
    assert redo(then)["status"] == "done"
    assert [one for one in everybody(then) if not one.erased] == []
    text = repr([then.store.rows, then.store._consents, then.store._history])
    assert "@x.test" not in text
    assert list(then.store.proofs) == [(TENANT, kept.person_id)]


def test_segments_follow_an_opt_out_that_stayed() -> None:
    world = company()
    made = segment(world, "May be written to", asks_for("consent", "is", "yes"))
    unsubscribe(world.app, TENANT, person(world, "Ott"), "ott@x.test", Said("Ann"))
    stayed = world.store.consents(TENANT, ["ott@x.test"])["ott@x.test"]
    assert stayed.flag(Mark.OPT_OUT).value
    # The lists are those of before: nobody has asked for them since.
    while world.queue.pop_next() is not None:
        pass
    assert names_in(world, made.list_id) == {"Ott", "Pia", "Rau"}
    world.store.leave(Redo(TENANT, RedoKind.CONSENT, "ott@x.test"))
    world.store.leave(Redo(TENANT, RedoKind.CONSENT, "nobody@x.test"))
    assert redo(world)["done"] == {"consent": 2}
    assert names_in(world, made.list_id) == {"Pia", "Rau"}


def test_a_lost_message_is_sent_again_and_one_too_many_does_no_harm() -> None:
    world = World()
    who = made(world, "Zed")
    world.drain()
    before = copier(world)
    erase(world, who, "zed@x.test")
    then = restored(before, world, [who])
    operate(then.app, "", {**WISH, "again": True})
    lost = then.queue.pop_next()
    assert lost is not None
    assert operate(then.app, "", {**WISH, "again": True})["status"] == "queued"
    then.drain()
    assert operate(then.app, "", WISH)["done"] == {"erase": 1}
    handle_message(then.app, lost, "w", lambda: 600.0)
    job = redo_job(then.app, TENANT, MOMENT)
    assert job is not None
    assert job.status is JobStatus.DONE


def test_it_is_told_that_nothing_was_asked_for_and_which_moment_is_missing() -> None:
    told = operate(World().app, "", WISH)
    assert told == {"tenant_id": TENANT, "status": "", "done": {}, "failed": {}, "why": ""}
    with pytest.raises(InputInvalid) as refused:
        operate(World().app, "", {**WISH, "moment": ""})
    assert refused.value.field == "moment"
