"""Auto lists worked out step by step are those worked out from nothing."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.ids import Module, SugarId
from funnel.domain.lists.auto_lists import AUTO_FIELDS
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import Relist
from funnel.ports.messages import Message
from funnel.usecases.lists.recompute_lists import choose_fields
from funnel.usecases.sync.start_run import start_run
from tests.fakes.sugar import ModelSugar
from tests.fakes.world import TENANT, World
from tests.property.list_reference import SOURCES, check_lists

VALUES = ["", "New", "new ", "Dead", "Äpfel"]
EMAILS = ["", "ann@x.test", "bob@x.test"]
Edit = tuple[str, int, int, int]
_NUMBERS = st.integers(0, 30)
edits: st.SearchStrategy[Edit] = st.tuples(
    st.sampled_from(["lead", "contact", "account", "opportunity", "delete", "restore", "fields"]),
    _NUMBERS,
    _NUMBERS,
    _NUMBERS,
)


def apply(world: World, edit: Edit) -> None:
    """One thing that happens in Sugar, or one choice of fields here."""
    kind, a, b, c = edit
    sugar = world.sugar
    match kind:
        case "lead":
            sugar.put(Module.LEADS, f"l{a % 4}", last_name=f"L{a}", email1=EMAILS[b % 3] or None,
                      status=VALUES[c % 5], lead_source=VALUES[(a + c) % 5])  # fmt: skip
        case "contact":
            sugar.put(Module.CONTACTS, f"c{a % 4}", last_name=f"C{a}", email1=EMAILS[b % 3] or None,
                      account_id=f"a{c % 3}" if c % 4 else "", lead_source=VALUES[c % 5])  # fmt: skip
        case "account":
            sugar.put(Module.ACCOUNTS, f"a{a % 3}", name=f"A{a}", assigned_user_id="u0",
                      account_type=VALUES[b % 5], industry=VALUES[c % 5])  # fmt: skip
        case "opportunity":
            record = sugar.put(Module.OPPORTUNITIES, f"o{a % 3}", name=f"O{a}",
                               sales_stage=VALUES[b % 5])  # fmt: skip
            record.contact_ids = tuple(SugarId(f"c{i}") for i in range(4) if (c >> i) & 1)
        case "fields":
            names = [name for i, name in enumerate(SOURCES) if (a >> i) & 1]
            choose_fields(world.app, TENANT, names, "Ada")
        case _:
            _bury(sugar, a, deleted=kind == "delete")


def _bury(sugar: ModelSugar, a: int, *, deleted: bool) -> None:
    rows = [
        r
        for module, table in sugar.tables.items()
        for r in table.values()
        if module is not Module.USERS and r.deleted is not deleted
    ]
    if rows:
        rows[a % len(rows)].deleted = deleted
        rows[a % len(rows)].date_modified = sugar.now()


@pytest.mark.feature("B8")
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    rounds=st.lists(st.lists(edits, max_size=10), min_size=1, max_size=5),
    choices=st.lists(st.integers(0, 9), max_size=30),
    page=st.sampled_from([2, 500]),
)
def test_lists_that_follow_each_change_are_those_worked_out_from_nothing(
    rounds: list[list[Edit]], choices: list[int], page: int
) -> None:
    """Invariant 6, with messages that come twice, late, in another order, or get lost at once.

    A message asked for at once may be lost: the one asked for before the write is not.
    """
    world = World(page_size=page)
    world.sugar.put(Module.USERS, "u0", user_name="anna", status="Active")
    world.connect()
    chances = iter(choices)
    for number, some in enumerate(rounds):
        for edit in some:
            apply(world, edit)
        _sync(world, RunKind.INITIAL if number == 0 else RunKind.HOURLY, chances)
        world.clock.advance(3_600)
        check_lists(world.store)
    before = world.store.list_writes
    world.sync()
    assert world.store.list_writes == before, "a run with no change writes lists"
    choose_fields(world.app, TENANT, list(AUTO_FIELDS), "Ada")
    world.drain()
    check_lists(world.store)


def _sync(world: World, kind: RunKind, chances: Iterator[int]) -> None:
    """A run whose messages about lists are lost (1), repeated (2) or held up to its end (3)."""
    start_run(world.app, TENANT, kind)
    held: list[Message] = []
    while (message := world.queue.pop_next()) is not None:
        chance = next(chances, 0) if isinstance(message, Relist) else 0
        if chance == 1 and message in [due.message for due in world.queue.waiting]:
            continue
        if chance == 3:
            held.append(message)
            continue
        for _ in range(2 if chance == 2 else 1):
            world.handle(message)
    for message in held:
        world.handle(message)
    world.drain()
