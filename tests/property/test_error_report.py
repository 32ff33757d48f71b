"""Whatever is in the error report, its pages hold each cause once, whole or said to go on."""

import os
from collections import defaultdict
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.domain.ids import Module, RecordKey
from funnel.domain.sync.records import SyncError, Unit
from funnel.usecases.error_report import error_filter, export_errors, view_errors
from funnel.usecases.error_report.error_filter import ErrorFilter
from funnel.usecases.error_report.explaining import Explanation
from funnel.usecases.error_report.view_errors import ErrorGroup
from tests.contract.storage.builders import error, key
from tests.fakes.world import TENANT, World

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "a1", "a10", "b", "c"]),
        st.sampled_from([Module.ACCOUNTS, Module.CONTACTS, Module.LEADS]),
        st.integers(0, 12),
        st.sampled_from(["OwnerMissing", "AccountHeld"]),
    ),
    max_size=60,
)
FILTERS = st.builds(
    ErrorFilter,
    module=st.sampled_from(["", "Contacts", "Users"]),
    code=st.sampled_from(["", "OwnerMissing"]),
    query=st.sampled_from(["", "contacts/1", "ROOT A1"]),
)


def explain(_error: SyncError) -> Explanation:
    return Explanation("why", "how")


def filled(rows: list[tuple[str, Module, int, str]]) -> tuple[World, list[SyncError]]:
    """A report with these rows, one for each record and cause."""
    world = World()
    made = {}
    for root, module, number, code in rows:
        record = key(module, f"{root}-{number}")
        cause = key(Module.ACCOUNTS, root)
        one = error(
            TENANT, record, code, root=cause, root_name=f"root {root}", name=str(record), code=code
        )
        made[record, code] = one
    for one in made.values():
        world.store.commit(TENANT, [Unit(errors=[one])])
    return world, list(made.values())


@pytest.mark.feature("F2")
@settings(max_examples=int(os.environ.get("FUNNEL_PROPERTY_RUNS", "500")), deadline=None)
@given(
    rows=ROWS,
    wanted=FILTERS,
    groups=st.integers(1, 3),
    page=st.integers(1, 7),
    most=st.integers(1, 9),
    read=st.integers(1, 20),
)
def test_all_pages_together_hold_every_wanted_cause_once(
    rows: list[tuple[str, Module, int, str]],
    wanted: ErrorFilter,
    groups: int,
    page: int,
    most: int,
    read: int,
) -> None:
    world, errors = filled(rows)
    expected: dict[RecordKey, set[str]] = defaultdict(set)
    for one in errors:
        if wanted.fits(one, explain):
            expected[one.root].add(f"{one.record} {one.error_id}")
    found: list[ErrorGroup] = []
    cursor = ""
    with (
        patch.object(error_filter, "PAGE", page),
        patch.object(view_errors, "MOST_OF_GROUP", most),
        patch.object(view_errors, "MOST_READ", read),
    ):
        for _ in range(500):
            report = view_errors.error_report(
                world.app, TENANT, explain, cursor, wanted, limit=groups
            )
            found += report.items
            assert len(report.items) <= groups
            cursor = report.cursor
            if not cursor:
                break
    assert not cursor, "it never comes to an end"
    roots = [(group.root.module, group.root.sugar_id) for group in found]
    assert sorted(roots) == sorted((root.module, root.sugar_id) for root in expected)
    for group in found:
        there = {
            f"{row.record.module}/{row.record.sugar_id} {row.error_id}"
            for row in group.own + group.blocked
        }
        all_of_it = expected[
            RecordKey(group.root.module, key(Module.LEADS, group.root.sugar_id).sugar_id)
        ]
        assert there <= all_of_it
        assert group.more or there == all_of_it


@settings(max_examples=100, deadline=None)
@given(rows=ROWS, wanted=FILTERS, page=st.integers(1, 7), most=st.integers(8, 20))
def test_all_files_together_hold_every_wanted_row_once(
    rows: list[tuple[str, Module, int, str]], wanted: ErrorFilter, page: int, most: int
) -> None:
    world, errors = filled(rows)
    lines = 0
    cursor = ""
    with (
        patch.object(error_filter, "PAGE", page),
        patch.object(export_errors, "PAGE", page),
        patch.object(export_errors, "MOST_ROWS", most),
    ):
        for _ in range(100):
            found = export_errors.export_errors(
                world.app, TENANT, explain, ("title",), cursor, wanted
            )
            count = found.text.count("\r\n") - 1
            assert count <= most
            lines += count
            cursor = found.cursor
            if not cursor:
                break
    assert lines == sum(wanted.fits(one, explain) for one in errors)
