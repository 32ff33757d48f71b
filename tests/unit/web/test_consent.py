"""Unsubscribing and taking back on the person's page, and through the API."""

from dataclasses import replace

import pytest

from funnel.domain.connecting.connections import Connection
from funnel.domain.signing_in.tenants import Role
from funnel.ports.sync_messages import PushDue
from funnel.usecases.connecting.connection import change_connection
from tests.browser.world import EMPTY, FULL, SUGAR_5, World
from tests.unit.web.asking import Client, signed_in

PERSON = "anneliese"
EMAIL = "einkauf@bergmann-soehne.example"
PAGE = f"/app/people/{PERSON}"
API = f"/api{PAGE}"


@pytest.fixture
def marketer(world: World) -> Client:
    return signed_in(world, FULL, Role.MARKETER)


def test_a_marketer_unsubscribes_by_the_page_and_the_bell_is_rung(
    world: World, marketer: Client
) -> None:
    sent = marketer.send(f"{PAGE}/unsubscribe", email=EMAIL)
    assert (sent.status, sent.headers["Location"]) == (303, f"{PAGE}?saved=unsubscribed#addresses")
    assert world.queue.waiting[0].message == PushDue(FULL)
    shown = marketer.get(f"{PAGE}?saved=unsubscribed").text
    assert "Unsubscribed here by Mo Sandberg" in shown
    assert "Only an admin can take it back" in shown
    assert "Nobody writes to this address any more." in shown
    assert "the connection only reads" in shown


def test_the_api_says_what_the_page_says(marketer: Client) -> None:
    answer = marketer.call("POST", f"{API}/unsubscribe", {"email": EMAIL.upper(), "reason": "call"})
    assert answer.status == 200
    mark = answer.json["opt_out"]
    assert (mark["value"], mark["side"], mark["by"], mark["reason"]) == (
        True, "Funnel", "Mo Sandberg", "call",
    )  # fmt: skip
    assert answer.json["in_sugar"] == "read_only"
    assert answer.json in marketer.get(API).json["consents"]


def test_only_an_admin_takes_back_and_only_with_a_reason(marketer: Client, admin: Client) -> None:
    marketer.send(f"{PAGE}/unsubscribe", email=EMAIL)
    assert marketer.send(f"{PAGE}/take-back", email=EMAIL, reason="x").status == 403
    assert marketer.call("POST", f"{API}/take-back", {"email": EMAIL, "reason": "x"}).status == 403
    assert admin.send(f"{PAGE}/take-back", email=EMAIL, reason=" ").status == 400
    refused = admin.call("POST", f"{API}/take-back", {"email": EMAIL, "reason": ""})
    assert (refused.status, refused.json["error"]["field"]) == (400, "reason")
    sent = admin.send(f"{PAGE}/take-back", email=EMAIL, reason="she <asked> by phone")
    assert sent.status == 303
    shown = admin.get(PAGE).text
    assert "Opt-out taken back here by Ada Brandt" in shown
    assert "she &lt;asked&gt; by phone" in shown
    assert "Consent changed" in shown


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (API, {"email": "other@x.example"}, 404),
        ("/api/app/people/nobody", {"email": EMAIL}, 404),
        (API, {"email": EMAIL, "reason": "x" * 501}, 400),
        (API, {}, 400),
    ],
)
def test_what_cannot_be_unsubscribed_is_refused(
    marketer: Client, path: str, body: dict[str, str], status: int
) -> None:
    assert marketer.call("POST", f"{path}/unsubscribe", body).status == status


def test_another_company_reaches_nothing(world: World) -> None:
    stranger = signed_in(world, EMPTY)
    assert stranger.call("POST", f"{API}/unsubscribe", {"email": EMAIL}).status == 404
    assert world.store.consents(FULL, [EMAIL]) == {}


def test_an_address_of_which_nothing_is_known_says_so(admin: Client) -> None:
    assert "No opt-out is known." in admin.get(PAGE).text


def test_what_soap_php_cannot_be_told_an_admin_sets_by_hand_and_says_so(
    world: World, marketer: Client, admin: Client
) -> None:
    def on_soap(connection: Connection) -> Connection:
        return replace(connection, endpoint=SUGAR_5)

    change_connection(world.app, FULL, on_soap)
    marketer.send(f"{PAGE}/unsubscribe", email=EMAIL)
    assert "An admin says here when it is done." in marketer.get(PAGE).text
    assert marketer.send(f"{PAGE}/done-by-hand", email=EMAIL).status == 403
    assert marketer.call("POST", f"{API}/done-by-hand", {"email": EMAIL}).status == 403
    assert "Done by hand in Sugar" in admin.get(PAGE).text
    sent = admin.send(f"{PAGE}/done-by-hand", email=EMAIL)
    assert (sent.status, sent.headers["Location"]) == (303, f"{PAGE}?saved=done-by-hand#addresses")
    shown = admin.get(f"{PAGE}?saved=done-by-hand").text
    assert "Noted: Sugar holds the same now." in shown
    assert "Done by hand in Sugar" not in shown
    again = admin.call("POST", f"{API}/done-by-hand", {"email": EMAIL})
    assert (again.status, again.json["in_sugar"], again.json["by_hand"]) == (200, "agrees", False)


def test_where_sugar_can_be_told_nobody_says_it_was_done_by_hand(admin: Client) -> None:
    admin.send(f"{PAGE}/unsubscribe", email=EMAIL)
    assert "Done by hand" not in admin.get(PAGE).text
    assert admin.send(f"{PAGE}/done-by-hand", email=EMAIL).status == 403
