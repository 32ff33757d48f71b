"""Open Funnel dies at every call of every port: a token never gives two sessions, and a new one works."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from funnel.domain.errors import NotSignedIn, StoreBusy
from funnel.domain.ids import Module
from funnel.domain.vision.dashlet_tokens import Audience
from funnel.usecases.app import App
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.signing_in.open_funnel import open_funnel
from funnel.usecases.signing_in.sign_in import SignedInSession, session_of
from tests.fakes.dashlets import dashlet_token
from tests.fakes.faulty import Crash, Moment, Plan, faulty
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World
from tests.faults.dying import kill_points

FAILURES: dict[str, Callable[[], BaseException]] = {
    "crash": Crash,
    "busy": lambda: StoreBusy("The store is busy."),
}


@made_once
def new_world() -> World:
    """A synced company with one user."""
    world = World()
    world.connect()
    world.sugar.put(Module.USERS, "u", user_name="anna", last_name="Ott", status="Active")
    world.sync()
    dashlet_token(world.app, TENANT, "u", Audience.SIGN_IN)
    return world


def enter(app: App, token: str) -> SignedInSession:
    """What Sugar's page asks for."""
    return open_funnel(app, TENANT, connection_of(app, TENANT).connection_id, token)


def mortal(world: World, plan: Plan) -> App:
    """The product over ports that fail as planned."""
    app = world.app
    return replace(
        app,
        records=faulty(app.records, plan, "records"),
        sync=faulty(app.sync, plan, "sync"),
        tenants=faulty(app.tenants, plan, "tenants"),
        secrets=faulty(app.secrets, plan, "secrets"),
    )


def calls() -> list[str]:
    """The calls of ports."""
    world, plan = new_world(), Plan()
    enter(mortal(world, plan), dashlet_token(world.app, TENANT, "u", Audience.SIGN_IN))
    return plan.calls


CALLS = calls()


@pytest.mark.feature("E7")
@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("at", kill_points(CALLS))
def test_a_token_gives_one_session_at_most_and_the_next_token_another(
    at: int, moment: Moment, failure: str
) -> None:
    world = new_world()
    plan = Plan(at, moment, FAILURES[failure])
    token = dashlet_token(world.app, TENANT, "u", Audience.SIGN_IN)
    begun: list[SignedInSession] = []
    with suppress(Crash, StoreBusy, NotSignedIn):
        begun.append(enter(mortal(world, plan), token))
    assert plan.happened
    plan.revived = True
    for _ in range(2):
        with suppress(NotSignedIn):
            begun.append(enter(world.app, token))
    assert len(begun) <= 1
    found = enter(world.app, dashlet_token(world.app, TENANT, "u", Audience.SIGN_IN))
    for one in (*begun, found):
        session = session_of(world.app, one.token)
        assert session is not None
        assert session.user_name == "Ott"
