"""Which addresses are refused, however they are written or resolved."""

import socket
from ipaddress import ip_address

import pytest

from funnel.domain.errors import AddressForbidden, AddressInvalid, RedirectedElsewhere
from tests.contract.crm_port.forbidden import FORBIDDEN, PLAIN
from tests.contract.crm_port.servers import answer, serve
from tests.contract.crm_port.test_network import ask, connector, good


@pytest.mark.parametrize("scheme", ["", "http://", "https://"])
@pytest.mark.parametrize("host", FORBIDDEN)
def test_a_private_address_is_refused_in_every_spelling(host: str, scheme: str) -> None:
    with pytest.raises(AddressForbidden) as error:
        connector(allow=()).detect(f"{scheme}{host}/service/v4_1/soap.php")
    assert "allow-list" in error.value.mend


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "ftp://crm.example/",
        "file:///etc/passwd",
        "https://",
        "https:///service",
        "https://user:password@crm.example/",
        "https://crm.example@127.0.0.1/",
        "https://crm.example\\@127.0.0.1/",
        "https://crm.example:99999/",
        "https://crm.example:0/",
        "https://crm.example:port/",
        "https://[::1/",
        "https://%31%32%37.0.0.1/",
        "https://crm example/",
        "https://crm.example/\r\nHost: other",
        "https://..",
        "https://-crm..example/",
        "http://\u2028.example",
    ],
)
def test_what_is_no_web_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(AddressInvalid) as error:
        connector(allow=()).detect(url)
    assert error.value.mend


def test_a_name_that_resolves_to_private_addresses_is_refused_on_connecting() -> None:
    for told in (["127.0.0.1"], ["10.0.0.1", "::1"], ["::ffff:169.254.169.254"]):
        with pytest.raises(AddressForbidden):
            connector(allow=(), resolver=lambda *_, t=told: t).detect("https://crm.example")


def spelled(plain: str) -> str | None:
    """The address as a name server gives it; None for a spelling that none gives."""
    try:
        return str(ip_address(plain))
    except ValueError:
        return None


@pytest.mark.parametrize("told", [one for one in PLAIN if spelled(one)])
def test_a_name_leads_to_nothing_private_whatever_it_resolves_to(told: str) -> None:
    with pytest.raises(AddressForbidden):
        connector(allow=(), resolver=lambda *_: [told]).detect("https://crm.example")


@pytest.mark.parametrize("inward", FORBIDDEN)
def test_a_redirect_inwards_is_followed_neither_in_looking_nor_in_asking(inward: str) -> None:
    def moved(line: str, _peer: socket.socket) -> bytes:
        return answer(302, Location=f"http://{inward}:8080/".encode("latin-1", "ignore").decode())

    looking = connector(allow=("crm.example",), resolver=lambda *_: ["127.0.0.1"])
    with serve(moved) as server:
        site = f"http://crm.example:{server.port}"
        for attempt in (looking.detect, lambda site: ask(site, looking)):
            with pytest.raises(RedirectedElsewhere):
                attempt(site)
        assert len(server.asked) == 2


def test_a_name_on_the_allow_list_never_leads_to_a_service_that_tells_who_a_machine_is() -> None:
    for told in (
        "169.254.169.254",
        "fd00:ec2::254",
        "168.63.129.16",
        "100.100.100.200",
        "192.0.0.192",
    ):
        with pytest.raises(AddressForbidden):
            ask(
                "http://crm.example",
                connector(allow=["crm.example"], resolver=lambda *_, t=told: [t]),
            )


def test_a_second_answer_of_the_name_server_changes_nothing() -> None:
    """Rebinding: the address judged is the address connected to, and it is asked for once."""
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with serve(good) as server:
        allowed = connector(allow=("127.0.0.1/32",), resolver=rebinding)
        ask(f"http://crm.example:{server.port}", allowed)
        assert len(server.asked) == 1
        assert asked == ["crm.example"]
        with pytest.raises(AddressForbidden):
            ask(f"http://crm.example:{server.port}", allowed)
        assert len(server.asked) == 1


def test_of_several_addresses_only_permitted_ones_are_used() -> None:
    with serve(good) as server:
        mixed = connector(
            allow=("127.0.0.1/32",), resolver=lambda *_: ["10.0.0.1", "127.0.0.2", "127.0.0.1"]
        )
        ask(f"http://crm.example:{server.port}", mixed)
        assert len(server.asked) == 1


def test_the_allow_list_takes_networks_addresses_and_names_but_a_name_never_metadata() -> None:
    with serve(good) as server:
        for allow in (["127.0.0.0/8"], ["127.0.0.1"], ["Crm.Example."]):
            named = connector(allow=allow, resolver=lambda *_: ["127.0.0.1"])
            ask(f"http://crm.example:{server.port}", named)
        assert len(server.asked) == 3
    with pytest.raises(AddressForbidden):
        ask(
            "http://crm.example",
            connector(allow=["crm.example"], resolver=lambda *_: ["169.254.169.254"]),
        )


def test_an_address_that_cannot_be_read_is_not_repeated() -> None:
    with pytest.raises(AddressInvalid) as refused:
        connector().detect("https://api:Secret@crm.example.test:port/")
    assert "Secret" not in refused.value.text + refused.value.mend
