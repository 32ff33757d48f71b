"""What happens with a form that was sent: each thing once, and what cannot be done says so."""

from dataclasses import replace

import pytest

from funnel.domain.emails.emails import EmailId
from funnel.domain.errors import InputInvalid, NotFound, TooManyTries
from funnel.domain.forms.form_speech import FORM_SPEECH
from funnel.domain.forms.submissions import ActionState, FormAction
from funnel.domain.ids import ListId, Module, TenantId
from funnel.domain.pushing.pushes import PushState
from funnel.domain.tracking.activities import ActivityKind, SubjectId
from funnel.ports.marketing_messages import ActOnForm
from funnel.usecases.erasing.erase_person import EraseWork, new_erasure
from funnel.usecases.forms.confirm_form import confirm_form
from funnel.usecases.forms.forms_aside import Decision, count_aside, decide_aside
from funnel.usecases.forms.keep_forms import (
    FieldWords,
    copy_form,
    delete_form,
    form_of,
    switch_form,
)
from funnel.usecases.forms.view_submissions import act_again, list_submissions
from funnel.usecases.lists.keep_lists import retire_list
from funnel.usecases.living import holder_of
from funnel.usecases.mail.view_mails import mails_of_person, whole_mail
from funnel.usecases.people.create_person import NewPerson, create_person
from funnel.usecases.tracking.accept_form import SentForm, accept_form, new_form_id
from funnel.usecases.tracking.accept_hits import Sender
from funnel.usecases.tracking.accept_sight import Request, accept_click, accept_word
from funnel.web.texts import LANGUAGES
from tests.fakes.world import TENANT
from tests.unit.usecases.forms.forming import ADA, AT, BEN, CALL, FIELDS, Fair, notes, states
from tests.unit.usecases.mail.mailing import FIREFOX
from tests.unit.usecases.pushing.push_scene import live

DONE = ActionState.DONE


@pytest.fixture
def fair() -> Fair:
    return Fair()


def test_a_form_makes_the_person_and_all_that_is_to_happen(fair: Fair) -> None:
    fair.with_everything()
    sub = fair.sent(first_name="Ada", consent="yes")
    assert set(states(sub).values()) == {DONE}
    assert set(sub.actions) == set(FormAction) - {FormAction.CONFIRM}
    person = fair.person()
    assert (person.fields["city"], person.name) == ("London", "Ada Byron")
    assert fair.ids_on_list() == [person.person_id]
    assert fair.mailed() == [("eva@sender.test", "Fair: Ada Byron")]
    assert "London" in fair.world.mailer.sent[0].text
    (lead,) = live(fair.world, Module.LEADS).values()
    assert lead["last_name"] == "Byron"
    assert [one.fields["name"] for one in fair.world.sugar.tasks.values()] == ["Call: Say hello"]


def test_the_same_form_sent_and_brought_again_does_nothing_twice(fair: Fair) -> None:
    fair.with_everything()
    first = fair.send(opened="")
    hit = fair.world.queue.waiting[-1].message
    fair.world.drain()
    fair.world.handle(hit)
    sub = fair.all()[0]
    fair.world.handle(ActOnForm(TENANT, sub.form_id, sub.at, sub.hit_id))
    fair.world.drain()
    assert first.read.errors == {}
    assert fair.all() == [sub]
    assert len(fair.mailed()) == 1
    assert len(fair.world.sugar.tasks) == len(live(fair.world, Module.LEADS)) == 1
    assert fair.store.form_counts(TENANT, sub.form_id)[None] == (0, 1)


def test_a_form_of_a_page_of_their_own_clicked_twice_is_one(fair: Fair) -> None:
    told = {"email": ADA, "last_name": "Byron"}
    for _ in range(2):
        sender = Sender("192.0.2.7", FIREFOX)
        accept_form(fair.app, fair.made.form_id, sender, SentForm(told), AT)
    fair.world.drain()
    assert len(fair.all()) == 1
    fair.clock.advance(120)
    accept_form(fair.app, fair.made.form_id, Sender("192.0.2.7", FIREFOX), SentForm(told), AT)
    fair.world.drain()
    assert len(fair.all()) == 2


@pytest.mark.feature("D7")
def test_a_form_corrected_and_sent_again_from_the_same_page_counts_and_an_exact_repeat_does_not(
    fair: Fair,
) -> None:
    opened = new_form_id(fair.app)
    for email in ("ada@exmaple.test", ADA, ADA, "ada@exmaple.test"):
        fair.clock.advance(90)
        fair.send(email, opened=opened)
        fair.world.drain()
    assert [one.email for one in fair.all()] == [ADA, "ada@exmaple.test"]
    assert fair.person().name == "Byron"
    fair.send(opened=opened, first_name="Ada")
    fair.world.drain()
    assert [one.values.get("first_name") for one in fair.all()] == ["Ada", None, None]


@pytest.mark.feature("D7")
def test_one_showing_named_to_two_forms_is_a_form_of_each(fair: Fair) -> None:
    other = copy_form(fair.app, TENANT, fair.made.form_id, "k2", "Ann")
    told = {"email": ADA, "last_name": "Byron"}
    sent = SentForm(told, "", new_form_id(fair.app))
    for form_id in (fair.made.form_id, other.form_id):
        accept_form(fair.app, form_id, Sender("192.0.2.7", FIREFOX), sent, AT)
    fair.world.drain()
    assert len(fair.all()) == 1
    assert len(fair.store.submissions(TENANT, other.form_id, 9).items) == 1


@pytest.mark.feature("D7")
def test_a_page_left_open_for_days_and_clicked_twice_is_sent_once(fair: Fair) -> None:
    opened = new_form_id(fair.app)
    fair.clock.advance(3 * 24 * 3600)
    for _ in range(2):
        fair.send(opened=opened)
    fair.world.drain()
    assert len(fair.all()) == 1


def test_a_form_fills_what_is_empty_and_changes_nothing_else(fair: Fair) -> None:
    told = {"first_name": "Augusta", "last_name": "King", "city": "Ockham", "company": "Acme"}
    create_person(fair.app, TENANT, NewPerson(told, ADA, "Ann"), "ada")
    sub = fair.sent(website="example.test", city="Paris")
    person = fair.person()
    assert person.fields == {**told, "website": "example.test"}
    assert "website" not in person.edited
    assert notes(sub)[FormAction.FIELDS] == "Filled: Your site. Kept as it was: Last name, City"


def test_what_cannot_be_done_holds_up_nothing_and_can_be_tried_again(fair: Fair) -> None:
    fair.with_everything()
    form = fair.store.form(fair.made.form_id)
    assert form is not None
    lost = replace(form.actions, list_id=ListId("gone"))
    fair.store.save_form(replace(form, actions=lost))
    sub = fair.sent()
    assert states(sub)[FormAction.LIST] is ActionState.FAILED
    assert "no such list" in notes(sub)[FormAction.LIST]
    rest = {one for action, one in states(sub).items() if action is not FormAction.LIST}
    assert rest == {DONE}
    (view,) = list_submissions(fair.app, TENANT, sub.form_id).items
    assert view.has_failed
    fair.change(list_id=fair.list_id)
    act_again(fair.app, TENANT, sub.form_id, view.place)
    fair.world.drain()
    assert set(states(fair.all()[0]).values()) == {DONE}
    assert len(fair.mailed()) == 1
    with pytest.raises(NotFound):
        act_again(fair.app, TENANT, sub.form_id, "1.none")


def test_who_gets_no_mail_is_named_and_the_others_get_theirs(fair: Fair) -> None:
    fair.change(notify=("u1", "u3"))
    sub = fair.sent()
    assert states(sub)[FormAction.NOTIFY] is ActionState.FAILED
    assert "Ott" in notes(sub)[FormAction.NOTIFY]
    assert [to for to, _ in fair.mailed()] == ["eva@sender.test"]


def test_an_erased_address_is_let_in_by_a_person_only(fair: Fair) -> None:
    fair.with_everything()
    fair.sent()
    person = fair.person()
    job = new_erasure(fair.app, TENANT, person.person_id, ADA, "Ann")
    EraseWork(fair.app, job).step(job)
    assert fair.all() == []
    marks = fair.store.erased(TENANT)
    fair.clock.advance(60)
    fair.send()
    fair.world.drain()
    assert holder_of(fair.app, TENANT, ADA) is None
    assert fair.store.erased(TENANT) == marks
    assert fair.all() == []
    assert count_aside(fair.app, fair.site) == 1
    decide_aside(fair.app, TENANT, fair.site.key, Decision.TAKE)
    fair.world.drain()
    assert fair.person().person_id != person.person_id
    assert set(states(fair.all()[0]).values()) == {DONE}


def test_forms_beyond_the_budget_act_once_they_are_let_through(
    fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.forms.forms_aside.MOST_NEW_PEOPLE", 0)
    fair.with_everything()
    fair.send(website="example.test")
    fair.world.drain()
    assert fair.all() == []
    assert fair.mailed() == []
    decide_aside(fair.app, TENANT, fair.site.key, Decision.TAKE)
    fair.world.drain()
    assert set(states(fair.all()[0]).values()) == {DONE}
    assert fair.person().fields["website"] == "example.test"


def test_the_form_of_a_site_is_kept_by_nobody_and_takes_as_before(fair: Fair) -> None:
    sender = Sender("192.0.2.7", FIREFOX)
    found = accept_form(fair.app, fair.site.key, sender, SentForm({"email": BEN}), AT)
    fair.world.drain()
    assert found.read.errors == {}
    assert fair.person(BEN)
    assert fair.all() == []


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_taken(fair: Fair) -> None:
    found = fair.send("ada", last_name=" ", website="no site", city="x" * 300)
    assert set(found.read.errors) == {"email", "last_name", "website", "city"}
    assert found.read.typed["website"] == "no site"
    assert len(fair.world.queue) == 0


def test_over_the_sites_budget_nothing_is_taken(fair: Fair) -> None:
    site = fair.store.site(fair.site.key)
    assert site is not None
    fair.store.save_site(replace(site, daily_budget=1))
    fair.send()
    with pytest.raises(TooManyTries):
        fair.send(BEN)


def test_a_form_out_of_use_takes_nothing_and_one_that_was_sent_stays(fair: Fair) -> None:
    fair.sent()
    with pytest.raises(InputInvalid):
        delete_form(fair.app, TENANT, fair.made.form_id)
    switch_form(fair.app, TENANT, fair.made.form_id, "Ann", active=False)
    with pytest.raises(NotFound):
        fair.send()
    copy = copy_form(fair.app, TENANT, fair.made.form_id, "k2", "Ann")
    assert copy_form(fair.app, TENANT, fair.made.form_id, "k2", "Ann") == copy
    assert (copy.name, copy.active, copy.fields) == ("Copy of Fair", True, fair.form.fields)
    delete_form(fair.app, TENANT, copy.form_id)
    with pytest.raises(NotFound):
        form_of(fair.app, TENANT, copy.form_id)


def test_a_form_of_another_tenant_is_not_there(fair: Fair) -> None:
    with pytest.raises(NotFound):
        form_of(fair.app, TenantId("other"), fair.made.form_id)


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"site": "none"}, "site"),
        ({"redirect": "https://evil.test/"}, "redirect"),
        ({"redirect": "https://example.com.evil.test/"}, "redirect"),
        ({"redirect": "https://evil.test\\@example.com/"}, "redirect"),
        ({"redirect": "javascript:alert(1)"}, "redirect"),
        ({"redirect": "//example.com/"}, "redirect"),
        ({"list_id": "none"}, "list_id"),
        ({"confirm": "none"}, "confirm"),
        ({"notify": ("u2",)}, "notify"),
        ({"timezone": "Mars/Base"}, "timezone"),
        ({"fields": FIELDS[1:]}, "fields"),
        ({"fields": (*FIELDS, FIELDS[1])}, "fields.7.name"),
        ({"fields": (*FIELDS, FieldWords("owner", "Owner"))}, "fields.7.name"),
        ({"fields": (*FIELDS, FieldWords("phone_work", " "))}, "fields.7.label"),
    ],
)
def test_what_a_form_cannot_be_is_refused_with_its_place(
    fair: Fair, words: dict[str, object], wrong: str
) -> None:
    with pytest.raises(InputInvalid) as refused:
        fair.change(**words)
    assert refused.value.field == wrong


def test_what_was_chosen_and_is_gone_since_does_not_keep_a_form_from_being_saved(
    fair: Fair,
) -> None:
    fair.with_everything()
    retire_list(fair.app, TENANT, fair.list_id, retired=True)
    assert fair.change(title="Another").title == "Another"


def test_what_sugar_refuses_is_said_beside_the_form_that_was_sent(fair: Fair) -> None:
    fair.change(sync=CALL)
    fair.sent(company="")
    (view,) = list_submissions(fair.app, TENANT, fair.made.form_id).items
    (asked,) = [one.push for one in view.actions if one.push]
    assert asked.state is PushState.FAILED
    assert asked.obstacle is not None
    assert asked.obstacle.field == "company"
    assert view.has_failed
    assert not view.can_be_tried


def test_whoever_is_told_of_forms_leaves_by_the_link_of_the_mail_and_comes_back(fair: Fair) -> None:
    fair.change(notify=("u1", "u3"))
    fair.sent()
    (mail,) = [one for one in fair.world.mailer.sent if one.to_address == "eva@sender.test"]
    token = mail.unsubscribe_url.rpartition("/")[2]
    fair.clock.advance(60)
    accept_word(fair.app, token, opt_out=True)
    fair.world.drain()
    assert fair.form.actions.notify == ("u1",)
    fair.clock.advance(60)
    accept_word(fair.app, token, opt_out=False)
    fair.world.drain()
    assert list(fair.form.actions.notify) == ["u1", "u3"]


def test_the_button_to_confirm_stands_below_the_words_and_above_the_footer(fair: Fair) -> None:
    email = fair.store.email(TENANT, EmailId("hello"))
    assert email is not None
    footer = '<p>{{postal_address}} <a href="{{unsubscribe_link}}">{{unsubscribe_label}}</a></p>'
    fair.store.save_email(replace(email, footer=footer))
    fair.change(confirm="hello")
    fair.sent()
    (mail,) = fair.world.mailer.sent
    for told in (mail.html, mail.text):
        places = [told.index(one) for one in ("Hello", "Confirm my email address", "Unsubscribe")]
        assert places == sorted(places)
    assert f"background-color:{email.look.accent}" in mail.html


def test_nobody_of_ours_is_told_the_link_that_confirms(fair: Fair) -> None:
    fair.change(confirm="hello")
    fair.sent()
    (sent,) = fair.world.mailer.sent
    secret = fair.link()
    token = sent.unsubscribe_url.rpartition("/")[2]
    accept_click(fair.app, token, "1", Request(Sender("192.0.2.7", FIREFOX), "GET"))
    fair.world.drain()
    person_id = fair.person().person_id
    seen = fair.store.list_activities(TENANT, SubjectId(person_id), 9).items
    (clicked,) = [one for one in seen if one.kind is ActivityKind.EMAIL_CLICK]
    assert clicked.about["url"].endswith(f"/f/{fair.made.form_id}/confirm")
    (mail,) = mails_of_person(fair.app, TENANT, person_id).items
    whole = whole_mail(fair.app, TENANT, mail.mail_id)
    assert "/confirm" in whole.html
    assert secret not in f"{seen} {whole}"


@pytest.mark.parametrize(
    ("language", "label", "said"),
    [
        ("en", "Confirm my email address", "Somebody sent the form “Fair”."),
        ("de", "Meine E-Mail-Adresse bestätigen", "Jemand hat das Formular „Fair“ gesendet."),
    ],
)
def test_the_mails_of_a_form_speak_its_language(
    fair: Fair, language: str, label: str, said: str
) -> None:
    fair.change(language=language, notify=("u3",), confirm="hello")
    fair.sent()
    (asked,) = fair.world.mailer.sent
    assert f">{label}</a>" in asked.html
    assert f"{label}:\nhttps://" in asked.text
    confirm_form(fair.app, fair.made.form_id, fair.link())
    fair.world.drain()
    told = fair.world.mailer.sent[-1]
    assert told.text.startswith(said)
    assert f"<p>{said}</p>" in told.html


def test_a_language_that_is_not_here_is_refused(fair: Fair) -> None:
    with pytest.raises(InputInvalid, match="no such language") as refused:
        fair.change(language="tlh")
    assert refused.value.field == "language"
    assert "en, de" in refused.value.mend


def test_every_language_of_the_pages_has_words_for_the_mails_of_forms() -> None:
    assert FORM_SPEECH.keys() == LANGUAGES.keys()
