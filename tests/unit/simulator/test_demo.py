"""The demo company: as large as told, the same for a seed, and as dirty as real ones."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from local.sugar import Clock, SugarSimulator
from local.sugar.demo.build import EURO, FRANC, Size, build


def _demo(seed: int, size: Size | None = None) -> SugarSimulator:
    clock = Clock()
    clock.fix(datetime(2026, 3, 2, 12, tzinfo=UTC))
    sugar = SugarSimulator(clock=clock)
    build(sugar.sugar, seed, size)
    return sugar


@pytest.fixture(scope="module")
def demo() -> Iterator[SugarSimulator]:
    simulator = _demo(7)
    yield simulator
    simulator.stop()


def _count(demo: SugarSimulator, sql: str) -> int:
    return int(str(demo.sugar.world.database.value(f"SELECT COUNT(*) FROM {sql}")))


def test_it_is_as_large_as_a_real_one(demo: SugarSimulator) -> None:
    for table, expected in (
        ("leads", 3000), ("contacts", 2000), ("accounts", 800), ("opportunities", 400),
        ("users WHERE title LIKE '%Sales%'", 12), ("prospect_lists", 15),
        ("users WHERE status = 'Inactive' AND title = 'Sales'", 3),
    ):  # fmt: skip
        assert _count(demo, table) == expected, table
    largest = demo.sugar.world.database.value(
        "SELECT MAX(n) FROM (SELECT COUNT(*) n FROM prospect_lists_prospects GROUP BY prospect_list_id)"
    )
    assert largest == pytest.approx(3000, rel=0.1)


_DIRT = {
    "people without an address": "leads WHERE id NOT IN (SELECT bean_id FROM email_addr_bean_rel)",
    "a lead and a contact with one address": (
        "(SELECT email_address_id FROM email_addr_bean_rel GROUP BY 1"
        " HAVING COUNT(DISTINCT bean_module) > 1)"
    ),
    "addresses shared under different names": (
        "email_addr_bean_rel r JOIN email_addresses a ON a.id = r.email_address_id"
        " WHERE a.email_address LIKE 'info@%' AND r.bean_module = 'Contacts'"
    ),
    "twins": "(SELECT 1 FROM leads GROUP BY first_name, last_name, account_name HAVING COUNT(*) > 1)",
    "owners who left": (
        "contacts c JOIN users u ON u.id = c.assigned_user_id WHERE u.status = 'Inactive'"
    ),
    "accounts nobody is assigned to": "accounts WHERE assigned_user_id IS NULL AND deleted = 0",
    "contacts whose account is deleted": (
        "accounts_contacts p JOIN accounts a ON a.id = p.account_id WHERE a.deleted = 1"
    ),
    "converted leads": "leads WHERE status = 'Converted' AND contact_id IS NOT NULL",
    "null dates": "leads WHERE date_modified IS NULL",
    "dates not yet": "leads WHERE date_modified > '2026-03-04'",
    "deleted leads": "leads WHERE deleted = 1",
    "apostrophes": "contacts WHERE last_name LIKE '%''%'",
    "ampersands": "accounts WHERE name LIKE '%&%'",
}


@pytest.mark.parametrize("what", _DIRT)
def test_the_usual_dirt_is_there(demo: SugarSimulator, what: str) -> None:
    assert _count(demo, _DIRT[what]) > 0


def test_one_unassigned_account_holds_forty_contacts_and_six_opportunities(
    demo: SugarSimulator,
) -> None:
    database = demo.sugar.world.database
    account, contacts = database.rows(
        "SELECT a.id, COUNT(*) n FROM accounts a JOIN accounts_contacts p ON p.account_id = a.id"
        " WHERE a.assigned_user_id IS NULL GROUP BY a.id ORDER BY n DESC LIMIT 1"
    )[0]
    assert int(str(contacts)) >= 40
    assert len(demo.company.linked("Accounts", str(account), "opportunities")) >= 6


def test_an_import_left_about_seven_hundred_leads_in_one_second(demo: SugarSimulator) -> None:
    most = demo.sugar.world.database.value(
        "SELECT COUNT(*) FROM leads GROUP BY date_modified ORDER BY 1 DESC LIMIT 1"
    )
    assert 690 <= int(str(most)) <= 700


def test_the_same_seed_gives_the_same_records_and_another_seed_others() -> None:
    small = Size.of(200)
    one, two, other = _demo(3, small), _demo(3, small), _demo(4, small)
    assert one.company.search("Leads", limit=200) == two.company.search("Leads", limit=200)
    assert one.company.ids("Leads") != other.company.ids("Leads")
    for simulator in (one, two, other):
        simulator.stop()


def test_a_third_of_its_opportunities_are_in_a_second_currency(demo: SugarSimulator) -> None:
    assert _count(demo, "currencies") == 2
    assert _count(demo, f"opportunities WHERE currency_id = '{EURO}'") == 133
    assert _count(demo, f"opportunities WHERE currency_id = '{FRANC}'") == 1
    euro = f"currency_id = '{EURO}' AND ABS(amount_usdollar - amount / 0.92) < 0.01"
    assert _count(demo, f"opportunities WHERE {euro}") == 133
    own = "currency_id = '-99' AND amount_usdollar = amount"
    assert _count(demo, f"opportunities WHERE {own}") == 266


def test_the_base_amount_follows_amount_and_currency() -> None:
    with SugarSimulator() as sugar:
        company = sugar.company
        euro = company.create(
            "Currencies", name="Euro", symbol="€", conversion_rate="0.5", status="Active"
        )
        deal = company.create("Opportunities", name="Deal", amount="10", currency_id="-99")

        def base() -> object:
            found = sugar.sugar.world.database.row("SELECT amount_usdollar FROM opportunities")
            return found and found[0]

        assert base() == 10
        company.update("Opportunities", deal, currency_id=euro)
        assert base() == 20
        company.update("Opportunities", deal, amount="4")
        assert base() == 8
