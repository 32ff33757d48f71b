"""Which pages may show FunnelVision."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.vision.sugar_origins import origin_of


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://crm.example.com/index.php?module=Home", "https://crm.example.com"),
        ("https://CRM.Example.com:443", "https://crm.example.com"),
        ("http://crm.example.com:80/sugar/", "http://crm.example.com"),
        ("http://10.1.2.3:8080/sugarcrm", "http://10.1.2.3:8080"),
        ("http://[FE80::1]:81/", "http://[fe80::1]:81"),
        ("https://müller.example/crm", "https://xn--mller-kva.example"),
        ("http://localhost:9000", "http://localhost:9000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@given(st.text(max_size=60))
def test_nothing_but_an_origin_ever_comes_out(text: str) -> None:
    for url in (text, f"https://{text}", f"http://a{text}"):
        origin = origin_of(url)
        assert origin == "" or re.fullmatch(
            r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?", origin
        )
