"""docs/sync.md explains every cause, and its limits are the code's."""

import re

import pytest

from funnel.adapters.sugar_http.caps import Caps
from funnel.adapters.sugar_http.sockets import Timeouts
from funnel.domain.people.identity import MOST_LINKS
from funnel.domain.sync.intake import LONGEST_VALUE
from funnel.usecases.connecting.page_size import LARGEST
from funnel.usecases.connecting.update_connection import (
    FASTEST,
    MOST_CONDITIONS,
    MOST_VALUES,
    SLOWEST,
)
from funnel.usecases.error_report.export_errors import MOST_ROWS
from funnel.usecases.error_report.view_errors import GROUPS, MOST_OF_GROUP, MOST_READ
from funnel.web.texts.en.causes import TEXTS
from tests.unit.docs.source import page

CODES = {
    name.split(".")[1]
    for name in TEXTS
    if name.startswith("cause.") and not name.startswith("cause.other")
}
MIB = 1024 * 1024


def test_every_cause_of_the_error_report_is_explained_and_no_other() -> None:
    held = page("sync.md").split("## What is held back")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", held, re.MULTILINE)) == CODES


@pytest.mark.parametrize(
    "row",
    [
        (
            f"| one text | {LONGEST_VALUE:,} characters are kept, and the cut is reported;"
            f" more than {Caps().value // MIB} MiB is refused on reading |"
        ),
        f"| one page | {LARGEST} records, {Caps().page // MIB} MiB |",
        (
            f"| a call to Sugar | {Timeouts().connect:g} s to connect, {Timeouts().read:g} s without"
            f" a byte, {Timeouts().total:g} s in all |"
        ),
        f"| a person | {MOST_LINKS} Leads and Contacts |",
        f"| a filter | {MOST_CONDITIONS} conditions a module, {MOST_VALUES} values each |",
        f"| requests | {SLOWEST:g} to {FASTEST:g} a second, 10 by default,",
        f"| a CSV file of the error report | {MOST_ROWS:,} rows;",
        (
            f"| a page of the error report | {GROUPS} causes, {MOST_OF_GROUP} rows of each;"
            f" with a filter {MOST_READ:,} rows are looked through at a time |"
        ),
    ],
)
def test_a_limit_is_the_one_in_the_code(row: str) -> None:
    assert row in page("sync.md")
