"""Forms beyond the day's new people: the worker dies anywhere, they are let through, and nobody is lost.

Whose what was seen before a form is depends on the order in which forms come, as ever.
"""

import pytest

from funnel.usecases.forms import forms_aside
from funnel.usecases.forms.forms_aside import Decision, count_aside, decide_aside
from tests.fakes.faulty import Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.faults.test_tracking_kill_points import SEEDS, state, written
from tests.unit.usecases.tracking.tracking import Shop

WITHOUT_LIMIT = {seed: state(written(Plan(), seed)) for seed in SEEDS}


@pytest.fixture(autouse=True)
def one_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cleo has been made when the others come."""
    monkeypatch.setattr(forms_aside, "MOST_NEW_PEOPLE", 1)


def let_through(shop: Shop) -> None:
    """All that is kept aside, and what follows."""
    assert count_aside(shop.world.app, shop.site) > 0
    decide_aside(shop.world.app, TENANT, shop.site.key, Decision.TAKE)
    shop.world.drain()
    assert count_aside(shop.world.app, shop.site) == 0


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_kept_aside_is_in_the_end_as_if_it_never_was(seed: int, moment: Moment) -> None:
    plan = Plan()
    written(plan, seed)
    for at in kill_points(plan.calls):
        dying = Plan(moment=moment)
        shop = written(dying, seed, at)
        where = f"call {at}, {dying.calls[at - 1]}, {moment}, seed {seed}"
        assert dying.happened, where
        let_through(shop)
        assert state(shop)["people"] == WITHOUT_LIMIT[seed]["people"], where
        assert state(shop)["written"] == WITHOUT_LIMIT[seed]["written"], where
