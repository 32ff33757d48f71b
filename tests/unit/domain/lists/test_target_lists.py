"""How a Target List's members are cut into parts, and what stands for them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.crm import IdRange
from funnel.domain.ids import ListId, Module, SugarId, TenantId
from funnel.domain.lists.target_lists import (
    EVERY,
    ListReading,
    Part,
    cut,
    digest_of,
    is_odd,
    joined,
    next_due,
    suppresses_mail,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TENANT = TenantId("acme")
usual = st.integers(0, 2**128 - 1).map(lambda n: str(UUID(int=n)))


def inside(ids: IdRange, sugar_id: str) -> bool:
    return (ids.since or "") <= sugar_id and (ids.until is None or sugar_id < ids.until)


@given(st.sets(usual, min_size=2))
def test_a_part_is_cut_so_that_each_half_has_some_of_what_was_seen(seen: set[str]) -> None:
    halves = cut(Part(Module.LEADS), seen)
    assert halves is not None
    counts = [sum(inside(half.ids, one) for one in seen) for half in halves]
    assert sum(counts) == len(seen)
    assert min(counts) >= len(seen) // 2
    assert halves[0].ids.until == halves[1].ids.since


@given(st.sets(usual, min_size=2), st.sets(st.sampled_from(["1", "seed_sally", "A1", "zz"])))
def test_a_place_to_cut_puts_usual_ids_on_one_side_in_every_collation(
    seen: set[str], odd: set[str]
) -> None:
    halves = cut(Part(Module.LEADS), seen | odd)
    assert halves is not None
    place = str(halves[0].ids.until)
    # Compared by hyphens aside, or by upper case, the order is the same.
    for one in seen:
        assert (one < place) == (one.replace("-", "") < place.replace("-", ""))
        assert (one < place) == (one.upper() < place.upper())


def test_ids_of_another_form_give_no_place_to_cut() -> None:
    assert cut(Part(Module.LEADS), ["1", "2", "seed_sally_id"]) is None
    assert cut(Part(Module.LEADS), [str(UUID(int=7)), "2"]) is None
    assert is_odd("seed_sally_id")
    assert is_odd(str(UUID(int=2**128 - 1)).upper())
    assert not is_odd("a871a7b6-7f1d-a1e6-80ea-6b04c32174f1")


@given(st.dictionaries(usual, st.none() | st.just(NOON)), st.randoms())
def test_a_digest_is_the_same_in_any_order_and_another_for_other_members(members, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(members.items())
    random.shuffle(shuffled)
    assert digest_of(dict(shuffled)) == digest_of(members)
    more = {**members, SugarId("new"): None}
    assert digest_of(more) != digest_of(members)
    changed = {**members, SugarId("new"): NOON}
    assert digest_of(changed) != digest_of(more)


@given(st.lists(st.sets(usual, max_size=5), max_size=6))
def test_parts_that_became_small_are_joined_and_stand_for_the_same_members(
    groups: list[set[str]],
) -> None:
    parts = [
        Part(
            Module.LEADS,
            IdRange(str(i) if i else None, str(i + 1) if i + 1 < len(groups) else None),
            len(group),
            digest_of(dict.fromkeys(map(SugarId, group))),
        )
        for i, group in enumerate(groups)
    ]
    after = joined(parts, most=30)
    assert sum(p.count for p in after) == sum(p.count for p in parts)
    if after:
        assert (after[0].ids.since, after[-1].ids.until) == (None, None)
    if len(after) == 1:
        together = [one for group in groups for one in group]
        total = sum(int(digest_of({SugarId(one): None}), 16) for one in together) % 2**128
        assert after[0].digest == f"{total:032x}"
    for part in after:
        assert part.count <= 10 or part in parts


def test_a_reading_keeps_the_parts_of_each_module_in_order() -> None:
    contacts = Part(Module.CONTACTS, IdRange(), 2, "b")
    reading = ListReading(TENANT, ListId("l"), (contacts,))
    leads = (Part(Module.LEADS, IdRange(None, "7"), 1, "a"), Part(Module.LEADS, IdRange("7")))
    after = reading.with_parts(Module.LEADS, leads)
    assert after.parts == (*leads, contacts)
    assert after.of(Module.LEADS) == leads
    assert after.of(Module.PROSPECTS) == (Part(Module.PROSPECTS),)
    assert after.members == 3
    assert after.with_parts(Module.LEADS, leads[:1]).parts == (leads[0], contacts)


def test_a_list_whose_reading_outlasts_its_turn_is_read_less_often() -> None:
    assert next_due(NOON, NOON + timedelta(minutes=29)) is None
    assert next_due(NOON, NOON + EVERY) is None
    assert next_due(NOON, NOON + timedelta(minutes=31)) == NOON + timedelta(hours=1)
    assert next_due(NOON, NOON + timedelta(minutes=95)) == NOON + timedelta(hours=2)


def test_lists_of_an_exempt_type_suppress_mail() -> None:
    types = ["default", "seed", "test", "exempt", "exempt_address", "exempt_domain", ""]
    assert [t for t in types if suppresses_mail(t)] == [
        "exempt",
        "exempt_address",
        "exempt_domain",
    ]
