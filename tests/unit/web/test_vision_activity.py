"""Prospect Activity and what a prospect did: who sees whom, visit by visit, and titles that are code."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.usecases.tracking.record_activities import record_activities
from tests.browser.prospects import EVIL, browser_of, visit
from tests.browser.world import FULL, World
from tests.unit.web.test_vision_hot import ask, owner_of

pytestmark = pytest.mark.feature("E2")
P20, CONTACT_20 = "person-20", "/prospect/Contacts/p20"
Add = Callable[..., None]


@pytest.fixture
def add(full: World) -> Add:
    """Adds one thing that person 20 did a minute ago."""

    def put(name: str, kind: ActivityKind, signal: Signal = Signal.HUMAN, **about: str) -> None:
        at = full.clock.now() - timedelta(minutes=1)
        subject = browser_of(P20) if "visit" in about else SubjectId(P20)
        one = Activity(FULL, subject, name, kind, at, about, signal)
        record_activities(full.app, FULL, subject, [one])

    return put


def seen(world: World, query: str = "", user: str = "sarah") -> dict[str, Any]:
    found: dict[str, Any] = ask(world, f"/panels/activity{query}", user, api=True).json
    return found


def test_who_was_on_the_site_last_comes_first_with_how_it_came_and_what_it_read(
    full: World,
) -> None:
    items = seen(full)["items"]
    moments = [one["seen_at"] for one in items]
    assert moments == sorted(moments, reverse=True)
    assert [one["is_here"] for one in items] == [True] + [False] * (len(items) - 1)
    first = items[0]["visits"][0]
    assert [one["title"] for one in first["pages"]] == ["Pricing", "Tour", "Your offer"]
    assert first["source"]["engine"] == "google"
    text = ask(full, "/panels/activity").text
    assert "On the site now" in text
    assert "searched with Google" in text
    assert "Form “Newsletter” sent" in text
    assert '<span title="/tour">Tour</span>' in text
    assert "module=Contacts&amp;action=DetailView&amp;record=p20" in text


def test_the_sign_that_somebody_is_there_goes_after_five_minutes(full: World) -> None:
    assert 'title="1 new"' in ask(full, "/panels").text
    full.clock.advance(300)
    assert not any(one["is_here"] for one in seen(full)["items"])
    assert "On the site now" not in ask(full, "/panels").text


def test_a_rep_sees_own_prospects_and_a_manager_those_of_the_team(full: World) -> None:
    def owners(query: str, user: str) -> set[str]:
        return {owner_of(full, one) for one in seen(full, query, user)["items"]}

    assert owners("", "sarah") == {"sarah"}
    assert owners("?whose=team", "jonas") == {"jonas"}
    assert owners("?whose=jonas", "sarah") == {"jonas"}
    assert owners("?whose=team&days=30", "sarah") == {"sarah", "jonas", "max", "will"}
    assert ask(full, "/panels/activity?whose=sarah", "jonas").status == 403
    assert ask(full, "/activity?whose=sarah", "jonas").status == 403
    record = RecordKey(Module.LEADS, SugarId("p0"))
    assert ask(full, "/activity", "jonas", record=record).status == 401


def test_more_goes_on_where_the_page_ended_until_all_were_shown(full: World) -> None:
    found: list[Any] = []
    cursor, pages = "", 0
    while True:
        page = ask(full, f"/activity?whose=team&days=30&cursor={cursor}", api=True).json
        assert len(page["items"]) <= 25
        assert bool(page["days"]) is not bool(cursor)
        found += page["items"]
        cursor, pages = page["cursor"].replace("#", "%23"), pages + 1
        if not cursor:
            break
    assert pages > 1
    keys = [(one["module"], one["sugar_id"]) for one in found]
    since = full.clock.now() - timedelta(days=30)
    rows = [row for (tenant, _), row in full.store.prospect_rows.items() if tenant == FULL]
    wanted = {
        (row.key.module.value, str(row.key.sugar_id))
        for row in rows
        if row.owner in {"sarah", "jonas", "max", "will"} and row.seen_at and row.seen_at >= since
    }
    assert len(keys) == len(set(keys))
    assert set(keys) == wanted
    moments = [one["seen_at"] for one in found]
    assert moments == sorted(moments, reverse=True)
    text = ask(full, "/activity?whose=team&days=30").text
    assert 'data-into="activity-more"' in text


def test_the_days_are_those_of_the_viewers_clock_and_add_up(full: World) -> None:
    found = seen(full, "?days=7")
    assert len(found["days"]["visits"]) == 8
    assert sum(found["days"]["visits"]) == sum(len(one["visits"]) for one in found["items"])
    assert found["days"]["visits"][-1] > 0
    assert found["days"]["first"] == "2026-11-17"
    ahead = seen(full, "?days=7&offset=840")["days"]
    assert sum(ahead["visits"]) == sum(found["days"]["visits"])
    assert len(ahead["visits"]) == 8
    assert 'aria-label="Visits a day since 2026-11-17: ' in ask(full, "/panels/activity").text
    assert len(seen(full, "?days=1")["days"]["visits"]) == 1


def test_a_visit_before_the_time_that_is_shown_is_left_out(full: World) -> None:
    for days in (1, 7, 30):
        for one in seen(full, f"?days={days}")["items"]:
            assert one["visits"]
    today, month = seen(full, "?days=1")["items"], seen(full, "?days=30")["items"]
    assert len(today[0]["visits"]) < len(month[0]["visits"]) == 3


def test_many_pages_are_a_few_and_how_many_more(full: World) -> None:
    now = full.clock.now()
    visit(full.app, FULL, P20, "long", now - timedelta(minutes=20), ("/tour", "/pricing") * 6)
    text = ask(full, "/panels/activity").text
    assert "and 8 more" in text


def test_where_nobody_is_shown_it_is_said_why_and_what_to_do(full: World) -> None:
    full.clock.advance(86_400 * 20)
    assert seen(full)["why_none"] == "not_seen"
    assert "in this time" in ask(full, "/panels/activity").text
    full.store.prospect_rows.clear()
    assert seen(full)["why_none"] == "nobody_known"
    assert "by a form, or by a link in an email" in ask(full, "/panels/activity").text


def test_no_site_is_said_as_such(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    full.store.prospect_rows.clear()
    monkeypatch.setattr(full.app.sites, "sites", lambda _tenant: [])
    assert seen(full)["why_none"] == "no_site"
    assert "under Tracking" in ask(full, "/panels/activity").text


# ------------------------------------------------------------------------- of one prospect


def test_a_prospect_opens_with_visits_opens_and_clicks_in_time_order(full: World, add: Add) -> None:
    add("open", ActivityKind.EMAIL_OPEN, email="m1", title="Our spring offer")
    add(
        "opens",
        ActivityKind.EMAIL_CLICK,
        email="m1",
        title="Our spring offer",
        url="https://n.example/x",
    )
    items = ask(full, CONTACT_20, api=True).json["activities"]["items"]
    moments = [one["at"] for one in items]
    assert moments == sorted(moments, reverse=True)
    text = ask(full, CONTACT_20).text
    assert "<strong>Email opened</strong>: Our spring offer" in text
    assert "<strong>Link clicked</strong>: Our spring offer" in text
    assert text.index("Link clicked") < text.index("Visit of Nordwind Logistik")
    assert text.count("Visit of Nordwind Logistik") == 4, "the fifth is on the next page"


def test_what_machines_did_is_folded_away_with_their_label(full: World, add: Add) -> None:
    add("scan", ActivityKind.EMAIL_CLICK, Signal.SCANNER, email="m1", url="https://n.example/x")
    text = ask(full, CONTACT_20).text
    folded = text[text.index("<details") : text.index("</details>")]
    assert "1 by a machine" in folded
    assert "Link clicked" in folded
    assert "Link clicked" not in text.replace(folded, "")


def test_earlier_activities_follow_by_a_cursor_and_only_who_may_see_them(full: World) -> None:
    for n in range(20):
        at = full.clock.now() - timedelta(days=5, hours=n)
        visit(full.app, FULL, P20, f"often-{n}-x", at, ("/", "/tour"))
    found = ask(full, CONTACT_20, api=True).json["activities"]
    ids = [one["activity_id"] for one in found["items"]]
    cursor = found["cursor"]
    assert "Show earlier" in ask(full, CONTACT_20).text
    while cursor:
        path = f"{CONTACT_20}/activities"
        page = ask(full, f"{path}?cursor={quoted(cursor)}", api=True).json
        ids += [one["activity_id"] for one in page["items"]]
        cursor = page["cursor"]
    assert len(ids) == len(set(ids)) == 11 + 40
    assert ask(full, f"{CONTACT_20}/activities").status == 200
    for path in ("/prospect/Contacts/p20/activities", "/prospect/Nothing/p20/activities"):
        answer = ask(full, path, "jonas")
        assert answer.status == 404
        assert "no such prospect of yours" in answer.text
    other = RecordKey(Module.LEADS, SugarId("p0"))
    assert ask(full, f"{CONTACT_20}/activities", "jonas", record=other).status == 404


def test_beside_a_record_in_sugar_stands_what_it_did_and_its_earlier_activities(
    full: World,
) -> None:
    for n in range(20):
        at = full.clock.now() - timedelta(days=5, hours=n)
        visit(full.app, FULL, P20, f"often-{n}-x", at, ("/", "/tour"))
    key = RecordKey(Module.CONTACTS, SugarId("p20"))
    text = ask(full, "/record/panels", "jonas", record=key).text
    assert "Visit of Nordwind Logistik" in text
    asked = f"{CONTACT_20}/activities?cursor="
    asked += text.split(f'data-open="{asked[1:]}')[1].split('"')[0]
    more = ask(full, asked, "jonas", record=key)
    assert more.status == 200
    assert "Visit of Nordwind Logistik" in more.text


def quoted(cursor: str) -> str:
    return cursor.replace("#", "%23").replace("+", "%2B").replace("&", "%26")


@pytest.mark.parametrize(
    "source",
    [
        {"source": "search", "engine": "google", "term": EVIL},
        {"source": "referral", "referrer": f"https://x/{EVIL}", "referrer_host": EVIL},
        {"source": "campaign", "utm_campaign": EVIL},
        {"source": "email", "utm_campaign": EVIL},
    ],
    ids=lambda one: one["source"],
)
def test_titles_terms_and_referrers_are_text_whatever_they_hold(
    full: World, add: Add, source: dict[str, str]
) -> None:
    add(
        "evil", ActivityKind.PAGE_VIEW, visit="evil", title=EVIL, path=f"/{EVIL}",
        url=f"javascript:alert(1)//{EVIL}", **source,
    )  # fmt: skip
    add("form", ActivityKind.FORM, visit="evil", form=EVIL)
    for path in ("/panels/activity", CONTACT_20, f"{CONTACT_20}/activities"):
        text = ask(full, path).text
        assert text.count("&lt;img src=x") >= 3
        assert "<img" not in text
        assert "javascript:" not in text
