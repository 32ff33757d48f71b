import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.domain.csv_files import guarded
from funnel.domain.ids import Module
from funnel.usecases.error_report.export_errors import MOST_ROWS, export_errors
from funnel.web.setup.reporting import COLUMNS
from funnel.web.texts import texts_for
from funnel.web.words import Words
from tests.browser.records import Filler
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1"])
def test_a_formula_is_disarmed(text: str) -> None:
    assert guarded(text).startswith("'")
    assert guarded(text).replace("'", "") == text


@pytest.mark.parametrize("text", ["", "Acme", "a=b", "O'Brien", "1-2"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.text())
def test_no_cell_ever_begins_like_a_formula(text: str) -> None:
    assert not guarded(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_file_has_a_row_for_every_error_and_reads_back(admin: Client) -> None:
    answer = admin.get("/setup/errors.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 20
    account = next(row for row in rows if row["Object"] == "Accounts" and row["Value"] == "")
    assert account["Name"] == "Harbour & Sons Ltd."
    assert account["Cause"] == "This account is assigned to nobody."
    assert account["Link to Sugar"].startswith("https://crm.nordwind.example/index.php?")
    assert {row["Goes back to"] for row in rows if row["Object"] == "Contacts"} == {
        "Harbour & Sons Ltd."
    }


def test_the_file_ends_at_what_a_reply_can_hold(world: World) -> None:
    filler = Filler(world.store, FULL, world.clock.now())
    for number in range(MOST_ROWS):
        name = f"Contact {number}"
        filler.error(Module.CONTACTS, name, "AccountHeld", "account_id", "x", "Harbour")
    words = Words(texts_for("en"), world.clock.now())
    first = export_errors(world.app, FULL, words.explain, COLUMNS)
    assert MOST_ROWS - 500 < first.text.count("\r\n") - 1 <= MOST_ROWS
    assert len(first.text.encode()) < 5_000_000
    rest = export_errors(world.app, FULL, words.explain, COLUMNS, first.cursor)
    assert rest.cursor == ""
    assert first.text.count("\r\n") + rest.text.count("\r\n") - 2 == MOST_ROWS + 20
