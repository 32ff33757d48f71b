"""What Sugar refuses in a query, and how MySQL's writing becomes SQLite's."""

import pytest

from local.sugar.store.guard import QueryBroken, QueryRefused, to_sqlite

_BY_ADDRESS = (
    "leads.id IN (SELECT eabr.bean_id FROM email_addr_bean_rel eabr JOIN email_addresses ea"
    " ON ea.id = eabr.email_address_id WHERE ea.date_modified >= '2026-01-01')"
)


@pytest.mark.parametrize(
    "query",
    [
        "1=1; DROP TABLE leads",
        "1=1 UNION SELECT id FROM users",
        "leads.id IN (SELECT user_hash FROM users)",
        "leads.id IN (SELECT related_id FROM prospect_lists_prospects)",
        "users.user_hash LIKE 'a%'",
        "1=1 -- all",
        "SLEEP(9)",
    ],
)
def test_what_sugar_never_runs_is_refused(query: str) -> None:
    with pytest.raises(QueryRefused):
        to_sqlite(query)


def test_a_sub_select_on_addresses_is_allowed_where_the_endpoint_allows_it() -> None:
    assert to_sqlite(_BY_ADDRESS) == _BY_ADDRESS
    with pytest.raises(QueryRefused):
        to_sqlite(_BY_ADDRESS, subselects=False)


def test_what_stands_in_a_literal_is_no_part_of_the_query() -> None:
    query = "leads.last_name = 'a; union select -- #'"
    assert to_sqlite(query) == query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("x = 'O\\'Neil'", "x = 'O''Neil'"),
        ("x = 'O''Neil'", "x = 'O''Neil'"),
        ('x = "O\'Neil"', "x = 'O''Neil'"),
        ("x = 'a\\\\b'", "x = 'a\\b'"),
        ("x LIKE '50\\%'", "x LIKE '50\\%'"),
    ],
)
def test_mysql_literals_keep_their_meaning(query: str, expected: str) -> None:
    assert to_sqlite(query) == expected


def test_an_open_quote_breaks_the_query() -> None:
    with pytest.raises(QueryBroken):
        to_sqlite("leads.last_name = 'x")
