"""What a rep sent becomes a Note in Sugar, if the tenant wants it."""

from dataclasses import replace

import pytest

from funnel.domain.errors import MailUnclear, NoRight
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule
from funnel.domain.mail.mail_states import note_put_off
from funnel.domain.mail.mail_states import sent as went_out
from funnel.domain.mail.mails import MOST_TRIES, Mail, MailContent, MailState
from funnel.domain.pushing.pushes import PushIntent, PushState
from funnel.domain.pushing.related import LONGEST_NOTE, note_wish, related_record_id
from funnel.usecases.connecting.connection import connection_of
from funnel.usecases.erasing.erase_person import new_erasure
from funnel.usecases.error_report.push_again import push_again
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.mail.settle_mail import say_it_was_sent
from funnel.usecases.pushing.note_mail import note_mail
from tests.fakes.faulty import Plan
from tests.fakes.world import TENANT
from tests.unit.usecases.vision.conversing import LEAD, REP, Desk


@pytest.fixture
def desk() -> Desk:
    made = Desk(Plan(), notes=True)
    made.world.change(read_only=False)
    return made


def sent(desk: Desk) -> Mail:
    """The rep writes, and everything works."""
    desk.send()
    desk.rest()
    return desk.mail()


def intent(desk: Desk) -> PushIntent:
    (one,) = desk.world.store.pushes.values()
    return one


def test_a_conversation_is_a_note_of_the_rep_under_the_lead_it_was_written_from(
    desk: Desk,
) -> None:
    mail = sent(desk)
    assert (mail.state, mail.due_at, mail.wants_note) == (MailState.SENT, None, False)
    connection_id = connection_of(desk.app, TENANT).connection_id
    note_id = related_record_id(connection_id, WrittenModule.NOTES, f"mail {mail.mail_id}")
    (found,) = desk.world.sugar.notes.items()
    assert found[0] == note_id
    assert found[1].fields == {
        "name": "Hi",
        "description": "Head\n\nMy words",
        "parent_type": "Leads",
        "parent_id": "l",
        "assigned_user_id": REP,
    }
    pushed = intent(desk)
    assert (pushed.state, pushed.asked_by, pushed.is_urgent) == (PushState.DONE, "Bea", True)
    assert not any(call.startswith(("update", "holders")) for call in desk.world.sugar.calls)
    assert len(desk.world.mailer.sent) == 1


def test_nothing_is_noted_unless_the_tenant_wants_it() -> None:
    desk = Desk(Plan())
    desk.world.change(read_only=False)
    assert sent(desk).state is MailState.SENT
    assert desk.world.store.pushes == {}
    assert desk.world.sugar.notes == {}


def test_a_note_waits_for_a_sugar_that_may_not_be_written_to(desk: Desk) -> None:
    desk.world.change(read_only=True)
    assert sent(desk).state is MailState.SENT
    assert intent(desk).state is PushState.DUE
    assert desk.world.sugar.notes == {}
    desk.world.change(read_only=False)
    desk.world.clock.advance(3_600)
    desk.world.sync()
    assert len(desk.world.sugar.notes) == 1


def test_a_mail_that_was_settled_later_is_noted_and_one_that_did_not_go_out_is_not(
    desk: Desk,
) -> None:
    desk.world.mailer.fails = [MailUnclear("no answer")]
    desk.send()
    for _ in range(8):
        desk.rest()
    mail = desk.mail()
    assert mail.state is MailState.UNCLEAR
    assert desk.world.store.pushes == {}
    say_it_was_sent(desk.app, TENANT, mail.mail_id, "Ann")
    desk.world.drain()
    assert len(desk.world.sugar.notes) == 1


def test_a_sugar_that_refuses_notes_is_in_the_error_report_under_the_lead_and_tried_again(
    desk: Desk,
) -> None:
    def refuses(call: str) -> None:
        if call == "create Notes":
            raise NoRight("You may not create Notes.")

    desk.world.sugar.before_call = refuses
    assert sent(desk).state is MailState.SENT
    (error,) = desk.world.store.list_errors(TENANT, 9).items
    assert (error.code, error.record, error.name) == ("PushRefused", LEAD, "Brandt")
    desk.world.sugar.before_call = lambda _: None
    push_again(desk.app, TENANT, [error])
    desk.world.drain()
    assert len(desk.world.sugar.notes) == 1
    assert desk.world.store.list_errors(TENANT, 9).items == []


def test_a_note_that_cannot_be_asked_for_stops_no_other_mail_and_is_given_up_in_the_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("funnel.usecases.pushing.note_mail.request_push", broken)
    mail = sent(desk)
    assert (mail.state, mail.wants_note) == (MailState.SENT, True)
    for _ in range(4 * MOST_TRIES):
        desk.rest()
    assert desk.mail().due_at is None
    assert "No Note" in desk.mail().reason, "who looks at the mail is told"
    assert len(desk.world.mailer.sent) == 1


def test_what_its_sending_waited_for_takes_no_try_from_its_note(desk: Desk) -> None:
    desk.send()
    waited, now = replace(desk.mail(), tries=MOST_TRIES - 1), desk.app.clock.now()
    assert note_put_off(went_out(waited, "m1", now), now).wants_note


def test_an_erased_person_leaves_no_note_to_be_made(desk: Desk) -> None:
    desk.world.change(read_only=True)
    mail = sent(desk)
    assert "My words" in repr(desk.world.store.pushes)
    ask_for(desk.app, new_erasure(desk.app, TENANT, mail.person_id, "ada@x.test", "Ann"))
    desk.world.drain()
    assert desk.world.store.pushes == {}
    assert "My words" not in repr([desk.world.store.all_mails, desk.world.store.errors])
    desk.world.change(read_only=False)
    desk.world.drain()
    assert desk.world.sugar.notes == {}


def test_a_mail_whose_person_is_erased_before_it_is_noted_asks_for_nothing(desk: Desk) -> None:
    mail = sent(desk)
    desk.world.store.pushes.clear()
    ask_for(desk.app, new_erasure(desk.app, TENANT, mail.person_id, "ada@x.test", "Ann"))
    desk.world.drain()
    note_mail(desk.app, mail)
    assert desk.world.store.pushes == {}


def test_a_long_mail_is_cut_in_the_note_and_one_from_no_record_has_none(desk: Desk) -> None:
    mail = sent(desk)
    content = MailContent(TENANT, mail.mail_id, "", "x" * (LONGEST_NOTE + 1))
    wish = note_wish(mail, content)
    assert wish is not None
    assert len(wish.text) == LONGEST_NOTE
    assert wish.text.endswith("the whole email is in Funnel)")
    assert wish.about == RecordKey(Module.LEADS, SugarId("l"))
    mail.about.pop("record")  # type: ignore[attr-defined]
    assert note_wish(mail, content) is None
