"""A Sugar that serves soap.php only is told by hand, and an admin says so here."""

from dataclasses import replace

import pytest

from funnel.domain.crm import Dialect
from funnel.domain.errors import MethodMissing, NotAllowed, NotFound
from funnel.domain.ids import Module
from funnel.domain.sync.runs import RunKind
from funnel.usecases.consent.change_consent import Said, done_by_hand, take_back, unsubscribe
from tests.fakes.sugar import ENDPOINT
from tests.fakes.world import TENANT, World
from tests.unit.usecases.consent.ann import ANN, DAY, ann, consent, shown


def company(dialect: Dialect) -> World:
    made = World()
    made.sugar.put(Module.LEADS, "l1", last_name="Ott", email1=ANN)
    made.connect()
    made.change(read_only=False, endpoint=replace(ENDPOINT, dialect=dialect))
    made.sync(RunKind.INITIAL)
    return made


@pytest.fixture
def world() -> World:
    """On soap.php: it leads to no addresses, so an opt-out made here is in the error report."""
    made = company(Dialect.SOAP_5)

    def refuse(name: str) -> None:
        if name.startswith("addresses"):
            raise MethodMissing("soap.php leads to no addresses.")

    made.sugar.before_call = refuse
    unsubscribe(made.app, TENANT, ann(made), ANN, Said("Ada"))
    made.drain()
    assert [row.code for row in made.store.list_errors(TENANT, 9).items] == ["ConsentImpossible"]
    return made


def test_done_by_hand_closes_the_row_and_nothing_is_tried_any_more(world: World) -> None:
    assert shown(world).by_hand
    done_by_hand(world.app, TENANT, ann(world), " Ann@X.test", "Bo")
    assert (shown(world).by_hand, shown(world).in_sugar, shown(world).opt_out.value) == (
        False, "agrees", True,
    )  # fmt: skip
    assert world.store.list_errors(TENANT, 9).items == []
    calls = world.sugar.calls.count("addresses Leads")
    for _ in range(3):
        world.clock.advance(DAY.total_seconds())
        world.sync()
    assert world.sugar.calls.count("addresses Leads") == calls
    assert world.store.list_errors(TENANT, 9).items == []
    assert consent(world).opt_out.value, "the Lead, read again, tells no flag"


def test_the_history_of_the_record_says_who_set_it(world: World) -> None:
    done_by_hand(world.app, TENANT, ann(world), ANN, "Bo")
    entry = world.store.history(TENANT, "Leads/l1", 9).items[0]
    assert (entry.kind, entry.by, entry.note) == ("told", "Bo", ANN)
    assert [(c.before, c.after, c.rule) for c in entry.changes] == [
        (False, True, "set in Sugar by hand")
    ]


def test_again_it_changes_nothing_and_a_take_back_is_owed_anew(world: World) -> None:
    done_by_hand(world.app, TENANT, ann(world), ANN, "Bo")
    version = consent(world).version
    done_by_hand(world.app, TENANT, ann(world), ANN, "Bo")
    assert consent(world).version == version
    take_back(world.app, TENANT, ann(world), ANN, Said("Ada", "asked"))
    assert (consent(world).owed, shown(world).by_hand) == (True, True)
    done_by_hand(world.app, TENANT, ann(world), ANN, "Bo")
    assert not consent(world).owed


def test_for_a_sugar_that_tells_itself_nobodys_word_is_taken() -> None:
    world = company(Dialect.V4_1)
    world.sugar.takes_flags = False
    unsubscribe(world.app, TENANT, ann(world), ANN, Said("Ada"))
    world.drain()
    with pytest.raises(NotAllowed):
        done_by_hand(world.app, TENANT, ann(world), ANN, "Bo")
    assert consent(world).owed
    assert not shown(world).by_hand


def test_an_address_of_somebody_else_is_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        done_by_hand(world.app, TENANT, ann(world), "other@x.test", "Bo")
