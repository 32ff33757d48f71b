"""A company whose people sign in with Sugar, and what they do to."""

from typing import TypeVar

from funnel.domain.ids import Module
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import Note, RunKind
from funnel.ports.sync_messages import SignIn
from funnel.usecases.signing_in.collect_sign_in import SignInAnswer, collect_sign_in
from funnel.usecases.signing_in.request_sign_in import request_sign_in
from funnel.usecases.signing_in.sign_in import session_of
from tests.fakes.sugar import Login
from tests.fakes.world import TENANT, World

T = TypeVar("T")
MINUTE = 60


def company() -> World:
    """A connected world with its users synced: Anna is an admin in Sugar, Ben is not."""
    world = World()
    world.connect()
    put = world.sugar.put
    put(Module.USERS, "u-anna", user_name="anna", last_name="Ott", status="Active", is_admin=True)
    put(Module.USERS, "u-ben", user_name="ben", last_name="Rau", status="Active", is_admin=False)
    world.sugar.logins |= {
        "anna": Login("anna's", "u-anna", is_admin=True),
        "ben": Login("ben's", "u-ben", is_admin=False),
        "new": Login("new's", "u-new", is_admin=True),
    }
    world.sync(RunKind.INITIAL)
    world.sugar.calls.clear()
    return world


def ask(world: World, user: str = "anna", password: str = "", return_to: str = "") -> str:
    return request_sign_in(world.app, TENANT, user, password or f"{user}'s", return_to)


def worked(world: World) -> None:
    """What is due now is done; what waits, waits on."""
    while message := world.queue.pop():
        world.handle(message)


def next_message(world: World) -> SignIn:
    message = world.queue.pop()
    assert isinstance(message, SignIn)
    return message


def answer(world: World, token: str) -> SignInAnswer:
    return collect_sign_in(world.app, TENANT, token)


def tried(world: World, user: str = "anna", password: str = "") -> SignInAnswer:
    """The answer to one try."""
    token = ask(world, user, password)
    worked(world)
    return answer(world, token)


def note(answer: SignInAnswer) -> Note:
    assert answer.session is None
    assert answer.note is not None
    return answer.note


def some(value: T | None) -> T:
    assert value is not None
    return value


def logins(world: World) -> int:
    return world.sugar.calls.count("login")


def role(world: World, token: str) -> Role | None:
    session = session_of(world.app, token)
    return session.role if session else None
