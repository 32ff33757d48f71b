"""An execution environment keeps its sessions with Sugars from one message to the next."""

from dataclasses import replace

import pytest

from funnel.domain.crm import OpenSession, SignedIn
from funnel.domain.ids import SugarId, TenantId
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.kept_sessions import KeptSessions
from tests.fakes.system import FakeClock
from tests.fakes.world import TENANT, World
from tests.unit.usecases.pushing.scoring_world import Scoring, lead

SESSION = OpenSession("s3cret", SignedIn(SugarId("1"), is_admin=True))


@pytest.fixture
def scoring() -> Scoring:
    scoring = Scoring()
    scoring.people(lead("l1"))
    scoring.world.forget_session()
    return scoring


def logins(scoring: Scoring, score: int) -> int:
    """How often a push of a changed score signs in."""
    scoring.sugar.calls.clear()
    scoring.score(lead("l1"), score)
    scoring.quiet()
    assert scoring.held(lead("l1")) == score
    return len(scoring.calls("login"))


def test_a_push_goes_on_with_the_session_of_the_one_before(scoring: Scoring) -> None:
    assert logins(scoring, 1) == 1
    assert logins(scoring, 2) == 0
    scoring.world.clock.advance(600)
    assert logins(scoring, 3) == 1


def test_a_pause_that_a_message_meets_ends_it(scoring: Scoring) -> None:
    logins(scoring, 1)
    update_connection(scoring.world.app, TENANT, "Ada", ConnectionChanges(paused=True))
    scoring.world.handle(PushDue(TENANT))
    update_connection(scoring.world.app, TENANT, "Ada", ConnectionChanges(paused=False))
    assert logins(scoring, 2) == 1


def test_another_password_signs_in_anew(scoring: Scoring) -> None:
    logins(scoring, 1)
    version = connection_of(scoring.world.app, TENANT).credential_version
    scoring.world.change(credential_version=version + 1)
    assert logins(scoring, 2) == 1


def test_the_least_used_are_forgotten_first_and_each_tenant_has_one() -> None:
    connection = World().connect()
    kept = KeptSessions(FakeClock(), most=2)
    of = [kept.of(replace(connection, tenant=TenantId(f"t{n}"))) for n in range(3)]
    of[0].save(SESSION)
    of[1].save(SESSION)
    of[0].save(SESSION)
    of[2].save(SESSION)
    assert [one.load() for one in of] == [SESSION, None, SESSION]
    other = kept.of(replace(connection, tenant=TenantId("t0"), credential_version=7))
    other.save(SESSION)
    assert of[0].load() is None
    kept.forget(TenantId("t0"))
    assert other.load() is None


def test_a_door_that_keeps_none_signs_in_each_time(scoring: Scoring) -> None:
    scoring.world.app = replace(scoring.world.app, sessions=None)
    assert [logins(scoring, score) for score in (1, 2)] == [1, 1]
