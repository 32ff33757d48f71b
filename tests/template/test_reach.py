"""Every function may do whatever the code behind its door can come to ask."""

import pytest

from tests.rights.holding import queue_of
from tests.rights.reaching import Place, asked_by, blank, doors, reached, sent_by
from tests.rights.recording import store_actions
from tests.template.source import allowed

DOORS = doors()

BY_ROWS = {"commit", "purge"}
"""What these ask depends on the rows they are given; held where they are called: tests/rights."""

NEVER = {
    ("push", "save_list"): "it calls lists of field values by new names; only segments are deleted",
    ("jobs", "intents"): "a look ahead has no key of something asked for before",
    (
        "funnelvision",
        "list_lists",
    ): "exempt Target Lists hold for marketing mail, not for a rep's own",
    ("funnelvision", "are_on"): "as list_lists",
    ("funnelvision", "keep_sent_request"): "idempotency keys are for who has a session or a key",
}
"""Door and method, with why it does not come to that."""

WAYS_NEVER_GONE = {
    ("jobs", "ModuleFields"): "of which only the reading of the list of fields is used"
}


def way(seen: dict[Place, Place | None], place: Place | None) -> list[str]:
    names = []
    while place is not None:
        names.append(place[1])
        place = seen[place]
    return names


@pytest.mark.parametrize("door", DOORS)
def test_a_function_may_ask_for_what_is_behind_its_door(door: str) -> None:
    seen, may, known = reached(DOORS[door]), allowed(door), store_actions()
    assert seen
    missing = {
        (method, action, table): " < ".join(way(seen, place)[:6])
        for place in seen
        for method in asked_by(place)
        if method not in BY_ROWS and (door, method) not in NEVER
        for table, actions in known[method].items()
        for action in actions
        if table not in may.get(action, ()) and not never_gone(door, way(seen, place))
    }
    assert missing == {}


@pytest.mark.parametrize("door", DOORS)
def test_a_function_may_send_what_is_behind_its_door(door: str) -> None:
    seen, may = reached(DOORS[door]), allowed(door).get("sqs:SendMessage", set())
    missing = {
        message: " < ".join(way(seen, place)[:6])
        for place in seen
        for message in sent_by(place)
        if queue_of(blank(message)) not in may and not never_gone(door, way(seen, place))
    }
    assert missing == {}


def never_gone(door: str, names: list[str]) -> bool:
    return any((door, name) in WAYS_NEVER_GONE for name in names)
