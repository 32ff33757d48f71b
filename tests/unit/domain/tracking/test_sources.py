"""Where a visit comes from."""

from datetime import UTC, datetime

import pytest

from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import Hit
from funnel.domain.tracking.sources import source_of

AT = datetime(2026, 3, 10, tzinfo=UTC)
HERE = "https://www.example.com/"


def of(url: str = HERE, referrer: str = "", token: str = "") -> dict[str, str]:
    hit = Hit("h", ActivityKind.PAGE_VIEW, AT, url, referrer=referrer, token=token)
    return source_of(hit, ("example.com",))


def test_without_a_referrer_it_is_direct() -> None:
    assert of() == {"source": "direct"}


def test_from_the_site_itself_there_is_no_source() -> None:
    assert of(referrer="https://shop.example.com/a") == {}


def test_from_another_site_it_is_a_referral() -> None:
    url = "https://news.test/a?x=1"
    assert of(referrer=url) == {
        "source": "referral",
        "referrer": url,
        "referrer_host": "news.test",
    }


@pytest.mark.parametrize(
    ("referrer", "engine", "term"),
    [
        ("https://www.google.com/", "google", None),
        ("https://www.google.co.uk/search?q=crane+hire", "google", "crane hire"),
        ("https://duckduckgo.com/?q=freight", "duckduckgo", "freight"),
        ("https://de.search.yahoo.com/search?p=kran%20mieten", "yahoo", "kran mieten"),
        ("https://yandex.ru/search/?text=%D0%BA%D1%80%D0%B0%D0%BD", "yandex", "кран"),
        ("https://www.bing.com/search?q=&x=1", "bing", None),
    ],
)
def test_from_a_search_engine_with_the_term_where_it_is_given(
    referrer: str, engine: str, term: str | None
) -> None:
    found = of(referrer=referrer)
    assert (found["source"], found["engine"], found.get("term")) == ("search", engine, term)


@pytest.mark.parametrize(
    "referrer", ["https://mail.google.com/", "https://google.evil.test.docs/", "https://bing/"]
)
def test_not_all_of_a_search_engines_hosts_are_searches(referrer: str) -> None:
    found = of(referrer=referrer)
    assert (found["source"] == "search") == ("evil" in referrer)


def test_utm_parameters_name_a_campaign_and_of_email_the_mail() -> None:
    found = of(f"{HERE}?utm_source=news&utm_campaign=Spring+2026&utm_term=")
    assert found == {"source": "campaign", "utm_source": "news", "utm_campaign": "Spring 2026"}
    assert of(f"{HERE}?utm_medium=Email&utm_source=x")["source"] == "email"
    ad = of(f"{HERE}?utm_source=ads", "https://www.google.com/search?q=crane")
    assert (ad["source"], ad["engine"], ad["term"]) == ("campaign", "google", "crane")


def test_a_signed_link_comes_from_an_email() -> None:
    assert of(token="t") == {"source": "email"}
    assert of(token="t", referrer="https://mail.test/")["source"] == "email"


def test_a_campaign_within_the_site_counts_all_the_same() -> None:
    found = of(f"{HERE}?utm_source=banner", "https://example.com/a")
    assert found == {"source": "campaign", "utm_source": "banner"}
