"""The currencies, by any adapter of `Crm`, on every dialect; what is told follows Sugar's source."""

import pytest

from funnel.domain.connecting.currencies import BASE, Currencies
from funnel.domain.errors import ModuleMissing
from funnel.domain.ids import ConnectionId, Module
from tests.contract.crm_port.subject import EVERYTHING, NOON, Subject


def told(subject: Subject) -> Currencies:
    """What Sugar tells now."""
    return Currencies(ConnectionId("c"), NOON, tuple(subject.open().currencies()))


def test_a_fresh_sugar_has_its_base_currency_and_no_other(subject: Subject) -> None:
    found = told(subject)
    assert [one.sugar_id for one in found.known] == [BASE]
    assert found.base_unit == "USD"
    assert found.of(None) == found.of("") == found.of("-99")


def test_currencies_are_told_whether_they_are_in_use_or_not(subject: Subject) -> None:
    company = subject.sugar.company
    euro = company.create(
        "Currencies",
        name="Euro",
        symbol="€",
        iso4217="EUR",
        conversion_rate="0.92",
        status="Active",
    )
    franc = company.create(
        "Currencies", name="Franc & old", symbol="Fr.", conversion_rate="0", status="Inactive"
    )
    gone = company.create(
        "Currencies", name="Crown", symbol="kr", conversion_rate="7", status="Active"
    )
    company.delete("Currencies", gone)

    found = told(subject)
    assert {one.sugar_id for one in found.known} == {BASE, euro, franc, gone}
    assert [found.of(i).unit for i in (BASE, euro, franc, gone)] == ["USD", "EUR", "Fr.", "kr"]  # type: ignore[union-attr]
    assert found.of(franc).name == "Franc & old"  # type: ignore[union-attr]
    assert found.of("no such currency") is None


def test_an_amount_is_told_in_the_base_currency_as_sugar_reckons_it(subject: Subject) -> None:
    company = subject.sugar.company
    euro = company.create(
        "Currencies", name="Euro", symbol="€", iso4217="EUR", conversion_rate="0.8", status="Active"
    )
    none = company.create(
        "Currencies", name="Points", symbol="P", conversion_rate="0", status="Active"
    )
    deals = {
        company.create("Opportunities", name="Own", amount="100", currency_id=BASE): 100,
        company.create("Opportunities", name="Other", amount="100", currency_id=euro): 125,
        company.create("Opportunities", name="No rate", amount="100", currency_id=none): None,
        company.create("Opportunities", name="No amount", currency_id=euro): None,
    }
    crm = subject.open()
    currencies = Currencies(ConnectionId("c"), NOON, tuple(crm.currencies()))
    fields = ("amount", "amount_usdollar", "currency_id")
    page = crm.read(Module.OPPORTUNITIES, EVERYTHING, 10, fields=fields)
    assert {row.sugar_id: currencies.in_base(row.fields) for row in page.rows} == deals


def test_a_sugar_without_the_module_says_so_and_over_rest_tells_those_in_use_all_the_same(
    subject: Subject,
) -> None:
    company = subject.sugar.company
    values = {"name": "Euro", "symbol": "€", "iso4217": "EUR", "conversion_rate": "0.9"}
    company.create("Currencies", values, status="Active")
    company.create("Currencies", values, status="Inactive")
    crm = subject.open()
    missing = subject.sugar.sugar.missing_modules
    missing.add("Currencies")
    try:
        if subject.dialect.is_rest:
            assert [one.unit for one in crm.currencies()] == ["USD", "EUR"]
        else:
            with pytest.raises(ModuleMissing):
                crm.currencies()
    finally:
        missing.clear()
