"""docs/features.md has every feature, claims no more than is proven, and hides nothing proven."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.docs.source import EVERYTHING, ROOT, code, marked_features, names_of_tests, page

AGREED = {"A": 8, "B": 13, "C": 11, "D": 11, "E": 9, "F": 5, "G": 7}
"""How many features were agreed, by the part of the product."""

INTERFACE = ("stack", "browser")
SHARED = Path("layers/funnel/funnel")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table."""

    id: str
    feature: str
    state: str
    page: str
    code: str
    proof: str
    missing: str


ROWS = [
    Row(*(cell.strip() for cell in line.split("|")[1:-1]))
    for line in page("features.md").splitlines()
    if re.match(r"\| [A-G]\d+ \|", line)
]
STARTED = [row for row in ROWS if row.state != "later"]


def test_every_feature_that_was_agreed_has_its_row() -> None:
    agreed = [f"{part}{n}" for part, many in AGREED.items() for n in range(1, many + 1)]
    assert [row.id for row in ROWS] == agreed


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_has_a_state_and_says_what_is_missing(row: Row) -> None:
    assert row.state in {"built", "partly", "later"}
    assert bool(row.missing) == (row.state == "partly")
    assert row.feature


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_leads_to_the_page_that_explains_it(row: Row) -> None:
    (target,) = re.findall(r"^\[[\w-]+\]\((\S+\.md)\)$", row.page)
    assert (ROOT / "docs" / target).is_file()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_what_is_called_built_is_proven_through_the_interface(row: Row) -> None:
    if row.state == "built":
        assert row.id in marked_features(*INTERFACE)
        assert code(row.proof) & names_of_tests(*INTERFACE)


def test_what_is_proven_through_the_interface_is_not_called_later() -> None:
    assert marked_features(*INTERFACE) <= {row.id for row in STARTED}


@pytest.mark.parametrize("row", STARTED, ids=lambda row: row.id)
def test_the_tests_and_the_code_that_a_row_names_are_there(row: Row) -> None:
    assert code(row.proof) <= names_of_tests(*EVERYTHING)
    named = {name for name in code(row.code) if "/" in name or "." in name}
    assert named
    assert [name for name in named if not _is_there(name)] == []


def _is_there(name: str) -> bool:
    beside = SHARED / "adapters/sugar_soap"
    return any((ROOT / folder / name).exists() for folder in (SHARED, beside, "."))
