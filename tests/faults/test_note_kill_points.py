"""The Note of a Conversation dies at every call of every port: the mail goes once, one Note is made."""

from dataclasses import replace

import pytest

from funnel.domain.errors import SugarUnavailable
from funnel.domain.ids import SugarId
from funnel.domain.mail.mails import MailDraft, MailState
from funnel.domain.pushing.pushes import PushState
from funnel.domain.sync.runs import RunKind
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.mail.settle_mail import say_it_was_sent
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points
from tests.faults.scene import Scene, dying
from tests.unit.usecases.mail.mailing import settle_sender

TO = "only@x.test"


@made_once
def with_sender() -> World:
    """The company, synced, whose mail may be sent and noted."""
    scene = Scene(Plan())
    world = scene.world
    world.change(read_only=False, user_id=SugarId("u0"))
    settle_sender(world, notes=True)
    scene.sync(RunKind.INITIAL)
    return world


def converse(plan: Plan, at: int = 0) -> Scene:
    """A mail that is to be noted, asked for until it is answered, and what is delivered then."""
    scene = Scene(plan, with_sender())
    world, app = scene.world, scene.mortal
    mails, mailer = faulty(app.mails, plan, "mails"), faulty(app.mailer, plan, "mailer")
    scene.mortal = replace(app, mails=mails, mailer=mailer)
    person_id = world.store.claims(TENANT, [TO])[TO].person_id
    about = {"record": "Leads/only"}
    draft = MailDraft(
        "k", person_id, TO, "Hi", "<p>Words</p>", sender=SugarId("u1"), about=about, wants_note=True
    )
    dying(plan, at)
    try:
        request_mail(scene.mortal, TENANT, draft)
    except (Crash, SugarUnavailable):
        plan.revived = True
        request_mail(scene.mortal, TENANT, draft)
    scene.drain()
    for _ in range(8):
        world.clock.advance(300)
        start_mails(world.app)
        scene.drain()
    for mail in world.store.unclear_mails(TENANT, 9).items:
        say_it_was_sent(world.app, TENANT, mail.mail_id, "Ann")
    scene.drain()
    scene.sync(RunKind.HOURLY)
    return scene


CALLS = converse(Plan()).plan.calls
SETTLED = max(at for at, call in enumerate(CALLS, 1) if call == "pushes.save_intent")


def test_the_kill_points_cover_the_way_from_the_mail_to_the_note() -> None:
    wanted = {"mails.save_mail", "mailer.send", "mails.mail_content", "pushes.save_intent"}
    assert wanted | {"queue.send", "crm.existing", "crm.create"} <= set(CALLS)


@pytest.mark.parametrize("moment", Moment)
def test_a_conversation_that_dies_anywhere_makes_one_note(moment: Moment) -> None:
    for at in kill_points(CALLS[:SETTLED]):
        scene = converse(Plan(moment=moment), at)
        where = f"call {at}, {scene.plan.calls[at - 1]}, {moment}"
        assert scene.plan.happened, where
        _check(scene, where)


@pytest.mark.parametrize("moment", Moment)
def test_a_sugar_that_fails_at_any_call_gets_one_note_in_the_end(moment: Moment) -> None:
    calls = [at for at in kill_points(CALLS) if CALLS[at - 1] in ("crm.existing", "crm.create")]
    assert calls
    for at in calls:
        plan = Plan(moment=moment, failure=lambda: SugarUnavailable("cut off"))
        _check(converse(plan, at), f"call {at}, {CALLS[at - 1]}, {moment}")


def _check(scene: Scene, where: str) -> None:
    world = scene.world
    (note,) = world.sugar.notes.values()
    assert [module.value for module, _ in world.sugar.created] == ["Notes"], where
    assert (note.fields["parent_id"], note.fields["description"]) == ("only", "Words"), where
    assert [one.state for one in world.store.pushes.values()] == [PushState.DONE], where
    (mail,) = world.store.all_mails.values()
    assert (mail.state, mail.due_at, mail.wants_note) == (MailState.SENT, None, False), where
    assert len(world.mailer.sent) <= 1, where
    assert [e for e in world.store.list_errors(TENANT, 9).items if e.direction == "push"] == []
