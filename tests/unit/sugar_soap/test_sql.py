"""Windows and filters as SQL."""

import re
import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.adapters.sugar_soap import sql
from funnel.domain.crm import Condition, FieldDef, Operator, Window
from funnel.domain.errors import InputInvalid

AT = datetime(2026, 11, 24, 10, 42, 7, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
FIELDS = {
    name: FieldDef(name, kind, name)
    for name, kind in {
        "status": "enum",
        "score_c": "int",
        "tier_c": "enum",
        "birthdate": "date",
    }.items()
}


@pytest.mark.parametrize(
    ("window", "query"),
    [
        (Window(undated=True), ""),
        (Window(), "leads.date_modified IS NOT NULL"),
        (Window(dated=False, undated=True), "leads.date_modified IS NULL"),
        (Window(since=AT), "leads.date_modified >= '2026-11-24 10:42:07'"),
        (
            Window(since=AT, until=LATER),
            (
                "leads.date_modified >= '2026-11-24 10:42:07'"
                " AND leads.date_modified < '2026-11-24 11:42:07'"
            ),
        ),
        (
            Window(until=LATER, undated=True),
            "(leads.date_modified < '2026-11-24 11:42:07' OR leads.date_modified IS NULL)",
        ),
        (
            Window(dated=False, undated=True, id_from="a", id_until="o'b"),
            "leads.date_modified IS NULL AND leads.id >= 'a' AND leads.id < 'o''b'",
        ),
        (Window(undated=True, id_until=""), "leads.id < ''"),
    ],
)
def test_windows_become_qualified_conditions(window: Window, query: str) -> None:
    assert sql.window_query("Leads", window) == query


def test_times_are_told_in_utc_and_must_have_a_zone() -> None:
    zone = timezone(timedelta(hours=2))
    assert sql.moment(AT.astimezone(zone)) == "'2026-11-24 10:42:07'"
    assert sql.moment(datetime(1, 1, 2, tzinfo=UTC)) == "'0001-01-02 00:00:00'"
    with pytest.raises(InputInvalid):
        sql.moment(AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("condition", "query"),
    [
        (Condition("status", Operator.IS, ("a", "b'c")), "leads.status IN ('a', 'b''c')"),
        (
            Condition("tier_c", Operator.IS_NOT, ("x",)),
            "(leads_cstm.tier_c NOT IN ('x') OR leads_cstm.tier_c IS NULL)",
        ),
        (Condition("status", Operator.IS_EMPTY), "(leads.status IS NULL OR leads.status = '')"),
        (
            Condition("status", Operator.IS_NOT_EMPTY),
            "(leads.status IS NOT NULL AND leads.status <> '')",
        ),
        (Condition("score_c", Operator.IS_EMPTY), "leads_cstm.score_c IS NULL"),
        (Condition("birthdate", Operator.IS_NOT_EMPTY), "leads.birthdate IS NOT NULL"),
    ],
)
def test_filters_become_conditions_on_the_right_table(condition: Condition, query: str) -> None:
    window = Window(undated=True)
    assert sql.window_query("Leads", window, [condition], FIELDS) == query
    both = sql.window_query("Leads", Window(since=AT), [condition, condition], FIELDS)
    assert both == f"leads.date_modified >= '2026-11-24 10:42:07' AND {query} AND {query}"


@given(st.text())
def test_a_literal_reads_back_as_the_text_or_is_refused(text: str) -> None:
    try:
        quoted = sql.literal(text, "value")
    except InputInvalid:
        assert re.search(r"[\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", text)
        return
    with sqlite3.connect(":memory:") as database:
        assert database.execute(f"SELECT {quoted}").fetchone() == (text,)
    database.close()
    assert re.fullmatch(r"'(?:[^'\\]|'')*'", quoted)


def test_changed_addresses_are_asked_for_on_the_two_tables_sugar_lets_through() -> None:
    query = sql.changed_addresses_query("Contacts", AT)
    assert query.startswith("contacts.id IN (SELECT")
    assert "bean_module = 'Contacts'" in query
    assert query.count("'2026-11-24 10:42:07'") == 2
    assert set(re.findall(r"(?:FROM|JOIN) (\w+)", query)) == {
        "email_addr_bean_rel",
        "email_addresses",
    }
