"""What our own people were told of a form goes with whoever sent it."""

from funnel.ports.marketing_messages import SendMails
from funnel.usecases.erasing.erase_person import new_erasure, word_for
from funnel.usecases.jobs.people_jobs import ask_for
from tests.fakes.world import TENANT
from tests.unit.usecases.forms.forming import ADA, BEN, Fair


def erase(fair: Fair, email: str = ADA) -> None:
    """Erase whoever has this address; the workers are through."""
    person = fair.person(email)
    job = new_erasure(fair.app, TENANT, person.person_id, word_for(person), "Ann")
    ask_for(fair.app, job)
    fair.world.drain()


def left(fair: Fair, text: str) -> bool:
    """Whether any mail that is kept says this."""
    mails = fair.store.all_mails
    contents = fair.store.mail_contents(TENANT, [mail_id for _, mail_id in mails])
    return text in str(mails) or text in str(contents)


def test_mail_to_our_own_people_about_a_form_goes_with_who_sent_it() -> None:
    fair = Fair()
    fair.with_everything()
    fair.sent(city="Secretville")
    fair.sent(BEN, city="Bonn", opened="", last_name="Berg")
    assert left(fair, "Secretville")
    assert left(fair, "Bonn")
    erase(fair)
    assert not left(fair, "Secretville")
    assert not left(fair, ADA)
    assert left(fair, "Bonn")


def test_one_that_still_waits_goes_to_nobody_once_who_sent_the_form_is_erased() -> None:
    fair = Fair()
    fair.with_everything()
    kept: list[SendMails] = []
    send = fair.world.queue.send
    fair.world.queue.send = lambda message, delay=0: (  # type: ignore[method-assign]
        kept.append(message) if isinstance(message, SendMails) else send(message, delay)
    )
    fair.sent(city="Secretville")
    assert kept
    assert left(fair, "Secretville")
    erase(fair)
    for message in kept:
        fair.world.handle(message)
    assert fair.mailed() == []
