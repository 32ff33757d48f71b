"""What sites showed of late is kept for who makes rules, and not what is one person's."""

from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import Hit
from funnel.domain.tracking.names_seen import MOST_NAMES, NamesSeen, with_seen
from tests.fakes.world import TENANT

NOW = datetime(2026, 11, 2, tzinfo=UTC)
TODAY = NOW.date()


def page(path: str) -> Hit:
    return Hit("h", ActivityKind.PAGE_VIEW, NOW, f"https://x.test{path}")


def form(name: str, *, hosted: bool = False, form_id: str = "") -> Hit:
    at = "https://x.test/contact"
    return Hit("h", ActivityKind.FORM, NOW, at, form=name, hosted=hosted, form_id=form_id)


def test_pages_and_forms_of_the_sites_are_noted_with_the_day() -> None:
    hits = [page("/pricing?x=1"), page(""), form("Test drive")]
    seen = with_seen(NamesSeen(TENANT), hits, TODAY)
    day = TODAY.toordinal()
    assert seen.pages == {"/pricing": day, "/": day, "/contact": day}
    assert seen.forms == {"Test drive": day}


def test_forms_of_ours_are_known_by_themselves() -> None:
    hits = [form("Ours", form_id="f1"), form("Hosted", hosted=True)]
    assert with_seen(NamesSeen(TENANT), hits, TODAY).forms == {}


@pytest.mark.parametrize(
    "path",
    ["/order/20261102", "/hello/ada@x.test", "/hello/ada%40x.test", f"/{'a' * 41}", "/ab" * 40],
)
def test_pages_of_one_person_are_not_noted(path: str) -> None:
    seen = NamesSeen(TENANT)
    assert with_seen(seen, [page(path)], TODAY) is seen


def test_what_is_known_is_noted_again_after_a_week_only() -> None:
    seen = with_seen(NamesSeen(TENANT), [page("/a")], TODAY)
    assert with_seen(seen, [page("/a")], TODAY + timedelta(days=6)) is seen
    later = TODAY + timedelta(days=7)
    assert with_seen(seen, [page("/a")], later).pages == {"/a": later.toordinal()}


def test_of_too_many_those_seen_last_are_kept() -> None:
    old = with_seen(NamesSeen(TENANT), [page(f"/{n}") for n in range(MOST_NAMES)], TODAY)
    later = TODAY + timedelta(days=1)
    new = with_seen(old, [page("/new")], later)
    assert len(new.pages) == MOST_NAMES
    assert new.pages["/new"] == later.toordinal()
