"""Hits are read out of whatever a browser sends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from funnel.domain.errors import InputInvalid, TooLarge
from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hit_reading import clean, read_hits, without_token
from funnel.domain.tracking.hits import Hit

NOW = datetime(2026, 3, 10, 13, 40, 54, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)
BROWSER = "b7a2c4d8e1f5a9b3"
DOMAINS = ("example.com", "127.0.0.1")


def body(*hits: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"browser": BROWSER, "sent": NOW_MS, "hits": list(hits or (hit(),)), **more}


def hit(**more: Any) -> dict[str, Any]:
    seen = {"id": "h5a1c7d3", "kind": "page view", "at": NOW_MS - 1000}
    return {**seen, "url": "https://www.example.com/pricing", **more}


def read(*hits: dict[str, Any], **more: Any) -> tuple[Hit, ...]:
    browser, found = read_hits(body(*hits, **more), NOW, DOMAINS)
    assert browser == BROWSER
    return found


def test_a_page_view_and_a_form_are_read_with_what_they_say() -> None:
    fields = {"email": " ada@example.test ", "last_name": "Ölçer", "card": "4111", "first_name": 7}
    page, form = read(
        hit(title=" Pricing\n", referrer="https://www.google.com/"),
        hit(id="h5a1c7d4", kind="form", form="News", fields=fields),
    )
    at = NOW - timedelta(seconds=1)
    url = "https://www.example.com/pricing"
    assert page == Hit(
        "h5a1c7d3", ActivityKind.PAGE_VIEW, at, url, "Pricing", "https://www.google.com/"
    )
    assert form == Hit(
        "h5a1c7d4", ActivityKind.FORM, at, url, form="News",
        fields={"email": "ada@example.test", "last_name": "Ölçer"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ([], ""),
        (None, ""),
        (body(browser="B7A2C4D8E1F5A9B3"), "browser"),
        (body(browser="b7a2"), "browser"),
        (body(browser=7), "browser"),
        (body(browser="b" * 41), "browser"),
        (body(sent="now"), "sent"),
        (body(sent=True), "sent"),
        (body(sent=-1), "sent"),
        (body(sent=10**15), "sent"),
        (body(hits={}), "hits"),
        (body(hits=[]), "hits"),
        (body(hits=["x"]), "hits.0"),
        (body(hit(), hit(id="short")), "hits.1.id"),
        (body(hit(id="a b c d e")), "hits.0.id"),
        (body(hit(kind="email open")), "hits.0.kind"),
        (body(hit(kind="email click")), "hits.0.kind"),
        (body(hit(kind=[])), "hits.0.kind"),
        (body(hit(at=NOW_MS - 25 * 3600_000)), "hits.0.at"),
        (body(hit(at=NOW_MS + 120_000)), "hits.0.at"),
        (body(hit(at=None)), "hits.0.at"),
        (body(hit(url="")), "hits.0.url"),
        (body(hit(url="/pricing")), "hits.0.url"),
        (body(hit(url="javascript:alert(1)")), "hits.0.url"),
        (body(hit(url="file:///etc/passwd")), "hits.0.url"),
        (body(hit(url="https://evil.test/")), "hits.0.url"),
        (body(hit(url="https://example.com.evil.test/")), "hits.0.url"),
        (body(hit(url="https://notexample.com/")), "hits.0.url"),
        (body(hit(url="https://[::1/")), "hits.0.url"),
        (body(hit(url=["https://example.com/"])), "hits.0.url"),
        (body(hit(fields=[])), "hits.0.fields"),
    ],
)
def test_what_is_no_hit_is_refused_with_the_place(sent: object, field: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        read_hits(sent, NOW, DOMAINS)
    assert refused.value.field == field


def test_fifty_hits_are_taken_and_not_one_more() -> None:
    hits = [hit(id=f"hit-{n:06}") for n in range(50)]
    assert len(read(*hits)) == 50
    with pytest.raises(TooLarge):
        read(*hits, hit())


def test_a_host_counts_in_any_case_with_any_port_and_below_its_domain() -> None:
    for url in ("https://EXAMPLE.com:8443/a", "http://a.b.example.com./", "http://127.0.0.1:80/"):
        assert read(hit(url=url))[0].url == url


@pytest.mark.parametrize(
    ("wrong_by", "told"), [(0, 0), (20, 20), (-20, -20), (3600, 0), (-86_400 * 400, 0), (3629, 29)]
)
def test_a_clock_that_is_wrong_by_minutes_is_corrected_and_one_by_seconds_believed(
    wrong_by: int, told: int
) -> None:
    """So that a hit that comes twice has the same time, whenever it arrives."""
    sent = NOW_MS + wrong_by * 1000
    (found,) = read(hit(at=sent - 5000), sent=sent)
    assert found.at == NOW + timedelta(seconds=told - 5)


def test_a_hit_that_comes_again_a_little_later_has_the_same_time() -> None:
    first = read_hits(body(), NOW + timedelta(milliseconds=40), DOMAINS)
    again = read_hits(body(), NOW + timedelta(seconds=9), DOMAINS)
    assert first == again


def test_a_hit_sent_anew_by_a_clock_half_a_minute_off_can_have_another_time() -> None:
    """As docs/tracking.md says. What waits in a queue and comes again was read only once."""
    made = NOW_MS + 29_900
    first, again = (read(hit(at=made), sent=made + late)[0] for late in (0, 300))
    assert (first.hit_id, first.at - again.at) == (again.hit_id, timedelta(minutes=1))


def test_the_token_of_a_signed_link_is_taken_out_of_every_address() -> None:
    url = "https://example.com/a?x=1&fnl=s3cr3t&utm_source=news#top"
    (found,) = read(hit(url=url, referrer="https://example.com/?fnl=s3cr3t"))
    assert (found.url, found.token) == (
        "https://example.com/a?x=1&utm_source=news#top",
        "s3cr3t",
    )
    assert found.referrer == "https://example.com/"
    assert without_token("https://example.com/?fnlx=1") == ("https://example.com/?fnlx=1", "")


def test_text_is_cut_and_rid_of_what_no_table_or_queue_takes() -> None:
    (found,) = read(
        hit(title="a\x00b\ud800\uffff" + "ü" * 500, referrer="ftp://x/", form="x" * 999)
    )
    assert found.title == "ab" + "ü" * 198
    assert (found.referrer, len(found.form)) == ("", 200)
    assert clean(None, 9) == ""
    assert len(read(hit(url="https://example.com/" + "a" * 5000))[0].url) == 1000
