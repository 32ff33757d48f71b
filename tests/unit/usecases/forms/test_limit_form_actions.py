"""Whoever sends a form time and again for one address makes neither mails nor tasks without end."""

from dataclasses import replace

import pytest

from funnel.domain.forms.submissions import ActionState, FormAction, Outcome, Submission, place_of
from funnel.ports.marketing_messages import ActOnForm
from funnel.usecases.forms.keep_forms import copy_form
from funnel.usecases.forms.limit_form_actions import MOST_TOLD
from funnel.usecases.forms.view_submissions import act_again, list_submissions
from tests.fakes.world import TENANT
from tests.unit.usecases.forms.forming import BEN, Fair, notes, states

DONE, FAILED = ActionState.DONE, ActionState.FAILED
TOLD = (FormAction.NOTIFY, FormAction.SYNC)


@pytest.fixture
def fair() -> Fair:
    found = Fair()
    found.with_everything()
    return found


def flood(fair: Fair, number: int) -> list[Submission]:
    """One address, other values each time, from as many networks; the first one first."""
    for n in range(number):
        fair.send(first_name=f"Ada {n}", ip=f"198.51.{n}.7")
    fair.world.drain()
    return fair.all()[::-1]


@pytest.mark.feature("D7")
def test_of_one_address_so_many_forms_a_day_are_told_and_none_is_lost(fair: Fair) -> None:
    subs = flood(fair, 30)
    assert len(subs) == 30
    assert len(fair.mailed()) == len(fair.world.sugar.tasks) == MOST_TOLD
    told = [one for one in subs if states(one)[FormAction.NOTIFY] is DONE]
    kept = [one for one in subs if one not in told]
    assert len(told) == MOST_TOLD
    for one in kept:
        assert [states(one)[action] for action in TOLD] == [FAILED, FAILED]
        assert all("kept here only" in notes(one)[action] for action in TOLD)
        rest = {state for action, state in states(one).items() if action not in TOLD}
        assert rest == {DONE}, "what is told to nobody is done"
    views = list_submissions(fair.app, TENANT, subs[0].form_id).items
    assert len([one for one in views if one.has_failed]) == len(kept)


@pytest.mark.feature("D7")
def test_what_was_not_told_is_told_on_another_day_if_somebody_wants_that(fair: Fair) -> None:
    last = next(one for one in flood(fair, MOST_TOLD + 1) if FAILED in states(one).values())
    act_again(fair.app, TENANT, last.form_id, place_of(last))
    fair.world.drain()
    assert len(fair.mailed()) == MOST_TOLD, "not on the same day"
    fair.clock.advance(24 * 3600)
    act_again(fair.app, TENANT, last.form_id, place_of(last))
    fair.world.drain()
    assert len(fair.mailed()) == len(fair.world.sugar.tasks) == MOST_TOLD + 1
    assert {state for one in fair.all() for state in states(one).values()} == {DONE}


@pytest.mark.feature("D7")
def test_other_addresses_and_other_forms_are_told_all_the_same(fair: Fair) -> None:
    flood(fair, MOST_TOLD + 1)
    fair.sent(BEN)
    assert len(fair.mailed()) == MOST_TOLD + 1
    fair.made = copy_form(fair.app, TENANT, fair.made.form_id, "k2", "Ann")
    fair.sent(first_name="Ada", ip="203.0.113.9")
    assert len(fair.mailed()) == MOST_TOLD + 2


@pytest.mark.feature("D7")
def test_a_form_that_is_brought_again_takes_no_place_of_the_next(fair: Fair) -> None:
    due = Outcome(ActionState.DUE)
    flood(fair, MOST_TOLD - 1)
    for sub in [*fair.all(), *fair.all()]:
        # Whoever did it died before saying so.
        (now,) = [one for one in fair.all() if one.hit_id == sub.hit_id]
        fair.store.save_submission(replace(now, actions=dict.fromkeys(now.actions, due)))
        fair.world.handle(ActOnForm(TENANT, sub.form_id, sub.at, sub.hit_id))
    fair.sent(first_name="Ada", ip="203.0.113.9")
    assert len(fair.mailed()) == len(fair.world.sugar.tasks) == MOST_TOLD
