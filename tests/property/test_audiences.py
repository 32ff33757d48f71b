"""Whoever is on some lists and on none of others is met once, whatever lists and pages there are."""

import os
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.broadcasts.broadcasts import Place
from funnel.domain.ids import ListId, MemberKey, Module, PersonId, RecordKey, SugarId
from funnel.domain.lists.lists import ListKind, person_member, record_member
from funnel.domain.sync.records import Link, Person, ReadStamp, State, SugarRecord, Unit
from funnel.usecases.broadcasts import audience
from funnel.usecases.broadcasts.audience import Audience
from tests.fakes.system import START
from tests.fakes.world import TENANT
from tests.unit.usecases.broadcasts.broadcasting import Broadcasting

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "100"))
PEOPLE = 5
RECORDS = (0, 1, 2, 3, 2)
"""How many Leads each of them is in Sugar."""

KEYS: list[MemberKey] = [
    *(person_member(PersonId(f"p{n}")) for n in range(PEOPLE + 1)),
    *(
        record_member(RecordKey(Module.LEADS, SugarId(f"r{n}-{of}")))
        for of, many in enumerate((*RECORDS, 1))
        for n in range(many)
    ),
]
"""Everybody by person and by record; the last of both is nobody."""

LISTS = st.lists(
    st.tuples(
        st.sampled_from([ListKind.MANUAL, ListKind.TARGET]),
        st.sets(st.sampled_from(KEYS), max_size=len(KEYS)),
    ),
    min_size=1,
    max_size=4,
)


def whose(key: MemberKey) -> PersonId | None:
    """Whom a member stands for."""
    number = key.rpartition("-")[2] if "/" in key else key.removeprefix("person#p")
    return PersonId(f"p{number}") if int(number) < PEOPLE else None


def fill(scene: Broadcasting) -> None:
    stamp = ReadStamp(START, START, START)
    for of, many in enumerate(RECORDS):
        person_id = PersonId(f"p{of}")
        keys = [RecordKey(Module.LEADS, SugarId(f"r{n}-{of}")) for n in range(many)]
        links = tuple(Link(key, "N", SugarId("u"), "") for key in keys)
        records = [
            SugarRecord(TENANT, key, State.SYNCED, {}, stamp, "d", "N", START, person_id=person_id)
            for key in keys
        ]
        person = Person(TENANT, person_id, {}, START, START, links=links, made_by="x")
        assert scene.store.commit(TENANT, [Unit(people=[person], records=records)]) == [True]


@settings(max_examples=RUNS, deadline=None)
@given(lists=LISTS, minus=LISTS, page=st.integers(1, 4))
def test_an_audience_is_everybody_on_the_lists_but_those_aside_each_once(
    lists: list[tuple[ListKind, set[MemberKey]]],
    minus: list[tuple[ListKind, set[MemberKey]]],
    page: int,
) -> None:
    scene = Broadcasting()
    fill(scene)

    def made(name: str, found: list[tuple[ListKind, set[MemberKey]]]) -> list[ListId]:
        ids = []
        for number, (kind, keys) in enumerate(found):
            # A Target List has records on it, any other one people.
            fit = sorted(key for key in keys if ("/" in key) == (kind is ListKind.TARGET))
            found[number] = (kind, set(fit))
            ids.append(scene.list_of(f"{name}{number}", fit, kind=kind))
        return ids

    walked, aside = made("on", lists), made("aside", minus)
    met: list[PersonId] = []
    twice = left = gone = 0
    place: Place | None = Place()
    before, audience.PAGE = audience.PAGE, page
    try:
        while place is not None:
            found = Audience(scene.app, TENANT, walked, aside).page(place)
            again = Audience(scene.app, TENANT, walked, aside).page(place)
            assert replace(again) == found, "a page that is worked on again"
            met += [one.person_id for one in found.people]
            twice, left, gone = twice + found.twice, left + found.minus, gone + found.gone
            place = found.place
    finally:
        audience.PAGE = before
    on = [whose(key) for _, keys in lists for key in keys]
    off = {whose(key) for _, keys in minus for key in keys}
    known = {one for one in on if one is not None}
    assert sorted(met) == sorted(known - off)
    assert left == len(known & off)
    assert gone == on.count(None)
    assert len(on) == len(met) + twice + left + gone
