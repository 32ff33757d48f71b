"""Links that say who opens them."""

from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.signed_links import link_token, person_of_token, with_link_token

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TENANT, ADA = TenantId("acme"), PersonId("0d9f2f5e-5a0c-4a53-9d0a-3b7f2f1c9a10")


def test_a_token_tells_its_person_until_it_ends() -> None:
    token = link_token("key", TENANT, ADA, NOW + DAY)
    assert person_of_token("key", TENANT, token, NOW) == ADA
    assert person_of_token("key", TENANT, token, NOW + DAY) is None
    assert len(token) < 100


def test_a_token_is_good_with_its_key_and_tenant_only() -> None:
    token = link_token("key", TENANT, ADA, NOW + DAY)
    assert person_of_token("other", TENANT, token, NOW) is None
    assert person_of_token("key", TenantId("other"), token, NOW) is None


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b.c", "ada.9999999999.", "\ud800.1.ü", f"{ADA}.²." + "0" * 32],
)
def test_what_is_no_token_of_ours_tells_nobody(token: str) -> None:
    assert person_of_token("key", TENANT, token, NOW) is None


def test_a_token_cannot_be_changed() -> None:
    person, end, signature = link_token("key", TENANT, ADA, NOW + DAY).split(".")
    later = str(int(end) + 86_400)
    for forged in (f"{person}.{later}.{signature}", f"ben.{end}.{signature}",
                   f"{person}.{end}.{signature[:-1]}"):  # fmt: skip
        assert person_of_token("key", TENANT, forged, NOW) is None


def test_an_address_takes_the_token_where_its_parameters_are() -> None:
    assert with_link_token("https://a.test/x", "t") == "https://a.test/x?fnl=t"
    assert with_link_token("https://a.test/?b=1#c", "t") == "https://a.test/?b=1&fnl=t#c"
