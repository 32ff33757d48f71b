"""The token of a REST connection: shared by its workers, and gone with its password."""

from dataclasses import dataclass, field, replace

import pytest

from funnel.domain.crm import Credentials, Dialect, Endpoint, Token
from funnel.ports.crm import Crm, Hooks
from funnel.usecases.connecting.connect import use_new_password
from funnel.usecases.connecting.connection import connection_of, sugar
from tests.fakes.sugar import ENDPOINT, ModelConnector
from tests.fakes.world import TENANT, World


@dataclass
class Listening(ModelConnector):
    """Remembers what each connection was opened with."""

    opened: list[Hooks] = field(default_factory=list)

    def open(self, endpoint: Endpoint, credentials: Credentials, hooks: Hooks | None = None) -> Crm:
        self.opened.append(hooks or Hooks())
        return super().open(endpoint, credentials, hooks)


@pytest.fixture
def world() -> World:
    made = World()
    made.connect()
    return made


def hooks_of(world: World, dialect: Dialect) -> Hooks:
    listening = Listening(world.sugar)
    app = replace(world.app, crm=listening)
    world.change(endpoint=replace(ENDPOINT, dialect=dialect))
    with sugar(app, connection_of(app, TENANT)):
        return listening.opened[0]


def test_workers_of_a_rest_connection_share_a_token_and_those_of_soap_have_none(
    world: World,
) -> None:
    first, second = (hooks_of(world, Dialect.REST_11).token for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.load() is None
    first.save(Token("access", "refresh"))
    assert second.load() == Token("access", "refresh")
    assert hooks_of(world, Dialect.V4_1).token is None


def test_a_new_password_leaves_the_old_ones_token_behind(world: World) -> None:
    shared = hooks_of(world, Dialect.REST_11).token
    assert shared is not None
    shared.save(Token("of the old password"))
    ref = world.secrets.put(TENANT, "sugar-2", Credentials("api", "new"))
    use_new_password(world.app, TENANT, ref)
    after = hooks_of(world, Dialect.REST_11).token
    assert after is not None
    assert after.load() is None
    assert shared.load() is None
