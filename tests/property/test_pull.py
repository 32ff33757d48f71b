"""A Sugar that is edited between and during windows ends up here whole, once, and at rest."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.domain.ids import PULLED_MODULES, Module, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind
from tests.fakes.sugar import ModelSugar
from tests.fakes.system import AtOnce
from tests.fakes.world import World
from tests.property.hands import KINDS as BY_HAND
from tests.property.hands import Hands
from tests.property.list_reference import check_lists
from tests.property.reference import Seen, check_settled, free, live

RUNS = int(os.environ.get("FUNNEL_PROPERTY_RUNS", "500"))
DAY = 86_400
EMAILS = ["", "ann@x.test", "bob@x.test", "Ann@X.test ", "info@x.test"]
VALUES = ["", "New", "new "]
NAMES = ["Ann", "Bob", "Ann Ü.", ""]

Edit = tuple[str, int, int, int]
edits: st.SearchStrategy[Edit] = st.tuples(
    st.sampled_from(
        [
            "lead", "lead", "contact", "contact", "account", "opportunity", "user", "import",
            "delete", "restore", "merge", "convert", "address", "back-date", "undated", "late",
            "detach", "future", *BY_HAND, *BY_HAND,
        ]
    ),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
)  # fmt: skip


def apply(sugar: ModelSugar, edit: Edit) -> None:
    """One thing that happens in Sugar; nothing where there is nothing it could happen to."""
    kind, a, b, c = edit
    if kind not in BY_HAND:
        _EDITS[kind](sugar, a, b, c)


def _lead(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    sugar.put(
        Module.LEADS, f"l{a % 7}", last_name=NAMES[c % 4], email1=EMAILS[b % 5] or None,
        status=VALUES[c % 3],
    )  # fmt: skip


def _contact(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    account = f"a{c % 4}" if c % 5 else ""
    sugar.put(
        Module.CONTACTS, f"c{a % 5}", email1=EMAILS[b % 5] or None, account_id=account,
        last_name=NAMES[b % 4], lead_source=VALUES[a % 3],
    )  # fmt: skip


def _account(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    sugar.put(
        Module.ACCOUNTS, f"a{a % 3}", name=f"A{c}", assigned_user_id=f"u{b % 3}",
        industry=VALUES[c % 3],
    )  # fmt: skip


def _opportunity(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    record = sugar.put(
        Module.OPPORTUNITIES, f"o{a % 3}", name=f"O{b}", account_id=f"a{b % 4}" if b % 3 else "",
        sales_stage=VALUES[b % 3],
    )  # fmt: skip
    record.contact_ids = tuple(SugarId(f"c{i}") for i in range(c % 3))


def _user(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    status = "Active" if b % 3 else "Inactive"
    sugar.put(Module.USERS, f"u{a % 2}", user_name=f"user{a % 2}", status=status)


def _import(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    moment = sugar.now()
    for i in range(10 + a):
        sugar.put(Module.LEADS, f"i{b % 2}-{i:02}", at=moment, last_name="Import")


def _delete(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    record = _any(sugar, a, b)
    if record:
        sugar.delete(record.module, record.sugar_id)


def _restore(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    gone = [r for t in sugar.tables.values() for r in t.values() if r.deleted]
    if gone:
        gone[a % len(gone)].deleted = False
        gone[a % len(gone)].date_modified = sugar.now()


def _merge(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    kept, lost = live(sugar, Module.LEADS, f"l{a % 7}"), live(sugar, Module.LEADS, f"l{b % 7}")
    if kept and lost and kept is not lost:
        sugar.put(Module.LEADS, kept.sugar_id, title="merged", email2=lost.fields.get("email1"))
        sugar.delete(Module.LEADS, lost.sugar_id)


def _convert(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    lead = live(sugar, Module.LEADS, f"l{a % 7}")
    if lead:
        email = lead.fields.get("email1") if c % 2 else EMAILS[c % 5] or None
        sugar.put(Module.CONTACTS, f"c{b % 5}", last_name="Converted", email1=email)
        sugar.put(Module.LEADS, lead.sugar_id, converted=True, contact_id=f"c{b % 5}")


def _address(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    module, name = (Module.LEADS, f"l{a % 7}") if c % 2 else (Module.CONTACTS, f"c{a % 5}")
    if live(sugar, module, name):
        sugar.change_address(module, name, EMAILS[b % 5])


def _back_date(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    record = _any(sugar, a, b)
    if record:
        record.fields["description"] = f"imported {c}"
        record.date_modified = sugar.now() - timedelta(seconds=c * 100_000 + 1)


def _undated(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    record = _any(sugar, a, b)
    if record:
        record.fields["description"] = f"undated {c}"
        record.date_modified = None


def _late(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    """A transaction that commits with an earlier time than what was read meanwhile."""
    at = sugar.now() - timedelta(seconds=c * 4)
    sugar.put(Module.LEADS, f"l{a % 7}", at=at, last_name="Late", email1=EMAILS[b % 5] or None)


def _detach(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    """A subpanel takes a Contact off its Account, or off an Opportunity: no time moves."""
    contact = live(sugar, Module.CONTACTS, f"c{a % 5}")
    if contact:
        contact.fields["account_id"] = f"a{b % 4}" if b % 2 else ""


def _future(sugar: ModelSugar, a: int, b: int, c: int) -> None:
    record = _any(sugar, a, b)
    if record:
        record.date_modified = sugar.now() + timedelta(days=c * 30 + 2)


def _any(sugar: ModelSugar, a: int, b: int):  # type: ignore[no-untyped-def]
    table = [r for r in sugar.tables[PULLED_MODULES[a % 5]].values() if not r.deleted]
    return table[b % len(table)] if table else None


_EDITS: dict[str, Callable[[ModelSugar, int, int, int], None]] = {
    "lead": _lead, "contact": _contact, "account": _account, "opportunity": _opportunity,
    "user": _user, "import": _import, "delete": _delete, "restore": _restore, "merge": _merge,
    "convert": _convert, "address": _address, "back-date": _back_date, "undated": _undated,
    "late": _late, "detach": _detach, "future": _future,
}  # fmt: skip


@pytest.mark.feature("B2")
@settings(
    max_examples=RUNS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    first=st.lists(edits, max_size=25),
    rounds=st.lists(
        st.lists(st.tuples(st.integers(0, 12), edits), max_size=8), min_size=1, max_size=3
    ),
    skew=st.sampled_from([0, 3_000, -3_000]),
    page=st.sampled_from([2, 500]),
    ahead=st.booleans(),
    by_hand=st.lists(
        st.tuples(st.sampled_from(BY_HAND), st.integers(0, 30), st.integers(0, 30)), max_size=6
    ),
)
def test_nothing_is_lost_or_doubled_whatever_is_edited_while_it_is_read(
    first: list[Edit],
    rounds: list[list[tuple[int, Edit]]],
    skew: float,
    page: int,
    ahead: bool,
    by_hand: list[tuple[str, int, int]],
) -> None:
    """Invariants 1, 3 and 4 of the design."""
    world = World(page_size=page, background=AtOnce() if ahead else None)
    sugar = world.sugar
    sugar.skew, sugar.seconds_a_call = skew, 6
    hands = Hands(world)
    quiet: set[RecordKey] = set()
    for edit in first:
        apply(sugar, edit)
    world.connect()
    ever_free = free(sugar, world.store)
    for number, during in enumerate(rounds):
        seen = Seen(sugar)
        _edit_during_calls(world, during, seen, ever_free, hands)
        world.sync(RunKind.INITIAL if number == 0 else RunKind.HOURLY)
        seen.check(world.store, quiet)
        for act in by_hand[number::3]:
            hands.act(*act)
        quiet |= seen.edited_quietly
        world.clock.advance(3_600)
    sugar.before_call = lambda _name: None
    _settle(world)
    check_settled(sugar, world.store, ever_free)
    check_lists(world.store)
    hands.check()
    _check_at_rest(world)


def _edit_during_calls(
    world: World,
    during: list[tuple[int, Edit]],
    seen: Seen,
    ever_free: set[RecordKey],
    hands: Hands,
) -> None:
    sugar = world.sugar
    start = len(sugar.calls)

    def before_call(_name: str) -> None:
        while during and during[0][0] <= len(sugar.calls) - start:
            edit = during.pop(0)[1]
            if edit[0] in BY_HAND:
                hands.act(edit[0], edit[1], edit[2])
                continue
            apply(sugar, edit)
            hands.note()
            seen.note(edit[0])
            ever_free.update(free(sugar, world.store))

    during.sort(key=lambda pair: pair[0])
    sugar.before_call = before_call


def _settle(world: World) -> None:
    """A week passes, so that the nightly and weekly looks are due; then two quiet nights."""
    for days in (8, 1, 1):
        world.clock.advance(days * DAY)
        world.sync()


def _check_at_rest(world: World) -> None:
    """Once both sides agree, a further run writes nothing and asks little."""
    world.clock.advance(3_600)
    writes, calls, rows = world.store.writes, len(world.sugar.calls), world.sugar.rows_read
    world.sync()
    assert world.store.writes == writes, "a run with no change writes"
    unsure = sum(
        r.date_modified is None or r.date_modified > world.sugar.now()
        for t in world.sugar.tables.values()
        for r in t.values()
    )
    if not unsure:
        assert world.sugar.rows_read == rows
        assert len(world.sugar.calls) - calls <= 2 * len(Module) + 2
