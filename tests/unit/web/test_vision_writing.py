"""Conversations and My Emails: who may write to whom, what goes out, and who sees it."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest

from funnel.adapters.html import Nh3Cleaner
from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.mail.mails import Mail
from funnel.domain.sync.records import Link, Unit
from funnel.ports.marketing_messages import SendMails
from funnel.usecases.consent.change_consent import Said, mark_invalid, unsubscribe
from funnel.usecases.emails.keep_emails import delete_email, email_of
from funnel.usecases.mail.deliver_mails import deliver_mails
from funnel.usecases.mail.sender_domains import add_sender_domain
from funnel.usecases.vision.view_sent import sent_mails
from tests.browser.emails import OFFER
from tests.browser.prospects import visit
from tests.browser.world import FULL, World
from tests.fakes.dashlets import dashlet_token, vision_address
from tests.fakes.faulty import Plan, faulty
from tests.unit.web.asking import HOST, Answer, Client

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
REP = "jonas"
ADDRESS = "jonas@nordwind.example"


class Desk:
    """Jonas, who may send, and a Lead of his with an address."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.app = replace(world.app, cleaner=Nh3Cleaner(), public_url="https://f.test")
        world.app.mailer.verified.add("nordwind.example")  # type: ignore[union-attr]
        add_sender_domain(world.app, FULL, "nordwind.example")
        rows = world.store.list_records(FULL, Module.LEADS, "", 200).items
        self.lead = next(
            row for row in rows
            if row.owner_id == REP and row.fields.get("email1") and row.fields.get("first_name")
        )  # fmt: skip
        self.email = str(self.lead.fields["email1"])
        self.to = f"write/{self.lead.key}"

    def ask(self, path: str, user: str = REP, record: RecordKey | None = None) -> Answer:
        token = dashlet_token(self.world.app, FULL, user, record=record)
        address = f"{vision_address(self.world.app, FULL)}/{path}"
        return Client(self.world).get(address, authorization=f"Bearer {token}")

    def json(self, path: str, user: str = REP, body: Any = None, **more: Any) -> Answer:
        token = dashlet_token(self.world.app, FULL, user, **more)
        address = f"/api{vision_address(self.world.app, FULL)}/{path}"
        return (
            self._sent(address, token, body)
            if body is not None
            else Client(self.world).get(address, authorization=f"Bearer {token}")
        )

    def _sent(self, address: str, token: str, body: Any) -> Answer:
        return Client(self.world).ask(
            "POST", address, json.dumps(body).encode(), authorization=f"Bearer {token}",
            content_type="application/json", origin=f"https://{HOST}",
        )  # fmt: skip

    def form(self, path: str, **fields: str) -> Answer:
        token = dashlet_token(self.world.app, FULL, REP)
        return Client(self.world).ask(
            "POST", f"{vision_address(self.world.app, FULL)}/{path}", urlencode(fields).encode(),
            authorization=f"Bearer {token}", sec_fetch_site="same-origin",
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip

    def words(self, **changes: str) -> dict[str, str]:
        return {
            "key": "k", "address": self.email, "subject": "Hello", "html": "<p>My words</p>",
            "email_id": OFFER, **changes,
        }  # fmt: skip

    def send(self, **changes: str) -> Answer:
        return self.json(f"{self.to}/send", body=self.words(**changes))

    def mails(self) -> list[Mail]:
        return list(self.world.store.mails_of_sender(FULL, SugarId(REP), 50).items)

    def deliver(self) -> None:
        deliver_mails(self.world.app, SendMails(FULL), "w", lambda: 60.0)


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


def test_my_emails_are_own_ones_and_a_managers_those_of_the_reports(desk: Desk) -> None:
    mail_id = desk.send().json["sent"]["mail"]["mail_id"]
    (mine,) = desk.json("panels/emails").json["items"]
    assert (mine["mail"]["mail_id"], mine["name"], mine["by"]) == (mail_id, desk.lead.name, "")
    assert mine["url"].endswith(desk.lead.key.sugar_id)
    assert desk.json("panels/emails", user="max").json["why_none"] == "never"
    assert desk.json("panels/emails", user="sarah").json["items"] == []
    (theirs,) = desk.json("panels/emails?whose=team", user="sarah").json["items"]
    assert (theirs["mail"]["mail_id"], theirs["by"]) == (mail_id, "Jonas Weiß")
    for user, status in (("jonas", 200), ("sarah", 200), ("max", 404)):
        assert desk.json(f"emails/{mail_id}", user=user).status == status
    assert desk.json(f"emails/{mail_id}", user="max", record=desk.lead.key).status == 200
    desk.world.clock.advance(8 * 86_400)
    assert desk.json("panels/emails").json["why_none"] == "not_then"
    assert len(desk.json("panels/emails?days=30").json["items"]) == 1
    assert "Hello" in desk.ask(f"prospect/{desk.lead.key}").text


def test_pages_of_my_emails_go_on_where_they_were_for_one_and_for_a_team(desk: Desk) -> None:
    for n in range(45):
        desk.world.clock.advance(1)
        desk.send(key=f"k{n}")
    for user, query in (("jonas", ""), ("sarah", "whose=team&")):
        seen: list[str] = []
        cursor = ""
        while True:
            page = desk.json(f"emails?{query}{urlencode({'cursor': cursor})}", user=user).json
            seen += [one["mail"]["mail_id"] for one in page["items"]]
            cursor = page["cursor"]
            if not cursor:
                break
        assert seen == [one.mail_id for one in desk.mails()]
        assert len(set(seen)) == 45
    assert desk.json("emails?cursor=x").status == 400


def test_the_page_for_a_letter_is_empty_and_alone(desk: Desk) -> None:
    address = f"{vision_address(desk.world.app, FULL)}/letter"
    page = Client(desk.world).get(address)
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'")
    assert "allow-same-origin" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2]
    assert "<body></body>" in page.text


def test_mail_stands_in_the_stream_among_what_the_prospect_did_and_pages_lose_nothing(
    desk: Desk,
) -> None:
    person = desk.lead.person_id
    for n in range(30):
        desk.world.clock.advance(60)
        visit(desk.world.app, FULL, person, f"v{n}", desk.world.clock.now(), ("/", "/tour"))
        if n % 3 == 0:
            desk.world.clock.advance(60)
            desk.send(key=f"k{n}", subject=f"S{n}")
    whole = desk.json(f"prospect/{desk.lead.key}").json["activities"]
    pages = [whole]
    while cursor := pages[-1]["cursor"]:
        query = urlencode({"cursor": cursor})
        pages.append(desk.json(f"prospect/{desk.lead.key}/activities?{query}").json)
    assert len(pages) > 2
    subjects = [one["subject"] for page in pages for one in page["mails"]]
    mails = [one for one in subjects if one.startswith("S")]
    assert mails == [f"S{n}" for n in range(27, -1, -3)]
    done = [one["activity_id"] for page in pages for one in page["items"]]
    assert len(done) == len(set(done)) >= 60
    for page, later in pairwise(pages):
        if page["mails"] and later["items"]:
            assert page["mails"][-1]["asked_at"] >= later["items"][0]["at"]
    text = desk.ask(f"prospect/{desk.lead.key}").text
    assert text.index("S27") < text.index("S24")
    assert desk.json(f"prospect/{desk.lead.key}/activities?cursor=x").status == 400


def test_a_panel_of_mail_costs_one_range_for_each_whose_it_is(desk: Desk) -> None:
    plan = Plan()
    calls = []
    for size in (1, 60):
        for n in range(size):
            desk.send(key=f"{size} {n}")
        app = replace(desk.world.app, mails=faulty(desk.world.app.mails, plan, "mails"))
        since = desk.world.clock.now() - timedelta(days=1)
        before = len(plan.calls)
        sent_mails(app, FULL, [SugarId(REP)], since, "", lambda _: "")
        calls.append(plan.calls[before:])
    assert [len(one) for one in calls] == [1, 1]


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
