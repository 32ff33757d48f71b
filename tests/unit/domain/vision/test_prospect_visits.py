"""What a row keeps of visits: the latest of a human, with where each came from, pages and forms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from funnel.domain.ids import TenantId
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.vision.prospect_visits import (
    MOST_FORMS,
    MOST_PAGES,
    MOST_VISITS,
    latest_visits,
    tell_all_shown,
)

pytestmark = pytest.mark.feature("E2")
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
PAGE, FORM = ActivityKind.PAGE_VIEW, ActivityKind.FORM


def done(visit: str, minute: int, kind: ActivityKind = PAGE, **about: str) -> Activity:
    at = NOW + timedelta(minutes=minute)
    name = f"{visit}-{minute}-{kind}"
    return Activity(
        TenantId("t"), SubjectId("s"), name, kind, at, {"visit": visit, "path": "/", **about}
    )


def test_a_visit_has_its_source_pages_and_forms_in_the_order_they_happened() -> None:
    [visit] = latest_visits(
        [
            done("v", 4, FORM, form="Newsletter"),
            done("v", 1, path="/pricing", title="Pricing"),
            done("v", 0, source="search", engine="google", term="heavy freight", network="secret"),
            done("v", 5, FORM),
            done("v", 6, FORM, form="Newsletter"),
        ]
    )
    assert (visit.since, visit.until) == (NOW, NOW + timedelta(minutes=6))
    assert [one.path for one in visit.pages] == ["/", "/pricing"]
    assert visit.forms == ("Newsletter", "")
    assert visit.source == {"source": "search", "engine": "google", "term": "heavy freight"}


def test_a_long_visit_keeps_its_first_pages_and_says_how_many_more() -> None:
    pages = [done("v", n) for n in range(MOST_PAGES + 3)]
    forms = [done("v", n, FORM, form=f"form {n}") for n in range(MOST_FORMS + 2)]
    [visit] = latest_visits([*reversed(pages), *forms])
    assert visit.pages[0].at == NOW
    assert (len(visit.pages), visit.more) == (MOST_PAGES, 3)
    assert visit.forms == ("form 0", "form 1", "form 2")
    assert visit.until == pages[-1].at


def test_only_the_latest_visits_are_kept_and_none_of_a_machine() -> None:
    many = [done(f"v{n}", n * 60) for n in range(MOST_VISITS + 2)]
    scanner = Activity(
        TenantId("t"), SubjectId("s"), "x", PAGE, NOW + timedelta(days=1), {"visit": "m"},
        Signal.SCANNER,
    )  # fmt: skip
    assert [one.visit_id for one in latest_visits([*many, scanner])] == ["v4", "v3", "v2"]


def test_what_is_of_no_visit_is_none() -> None:
    mail = Activity(
        TenantId("t"), SubjectId("s"), "o", ActivityKind.EMAIL_CLICK, NOW, {"email": "e"}
    )
    assert latest_visits([mail]) == ()


def test_one_more_visit_than_is_shown_says_that_those_are_whole() -> None:
    shown = [done(f"v{n}", -60 * n) for n in range(MOST_VISITS)]
    mail = Activity(TenantId("t"), SubjectId("s"), "o", ActivityKind.EMAIL_CLICK, NOW, {})
    machine = replace(done("m", -999), signal=Signal.SCANNER)
    assert not tell_all_shown([*shown, *shown, mail, machine])
    assert tell_all_shown([*shown, done("before", -999)])
