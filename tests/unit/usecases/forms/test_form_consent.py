"""Consent by a form, and double opt-in: what a form proves, and what only the link of its email does."""

from dataclasses import replace

import pytest

from funnel.domain.consent.consent import Mark
from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import NotFound
from funnel.domain.forms.submissions import CONFIRM_WITHIN, ActionState, FormAction, place_of
from funnel.domain.ids import Module
from funnel.usecases.consent.change_consent import Said, take_back, unsubscribe
from funnel.usecases.consent.view_consent import consents_of
from funnel.usecases.forms.confirm_form import confirm_form, look_at_link
from funnel.usecases.forms.keep_forms import (
    copy_form,
)
from funnel.usecases.forms.limit_confirmations import refused_today
from funnel.usecases.forms.view_submissions import act_again
from tests.fakes.world import TENANT
from tests.unit.usecases.forms.forming import ADA, BEN, Fair, notes, states
from tests.unit.usecases.pushing.push_scene import live

DONE = ActionState.DONE


@pytest.fixture
def fair() -> Fair:
    return Fair()


def test_consent_is_kept_with_who_when_and_the_words(fair: Fair) -> None:
    sub = fair.sent(consent="yes")
    (consent,) = consents_of(fair.app, TENANT, fair.person())
    assert consent.welcome is not None
    assert (consent.welcome.by, consent.welcome.reason) == ("form “Fair”", "Write to me")
    assert consent.welcome.at == sub.at
    kinds = [one.kind for one in fair.store.history(TENANT, sub.person_id, 9).items]
    assert "agreed" in kinds


def test_a_form_without_proof_takes_no_opt_out_back_and_says_so(fair: Fair) -> None:
    fair.sent()
    unsubscribe(fair.app, TENANT, fair.person().person_id, ADA, Said("Ann"))
    sub = fair.sent(consent="yes")
    (consent,) = consents_of(fair.app, TENANT, fair.person())
    assert consent.opt_out.value
    assert "opted out" in notes(sub)[FormAction.CONSENT]


def test_with_double_opt_in_nothing_happens_before_the_link_is_followed(fair: Fair) -> None:
    fair.with_everything(confirm=True)
    sub = fair.sent(consent="yes")
    assert states(sub)[FormAction.CONFIRM] is DONE
    rest = {one for action, one in states(sub).items() if action is not FormAction.CONFIRM}
    assert rest == {ActionState.WAITS}
    assert fair.mailed() == [(ADA, "Hi you")]
    assert fair.ids_on_list() == []
    assert live(fair.world, Module.LEADS) == {}
    asked = confirm_form(fair.app, fair.made.form_id, fair.link())
    assert asked.is_done
    fair.world.drain()
    assert set(states(fair.all()[0]).values()) == {DONE}
    assert fair.ids_on_list() == [fair.person().person_id]
    assert look_at_link(fair.app, fair.made.form_id, fair.link()).is_done
    confirm_form(fair.app, fair.made.form_id, fair.link())
    fair.world.drain()
    assert len(fair.world.sugar.tasks) == 1
    assert len(fair.mailed()) == 2


def test_whoever_opted_out_can_come_back_by_a_confirmed_form(fair: Fair) -> None:
    fair.sent()
    unsubscribe(fair.app, TENANT, fair.person().person_id, ADA, Said("Ann"))
    fair.clock.advance(60)
    fair.change(confirm="hello")
    fair.sent(consent="yes")
    assert fair.mailed() == [(ADA, "Hi you")]
    confirm_form(fair.app, fair.made.form_id, fair.link())
    fair.world.drain()
    (consent,) = consents_of(fair.app, TENANT, fair.person())
    assert not consent.opt_out.value
    assert consent.opt_out.by == "form “Fair”"


def test_an_opt_out_after_the_confirmation_is_not_taken_back_by_it(fair: Fair) -> None:
    fair.change(confirm="hello")
    fair.sent(consent="yes")
    confirm_form(fair.app, fair.made.form_id, fair.link())
    fair.clock.advance(60)
    unsubscribe(fair.app, TENANT, fair.person().person_id, ADA, Said("Ann"))
    fair.world.drain()
    (consent,) = consents_of(fair.app, TENANT, fair.person())
    assert consent.opt_out.value


@pytest.mark.parametrize("link", ["", "x", "1.2.3", "1795516632000000.hit.token", "ö.ö.ö"])
def test_a_link_that_is_none_is_refused(fair: Fair, link: str) -> None:
    fair.change(confirm="hello")
    fair.sent()
    with pytest.raises(NotFound):
        confirm_form(fair.app, fair.made.form_id, link)


def test_a_link_is_good_for_a_week_and_for_its_own_form_only(fair: Fair) -> None:
    fair.change(confirm="hello")
    fair.sent()
    other = copy_form(fair.app, TENANT, fair.made.form_id, "k2", "Ann")
    with pytest.raises(NotFound):
        confirm_form(fair.app, other.form_id, fair.link())
    place = fair.link().rpartition(".")[0]
    with pytest.raises(NotFound):
        confirm_form(fair.app, fair.made.form_id, f"{place}.{'a' * 40}")
    fair.clock.advance(CONFIRM_WITHIN.total_seconds() + 1)
    with pytest.raises(NotFound):
        confirm_form(fair.app, fair.made.form_id, fair.link())


def test_an_address_gets_three_confirmations_a_day(fair: Fair) -> None:
    fair.change(confirm="hello")
    for _ in range(4):
        sub = fair.sent()
        fair.clock.advance(60)
    assert len(fair.mailed()) == 3
    assert states(sub)[FormAction.CONFIRM] is ActionState.FAILED
    assert "today already" in notes(sub)[FormAction.CONFIRM]


@pytest.mark.feature("D7")
def test_a_company_sends_so_many_confirmations_a_day_and_says_how_many_it_did_not(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.forms.limit_confirmations.MOST_OF_A_DAY", 2)
    fair.change(confirm="hello")
    for n in range(2):
        fair.sent(f"p{n}@example.test")
    assert refused_today(fair.app, TENANT) == 0
    sub = fair.sent(BEN)
    assert len(fair.mailed()) == 2
    assert states(sub)[FormAction.CONFIRM] is ActionState.FAILED
    assert states(sub)[FormAction.FIELDS] is ActionState.WAITS
    assert "went out today" in notes(sub)[FormAction.CONFIRM]
    assert refused_today(fair.app, TENANT) == 1
    fair.clock.advance(24 * 3600)
    assert refused_today(fair.app, TENANT) == 0
    act_again(fair.app, TENANT, sub.form_id, place_of(sub))
    fair.world.drain()
    assert (BEN, "Hi you") in fair.mailed()


@pytest.mark.feature("D7")
@pytest.mark.parametrize("is_known", [False, True])
def test_a_confirmation_says_nothing_that_anybody_typed(fair: Fair, is_known: bool) -> None:
    email = fair.store.email(TENANT, EmailId("hello"))
    assert email is not None
    said = "{{first_name|you}} {{name}} {{company}} {{city|there}} {{website}} {{email}}"
    fair.store.save_email(
        replace(email, subject=said, body=f"<p>{said}</p>", text=said, preheader=said)
    )
    words = "Win at evil.test"
    told = {"first_name": words, "last_name": words, "company": words, "city": words}
    if is_known:
        # An earlier form has filled them in.
        fair.sent(**told, website="evil.test")
    fair.change(confirm="hello")
    fair.sent(**told, website="evil.test")
    (mail,) = [one for one in fair.world.mailer.sent if one.to_address == ADA]
    whole = "\n".join((mail.subject, mail.html, mail.text))
    assert "evil" not in whole
    assert f"you   there  {ADA}" in mail.subject
    assert fair.link() in mail.text


def test_taking_an_opt_out_back_by_hand_needs_no_form(fair: Fair) -> None:
    fair.sent(consent="yes")
    person_id = fair.person().person_id
    unsubscribe(fair.app, TENANT, person_id, ADA, Said("Ann"))
    take_back(fair.app, TENANT, person_id, ADA, Said("Ann", "by phone"))
    found = fair.store.consents(TENANT, [ADA])[ADA]
    assert not found.flag(Mark.OPT_OUT).value
    assert found.welcome is not None
