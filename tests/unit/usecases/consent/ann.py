"""Ann, whose consent both sides speak of, and what is looked at of it."""

from datetime import timedelta

from funnel.domain.consent.consent import Consent
from funnel.domain.ids import ConnectionId, Module, PersonId
from funnel.domain.sync.records import SyncError
from funnel.domain.sync.runs import RunKind
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.consent.view_consent import ConsentView
from funnel.usecases.people.view_people import person
from tests.fakes.snapshot import made_once
from tests.fakes.world import TENANT, World

ANN = "ann@x.test"
ADA = Said("Ada", "asked by phone")
DAY = timedelta(days=1)
ANOTHER = ConnectionId("0badcafe-0000-4000-8000-000000000002")


@made_once
def company() -> World:
    """A connected company that may be written to, with Ann as a Lead and a Contact of one address."""
    made = World()
    made.sugar.address(ANN)
    made.sugar.put(Module.LEADS, "l1", last_name="Ott", email1=ANN)
    made.sugar.put(Module.CONTACTS, "c1", last_name="Ott", email1="Ann@X.test")
    made.connect()
    made.change(read_only=False)
    made.sync(RunKind.INITIAL)
    return made


def ann(world: World) -> PersonId:
    return world.store.claims(TENANT, [ANN])[ANN].person_id


def consent(world: World) -> Consent:
    return world.store.consents(TENANT, [ANN])[ANN]


def shown(world: World) -> ConsentView:
    (found,) = person(world.app, TENANT, ann(world)).consents
    return found


def errors(world: World) -> list[SyncError]:
    return list(world.store.list_errors(TENANT, 10).items)


def hourly(world: World) -> None:
    world.clock.advance(3_600)
    world.sync()


def unsubscribed(world: World) -> None:
    unsubscribe(world.app, TENANT, ann(world), ANN, ADA)
    world.drain()
