"""Mail settings, and mail that nobody is sure of, as pages and JSON."""

from dataclasses import replace

from funnel.domain.campaigns.campaigns import CampaignState
from funnel.domain.mail.mails import MailState
from funnel.domain.mail.senders import SenderTrouble
from funnel.domain.signing_in.tenants import Role
from tests.browser.broadcasts import PLANNED, SENDING
from tests.browser.mails import READ, UNSURE
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client, signed_in

SENDER = {
    "from_name": "Ótta", "from_address": "hi@otta.example", "postal_address": "Street 1",
    "unsubscribe_label": "Leave",
}  # fmt: skip


def test_settings_say_why_nothing_can_be_sent_until_something_can(
    newcomer: Client, world: World
) -> None:
    def unfit() -> str:
        return str(newcomer.call("GET", "/api/setup/mail").json["unfit"])

    assert "postal address" in unfit()
    assert newcomer.call("PUT", "/api/setup/mail", SENDER).status == 200
    assert "otta.example is not among" in unfit()
    added = newcomer.call("POST", "/api/setup/mail/domains", {"domain": " OTTA.example. "}).json
    assert [one["domain"] for one in added["domains"]] == ["otta.example"]
    assert added["domains"][0]["records"]
    assert "not verified" in unfit()
    page = newcomer.get("/setup/mail").text
    assert "a.dkim.example.net" in page
    world.app.mailer.verified.add("otta.example")  # type: ignore[union-attr]
    assert newcomer.send("/setup/mail/domains/otta.example/check").status == 303
    assert unfit() == ""
    asked = newcomer.send("/setup/mail/domains/otta.example/remove")
    assert (asked.status, unfit()) == (200, "")
    assert "Send from otta.example no more?" in asked.text
    sure = newcomer.send("/setup/mail/domains/otta.example/remove", confirmed="yes")
    assert sure.status == 303
    assert "not among" in unfit()
    assert newcomer.call("DELETE", "/api/setup/mail/domains/otta.example").status == 404


def test_all_that_is_wrong_with_the_settings_is_said_at_once(admin: Client, world: World) -> None:
    before = world.store.mail_settings(FULL)
    wrong = {
        "from_name": "x" * 101, "from_address": "nobody", "postal_address": "x" * 301,
        "unsubscribe_label": "Leave", "cap_most": "many", "cap_days": "91",
    }  # fmt: skip
    page = admin.send("/setup/mail", **wrong)
    assert page.status == 400
    for field in ("from_name", "from_address", "postal_address", "cap_most", "cap_days"):
        assert f'id="{field}-hint" role="alert"' in page.text
    assert page.text.count("autofocus") == 1
    cap = {"most": 0, "days": 0, "is_on": True}
    sent = {"from_name": "a\nb", "from_address": "x", "postal_address": "", "cap": cap}
    error = admin.call("PUT", "/api/setup/mail", sent).json["error"]
    assert [one["field"] for one in (error, *error["others"])] == [
        "from_name",
        "from_address",
        "cap_most",
        "cap_days",
    ]
    assert world.store.mail_settings(FULL) == before


def test_before_a_domain_is_removed_it_is_said_what_stops(admin: Client, world: World) -> None:
    settings = world.store.mail_settings(FULL)
    _, _, domain = settings.from_address.partition("@")
    path = f"/api/setup/mail/domains/{domain}"
    uses = admin.get(f"{path}/uses").json
    running = [
        one.name for one in world.store.campaigns(FULL) if one.state is CampaignState.RUNNING
    ]
    assert [one["name"] for one in uses["campaigns"]] == running
    assert len(running) == 1
    assert {one["address"] for one in uses["broadcasts"]} == {
        f"/app/broadcasts/{one}" for one in (PLANNED, SENDING)
    }
    assert uses["is_sender"]
    assert uses["emails"] >= 1
    refused = admin.call("DELETE", path)
    assert refused.status == 409
    assert f"campaigns that run: {len(running)}" in refused.json["error"]["text"]
    page = admin.send(f"/setup/mail/domains/{domain}/remove").text
    for one in (*uses["campaigns"], *uses["broadcasts"], *uses["forms"]):
        assert f'<a href="{one["address"]}">' in page
    assert "such as one that has an address confirmed, is not sent" in page
    assert world.store.mail_settings(FULL) == settings
    assert admin.call("DELETE", f"{path}?confirmed=yes").status == 200
    alone = {
        "key": "k", "address": "einkauf@bergmann-soehne.example", "subject": "S", "html": "<p>x</p>"
    }  # fmt: skip
    refused = admin.call("POST", "/api/app/people/anneliese/mails", alone)
    assert (refused.status, refused.json["error"]["code"]) == (422, "MailRefused")
    assert f"{domain} is not among" in refused.json["error"]["text"]
    again = admin.get("/api/setup/mail/domains/nowhere.example/uses").json
    assert (again["campaigns"], again["is_sender"]) == ([], False)


def test_a_domain_that_sends_nothing_goes_at_once(admin: Client, world: World) -> None:
    waits = next(o for o in world.store.mail_settings(FULL).domains if not o.state.verified)
    done = admin.send(f"/setup/mail/domains/{waits.state.domain}/remove")
    assert done.headers["Location"] == "/setup/mail?done=dropped"


def test_what_waits_for_a_domain_says_so_and_leads_to_where_it_is_mended(
    admin: Client, world: World
) -> None:
    campaign = next(
        one for one in world.store.campaigns(FULL) if one.state is CampaignState.RUNNING
    )
    pages = (f"/app/campaigns/{campaign.campaign_id}", f"/app/broadcasts/{SENDING}")
    for path in pages:
        assert "does not go out just now" not in admin.get(path).text
    _, _, domain = world.store.mail_settings(FULL).from_address.partition("@")
    admin.call("DELETE", f"/api/setup/mail/domains/{domain}?confirmed=yes")
    marketer = signed_in(world, FULL, Role.MARKETER)
    for path in pages:
        page = admin.get(path).text
        assert "does not go out just now" in page
        assert f"The domain {domain} is not among those" in page
        assert '<a href="/setup/mail">Mail settings</a>' in page
        theirs = marketer.get(path).text
        assert "An admin mends it under Settings, Mail settings." in theirs
        assert '<a href="/setup/mail">Mail settings</a>' not in theirs


def test_a_sender_that_would_stop_all_mail_is_refused(admin: Client, world: World) -> None:
    before = admin.call("GET", "/api/setup/mail").json
    assert before["unfit"] == ""
    sender = {name: before[name] for name in SENDER}
    waits = next(one["domain"] for one in before["domains"] if not one["verified"])
    for address, why in (
        ("me@other.example", "other.example is not among"),
        (f"me@{waits}", "is not verified yet"),
        ("", "is missing"),
    ):
        refused = admin.call("PUT", "/api/setup/mail", {**sender, "from_address": address})
        assert (refused.status, refused.json["error"]["field"]) == (400, "from_address")
        assert why in refused.json["error"]["text"]
        page = admin.send("/setup/mail", **{**sender, "from_address": address})
        assert page.status == 400
        assert "No mail would go out any more" in page.text
    assert admin.call("GET", "/api/setup/mail").json == before
    _, _, domain = before["from_address"].partition("@")
    same = admin.call("PUT", "/api/setup/mail", {**sender, "from_address": f"news@{domain}"})
    assert (same.status, same.json["unfit"]) == (200, "")


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(newcomer: Client) -> None:
    wrong = {**SENDER, "from_address": "nobody"}
    answer = newcomer.send("/setup/mail", **wrong)
    assert answer.status == 400
    assert 'id="from_address-hint" role="alert"' in answer.text
    assert 'value="Ótta"' in answer.text
    for name, value in (("from_name", "a\nb"), ("from_address", "a@b.test\nBcc: c@d.test")):
        refused = newcomer.call("PUT", "/api/setup/mail", {**SENDER, name: value})
        assert (refused.status, refused.json["error"]["field"]) == (400, name)
    bad = newcomer.send("/setup/mail/domains", domain="no domain")
    assert 'id="domain-hint" role="alert"' in bad.text


def test_notes_in_sugar_are_off_until_somebody_switches_them_on(
    newcomer: Client, world: World
) -> None:
    assert newcomer.call("PUT", "/api/setup/mail", SENDER).json["notes_in_sugar"] is False
    box = 'name="notes_in_sugar" value="yes" aria-describedby="notes-hint"'
    page = newcomer.get("/setup/mail").text
    assert f"{box}>" in page
    assert "This writes to Sugar" in page
    assert newcomer.send("/setup/mail", **SENDER, notes_in_sugar="yes").status == 303
    assert f"{box} checked>" in newcomer.get("/setup/mail").text
    assert newcomer.call("GET", "/api/setup/mail").json["notes_in_sugar"] is True
    assert newcomer.send("/setup/mail/domains", domain="otta.example").status == 303
    assert newcomer.call("GET", "/api/setup/mail").json["notes_in_sugar"] is True
    assert newcomer.send("/setup/mail", **SENDER).status == 303
    assert newcomer.call("GET", "/api/setup/mail").json["notes_in_sugar"] is False
    switched = {**SENDER, "notes_in_sugar": True}
    assert newcomer.call("PUT", "/api/setup/mail", switched).json["notes_in_sugar"] is True


def test_a_domain_of_another_tenant_is_refused(newcomer: Client, admin: Client) -> None:
    added = admin.call("POST", "/api/setup/mail/domains", {"domain": "first.example"})
    assert added.status == 200
    taken = newcomer.call("POST", "/api/setup/mail/domains", {"domain": "first.example"})
    assert taken.status == 403
    assert newcomer.call("GET", "/api/setup/mail").json["domains"] == []


def test_an_unclear_mail_is_listed_and_settled_by_a_person(admin: Client, world: World) -> None:
    (one,) = admin.call("GET", "/api/setup/mail/unclear").json["items"]
    assert one["mail_id"] == UNSURE
    assert "Ships &amp; schedules" in admin.get("/setup/mail").text
    assert admin.send(f"/setup/mail/unclear/{UNSURE}/sent").status == 303
    mail = world.store.mail(FULL, UNSURE)
    assert mail is not None
    assert (mail.state, mail.said_by) == (MailState.SENT, "Ada Brandt")
    assert admin.call("GET", "/api/setup/mail/unclear").json["items"] == []
    for what in ("again", "sent"):
        assert admin.call("POST", f"/api/setup/mail/unclear/{READ}/{what}").status == 409
        assert admin.call("POST", f"/api/setup/mail/unclear/nothing/{what}").status == 404


def test_an_unclear_mail_is_sent_again_only_because_somebody_says_so(
    admin: Client, world: World
) -> None:
    assert admin.call("POST", f"/api/setup/mail/unclear/{UNSURE}/again").status == 202
    mail = world.store.mail(FULL, UNSURE)
    assert mail is not None
    assert mail.state is MailState.QUEUED


def test_only_admins_come_here_and_marketers_see_a_persons_mail(world: World) -> None:
    marketer = signed_in(world, FULL, Role.MARKETER)
    assert marketer.get("/setup/mail").status == 403
    assert marketer.call("POST", f"/api/setup/mail/unclear/{UNSURE}/again").status == 403
    found = marketer.call("GET", "/api/app/people/anneliese/mails").json["items"]
    assert [one["state"] for one in found] == ["unclear", "sent", "bounced", "sent"]
    whole = marketer.call("GET", f"/api/app/mails/{READ}").json
    assert whole["links"] == [
        {"number": 1, "target": "https://nordwind.example/pricing", "clicks": 1}
    ]
    page = marketer.get("/app/people/anneliese").text
    assert "Heavy freight in winter &lt;b&gt;" in page
    assert "opened 3 times" in page


def test_another_tenants_mail_is_not_there(newcomer: Client) -> None:
    assert newcomer.call("GET", f"/api/app/mails/{READ}").status == 404
    assert newcomer.call("GET", "/api/app/people/anneliese/mails").status == 404
    assert newcomer.call("POST", f"/api/setup/mail/unclear/{UNSURE}/again").status == 404


def test_a_mail_that_may_not_be_sent_is_refused_with_the_reason(admin: Client) -> None:
    new = {"key": "k", "address": "other@x.example", "subject": "S", "html": "<p>x</p>"}
    refused = admin.call("POST", "/api/app/people/anneliese/mails", new)
    assert refused.status == 422
    assert "no such address" in refused.json["error"]["text"]
    assert refused.json["error"]["code"] == "MailRefused"


def test_a_mail_is_looked_at_as_its_reader_will_see_it_and_nothing_is_kept(
    admin: Client, world: World
) -> None:
    before = len(world.store.all_mails)
    new = {
        "key": "k", "address": "einkauf@bergmann-soehne.example", "subject": "Prices <2027>",
        "html": '<p>Hello <a href="https://a.test/">prices</a></p>',
    }  # fmt: skip
    seen = admin.call("POST", "/api/app/people/anneliese/mails/look", new).json
    assert seen["why_not"] == ""
    assert "<title>Prices &lt;2027&gt;</title>" in seen["html"]
    assert 'href="https://a.test/"' in seen["html"]
    assert "/m/" not in seen["html"]
    assert "Hafenstraße 12" in seen["html"]
    assert "prices (https://a.test/)" in seen["text"]
    assert len(world.store.all_mails) == before
    other = admin.call(
        "POST", "/api/app/people/anneliese/mails/look", {**new, "address": "o@x.example"}
    )
    assert "no such address" in other.json["why_not"]
    sent = admin.call("POST", "/api/app/people/anneliese/mails", new)
    assert (sent.status, sent.json["mail"]["state"]) == (202, "queued")


def test_mail_that_waits_for_its_sender_is_told_where_mail_is_set_up_and_on_the_overview(
    admin: Client, world: World
) -> None:
    why = "The mail service waits: sending is paused for this account."
    assert why not in admin.get("/setup/mail").text
    now = world.app.clock.now()
    settings = world.store.mail_settings(FULL)
    told = SenderTrouble(why, now, now)
    world.store.save_mail_settings(replace(settings, trouble=told))
    page = admin.get("/setup/mail").text
    assert page.index("Email waits just now") < page.index(why) < page.index("for a week")
    found = admin.call("GET", "/api/setup/mail").json["trouble"]
    assert (found["reason"], set(found)) == (why, {"reason", "since"})
    assert why in admin.get("/app/live/marketing").text
