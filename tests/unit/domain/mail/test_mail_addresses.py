"""Addresses and header values of mail."""

import pytest

from funnel.domain.errors import InputInvalid
from funnel.domain.mail.mail_addresses import checked_header, domain_of, wire_address


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("ann@example.com", "ann@example.com"),
        ("Ann.O'Hara+x@Example.COM", "Ann.O'Hara+x@example.com"),
        ("zoe@müller.example", "zoe@xn--mller-kva.example"),
        ("zoe@例え.テスト", "zoe@xn--r8jz45g.xn--zckzah"),
    ],
)
def test_an_address_travels_in_ascii(address: str, wire: str) -> None:
    assert wire_address(address) == wire


@pytest.mark.parametrize(
    "address",
    ["", "ann", "ann@", "@example.com", "ann@localhost", "zoë@example.com", "a b@example.com",
     "ann@example.com\nBcc: x@y.test", "ann@exa mple.com", "ann@-x.test", "ann@x..test",
     "a@b@example.com", '"ann"@example.com', "ann@example.com>", "x" * 65 + "@example.com",
     "ann@" + "x" * 64 + ".com", "ann.@example.com", "ann@[192.0.2.7]"],
)  # fmt: skip
def test_what_is_no_address_is_refused_by_its_field(address: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        wire_address(address, "reply_to")
    assert refused.value.field == "reply_to"


def test_a_domain_is_found_however_it_is_spelled() -> None:
    assert domain_of("a@MÜLLER.example.") == "xn--mller-kva.example"
    assert domain_of("nothing") == ""


@pytest.mark.parametrize("text", ["a\nb", "a\rb", "a\x85b", "a\u2029b", "a\x00b", "x" * 11])
def test_a_header_is_one_short_line(text: str) -> None:
    with pytest.raises(InputInvalid):
        checked_header(text, "subject", 10)
    assert checked_header(" Zoë ", "subject", 10) == "Zoë"
