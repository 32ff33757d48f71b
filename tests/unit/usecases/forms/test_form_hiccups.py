"""What breaks down while a form is acted on is tried again soon, in its order, and counted once."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from funnel.domain.errors import StoreBusy
from funnel.domain.forms.submissions import (
    CONFIRM_WITHIN,
    ActionState,
    FormAction,
    Outcome,
    place_of,
)
from funnel.domain.ids import PersonId
from funnel.ports.marketing_messages import ActOnForm
from funnel.usecases.forms import form_actions, form_mails
from funnel.usecases.forms.confirm_form import confirm_form, look_at_link
from funnel.usecases.forms.view_submissions import act_again
from tests.fakes.world import TENANT
from tests.unit.usecases.forms.forming import ADA, Fair, states

DONE = ActionState.DONE


@pytest.fixture
def fair() -> Fair:
    return Fair()


def fails(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, times: int
) -> Callable[[], int]:
    """Have this function fail so often, as a store in trouble makes it; how often it was called."""
    works, calls = getattr(module, name), []

    def flaky(*arguments: object, **named: object) -> object:
        calls.append(name)
        if len(calls) <= times:
            raise StoreBusy("Try again.")
        return works(*arguments, **named)

    monkeypatch.setattr(module, name, flaky)
    return lambda: len(calls)


def to_ada(fair: Fair) -> int:
    return [to for to, _ in fair.mailed()].count(ADA)


@pytest.mark.feature("D7")
def test_a_confirmation_that_is_tried_again_and_again_counts_once(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    fair.change(confirm="hello")
    calls = fails(monkeypatch, form_mails, "request_mail", 4)
    sub = fair.sent()
    assert (calls(), states(sub)[FormAction.CONFIRM], to_ada(fair)) == (5, DONE, 1)
    for _ in range(3):
        fair.clock.advance(61)
        fair.sent()
    assert to_ada(fair) == 3


@pytest.mark.feature("D7")
def test_what_breaks_down_is_tried_again_within_seconds(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    fair.with_everything()
    fails(monkeypatch, form_actions, "put_on_list", 2)
    began = fair.clock.now()
    sub = fair.sent(consent="yes")
    assert set(states(sub).values()) == {DONE}
    settled_at = sub.actions[FormAction.LIST].at
    assert settled_at is not None
    assert (settled_at - began).total_seconds() < 60
    assert len(fair.mailed()) == len(fair.world.sugar.tasks) == 1


@pytest.mark.feature("D7")
def test_campaigns_are_told_after_what_they_may_ask_for(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    fair.with_everything()
    fails(monkeypatch, form_actions, "put_on_list", 2)
    seen: list[list[PersonId]] = []
    monkeypatch.setattr(form_actions, "notice_form", lambda *_: seen.append(fair.ids_on_list()))
    fair.sent()
    assert seen == [[fair.person().person_id]]


@pytest.mark.feature("D7")
def test_what_stays_broken_is_left_to_the_queue_and_keeps_nobody_out_of_campaigns(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    fair.with_everything()
    calls = fails(monkeypatch, form_actions, "put_on_list", 99)
    told: list[object] = []
    monkeypatch.setattr(form_actions, "notice_form", lambda *rest: told.append(rest))
    with pytest.raises(StoreBusy):
        fair.sent()
    assert calls() == 7
    (sub,) = fair.all()
    assert {one for one, state in states(sub).items() if state is not DONE} == {FormAction.LIST}
    assert len(told) == 1
    monkeypatch.undo()
    fair.world.handle(ActOnForm(TENANT, sub.form_id, sub.at, sub.hit_id, attempt=6))
    fair.world.drain()
    assert fair.ids_on_list() == [sub.person_id]


@pytest.mark.feature("D7")
def test_a_link_that_is_sent_late_is_good_for_a_week_from_then(fair: Fair) -> None:
    fair.change(confirm="hello")
    for _ in range(4):
        fair.clock.advance(61)
        sub = fair.sent()
    assert states(sub)[FormAction.CONFIRM] is ActionState.FAILED
    fair.clock.advance(CONFIRM_WITHIN.total_seconds() + 3600)
    act_again(fair.app, TENANT, sub.form_id, place_of(sub))
    fair.world.drain()
    assert to_ada(fair) == 4
    fair.clock.advance(CONFIRM_WITHIN.total_seconds() - 60)
    assert not look_at_link(fair.app, fair.made.form_id, fair.link()).is_done
    confirm_form(fair.app, fair.made.form_id, fair.link())
    fair.world.drain()
    assert set(states(fair.all()[0]).values()) == {DONE}


@pytest.mark.feature("D7")
def test_a_link_that_is_followed_before_the_worker_has_noted_that_it_went_out_is_good(
    fair: Fair,
) -> None:
    fair.change(confirm="hello")
    sub = fair.sent()
    fair.store.save_submission(
        replace(sub, actions={**sub.actions, FormAction.CONFIRM: Outcome(ActionState.DUE)})
    )
    fair.clock.advance(CONFIRM_WITHIN.total_seconds() + 60)
    assert not look_at_link(fair.app, fair.made.form_id, fair.link()).is_done
