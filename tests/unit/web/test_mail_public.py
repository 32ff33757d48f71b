"""The public addresses of a mail, over HTTP."""

from dataclasses import replace

import pytest

from funnel.domain.mail.mails import TrackedLink
from funnel.domain.tracking.activities import ActivityKind
from funnel.ports.marketing_messages import RecordSight, TakeWord
from tests.browser.mails import READ, TOKEN
from tests.browser.world import FULL, World
from tests.unit.web.asking import Answer, Client

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def client(world: World) -> Client:
    while world.queue.pop_next() is not None:
        pass
    return Client(world)


def look(client: Client, method: str, path: str) -> Answer:
    return client.ask(method, path, user_agent=FIREFOX)


def sights(world: World) -> list[RecordSight]:
    return [d.message for d in world.queue.waiting if isinstance(d.message, RecordSight)]


def words(world: World) -> list[TakeWord]:
    return [d.message for d in world.queue.waiting if isinstance(d.message, TakeWord)]


def test_the_picture_is_sent_and_passed_on_and_kept_by_nobody(client: Client, world: World) -> None:
    event_answer = client.doors.answer(
        {
            "version": "2.0", "rawPath": f"/m/o/{TOKEN}", "headers": {"user-agent": FIREFOX},
            "requestContext": {"http": {"method": "GET", "sourceIp": "192.0.2.7"}},
        }
    )  # fmt: skip
    assert event_answer["headers"]["content-type"] == "image/gif"
    assert event_answer["headers"]["Cache-Control"] == "no-store"
    assert event_answer["isBase64Encoded"]
    (told,) = sights(world)
    assert (told.tenant, told.sight.mail_id, told.sight.kind) == (
        FULL, READ, ActivityKind.EMAIL_OPEN
    )  # fmt: skip
    assert (told.sight.ip, told.sight.user_agent) == ("192.0.2.7", FIREFOX)


def test_a_person_is_led_to_the_page_with_who_it_is_and_a_machine_without(
    client: Client, world: World
) -> None:
    person = look(client, "GET", f"/m/c/{TOKEN}/1")
    assert (person.status, person.headers["Location"]) == (
        302, "https://nordwind.example/pricing?fnl=x"
    )  # fmt: skip
    assert person.headers["Referrer-Policy"] == "no-referrer"
    assert person.headers["Cache-Control"] == "no-store"
    machine = look(client, "HEAD", f"/m/c/{TOKEN}/1")
    assert (machine.status, machine.headers["Location"]) == (
        302,
        "https://nordwind.example/pricing",
    )
    assert [one.sight.method for one in sights(world)] == ["GET", "HEAD"]


def test_a_link_with_letters_beyond_ascii_leads_there_in_a_header_of_ascii(
    client: Client, world: World
) -> None:
    kept = world.app.mails.tracked_mail(TOKEN)
    assert kept is not None
    link = TrackedLink("https://bücher.test/ä?q=日")
    world.app.mails.save_tracked(replace(kept, links=(link,)))
    answer = look(client, "GET", f"/m/c/{TOKEN}/1")
    assert answer.headers["Location"] == "https://xn--bcher-kva.test/%C3%A4?q=%E6%97%A5"


@pytest.mark.parametrize(
    "path",
    ["/m/c/{t}/2", "/m/c/{t}/-1", "/m/c/{t}/https://evil.test", "/m/c/{t}?u=https://evil.test",
     "/m/c/nothing/1", "/m/o/nothing", "/m/x/{t}", "/m/", "/m/c/", "/m/u/", "/m/u/nothing"],
)  # fmt: skip
def test_nothing_leads_anywhere_else(client: Client, world: World, path: str) -> None:
    answer = look(client, "GET", path.format(t=TOKEN))
    assert answer.status == 404
    assert "Location" not in answer.headers
    assert len(world.queue) == 0


def test_the_link_that_people_do_not_see_leads_nowhere(client: Client, world: World) -> None:
    answer = look(client, "GET", f"/m/c/{TOKEN}/0")
    assert (answer.status, answer.text) == (204, "")
    assert [one.sight.link for one in sights(world)] == [0]


def test_looking_at_the_unsubscribe_page_changes_nothing(client: Client, world: World) -> None:
    for method in ("GET", "HEAD"):
        answer = look(client, method, f"/m/u/{TOKEN}")
        assert answer.status == 200
    assert "with all of their company" in look(client, "GET", f"/m/u/{TOKEN}").text
    assert len(world.queue) == 0


def test_one_post_unsubscribes_without_a_page_and_another_takes_it_back(
    client: Client, world: World
) -> None:
    form = {"content_type": "application/x-www-form-urlencoded"}
    left = client.ask("POST", f"/m/u/{TOKEN}", b"List-Unsubscribe=One-Click", **form)
    assert left.status == 200
    assert "You are unsubscribed" in left.text
    back = client.ask("POST", f"/m/u/{TOKEN}", b"undo=yes", **form)
    assert "subscribed again" in back.text
    assert [(one.tenant, one.word.opt_out) for one in words(world)] == [(FULL, True), (FULL, False)]


def test_a_mail_program_may_send_one_click_as_a_form_with_parts(
    client: Client, world: World
) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x"
    assert client.ask("POST", f"/m/u/{TOKEN}", body, content_type=kind).status == 200
    assert [one.word.opt_out for one in words(world)] == [True]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; na"),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\nOne-Click\r\n--y--\r\n"),
        ("multipart/form-data", b"--x--\r\n"),
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click&a=\xff"),
        ("text/plain", b""),
    ],
)
def test_a_mail_program_unsubscribes_whatever_becomes_of_its_body(
    client: Client, world: World, kind: str, body: bytes
) -> None:
    assert client.ask("POST", f"/m/u/{TOKEN}", body, content_type=kind).status == 200
    assert [one.word.opt_out for one in words(world)] == [True]


def test_the_pages_of_a_mail_take_no_cookie_and_give_none(client: Client) -> None:
    for path in (f"/m/u/{TOKEN}", f"/m/o/{TOKEN}", f"/m/c/{TOKEN}/0"):
        assert not client.doors.answer(
            {
                "version": "2.0", "rawPath": path, "headers": {}, "cookies": ["funnel_session=x"],
                "requestContext": {"http": {"method": "GET"}},
            }
        ).get("cookies")  # fmt: skip
