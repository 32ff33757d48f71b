"""Conversations and My Emails: who may write to whom, what goes out, and who sees it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.sync.records import Link, Unit
from funnel.usecases.consent.change_consent import Said, unsubscribe
from funnel.usecases.emails.keep_emails import delete_email, email_of
from tests.browser.emails import OFFER
from tests.browser.world import FULL, World
from tests.fakes.bounces import mark_invalid
from tests.unit.web.desk import ADDRESS, EVIL, REP, Desk


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_a_rep_begins_with_a_template_in_which_the_prospect_is_named(desk: Desk) -> None:
    start = desk.json(desk.to).json
    assert (start["hindrance"], start["sender_address"]) == (None, ADDRESS)
    assert [one["name"] for one in start["templates"]] == [
        "After a trade fair",
        "Offer after a visit",
    ]
    draft = desk.json(f"{desk.to}/{OFFER}").json["draft"]
    first = desk.lead.fields["first_name"]
    assert f"Hello {first}," in draft["words"]["html"]
    assert "Jonas Weiß" in draft["words"]["html"]
    assert "Nordwind Logistik</b></div>" not in draft["words"]["html"]
    assert "Nordwind Logistik</b></div>" in draft["page"]
    blank = desk.json(f"{desk.to}/blank").json["draft"]
    assert (blank["words"]["subject"], blank["words"]["email_id"]) == ("", "")
    assert blank["words"]["key"] != draft["words"]["key"]


def test_what_was_seen_in_the_preview_goes_out_as_the_rep_with_the_frame_kept(desk: Desk) -> None:
    body = desk.words(html="<p>My <b>words</b></p>")
    seen = desk.json(f"{desk.to}/preview", body=body).json
    assert desk.mails() == []
    assert desk.send(html="<p>My <b>words</b></p>").status == 200
    desk.deliver()
    out = desk.world.app.mailer.sent[-1]  # type: ignore[union-attr]
    assert (out.from_name, out.from_address, out.reply_to) == ("Jonas Weiß", ADDRESS, ADDRESS)
    assert out.to_address == desk.email
    for part in ("Nordwind Logistik</b></div>", "My <b>words</b>", "since 1974", "Hafenstraße 12"):
        assert part in out.html
        assert part in seen["page"]
    assert "/m/o/" in out.html
    assert "/m/o/" not in seen["page"]


def test_an_address_that_a_rep_typed_is_a_link_whose_clicks_are_seen(desk: Desk) -> None:
    typed = "<p>Prices: https://nordwind.example/prices?a=1&amp;b=2.</p>"
    seen = desk.json(f"{desk.to}/preview", body=desk.words(html=typed)).json
    assert '<a href="https://nordwind.example/prices?a=1&amp;b=2"' in seen["page"]
    assert desk.send(html=typed).status == 200
    desk.deliver()
    tracked = desk.world.store.tracked_mail(desk.mails()[0].token)
    assert tracked is not None
    assert "https://nordwind.example/prices?a=1&b=2" in [one.target for one in tracked.links]
    out = desk.world.app.mailer.sent[-1]  # type: ignore[union-attr]
    assert "/m/c/" in out.html.split("Prices: ")[1].split("</a>")[0]


def test_pressing_twice_sends_once(desk: Desk) -> None:
    first = desk.send()
    again = desk.send(html="<p>Other words</p>")
    assert first.json["sent"]["mail"]["mail_id"] == again.json["sent"]["mail"]["mail_id"]
    desk.deliver()
    desk.send()
    desk.deliver()
    assert len(desk.world.app.mailer.sent) == 1  # type: ignore[union-attr]
    desk.send(key="k2")
    assert len(desk.mails()) == 2


def test_a_form_does_the_same_and_says_what_became_of_it(desk: Desk) -> None:
    answer = desk.form(f"{desk.to}/send", **desk.words())
    assert answer.status == 200
    assert "is on its way" in answer.text
    assert 'data-sent="k"' in answer.text
    assert "waits" in answer.text


SECRETS = ("private@hidden.example", "+49 40 5550199", "Hidden title")


def with_a_contact_of(desk: Desk, owner: str) -> None:
    """The Lead's person is a Contact, too, that holds more than the Lead."""
    email, phone, title = SECRETS
    store, lead = desk.world.store, desk.lead
    key = RecordKey(Module.CONTACTS, SugarId("cx9"))
    fields = {**lead.fields, "email1": email, "phone_mobile": phone, "title": title}
    contact = replace(lead, key=key, owner_id=SugarId(owner), fields=fields, version=0)
    lead = replace(lead, fields={"email1": desk.email, "last_name": lead.name})
    person = store.people(FULL, [lead.person_id])[lead.person_id]
    link = replace(person.links[0], key=key, owner_id=SugarId(owner), email=email)
    whole = replace(
        person,
        links=(*person.links, link),
        emails=(*person.emails, email),
        fields={**person.fields, "phone_mobile": phone, "title": title},
    )
    assert store.commit(FULL, [Unit(records=[contact, lead], people=[whole])]) == [True]


def test_what_only_a_record_holds_that_may_not_be_seen_is_not_shown_nor_written_to(
    desk: Desk,
) -> None:
    with_a_contact_of(desk, "sarah")
    found = desk.json(f"prospect/{desk.lead.key}").json
    start = desk.json(desk.to).json
    assert desk.email in json.dumps(found)
    assert [one["email"] for one in start["addresses"]] == [desk.email]
    for secret in SECRETS:
        assert secret not in json.dumps(found)
    for answer in (
        desk.send(address=SECRETS[0]),
        desk.json(f"{desk.to}/preview", body=desk.words(address=SECRETS[0])),
    ):
        assert answer.status == 422
        assert "no such address" in answer.json["error"]["text"]
    assert desk.mails() == []


def test_what_another_record_holds_that_may_be_seen_is_shown_and_written_to(desk: Desk) -> None:
    with_a_contact_of(desk, REP)
    found = json.dumps(desk.json(f"prospect/{desk.lead.key}").json)
    assert all(secret in found for secret in SECRETS)
    assert desk.send(address=SECRETS[0]).status == 200


def refusal(desk: Desk) -> str:
    start = desk.json(desk.to).json
    assert start["templates"] == []
    refused = desk.send()
    assert refused.status == 422
    assert refused.json["error"]["text"] == start["hindrance"]["text"]
    assert refused.json["error"]["mend"] == start["hindrance"]["mend"] != ""
    assert desk.json(f"{desk.to}/blank").status == 422
    assert desk.mails() == []
    return str(start["hindrance"]["text"])


def test_who_opted_out_or_does_not_get_mail_is_said_before_a_word_is_written(desk: Desk) -> None:
    unsubscribe(desk.world.app, FULL, desk.lead.person_id, desk.email, Said("Ann"))
    assert "opted out" in refusal(desk)
    assert "opted out" in desk.ask(desk.to).text


def test_an_invalid_address_is_said(desk: Desk) -> None:
    mark_invalid(desk.world.app, FULL, desk.lead.person_id, desk.email, Said("Ann"))
    assert "marked as invalid" in refusal(desk)


def test_a_prospect_without_an_address_is_said(desk: Desk) -> None:
    person = desk.world.store.people(FULL, [desk.lead.person_id])[desk.lead.person_id]
    links = tuple(replace(link, email="") for link in person.links)
    bare = replace(person, emails=(), links=links)
    assert desk.world.store.commit(FULL, [Unit(people=[bare])])
    assert "No email address" in refusal(desk)


@pytest.mark.parametrize("address", ["", "jonas@elsewhere.example"])
def test_a_rep_whose_address_cannot_send_is_told_who_can_mend_it(desk: Desk, address: str) -> None:
    key = RecordKey(Module.USERS, SugarId(REP))
    user = desk.world.store.records(FULL, [key])[key]
    changed = replace(user, fields={**user.fields, "email1": address})
    assert desk.world.store.commit(FULL, [Unit(records=[changed])])
    said = refusal(desk)
    assert ("elsewhere.example is not among" in said) if address else ("knows no email" in said)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("subject", {"subject": ""}),
        ("subject", {"subject": "a\u2028Bcc: b"}),
        ("subject", {"subject": "Hi {{first_name}}"}),
        ("html", {"html": "<p> </p>"}),
        ("html", {"html": "<p>Hi {{first_name}}</p>"}),
        ("html", {"html": "x" * 100_001}),
        ("email_id", {"email_id": "nothing"}),
        ("email_id", {"email_id": "email-news"}),
        ("key", {"key": ""}),
    ],
)
def test_words_that_cannot_be_sent_are_refused(
    desk: Desk, field: str, changes: dict[str, str]
) -> None:
    refused = desk.send(**changes)
    assert (refused.status, refused.json["error"]["field"]) == (400, field)
    assert desk.mails() == []


def test_what_is_not_written_yet_is_no_hindrance_to_looking_at_the_rest(desk: Desk) -> None:
    seen = desk.json(f"{desk.to}/preview", body=desk.words(subject="", html="<p>So far</p>"))
    assert (seen.status, seen.json["subject"]) == (200, "")
    assert "So far" in seen.json["page"]
    assert desk.json(f"{desk.to}/preview", body=desk.words(html="")).status == 200
    bad = desk.json(f"{desk.to}/preview", body=desk.words(subject="Hi {{first_name}}"))
    assert (bad.status, bad.json["error"]["field"]) == (400, "subject")


def test_only_an_address_of_the_prospect_is_written_to(desk: Desk) -> None:
    refused = desk.send(address="other@x.example")
    assert refused.status == 422
    assert desk.mails() == []


def test_a_template_that_was_deleted_meanwhile_loses_no_words_and_a_sent_mail_stays_sent(
    desk: Desk,
) -> None:
    desk.send()
    email = email_of(desk.world.app, FULL, OFFER)
    delete_email(desk.world.app, FULL, OFFER, email.version)
    refused = desk.send(key="k2")
    assert "Your words are still here" in refused.json["error"]["mend"]
    assert desk.send().status == 200


def test_markup_of_a_value_a_template_or_a_rep_is_dead_everywhere(desk: Desk) -> None:
    person = desk.world.store.people(FULL, [desk.lead.person_id])[desk.lead.person_id]
    evil = replace(person, fields={**person.fields, "first_name": EVIL, "company": EVIL})
    record = replace(desk.lead, name=EVIL)
    assert desk.world.store.commit(FULL, [Unit(people=[evil], records=[record])])
    desk.send(html=f"<p>x</p>{EVIL}", subject=f"S {EVIL}")
    desk.deliver()
    mail = desk.mails()[0].mail_id
    texts = [desk.world.app.mailer.sent[-1].html]  # type: ignore[union-attr]
    paths = (desk.to, f"{desk.to}/{OFFER}", f"emails/{mail}", "panels", f"prospect/{desk.lead.key}")
    texts += [desk.ask(path).text for path in paths]
    texts += [desk.form(f"{desk.to}/preview", **desk.words(html=EVIL + "x")).text]
    for text in texts:
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert '<img src="x" onerror' not in text


def test_a_rep_writes_to_own_prospects_and_to_the_one_sugar_opened(desk: Desk) -> None:
    assert desk.json(desk.to, user="max").status == 404
    assert desk.json(desk.to, user="sarah").status == 200
    opened = {"record": desk.lead.key}
    assert desk.json(desk.to, user="max", **opened).status == 200
    other = RecordKey(Module.LEADS, SugarId("nothing"))
    assert desk.json(desk.to, user="max", record=other).status == 404
    body = desk.words()
    assert desk.json(f"{desk.to}/send", user="max", body=body).status == 404
    assert desk.json("write/Users/jonas").status == 404
    assert desk.json("write/Nothing/x").status == 404


@pytest.mark.parametrize("by_record", [False, True])
def test_what_only_a_colleagues_record_of_the_same_person_says_is_neither_shown_nor_written_to(
    desk: Desk, by_record: bool
) -> None:
    key, hidden = RecordKey(Module.CONTACTS, SugarId("cx9")), "private@hidden.example"
    store, lead = desk.world.store, desk.lead
    lead = replace(lead, fields={**lead.fields, "phone_mobile": None, "title": None})
    fields = {**lead.fields, "email1": hidden, "phone_mobile": "+49 SECRET", "title": "Secret"}
    theirs = replace(
        lead, key=key, owner_id=SugarId("sarah"), name="Hidden", fields=fields, version=0
    )
    person = store.people(FULL, [lead.person_id])[lead.person_id]
    person = replace(
        person,
        fields={**person.fields, "phone_mobile": "+49 SECRET", "title": "Secret"},
        links=(*person.links, Link(key, "Hidden", SugarId("sarah"), hidden)),
        emails=(hidden, *person.emails),
    )
    assert store.commit(FULL, [Unit(records=[theirs, lead], people=[person])])
    looks: dict[str, Any] = {"record": lead.key} if by_record else {}
    for path in (f"prospect/{lead.key}", desk.to, f"{desk.to}/{OFFER}"):
        found = desk.json(path, **looks)
        assert found.status == 200
        for word in ("hidden.example", "SECRET", "Secret", "Hidden"):
            assert word not in found.text
    assert [one["email"] for one in desk.json(desk.to, **looks).json["addresses"]] == [desk.email]
    for last in ("preview", "send"):
        words = desk.words(address=hidden)
        refused = desk.json(f"{desk.to}/{last}", body=words, **looks)
        assert (refused.status, refused.json["error"]["code"]) == (422, "MailRefused"), last
    assert desk.mails() == []


@pytest.mark.parametrize(
    "html",
    [
        "x" * 99_950,
        "".join(f'<a href="https://x.test/{n}">{n}</a>' for n in range(201)),
    ],
)
def test_what_could_not_be_sent_for_its_size_is_refused_in_the_preview_already(
    desk: Desk, html: str
) -> None:
    words = desk.words(html=html)
    seen = desk.json(f"{desk.to}/preview", body=words)
    assert (seen.status, seen.json["error"]["field"]) == (400, "html")
    assert desk.send(html=html).text == seen.text
