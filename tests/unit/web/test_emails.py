"""Emails as pages and JSON."""

import re
from dataclasses import replace

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId
from funnel.domain.problems import Problems
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.records import Unit
from funnel.web.errors import FormError, form_error
from funnel.web.rendering import _told
from funnel.web.texts import texts_for
from tests.browser.campaigns import WELCOME
from tests.browser.emails import NEWS, OFFER
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client, signed_in

WORDS = {"name": "Offer", "subject": "Hi", "header": "", "body": "<p>x</p>", "footer": ""}
TYPED = {"way": "html", **WORDS}


def test_a_marketer_adds_changes_and_deletes_an_email(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    assert client.send("/app/emails/new", **TYPED).status == 400
    added = client.send("/app/emails/new", key="k", sales_template="yes", **TYPED)
    place = added.headers["Location"].partition("?")[0]
    assert client.send("/app/emails/new", key="k", **TYPED).headers["Location"].startswith(place)
    assert "The email is added." in client.get(added.headers["Location"]).text
    twin = f"/api{place}"
    assert client.call("GET", twin).json["sales_template"] is True
    changed = client.send(place, **{**TYPED, "subject": "Hello"}, version="1")
    assert changed.headers["Location"] == f"{place}?saved=changed"
    found = client.call("GET", twin).json
    assert (found["subject"], found["sales_template"], found["version"]) == ("Hello", False, 2)
    late = client.send(place, **{**TYPED, "subject": "Mine & more"}, version="1")
    assert (late.status, "Mine &amp; more" in late.text) == (409, True)
    assert 'name="version" value="2"' in late.text
    put = {"version": 2, "email": {**WORDS, "subject": "Third"}}
    assert client.call("PUT", twin, put).json["version"] == 3
    assert client.call("PUT", twin, {**put, "email": WORDS}).status == 409
    assert client.send(f"{place}/delete", version="3").status == 303
    assert client.call("GET", twin).status == 404


def test_what_is_wrong_is_said_and_what_was_typed_stays(admin: Client) -> None:
    wrong = {**TYPED, "key": "k", "body": "<p>{{frist_name}} & you</p>"}
    answer = admin.send("/app/emails/new", **wrong)
    assert answer.status == 400
    assert 'id="body-hint" role="alert"' in answer.text
    assert "{{frist_name}} &amp; you" in answer.text
    twin = admin.call("POST", "/api/app/emails", {"key": "k", "email": {**WORDS, "name": ""}})
    assert (twin.status, twin.json["error"]["field"]) == (400, "name")


def test_a_preview_says_what_a_person_reads_and_a_value_is_never_markup(
    admin: Client, world: World
) -> None:
    person = world.store.people(FULL, [PersonId("anneliese")])[PersonId("anneliese")]
    fields = {**person.fields, "first_name": '<img src=x onerror="alert(1)">', "company": "B & C"}
    assert world.store.commit(FULL, [Unit(people=[replace(person, fields=fields)])])
    page = admin.get(f"/app/emails/{OFFER}/page?person=anneliese")
    assert "Hello &lt;img src=x" in page.text
    assert "<b>B &amp; C</b>" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    around = admin.get(f"/app/emails/{OFFER}/preview?person=anneliese&q=berg")
    assert "<p>Freight for B &amp; C</p>" in around.text
    assert admin.get(f"/app/emails/{OFFER}/preview?person=nobody").status == 404
    assert "Hello there," in admin.call("GET", f"/api/app/emails/{OFFER}/preview").json["html"]


def test_results_are_told_by_link_and_a_link_is_no_markup(admin: Client) -> None:
    told = admin.get(f"/app/emails/{NEWS}/numbers").text
    for words in ("Bounced for the moment", "https://nordwind.example/winter", "x=&lt;b&gt;"):
        assert words in told
    twin = admin.call("GET", f"/api/app/emails/{NEWS}/numbers").json
    assert (twin["sent"], twin["soft_bounced"], twin["links"][0]["people"]) == (88, 10, 20)
    assert admin.call("GET", "/api/app/emails/none/numbers").status == 404


def test_another_tenants_emails_are_not_there(newcomer: Client) -> None:
    assert newcomer.call("GET", "/api/app/emails").json["items"] == []
    for path in ("", "/preview", "/page"):
        assert newcomer.get(f"/app/emails/{OFFER}{path}").status == 404
    assert newcomer.call("DELETE", f"/api/app/emails/{OFFER}").status == 404


def test_all_that_is_wrong_with_an_email_is_said_at_once(admin: Client) -> None:
    words: dict[str, str | list[str]] = {
        "way": "blocks", "key": "k", "name": " ", "subject": "", "preheader": "{{nothing}}",
        "block": ["b0", "b1", "f"], "b0.kind": "heading", "b0.text": "", "b1.kind": "button",
        "b1.text": "", "f.kind": "footer",
    }  # fmt: skip
    page = admin.send("/app/emails/new", **words)
    assert page.status == 400
    for name in ("name-hint", "subject-hint", "preheader-hint", "b0.text-error", "b1.text-error"):
        assert re.search(f'class="field-error" id="{re.escape(name)}" role="alert"', page.text), (
            name
        )
    assert page.text.count(" autofocus") == 1


def test_all_that_is_wrong_is_said_in_the_readers_language() -> None:
    wrong = Problems()
    for text, field in (("Enter a subject.", "subject"), ("Choose an email.", "email_id")):
        with wrong.found():
            raise InputInvalid(text, field=field)
    with pytest.raises(InputInvalid) as caught:
        wrong.raise_all()
    told = _told(texts_for("de"), form_error(caught.value))
    assert isinstance(told, FormError)
    assert [one.text for one in (told, *told.others)] == [
        "Geben Sie einen Betreff ein.",
        "Wählen Sie eine E-Mail.",
    ]


def test_the_list_says_what_uses_each_email_and_leads_there(admin: Client, world: World) -> None:
    spare = {"name": "Spare", "subject": "S", "body": "<p>x</p>"}
    assert admin.call("POST", "/api/app/emails", {"key": "s", "email": spare}).status == 201
    rows = {
        row.split("</a>")[0].rpartition(">")[2]: row
        for row in admin.get("/app/emails").text.split('<th scope="row">')[1:]
    }
    news, hello = rows["Newsletter, winter"], rows["After a trade fair"]
    for text in ("Campaign:", "Form:", f'href="/app/campaigns/{WELCOME}"', "Newsletter &lt;b&gt;"):
        assert text in hello, text
    assert (news.count("<li>"), "and 5 more" in news) == (4, True)
    assert 'class="uses"' not in rows["Spare"]
