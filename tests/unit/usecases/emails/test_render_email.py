"""One email for many people: what is known of each, what stands in, and what nothing is known of."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.emails.emails import Email, EmailId
from funnel.domain.ids import RecordKey
from funnel.domain.mail.senders import MailSettings
from funnel.domain.sync.records import Person, SugarRecord
from funnel.usecases.emails.render_email import EmailRenderer, rendered
from funnel.usecases.mail.send_mail import request_mail
from funnel.usecases.people.create_person import NewPerson, create_person
from tests.fakes.world import TENANT, World
from tests.unit.usecases.mail.mailing import settle_sender

BODY = (
    "<p>Hi {{first_name|you}} of {{company|your firm}} in {{city}}, {{custom_region|}}</p>"
    '<p><a href="{{website|https://www.example.com/}}">Home</a></p>'
)


@pytest.fixture
def world() -> World:
    world = World()
    settle_sender(world)
    return world


def email(world: World, **changes: object) -> Email:
    at = world.clock.now()
    one = Email(TENANT, EmailId("e"), "N", "For {{company|you}}", "", BODY, "", False, at, at, "Mo")
    return replace(one, **changes)  # type: ignore[arg-type]


def person(world: World, address: str, **fields: str) -> Person:
    new = NewPerson({"last_name": "X", **fields}, address, "Bea")
    person_id = create_person(world.app, TENANT, new, address).person_id
    return world.store.people(TENANT, [person_id])[person_id]


def settings(world: World) -> MailSettings:
    return world.store.mail_settings(TENANT)


def test_each_person_gets_what_is_known_and_what_stands_in_for_the_rest(world: World) -> None:
    ann = person(world, "ann@x.test", first_name="Ann", company="A & B", city="Town")
    bea = person(world, "bea@x.test")
    made = EmailRenderer(world.app, settings(world), email(world)).to_people([ann, bea])
    assert made[ann.person_id].subject == "For A & B"
    assert "Hi Ann of A &amp; B in Town" in made[ann.person_id].html
    assert made[ann.person_id].text.startswith("Hi Ann of A & B in Town")
    assert made[ann.person_id].missing == ()
    assert "Hi you of your firm in ," in made[bea.person_id].html
    assert made[bea.person_id].missing == ("city",)
    assert made[bea.person_id] == rendered(world.app, settings(world), email(world), bea)


def test_what_a_person_says_of_itself_is_text_and_leads_nowhere_else(world: World) -> None:
    evil = person(world, "eve@x.test")
    fields = {"first_name": '<img src=x onerror="a()">', "website": "javascript:a()"}
    app = replace(world.app, cleaner=Nh3Cleaner())
    made = rendered(app, settings(world), email(world), replace(evil, fields=fields))
    assert "<img" not in made.html
    assert "javascript" not in made.html
    assert "<img src=x" in made.text


def test_companies_of_many_people_are_read_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[int] = []
    real = world.app.records.records

    def records(tenant: object, keys: Iterable[RecordKey]) -> dict[RecordKey, SugarRecord]:
        reads.append(1)
        return real(TENANT, keys)

    monkeypatch.setattr(world.app.records, "records", records)
    people = [person(world, f"p{n}@x.test") for n in range(20)]
    reads.clear()
    EmailRenderer(world.app, settings(world), email(world)).to_people(people)
    assert len(reads) <= 2
    reads.clear()
    EmailRenderer(world.app, settings(world), email(world, subject="S", body="x")).to_people(people)
    assert reads == []


def test_a_custom_field_is_filled_in_by_its_name(world: World) -> None:
    ann = person(world, "ann@x.test", city="Town")
    ann = replace(ann, fields={**ann.fields, "custom_region": "north"})
    assert "in Town, north" in rendered(world.app, settings(world), email(world), ann).html


def test_a_text_part_of_ones_own_is_filled_in_and_else_it_is_made_from_the_html(
    world: World,
) -> None:
    ann = person(world, "ann@x.test", first_name="Ann", city="Town")
    own = email(world, text="Dear {{first_name}} <b>", preheader="For {{first_name|you}} only")
    made = rendered(world.app, settings(world), own, ann)
    assert (made.text, made.page.preheader) == ("Dear Ann <b>", "For Ann only")


def test_a_rendered_email_goes_out_as_it_is_with_its_preheader_hidden(world: World) -> None:
    ann = person(world, "ann@x.test", first_name="Ann", city="Town")
    made = rendered(world.app, settings(world), email(world, preheader="Look & see"), ann)
    draft = made.draft("broadcast b1 ann", ann.person_id, "ann@x.test", {"email": "e"})
    mail_id = request_mail(world.app, TENANT, draft)
    world.drain()
    sent = world.mailer.sent[-1]
    assert (sent.subject, sent.text.partition(" of")[0]) == ("For you", "Hi Ann")
    assert "Look &amp; see" in sent.html
    mail = world.store.mail(TENANT, mail_id)
    assert mail is not None
    assert (mail.about, mail.is_urgent) == ({"email": "e"}, False)


def test_a_footer_of_ones_own_takes_the_place_of_ours(world: World) -> None:
    ann = person(world, "ann@x.test", city="Town")
    footer = '<p>{{postal_address}} <a href="{{unsubscribe_link}}">{{unsubscribe_label}}</a></p>'
    made = rendered(world.app, settings(world), email(world, footer=footer), ann)
    request_mail(world.app, TENANT, made.draft("k", ann.person_id, "ann@x.test", {}))
    world.drain()
    sent = world.mailer.sent[-1]
    assert "<p>Street 1<br>Town <a" in sent.html
    assert sent.html.count(sent.unsubscribe_url) == 1
    assert sent.html.count("Street 1") == sent.text.count("Street 1") == 1
    assert f"Unsubscribe ({sent.unsubscribe_url})" in sent.text
    assert "{{" not in sent.html + sent.text
