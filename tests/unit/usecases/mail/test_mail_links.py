"""Clicks are counted by the links of an email as they stand in it, and not by where each reader's leads."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.adapters.html.cleaner import Nh3Cleaner
from funnel.domain.ids import PersonId
from funnel.domain.mail.mail_html import links_of
from funnel.domain.mail.mail_totals import LinkTotals, MailTotals
from funnel.domain.mail.mails import Mail, Sight
from funnel.domain.mail.merge_fields import fill_html
from funnel.domain.mail.written_links import OTHER, WrittenLinks
from funnel.domain.tracking.activities import ActivityKind, SubjectId
from funnel.ports.marketing_messages import RecordSight
from funnel.usecases.emails.keep_emails import EmailWords, change_email, email_of
from funnel.usecases.erasing.erase_person import new_erasure, word_for
from funnel.usecases.jobs.people_jobs import ask_for
from funnel.usecases.mail.mail_totals import totals
from funnel.usecases.mail.view_mails import whole_mail
from tests.fakes.world import TENANT
from tests.unit.usecases.campaigns.campaigning import SEND, Campaigning, steps_of
from tests.unit.usecases.forms.forming import Fair
from tests.unit.usecases.mail.mailing import FIREFOX

PRICE = "https://www.example.com/price?who={{email}}&city={{city|none}}"
PLAIN = "https://www.example.com/about?a=1&b=2"
BODY = (
    f'<p>See <a href="{PRICE.replace("&", "&amp;")}">this</a>, '
    f'<a href="{PLAIN.replace("&", "&amp;")}">that</a>, <a href="{{{{website}}}}">yours</a></p>'
)
LINKS = WrittenLinks([BODY])
READERS = [f"p{n}@example.test" for n in range(4)]


def clicked(body: str = BODY) -> tuple[Campaigning, list[Mail], MailTotals]:
    """What a campaign's mail comes to whose readers all clicked its first two links."""
    world = Campaigning()
    email = email_of(world.app, TENANT, world.email)
    change_email(
        world.app, TENANT, world.email, EmailWords("Offer", "Hi", body), email.version, "Mo"
    )
    people = [world.person(one) for one in READERS]
    world.on_list(*people)
    world.work()
    campaign = world.run(world.draft(steps_of({"send": world.send})))
    mails = [world.mails(one)[0] for one in people]
    world.clock.advance(100)
    for number, mail in enumerate(mails):
        for link in (1, 2):
            world.mailing.see(mail.mail_id, f"s{number}-{link}", link)
            world.clock.advance(10)
    by_step = totals(world.app, TENANT, "step", f"{campaign.campaign_id}/{SEND}")
    by_email = totals(world.app, TENANT, "email", world.email)
    assert by_step == by_email
    return world, mails, by_email


@pytest.mark.feature("D8")
def test_clicks_are_counted_by_the_link_as_it_stands_in_the_email() -> None:
    world, mails, found = clicked()
    assert found.links == (LinkTotals(PLAIN, 4, 4), LinkTotals(PRICE, 4, 4))
    assert found.clicks == 8
    # The reader's own link leads where it is to, and tells it where its own mail is looked at.
    seen = whole_mail(world.app, TENANT, mails[0].mail_id).links
    assert seen[0].target == f"https://www.example.com/price?who={quote(READERS[0])}&city=none"
    done = world.store.list_activities(TENANT, SubjectId(mails[0].person_id), 9).items
    assert seen[0].target in {one.about["url"] for one in done}


def test_the_totals_hold_nothing_of_a_reader_who_is_erased() -> None:
    world, mails, before = clicked()
    erase(world, mails[0].person_id)
    after = totals(world.app, TENANT, "email", world.email)
    assert after == before
    assert not [one for one in READERS if one in str(after)]


def erase(world: Campaigning, person_id: PersonId) -> None:
    """Erase this person, and all that is known of it."""
    person = world.store.people(TENANT, [person_id])[person_id]
    job = new_erasure(world.app, TENANT, person_id, word_for(person), "Ann")
    ask_for(world.app, job)
    world.work()
    assert world.store.mails_of_person(TENANT, person_id, 9).items == []


def test_a_link_that_stands_nowhere_in_the_email_is_counted_with_the_others_of_its_kind() -> None:
    known = {f"https://a.example/{one}": OTHER for one in ("ada", "ben")}
    html = "".join(f'<a href="{one}">x</a>' for one in known)
    written = WrittenLinks(['<p><a title="{{city}}" href="https://b.example">x</a></p>'])
    assert written.of(html, {}) == known


@given(st.dictionaries(st.sampled_from(["email", "city", "website"]), st.text(max_size=40)))
def test_whatever_is_known_of_a_reader_links_are_counted_by_what_stands_in_the_email(
    values: dict[str, str],
) -> None:
    html = Nh3Cleaner().clean(fill_html(BODY, values))
    links = [one for one in links_of(html) if one not in (written := LINKS.of(html, values))]
    assert set(links) <= {PLAIN}
    assert set(written.values()) <= {PRICE, "{{website}}", PLAIN}


def test_the_link_to_confirm_by_is_one_for_all_who_send_the_form() -> None:
    fair = Fair()
    fair.with_everything(confirm=True)
    for number, address in enumerate(("ada@example.test", "ben@example.test")):
        fair.sent(address)
        (mail,) = [one for one in fair.store.all_mails.values() if one.address == address]
        fair.clock.advance(100)
        sight = Sight(
            mail.mail_id, f"s{number}", ActivityKind.EMAIL_CLICK, fair.clock.now(), "192.0.2.9",
            FIREFOX, link=1,
        )  # fmt: skip
        fair.world.handle(RecordSight(TENANT, sight))
    (link,) = totals(fair.app, TENANT, "email", "hello").links
    assert (link.target.rpartition("/")[2], link.people) == ("confirm", 2)
