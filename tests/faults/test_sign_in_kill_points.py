"""Signing in dies at every call of every port, before it, and after it with the reply lost."""

from contextlib import suppress
from dataclasses import dataclass, field, replace

import pytest

from funnel.domain.errors import StoreBusy, TooManyTries
from funnel.domain.ids import Module
from funnel.domain.sync.runs import ENDED_JOBS, RunKind
from funnel.ports.messages import Message
from funnel.usecases.signing_in.collect_sign_in import SignInAnswer, collect_sign_in
from funnel.usecases.signing_in.request_sign_in import request_sign_in
from funnel.usecases.signing_in.sign_in import session_of
from funnel.usecases.work.handle_message import handle_message
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.sugar import Login
from tests.fakes.world import TENANT, World
from tests.faults.dying import MOST_DELIVERIES, kill_points
from tests.faults.scene import MortalConnector

TRIES = 3
HIDDEN = 1_800
"""Seconds until SQS brings a message back whose worker died: SignInQueue in template.yaml."""

FAILURES = {"crash": Crash, "busy": lambda: StoreBusy("The store is busy.")}


@made_once
def company() -> World:
    """A synced company with one user."""
    world = World()
    world.connect()
    world.sugar.put(Module.USERS, "u", user_name="anna", last_name="Ott", status="Active")
    world.sugar.logins["anna"] = Login("anna's", "u", is_admin=True)
    world.sync(RunKind.INITIAL)
    world.sugar.calls.clear()
    return world


@dataclass
class SignInScene:
    """A person who signs in, over ports that fail as planned, and the way AWS brings work back."""

    plan: Plan
    world: World = field(default_factory=company)
    dead_letters: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        world = self.world
        app = world.app
        self.mortal = replace(
            app,
            records=faulty(app.records, self.plan, "records"),
            sync=faulty(app.sync, self.plan, "sync"),
            tenants=faulty(app.tenants, self.plan, "tenants"),
            secrets=faulty(app.secrets, self.plan, "secrets"),
            files=app.files,
            queue=faulty(app.queue, self.plan, "queue"),
            crm=MortalConnector(world.sugar, self.plan),
        )

    def sign_in(self, password: str = "anna's") -> SignInAnswer:
        """One try as a browser makes it: send the form, wait, look; what breaks is told."""
        try:
            token = request_sign_in(self.mortal, TENANT, "anna", password)
            self.work()
            return self.look(token)
        except (Crash, StoreBusy):
            self.plan.revived = True
            self.work()
            return SignInAnswer()

    def look(self, token: str) -> SignInAnswer:
        """The answer; the page is loaded once more where that breaks."""
        try:
            return collect_sign_in(self.mortal, TENANT, token)
        except (Crash, StoreBusy):
            self.plan.revived = True
            return collect_sign_in(self.mortal, TENANT, token)

    def work(self) -> None:
        """What is due now."""
        while message := self.world.queue.pop():
            self.deliver(message)

    def come_to_rest(self) -> None:
        """All that is still to come."""
        for _ in range(40):
            message = self.world.queue.pop_next()
            if message is None:
                return
            self.deliver(message)
        raise AssertionError("It never comes to rest.")

    def deliver(self, message: Message) -> None:
        """Until it is done with, or a dead letter."""
        for _ in range(MOST_DELIVERIES):
            try:
                handle_message(self.mortal, message, self.world.ids.new_id(), lambda: 300.0)
            except (Crash, StoreBusy):
                self.plan.revived = True
                self.world.clock.advance(HIDDEN)
            else:
                return
        self.dead_letters.append(message)


def passed(plan: Plan) -> tuple[SignInScene, SignInAnswer]:
    """A sign-in with the right password; where it broke, the person tries again in the end."""
    scene = SignInScene(plan)
    answer = scene.sign_in()
    scene.come_to_rest()
    if answer.session is None:
        scene.world.clock.advance(HIDDEN)
        answer = scene.sign_in()
    return scene, answer


def calls() -> list[str]:
    scene, answer = passed(Plan())
    assert answer.session is not None
    scene.come_to_rest()
    return scene.plan.calls


CALLS = calls()


def planned(at: int, moment: Moment, failure: str) -> Plan:
    return Plan(at=at, moment=moment, failure=FAILURES[failure])  # type: ignore[arg-type]


def check_tidy(scene: SignInScene, where: str) -> None:
    """No password is left, every job has ended, and nothing waits."""
    scene.come_to_rest()
    kept = [ref.rsplit("/", 1)[1] for ref in scene.world.secrets.refs]
    assert kept == ["sugar-1"], f"{where}: a password is left"
    assert not len(scene.world.queue), where
    assert scene.dead_letters == [], where
    jobs = scene.world.store._jobs.values()
    assert all(job.status in ENDED_JOBS for job in jobs if job.started_at), where


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("at", kill_points(CALLS))
def test_wherever_it_breaks_no_password_stays_and_trying_again_lets_the_person_in(
    at: int, moment: Moment, failure: str
) -> None:
    scene, answer = passed(planned(at, moment, failure))
    where = f"call {at}, {CALLS[at - 1]}, {moment}, {failure}"
    check_tidy(scene, where)
    assert scene.plan.happened, where
    assert answer.session is not None, where
    assert session_of(scene.world.app, answer.session.token) is not None, where
    assert scene.world.sugar.calls.count("login") <= 2, where


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("at", kill_points(CALLS))
def test_wherever_it_breaks_a_wrong_password_reaches_sugar_once_a_try_and_three_times_at_most(
    at: int, moment: Moment, failure: str
) -> None:
    scene = SignInScene(planned(at, moment, failure))
    where = f"call {at}, {CALLS[at - 1]}, {moment}, {failure}"
    logins = scene.world.sugar.calls
    for turn in range(1, 6):
        before, began = logins.count("login"), scene.world.clock.now()
        with suppress(TooManyTries):
            assert scene.sign_in("wrong").session is None, where
        assert logins.count("login") - before <= 1, f"{where}: turn {turn} asked twice"
        scene.world.clock.set(began)  # as if no time had passed: the limit is held all the same
    assert logins.count("login") <= TRIES, where
    scene.world.clock.advance(HIDDEN)
    check_tidy(scene, where)


def test_the_kill_points_cover_every_port_of_signing_in() -> None:
    assert {
        "sync.tries",
        "sync.save_tries",
        "sync.save_job",
        "tenants.put_attempt",
        "tenants.take_attempt",
        "tenants.put_session",
        "queue.send",
        "secrets.put",
        "secrets.get",
        "secrets.delete",
        "crm.sign_in",
        "crm.sign_out",
        "records.records",
    } <= set(CALLS)
