"""Of the lists that a campaign may be set up with, any can be found, however many there are."""

from dataclasses import replace

import pytest

from funnel.domain.ids import ListId
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList
from funnel.usecases.campaigns import list_choices as choosing
from funnel.usecases.campaigns.list_choices import ListChoices, list_choices
from tests.fakes.world import TENANT, World

pytestmark = pytest.mark.feature("D9")

NAMES = ("Autumn fair", "Müller & Söhne", "Spring fair", "Winter fair", "Zürich")


@pytest.fixture
def world() -> World:
    world, now = World(), World().clock.now()
    for name in NAMES:
        kept = PeopleList(TENANT, ListId(name), ListKind.MANUAL, name, now, now)
        world.store.save_list(kept)
    target = PeopleList(TENANT, ListId("target"), ListKind.TARGET, "Fair city", now, now)
    world.store.save_list(target)
    old = replace(target, list_id=ListId("old"), name="Fair old", status=ListStatus.RETIRED)
    world.store.save_list(old)
    return world


def labels(found: ListChoices) -> list[str]:
    return [one.label for some in found.groups.values() for one in some]


def test_those_in_use_are_offered_by_what_they_are_made_from(world: World) -> None:
    found = list_choices(world.app, TENANT)
    assert labels(found) == [*NAMES, "Fair city"]
    assert (found.found, found.has_more) == (6, False)
    by_hand = found.of(ListKind.MANUAL)
    assert (labels(by_hand), by_hand.found) == ([*NAMES], 5)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("FAIR", ["Autumn fair", "Spring fair", "Winter fair", "Fair city"]),
        ("  fair  winter ", ["Winter fair"]),
        ("muller", ["Müller & Söhne"]),
        ("none such", []),
    ],
)
def test_a_list_is_found_by_any_words_of_its_name(
    world: World, query: str, expected: list[str]
) -> None:
    found = list_choices(world.app, TENANT, query)
    assert (labels(found), found.found) == (expected, len(expected))


def test_what_is_chosen_stays_there_to_be_chosen_and_is_not_counted(world: World) -> None:
    found = list_choices(world.app, TENANT, "winter", "Zürich")
    assert (labels(found), found.found) == (["Zürich", "Winter fair"], 1)
    retired = list_choices(world.app, TENANT, chosen="old")
    assert (labels(retired)[-2:], retired.found) == (["Fair old", "Fair city"], 6)
    assert list_choices(world.app, TENANT, chosen="gone") == list_choices(world.app, TENANT)


def test_beyond_what_is_offered_a_list_is_found_by_how_it_begins(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_LISTS", 2)
    by_hand = (ListKind.MANUAL,)
    first = list_choices(world.app, TENANT, kinds=by_hand)
    assert (labels(first), first.has_more) == (["Autumn fair", "Müller & Söhne"], True)
    every = list_choices(world.app, TENANT)
    assert (every.of(ListKind.MANUAL).has_more, every.of(ListKind.AUTO).has_more) == (True, False)
    found = list_choices(world.app, TENANT, "zur", kinds=by_hand)
    assert (labels(found), found.found, found.has_more) == (["Zürich"], 1, True)
    alike = list_choices(world.app, TENANT, "a", kinds=by_hand)
    assert (labels(alike), alike.found) == (["Autumn fair"], 1), "each once"
