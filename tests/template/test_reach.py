"""Every function may do whatever the code behind its door can come to ask."""

import pytest

from funnel.adapters.companies import BucketFiles
from tests.rights.elsewhere import actions_of
from tests.rights.holding import queue_of
from tests.rights.reaching import Place, asked_by, asked_elsewhere, blank, doors, reached, sent_by
from tests.rights.recording import store_actions
from tests.template.source import allowed

DOORS = doors()

WRITES = [f"dynamodb:{name}" for name in ("BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem")]

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


WIRED = {
    "activities": {action for action, _ in actions_of(BucketFiles, "supplied")},
    # S3 says that a file is missing, and not that it is refused, only to who may list the bucket.
    "marketing": {"s3:ListBucket"},
    "people": {"s3:ListBucket"},
}
"""Door to what is asked beyond its use cases' ports: by what `bootstrap` wires, or by S3 itself."""


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
def test_a_function_may_write_nothing_that_nothing_behind_its_door_asks_to(door: str) -> None:
    """Of tables themselves; what reads is granted for groups of them, and to an index nothing is written."""
    known = store_actions()
    asked = {
        (action, table)
        for place in reached(DOORS[door])
        for method in asked_by(place)
        for table, actions in known[method].items()
        for action in actions
    }
    granted = {
        (action, table)
        for action in WRITES
        for table in allowed(door).get(action, ())
        if "/" not in table
    }
    assert granted - asked == set()


@pytest.mark.parametrize("door", DOORS)
def test_a_function_may_ask_files_secrets_and_mail_for_what_is_behind_its_door(door: str) -> None:
    seen, may = reached(DOORS[door]), allowed(door)
    missing = {
        (method, action): " < ".join(way(seen, place)[:6])
        for place in seen
        for kind, method in asked_elsewhere(place)
        for action, _ in actions_of(kind, method)
        if action not in may
        and (door, method) not in NEVER
        and not never_gone(door, way(seen, place))
    }
    assert missing == {}


@pytest.mark.parametrize("door", DOORS)
def test_a_function_may_do_nothing_to_files_secrets_and_mail_that_nothing_behind_it_asks(
    door: str,
) -> None:
    asked = {
        action
        for place in reached(DOORS[door])
        for kind, method in asked_elsewhere(place)
        for action, _ in actions_of(kind, method)
    }
    beside = {a for a in allowed(door) if a.startswith(("s3:", "secretsmanager:", "ses:"))}
    assert beside - asked - WIRED.get(door, set()) == set()


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
