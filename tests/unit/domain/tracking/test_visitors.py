"""Who is behind a browser, and visits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.ids import PersonId, TenantId
from funnel.domain.tracking.activities import SubjectId
from funnel.domain.tracking.hits import BrowserId
from funnel.domain.tracking.visitors import (
    KnownBy,
    Visitor,
    browser_of_subject,
    holder_at,
    new_visitor,
    on_visit,
    told_by_form,
    told_by_link,
)

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
ADA, BEN = PersonId("ada"), PersonId("ben")
MINUTE = timedelta(minutes=1)


def fresh() -> Visitor:
    return new_visitor(TenantId("acme"), BrowserId("b7a2c4d8e1f5a9b3"), NOW)


def at(minutes: float) -> datetime:
    return NOW + minutes * MINUTE


def form(visitor: Visitor, minutes: float, person: PersonId, hit: str = "") -> Visitor:
    return told_by_form(visitor, hit or f"hit {minutes}", at(minutes), person, lambda a, b: a == b)


def person(visitor: Visitor, minutes: float) -> str:
    return holder_at(visitor, at(minutes)).person_id


def subject(visitor: Visitor, minutes: float) -> SubjectId:
    return holder_at(visitor, at(minutes)).subject


def test_a_form_makes_all_that_was_seen_before_the_persons() -> None:
    known = form(fresh(), 5, ADA)
    assert (person(known, -60), person(known, 60)) == (ADA, ADA)
    assert subject(known, -60) == subject(known, 60) == subject(fresh(), 0)
    assert holder_at(known, at(0)).known_by is KnownBy.FORM


def test_a_signed_link_makes_it_the_persons_too() -> None:
    known = told_by_link(fresh(), at(5), ADA)
    assert (person(known, -60), person(known, 60)) == (ADA, ADA)
    assert holder_at(known, at(0)).known_by is KnownBy.LINK


def test_a_link_never_makes_a_known_visitor_somebody_else() -> None:
    known = form(fresh(), 5, ADA)
    assert told_by_link(known, at(9), BEN) == known
    assert told_by_link(told_by_link(fresh(), at(5), ADA), at(9), BEN) == told_by_link(
        fresh(), at(5), ADA
    )


def test_a_form_of_somebody_else_begins_another_visitor() -> None:
    both = form(form(fresh(), 5, ADA), 9, BEN)
    assert (person(both, 0), person(both, 8.9), person(both, 9)) == (ADA, ADA, BEN)
    assert subject(both, 9) != subject(both, 8)
    again = form(both, 12, ADA)
    assert (person(again, 10), person(again, 12)) == (BEN, ADA)
    assert len({subject(again, minutes) for minutes in (0, 10, 12)}) == 3


def test_whoever_opened_a_forwarded_mail_is_told_apart_by_the_next_form() -> None:
    both = form(told_by_link(fresh(), at(1), ADA), 9, BEN)
    assert (person(both, 5), person(both, 9)) == (ADA, BEN)


def test_a_person_who_was_merged_is_the_same_person() -> None:
    known = form(fresh(), 5, ADA)
    after = told_by_form(known, "h", at(9), BEN, lambda a, b: {a, b} == {ADA, BEN})
    assert after.holders == known.holders


def test_a_form_that_comes_again_changes_nothing() -> None:
    known = form(form(fresh(), 5, ADA), 9, BEN)
    assert form(known, 5, ADA) == known
    assert form(known, 9, BEN) == known


def test_a_late_form_leaves_to_a_later_one_what_is_its() -> None:
    late = form(form(fresh(), 9, BEN), 5, ADA)
    assert (person(late, 5), person(late, 8), person(late, 9), person(late, 60)) == (
        ADA,
        ADA,
        BEN,
        BEN,
    )
    assert form(late, 5, ADA) == late


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from([ADA, BEN])), max_size=8))
def test_after_the_last_form_the_browser_is_that_persons_in_whatever_order_they_come(
    forms: list[tuple[int, PersonId]],
) -> None:
    by_minute = dict(forms)
    visitor = fresh()
    for minute, who in forms:
        if by_minute[minute] == who:
            visitor = form(visitor, minute, who)
    if forms:
        last = max(by_minute)
        assert person(visitor, last) == by_minute[last]
        assert person(visitor, last + 99) == by_minute[last]
    for minute, who in by_minute.items():
        assert form(visitor, minute, who) == visitor


def test_hits_are_one_visit_until_half_an_hour_of_silence() -> None:
    visitor, who = fresh(), subject(fresh(), 0)
    ids = []
    for number, minutes in enumerate((0, 29.9, 59, 89, 118.9)):
        visitor, visit = on_visit(visitor, who, f"h{number}", at(minutes))
        ids.append(visit.visit_id)
    assert ids == [ids[0], ids[0], ids[0], ids[3], ids[3]]
    assert ids[0] != ids[3]
    assert [(v.since, v.until) for v in visitor.visits] == [(at(0), at(59)), (at(89), at(118.9))]


def test_a_hit_that_comes_again_is_of_the_same_visit() -> None:
    visitor, first = on_visit(fresh(), subject(fresh(), 0), "h", at(0))
    again, second = on_visit(visitor, subject(fresh(), 0), "h", at(0))
    assert (again, second) == (visitor, first)


def test_another_holder_has_visits_of_its_own() -> None:
    visitor, first = on_visit(fresh(), subject(fresh(), 0), "h1", at(0))
    both = form(form(visitor, 1, ADA), 2, BEN)
    _, second = on_visit(both, subject(both, 3), "h2", at(3))
    assert first.visit_id != second.visit_id


@given(st.permutations(range(0, 100, 10)))
def test_hits_in_whatever_order_extend_what_they_touch(order: list[int]) -> None:
    visitor, who = fresh(), subject(fresh(), 0)
    for minutes in order:
        visitor, visit = on_visit(visitor, who, f"h{minutes}", at(minutes))
        assert visit.since <= at(minutes) <= visit.until
    assert min(v.since for v in visitor.visits) == at(0)
    assert max(v.until for v in visitor.visits) == at(90)


def test_no_more_is_kept_than_is_needed() -> None:
    visitor, who = fresh(), subject(fresh(), 0)
    for hour in range(50):
        visitor, _ = on_visit(visitor, who, f"h{hour}", at(60 * hour))
        visitor = form(visitor, 60 * hour, PersonId(f"p{hour % 7}"))
    assert len(visitor.visits) == 20
    for hour in range(50, 200):
        visitor = form(visitor, 60 * hour, PersonId(f"p{hour % 7}"))
    assert len(visitor.holders) == 20
    assert person(visitor, -999) == visitor.holders[0].person_id


@pytest.mark.parametrize(
    ("name", "browser"),
    [("v-abc", "abc"), ("v-abc-12345678-1234", "abc"), ("0d9f2f5e-5a0c-4a53", None), ("", None)],
)
def test_a_subject_tells_its_browser(name: str, browser: str | None) -> None:
    assert browser_of_subject(SubjectId(name)) == browser
