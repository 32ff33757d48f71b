"""What a rep is told of by mail: crossings, visits and a digest, each once, and only if it is wanted."""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.mail.mails import Happened, Heard, MailNumbers, MailState
from funnel.domain.vision.alert_speech import ENGLISH, GERMAN
from funnel.domain.vision.alerts import (
    LOOK_EVERY,
    MOST_ABOVE,
    MOST_IN_A_MAIL,
    MOST_VISITS_TOLD,
    Alert,
    Looked,
    ToldVisit,
    begun_digest,
    checked_alerts,
    is_digest_due,
    looked,
    set_to,
)
from funnel.ports.marketing_messages import HearOfMail, TakeWord, TellAlerts
from funnel.usecases.tracking.accept_sight import accept_word
from funnel.usecases.vision.change_alerts import view_alerts
from funnel.usecases.vision.start_alerts import start_alerts
from funnel.usecases.vision.tell_alerts import tell_alerts
from tests.fakes.world import TENANT
from tests.unit.usecases.mail.mailing import Mailing
from tests.unit.usecases.vision.alerting import ADDRESS, ALL, OTHER, REP, Alerting, blank

pytestmark = pytest.mark.feature("E9")
EVIL = "<img src=x onerror=alert(1)>\r\nBcc: x@y.test"


@pytest.fixture
def alerting() -> Alerting:
    return Alerting()


def test_nothing_is_on_until_the_rep_says_so(alerting: Alerting) -> None:
    alerting.put(1, 90)
    alerting.visit(1, "v1")
    assert view_alerts(alerting.app, TENANT, REP).on == ()
    assert alerting.round() == []
    assert alerting.store.due_alerts(alerting.clock.now(), 9) == ([], "")


def test_who_reaches_the_score_is_told_once_and_again_after_falling_below(
    alerting: Alerting,
) -> None:
    alerting.put(1, 80)
    alerting.put(2, 59)
    alerting.begin(Alert.SCORE)
    assert alerting.round() == []
    alerting.put(2, 60)
    (mail,) = alerting.round()
    assert mail.to_address == ADDRESS
    assert mail.subject == "Lead 2 has a lead score of 60"
    url = "https://crm.example.test/index.php?module=Leads&action=DetailView&record=l2"
    assert url in mail.text
    assert 'record=l2">Lead 2</a>' in mail.html.replace("&amp;", "&")
    assert "Sent a form: +30" in mail.text
    assert "Acme" in mail.text
    alerting.put(2, 75)
    assert alerting.round() == []
    alerting.put(2, 10)
    assert alerting.round() == []
    alerting.put(2, 61)
    assert len(alerting.round()) == 1


def test_another_score_begins_anew_and_tells_nobody_who_is_above_already(
    alerting: Alerting,
) -> None:
    alerting.put(1, 50)
    alerting.begin(Alert.SCORE)
    alerting.switch(Alert.SCORE, threshold=40)
    assert alerting.round() == []
    alerting.put(2, 41)
    assert [one.subject for one in alerting.round()] == ["Lead 2 has a lead score of 41"]


def test_a_visit_is_told_once_and_not_one_from_before(alerting: Alerting) -> None:
    alerting.visit(1, "before")
    alerting.clock.advance(60)
    alerting.begin(Alert.VISIT)
    assert alerting.round() == []
    alerting.visit(1, "after")
    (mail,) = alerting.round()
    assert mail.subject == "Lead 1 is on your site"
    assert "Looked at: Pricing" in mail.text
    assert alerting.round() == []
    alerting.clock.advance(3 * 86_400)
    alerting.visit(2, "late", alerting.clock.now() - timedelta(hours=30))
    assert alerting.round() == []


def test_what_happens_together_comes_in_one_mail_and_the_next_waits(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE, Alert.VISIT)
    alerting.visit(1, "v1", score=70)
    alerting.visit(2, "v2", score=80)
    (mail,) = alerting.round(5)
    assert mail.subject == "2 prospects: Lead 2 and others"
    alerting.visit(3, "v3")
    assert alerting.round(5) == []
    assert alerting.round(5) == []
    assert len(alerting.round(6)) == 1


def test_one_is_not_told_of_anothers_prospects(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE, Alert.VISIT)
    alerting.put(1, 90, owner=OTHER)
    alerting.visit(1, "v1")
    assert alerting.round() == []
    alerting.put(1, 90, owner=REP)
    assert len(alerting.round()) == 1


def test_what_is_no_longer_ones_own_when_the_mail_is_made_is_not_in_it(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE)
    alerting.put(1, 90)
    begun = looked(alerting.alerts, Looked(list(alerting.store.prospect_rows.values())), NOW)
    alerting.store.save_alerts(begun)
    alerting.put(1, 90, owner=OTHER)
    assert alerting.round() == []
    assert alerting.alerts.telling is None


def test_names_that_are_code_are_text_and_end_no_line(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE)
    alerting.put(1, 90, name=EVIL, company=EVIL)
    (mail,) = alerting.round()
    assert "<img" not in mail.html
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_nothing_in_it_is_followed(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE)
    alerting.put(1, 90)
    (mail,) = alerting.round()
    assert "/m/o/" not in mail.html
    assert "/m/c/" not in mail.html
    assert "Switch this alert off" in mail.html
    assert mail.unsubscribe_url in mail.html


@pytest.mark.parametrize(
    "change", [{"status": "Inactive"}, {"email1": ""}, {"email1": "no address"}]
)
def test_who_cannot_be_written_to_is_told_why_and_later_only_what_is_new(
    alerting: Alerting, change: dict[str, str]
) -> None:
    alerting.begin(Alert.SCORE, Alert.VISIT)
    alerting.user(**change)
    alerting.put(1, 90)
    alerting.visit(1, "v1")
    assert alerting.round() == []
    view = view_alerts(alerting.app, TENANT, REP)
    assert view.trouble
    assert "admin of Sugar" in view.mend
    alerting.user()
    assert alerting.round(61) == []
    alerting.put(2, 90)
    assert len(alerting.round()) == 1


def test_a_tenant_that_cannot_send_is_told_who_can_mend_it(alerting: Alerting) -> None:
    settings = alerting.store.mail_settings(TENANT)
    alerting.store.save_mail_settings(replace(settings, postal_address=""))
    alerting.begin(Alert.SCORE)
    alerting.put(1, 90)
    assert alerting.round(61) == []
    view = view_alerts(alerting.app, TENANT, REP)
    assert "postal address" in view.trouble
    assert "admin of Funnel" in view.mend


def test_the_link_in_a_mail_switches_off_what_it_was_about_and_can_be_undone(
    alerting: Alerting,
) -> None:
    alerting.begin(*ALL, hour=23)
    alerting.put(1, 90)
    (mail,) = alerting.round()
    token = mail.unsubscribe_url.rpartition("/")[2]
    accept_word(alerting.app, token, opt_out=True)
    alerting.world.drain()
    assert alerting.alerts.settings.on == (Alert.VISIT, Alert.DIGEST)
    alerting.put(2, 90)
    assert alerting.round() == []
    accept_word(alerting.app, token, opt_out=False)
    alerting.world.drain()
    assert alerting.alerts.settings.on == ALL
    assert alerting.store.consents(TENANT, [ADDRESS]) == {}


def test_a_word_that_comes_late_or_again_changes_nothing(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE)
    alerting.put(1, 90)
    (mail,) = alerting.round()
    token = mail.unsubscribe_url.rpartition("/")[2]
    accept_word(alerting.app, token, opt_out=True)
    message = alerting.world.queue.pop_next()
    assert isinstance(message, TakeWord)
    alerting.world.handle(message)
    alerting.switch(Alert.SCORE)
    alerting.world.handle(message)
    assert alerting.alerts.settings.on == (Alert.SCORE,)


@pytest.mark.parametrize("what", [Happened.BOUNCE, Happened.COMPLAINT])
def test_all_is_off_where_an_alert_comes_back_or_annoys_and_nobodys_consent_changes(
    alerting: Alerting, what: Happened
) -> None:
    alerting.begin(*ALL, hour=23)
    alerting.put(1, 90)
    (mail,) = alerting.round()
    heard = Heard(what, alerting.clock.now(), "e1", "ses-1", "550")
    alerting.world.handle(HearOfMail(TENANT, mail.mail_id, heard))
    view = view_alerts(alerting.app, TENANT, REP)
    assert view.on == ()
    assert "switched off" in view.stopped
    assert alerting.store.consents(TENANT, [ADDRESS]) == {}
    alerting.switch(Alert.SCORE)
    assert view_alerts(alerting.app, TENANT, REP).stopped == ""


def test_a_mail_of_alerts_is_nobodys_and_is_kept_for_thirty_days(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE)
    alerting.put(1, 90)
    (out,) = alerting.round()
    mail = alerting.store.mail(TENANT, out.mail_id)
    assert mail is not None
    assert (mail.user, mail.sender, mail.person_id) == (REP, "", "")
    assert mail.state is MailState.SENT
    assert mail.kept_for == timedelta(days=30)
    assert alerting.store.mails_of_sender(TENANT, REP, 9).items == []


def test_more_than_goes_into_one_mail_comes_with_the_next(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE, Alert.VISIT)
    for number in range(MOST_IN_A_MAIL + 3):
        alerting.visit(number, f"v{number}", score=90)
    first, second = alerting.round(), alerting.round()
    assert [len(one) for one in (first, second, alerting.round())] == [1, 1, 0]
    told = [first[0].text.count("lead score 90"), second[0].text.count("lead score 90")]
    assert told == [2 * MOST_IN_A_MAIL, 2 * 3]


def test_a_digest_comes_once_a_day_from_the_hour_on_and_not_if_nothing_is_new(
    alerting: Alerting,
) -> None:
    alerting.put(1, 40)
    alerting.begin(Alert.DIGEST, hour=10)
    assert alerting.round(30) == []
    (mail,) = alerting.round(30)
    assert mail.subject == "Your prospects today"
    assert "lead score 40, +40 in 7 days" in mail.text
    assert alerting.round(60) == []
    alerting.put(1, 40, trend=())
    assert alerting.round(23 * 60) == []
    alerting.visit(1, "v1")
    (mail,) = alerting.round(24 * 60)
    assert mail.subject == "Your prospects today: 1 prospect was on your site"


def test_a_rep_is_told_in_the_language_the_alerts_were_chosen_in(alerting: Alerting) -> None:
    alerting.put(1, 40)
    alerting.begin(Alert.DIGEST, hour=10, language="de")
    alerting.round(30)
    (digest,) = alerting.round(30)
    assert digest.subject == "Ihre Interessenten heute"
    assert "Lead-Score 40, +40 in 7 Tagen" in digest.text
    alerting.begin(Alert.VISIT, language="de")
    alerting.visit(1, "v1")
    (at_once,) = alerting.round()
    assert at_once.subject.endswith(" ist auf Ihrer Website")
    assert "Angesehen: " in at_once.text
    alerting.switch(Alert.VISIT, language="en")
    alerting.visit(1, "v2")
    (at_once,) = alerting.round()
    assert at_once.subject.endswith(" is on your site")


@pytest.mark.parametrize("name", [one.name for one in fields(ENGLISH)])
def test_both_languages_of_alerts_are_about_the_same(name: str) -> None:
    english, german = getattr(ENGLISH, name), getattr(GERMAN, name)
    assert english != german
    pairs = zip(english, german, strict=True) if isinstance(english, tuple) else [(english, german)]
    for one, other in pairs:
        assert re.findall(r"\{\w*\}", one) == re.findall(r"\{\w*\}", other)


def test_a_digest_says_what_became_of_the_reps_own_mail() -> None:
    mailing = Mailing()
    alerting = Alerting.__new__(Alerting)
    alerting.world = mailing.world
    alerting.__post_init__()
    sent = mailing.sent(sender=REP)
    alerting.begin(Alert.DIGEST, hour=10)
    numbers = MailNumbers(opens=2, clicks=1, last_open_at=alerting.clock.now())
    alerting.store.save_mail(replace(mailing.mail(sent.mail_id), numbers=numbers))
    (mail,) = alerting.round(70)
    assert "- Hello · to ann@example.test: opened 2 times, clicked 1 time" in mail.text


def test_a_digest_switched_on_after_its_hour_begins_tomorrow(alerting: Alerting) -> None:
    alerting.put(1, 40)
    alerting.begin(Alert.DIGEST, hour=8)
    assert alerting.round(60) == []
    assert len(alerting.round(23 * 60)) == 1


NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "first", [datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 23, 12, tzinfo=UTC)]
)
def test_clocks_that_are_put_forward_or_back_make_no_day_without_and_none_with_two(
    first: datetime,
) -> None:
    alerts = blank((Alert.DIGEST,), first, hour=2, zone="Europe/Berlin")
    days = []
    for quarter in range(3 * 96):
        now = first + timedelta(minutes=15 * quarter)
        if is_digest_due(alerts, now):
            alerts = begun_digest(alerts, now)
            days.append(alerts.digested_on)
    assert days == [(first.date() + timedelta(days=n)).isoformat() for n in (1, 2, 3)]


def test_the_rep_who_travels_west_has_no_second_digest_of_a_day() -> None:
    now = datetime(2026, 3, 2, 23, tzinfo=UTC)
    alerts = begun_digest(blank((Alert.DIGEST,), now, hour=0, zone="Asia/Tokyo"), now)
    west = set_to(alerts, replace(alerts.settings, zone="America/Los_Angeles"), now)
    assert not is_digest_due(west, now + timedelta(hours=6))


def test_state_is_bounded_and_rather_silent_than_told_twice() -> None:
    told = tuple(ToldVisit(f"v{n}", NOW) for n in range(MOST_VISITS_TOLD))
    alerting = Alerting()
    alerting.visit(1, "new", NOW)
    rows = list(alerting.store.prospect_rows.values())
    alerts = replace(blank((Alert.SCORE, Alert.VISIT), NOW), visits_told=told, above_known=True)
    alerts = replace(alerts, above=tuple(f"Leads/{n}" for n in range(MOST_ABOVE)))
    after = looked(alerts, Looked([], False, rows), NOW)
    assert after.telling is None
    assert len(after.above) == MOST_ABOVE
    assert after.visits_told == told
    later = looked(alerts, Looked([], True, []), NOW + timedelta(days=2))
    assert later.visits_told == ()
    assert later.above == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"on": ["all"]}, "on"), ({"threshold": 0}, "threshold"), ({"hour": 24}, "hour"),
     ({"zone": "Mars/Base"}, "zone"), ({"zone": "../etc/passwd"}, "zone")],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused(change: dict[str, object], field: str) -> None:
    values: dict[str, object] = {"on": [], "threshold": 60, "hour": 8, "zone": "UTC", **change}
    with pytest.raises(InputInvalid) as told:
        checked_alerts(**values)  # type: ignore[arg-type]
    assert told.value.field == field


def test_a_message_that_comes_twice_looks_once(alerting: Alerting) -> None:
    alerting.begin(Alert.SCORE)
    alerting.put(1, 90)
    alerting.clock.advance(600)
    for _ in range(3):
        alerting.world.queue.send(TellAlerts(TENANT, REP))
    start_alerts(alerting.app)
    alerting.world.drain()
    assert len(alerting.world.mailer.sent) == 1


def test_one_that_is_broken_is_tried_again_in_an_hour(
    alerting: Alerting, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerting.begin(Alert.SCORE)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(alerting.store, "prospects_hot", broken)
        alerting.clock.advance(600)
        with pytest.raises(RuntimeError):
            tell_alerts(alerting.app, TENANT, REP)
    assert alerting.alerts.next_at == alerting.clock.now() + timedelta(hours=1)
    assert timedelta(minutes=5) > LOOK_EVERY
