"""Which addresses are refused, however they are written or resolved."""

import pytest

from funnel.domain.errors import AddressForbidden, AddressInvalid
from tests.contract.crm_port.servers import serve
from tests.contract.crm_port.test_network import ask, connector, good

FORBIDDEN = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
    "127.0.0.1.",
    "\uff11\uff12\uff17.0.0.1",
    "\u2460\u2461\u2466.0.0.1",
    "0.0.0.0",
    "0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "169.254.169.254",
    "2852039166",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:0:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::169.254.169.254]",
    "[64:ff9b:1::a00:1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[100::1]",
]


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
