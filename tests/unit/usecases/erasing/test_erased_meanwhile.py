"""What others write while a person is erased stays nowhere."""

from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.errors import InputInvalid, WasErased
from funnel.domain.ids import (
    Module,
    PersonId,
    SugarId,
    WrittenModule,
)
from funnel.domain.mail.mails import TOLD_OF, MailDraft
from funnel.domain.pushing.pushes import TaskKind, TaskWish, Wish
from funnel.domain.scoring.tallies import ChangeOutcome
from funnel.domain.tracking.activities import Activity, ActivityKind, SubjectId
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.pushing.request_push import PushRequest, request_push
from funnel.usecases.tracking.record_activities import record_activities
from tests.fakes.sugar_writing import ModelWriting
from tests.fakes.world import TENANT, World
from tests.unit.usecases.erasing.office import SECRETS, Office


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.mark.parametrize("has_done_something", [False, True])
def test_what_is_written_down_while_its_person_is_erased_stays_nowhere(
    monkeypatch: pytest.MonkeyPatch, has_done_something: bool
) -> None:
    """It was read before the erasure and is written after it, where nothing is in its way any more."""
    world = World()
    made = create_person(world.app, TENANT, NewPerson({}, "q@x.test", "Ada"), "k")
    subject, store, now = SubjectId(made.person_id), world.store, world.clock.now()
    about = {"url": "https://x.test/?q=Zyx"}
    first, second = (
        Activity(TENANT, subject, name, ActivityKind.FORM, now, about) for name in ("a1", "a2")
    )
    if has_done_something:
        record_activities(world.app, TENANT, subject, [first])
    write = store.write

    def erased_meanwhile(*asked: Any) -> list[ChangeOutcome]:
        monkeypatch.setattr(store, "write", write)
        job = new_erasure(world.app, TENANT, made.person_id, "q@x.test", "Ada")
        EraseWork(world.app, job).step(job)
        return write(*asked)

    monkeypatch.setattr(store, "write", erased_meanwhile)
    record_activities(world.app, TENANT, subject, [second])
    assert store.list_activities(TENANT, subject, 9).items == []
    assert (store.tallies(TENANT, [subject])[subject].version, store.count_scored(TENANT)) == (0, 0)
    assert store.scores(TENANT, [made.person_id]) == {}


@pytest.mark.parametrize("what", ["to its person", "to a user", "waits for its sender"])
def test_a_mail_asked_for_while_its_person_is_erased_stays_nowhere(
    office: Office, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    add, store = office.world.store.add_mail, office.world.store
    office.world.sugar.put(Module.USERS, "u1", user_name="bea", status="Active", email1="b@x.test")
    office.sync()
    office.world.drain()

    def erased_meanwhile(*asked: Any) -> Any:
        monkeypatch.setattr(store, "add_mail", add)
        office.erase()
        if what == "waits for its sender":
            store.save_mail_settings(replace(store.mail_settings(TENANT), domains=()))
        return add(*asked)

    monkeypatch.setattr(store, "add_mail", erased_meanwhile)
    sent = len(office.world.mailer.sent)
    if what == "to a user":
        about = {TOLD_OF: office.person_id}
        user = SugarId("u1")
        draft = MailDraft("late", PersonId(""), "b@x.test", "Zyx", "Zyx", about=about, user=user)
        request_mail(office.app, TENANT, draft)
    else:
        office.write("late", {"broadcast": "b1"} if what == "waits for its sender" else {})
    office.world.drain()
    assert [secret for secret in SECRETS if secret in office.kept()] == []
    assert len(office.world.mailer.sent) == sent


def test_what_is_asked_for_sugar_while_its_person_is_erased_stays_nowhere(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, store = office.world.store.save_intent, office.world.store
    office.world.change(read_only=False)

    def erased_meanwhile(*asked: Any) -> Any:
        monkeypatch.setattr(store, "save_intent", save)
        office.erase()
        return save(*asked)

    monkeypatch.setattr(store, "save_intent", erased_meanwhile)
    task = TaskWish(TaskKind.CALL, "Ask Zyx")
    wish = Wish(WrittenModule.LEADS, task=task)
    request_push(office.app, TENANT, PushRequest(office.person_id, wish, "Ada", "late"))
    office.world.drain()
    assert [secret for secret in SECRETS if secret in office.kept()] == []


def test_who_is_erased_while_an_import_makes_the_same_person_stays_erased(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, store = office.world.store.commit, office.world.store
    monkeypatch.setattr(store, "claims", lambda *_: {})

    def erased_meanwhile(*asked: Any) -> list[bool]:
        monkeypatch.setattr(store, "commit", commit)
        monkeypatch.undo()
        office.erase()
        return commit(*asked)

    monkeypatch.setattr(store, "commit", erased_meanwhile)
    new = NewPerson({"last_name": "Zyx"}, "q@x.test", "Ada", anew=False)
    with pytest.raises(WasErased):
        create_person(office.app, TENANT, new, "row 1")
    assert office.names() == ["Other"]


@pytest.mark.parametrize("fails", [False, True])
def test_a_push_under_way_while_its_person_is_erased_writes_nothing_back(
    monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    world = World()
    world.connect()
    world.change(read_only=False)
    new = NewPerson(
        {"last_name": "Geheim", "first_name": "Zed", "company": "Zyx"}, "zed@x.test", "Ada"
    )
    person_id = create_person(world.app, TENANT, new, "k").person_id
    create = ModelWriting.create

    def erased_meanwhile(self: ModelWriting, *asked: Any) -> None:
        if not fails:
            create(self, *asked)
        job = new_erasure(world.app, TENANT, person_id, "zed@x.test", "Ada")
        EraseWork(world.app, job).step(job)
        if fails:
            raise InputInvalid("Zed Geheim is refused.")

    monkeypatch.setattr(ModelWriting, "create", erased_meanwhile)
    wish = Wish(WrittenModule.LEADS)
    request_push(world.app, TENANT, PushRequest(person_id, wish, "Eva", "k1"))
    world.drain()
    store = world.store
    kept = repr([store.rows, store.errors, store._history, store.pushes, store._consents])
    assert [secret for secret in ("Geheim", "Zed", "zed@x", "Zyx") if secret in kept] == []
    assert {e.code for e in store.errors.values()} == (set() if fails else {"Erased"})
