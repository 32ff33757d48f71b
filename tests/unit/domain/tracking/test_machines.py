"""What a user agent and an address say of who is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.tracking.activities import Signal
from funnel.domain.tracking.machines import (
    LONGEST_AGENT,
    machine_of_agent,
    machine_of_network,
    names_a_browser,
)
from tests.unit.domain.tracking.agents import MACHINES, PEOPLE


@pytest.mark.parametrize("agent", PEOPLE)
def test_what_people_browse_with_names_no_machine(agent: str) -> None:
    assert machine_of_agent(agent) is None


@pytest.mark.parametrize(("agent", "name", "signal"), MACHINES)
def test_what_names_itself_a_machine_is_one(agent: str, name: str, signal: Signal) -> None:
    machine = machine_of_agent(agent)
    assert machine is not None
    assert (machine.name, machine.signal) == (name, signal)


def test_a_telephone_whose_make_ends_like_a_bot_is_a_persons() -> None:
    assert machine_of_agent("Mozilla/5.0 (Linux; Android 13; CUBOT_KING KONG) Chrome/120.0") is None
    assert machine_of_agent("Mozilla/5.0 (Botswana edition) Chrome/120.0") is None


def test_an_agent_of_any_length_is_looked_at_only_so_far() -> None:
    assert machine_of_agent("x" * LONGEST_AGENT + " Googlebot") is None
    named = machine_of_agent("a" * 200 + "bot")
    assert named is not None
    assert len(named.name) < 40


@pytest.mark.parametrize(
    ("agent", "browser"),
    [
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17 Safari/605.1.15", True),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)", False),
        ("Mozilla/5.0", False),
    ],
)  # fmt: skip
def test_a_browser_is_told_from_apples_mail(agent: str, browser: bool) -> None:
    assert names_a_browser(agent) is browser


@pytest.mark.parametrize(
    ("ip", "name"),
    [
        ("66.249.66.1", "Googlebot"),
        ("66.249.84.9", "Google"),
        ("74.125.210.1", "Google"),
        ("209.222.87.255", "Barracuda"),
        ("209.222.88.0", ""),
        ("40.93.255.255", "Microsoft Defender"),
        ("40.94.0.0", ""),
        ("205.139.111.4", "Mimecast"),
        ("41.74.203.10", ""),
        ("67.231.159.255", "Proofpoint"),
        ("172.227.255.255", "Apple's relays"),
        ("172.228.0.0", ""),
        ("2001:4860:4801:10::1", "Googlebot"),
        ("2001:4860:4802::1", ""),
        ("2a01:111:f403:c10d::1", "Microsoft Defender"),
        ("2606:54c3:ffff::1", "Apple's relays"),
        ("2606:54c4::1", ""),
        ("::ffff:209.222.80.1", "Barracuda"),
        (" 209.222.80.1 ", "Barracuda"),
        ("127.0.0.1", ""),
        ("192.0.2.17", ""),
        ("2001:db8::1", ""),
        ("fe80::1%eth0", ""),
        ("", ""),
        ("unknown", ""),
        ("1.2.3.4, 5.6.7.8", ""),
    ],
)
def test_an_address_is_that_of_the_network_it_lies_in(ip: str, name: str) -> None:
    machine = machine_of_network(ip)
    assert (machine.name if machine else "") == name


@given(st.text(max_size=60) | st.ip_addresses().map(str))
def test_whatever_stands_for_an_address_is_answered(ip: str) -> None:
    machine = machine_of_network(ip)
    assert machine is None or machine.name
