"""A rep presses Send until it is answered, and whatever dies meanwhile: the mail goes out once."""

from dataclasses import replace

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.mail.mails import MailState
from funnel.usecases.app import App
from funnel.usecases.emails.keep_emails import add_email, change_email
from tests.fakes.faulty import Crash, Moment, Plan
from tests.fakes.world import TENANT
from tests.faults.dying import kill_points
from tests.unit.usecases.mail.mailing import FROM
from tests.unit.usecases.vision.conversing import TEMPLATE, Desk


@pytest.mark.parametrize("moment", Moment)
def test_a_conversation_whose_sending_dies_anywhere_is_sent_once(moment: Moment) -> None:
    whole = Plan()
    desk = Desk(whole)
    desk.send()
    assert len(whole.calls) > 5
    for at in kill_points(whole.calls):
        plan = Plan(at, moment)
        desk = Desk(plan)
        try:
            desk.send()
        except Crash:
            plan.revived = True
            desk.rest()
            desk.send()
        desk.rest()
        desk.send()
        desk.rest()
        where = f"call {at}, {plan.calls[at - 1]}, {moment}"
        (out,) = desk.world.mailer.sent
        assert (out.from_address, "My words" in out.html) == (FROM, True), where
        assert desk.mail().state is MailState.SENT, where


@pytest.mark.parametrize("moment", Moment)
def test_an_email_whose_saving_dies_anywhere_is_there_once_and_can_be_saved_again(
    moment: Moment,
) -> None:
    def save(app: App) -> None:
        kept = add_email(app, TENANT, "new", TEMPLATE, "Mo").email
        words = replace(TEMPLATE, body="<p>Other</p>")
        try:
            change_email(app, TENANT, kept.email_id, words, kept.version, "Mo")
        except Conflict:
            found = app.emails.email(TENANT, kept.email_id)
            assert found is not None
            assert found.body == "<p>Other</p>"

    whole = Plan()
    save(Desk(whole).mortal)
    for at in kill_points(whole.calls):
        plan = Plan(at, moment)
        desk = Desk(plan)
        try:
            save(desk.mortal)
        except Crash:
            plan.revived = True
            save(desk.mortal)
        names = [one.name for one in desk.app.emails.emails(TENANT)]
        assert names == ["Offer", "Offer"], (at, moment)
