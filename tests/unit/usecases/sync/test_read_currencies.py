"""Sugar's currencies: read once a day, and never what a run fails for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connecting.currencies import BASE, Currencies, Currency
from funnel.domain.errors import (
    FunnelError,
    MethodMissing,
    ModuleMissing,
    NoRight,
    ReplyTooLarge,
    ServerCrashed,
    SugarReplyBroken,
    SugarUnavailable,
)
from funnel.domain.ids import ConnectionId, Module, RecordKey, SugarId
from funnel.domain.sync.runs import RunKind, RunStatus
from funnel.usecases.bells.ask_recompute import recompute_everybody
from funnel.usecases.people.view_history import record_history
from funnel.usecases.people.view_records import list_opportunities, opportunity
from tests.fakes.world import TENANT, World
from tests.unit.usecases.segments.segmenting import company, names_in, segment, test_of

EURO = Currency(SugarId("eur"), "Euro", "€", "EUR", "0.8")


def kept(world: World) -> Currencies:
    """What is kept of them."""
    found = world.store.currencies(TENANT)
    assert found is not None
    return found


def asked(world: World) -> int:
    """How often Sugar was asked for them."""
    return world.sugar.calls.count("currencies")


def test_they_are_read_with_the_first_run_once_a_day_and_with_a_full_sync() -> None:
    world = company()
    assert asked(world) == 1
    assert kept(world).base_unit == "USD"
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    assert asked(world) == 1
    world.sync(RunKind.FULL)
    assert asked(world) == 2
    world.sugar.currencies.append(EURO)
    world.clock.advance(21 * 3600)
    world.sync(RunKind.HOURLY)
    assert asked(world) == 3
    assert [one.unit for one in kept(world).known] == ["USD", "EUR"]


@pytest.mark.parametrize(
    "error",
    [
        NoRight,
        ModuleMissing,
        ServerCrashed,
        MethodMissing,
        ReplyTooLarge,
        SugarReplyBroken,
        SugarUnavailable,
    ],
)
def test_a_sugar_that_does_not_tell_them_is_synced_all_the_same(error: type[FunnelError]) -> None:
    def refuse(call: str) -> None:
        if call == "currencies":
            raise error("Not for you.", mend="Ask an admin.")

    world = World()
    world.sugar.put(Module.OPPORTUNITIES, "o0", name="Deal", amount="500.00", currency_id="-99")
    world.sugar.before_call = refuse
    world.connect()
    world.sync(RunKind.INITIAL)
    assert world.store.runs(TENANT, 1).items[0].status is RunStatus.DONE
    assert (kept(world).known, kept(world).problem) == ((), "Not for you.")
    assert kept(world).mend == "Ask an admin."
    (row,) = list_opportunities(world.app, TENANT).items
    assert (row.amount, row.currency) == ("500.00", "")


def test_who_refuses_is_asked_again_a_day_later_and_who_was_away_by_the_next_run() -> None:
    world = company()
    world.sugar.currencies.append(EURO)
    world.sync(RunKind.FULL)
    problem: FunnelError = NoRight("Not for you.")
    tries = 0

    def refuse(call: str) -> None:
        nonlocal tries
        if call == "currencies":
            tries += 1
            raise problem

    world.sugar.before_call = refuse
    world.clock.advance(21 * 3600)
    world.sync(RunKind.HOURLY)
    assert (kept(world).problem, kept(world).base_unit) == ("Not for you.", "USD")
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    assert tries == 1

    problem = SugarUnavailable("It did not answer.")
    world.clock.advance(21 * 3600)
    world.sync(RunKind.HOURLY)
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    assert tries == 3
    assert kept(world).of("eur") == EURO

    world.sugar.before_call = lambda _call: None
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    assert kept(world).problem == ""


def test_those_of_another_sugar_are_not_kept() -> None:
    world = company()
    other = Currencies(
        ConnectionId("another"), world.clock.now(), (Currency(BASE, "Pound", "£", "GBP", "1"),)
    )
    world.store.save_currencies(TENANT, other)
    world.sync(RunKind.HOURLY)
    assert kept(world).base_unit == "USD"


def test_amounts_are_shown_in_their_own_currency_and_in_the_base_one() -> None:
    world = company()
    world.sugar.currencies.append(EURO)
    world.sugar.put(Module.OPPORTUNITIES, "o1", name="Euro", amount="80.00", currency_id="eur")
    world.sugar.put(Module.OPPORTUNITIES, "o2", name="Lost", amount="80.00", currency_id="gone")
    world.sync(RunKind.FULL)
    units = {row.sugar_id: row.currency for row in list_opportunities(world.app, TENANT).items}
    assert units == {"o0": "USD", "o1": "EUR", "o2": ""}
    views = [opportunity(world.app, TENANT, SugarId(i)) for i in ("o0", "o1", "o2")]
    assert [(v.amount_in_base, v.base_currency) for v in views] == [
        ("", ""),
        ("100.00", "USD"),
        ("", ""),
    ]
    assert {f.name: f.unit for f in views[1].fields if f.unit} == {"amount": "EUR"}


def test_segments_compare_amounts_in_the_base_currency_and_follow_when_a_rate_comes() -> None:
    world = company()
    large = segment(world, "Large", test_of("amount", "is at least", "600"))
    held = segment(world, "Held", test_of("amount", "is filled in"))
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    deal.fields["currency_id"] = "eur"
    deal.date_modified = world.clock.now()
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    world.drain()
    assert names_in(world, large.list_id) == set()
    assert names_in(world, held.list_id) == {"Rau"}

    world.sugar.currencies.append(EURO)
    world.clock.advance(21 * 3600)
    world.sync(RunKind.HOURLY)
    world.drain()
    assert names_in(world, large.list_id) == {"Rau"}


@pytest.mark.parametrize("amount", ["99999999999999999999999", "1e400", "1e999999999", "sNaN"])
@pytest.mark.parametrize("currency", ["-99", "eur"])
def test_an_amount_of_whatever_size_stops_no_list_of_its_tenant(amount: str, currency: str) -> None:
    world = company()
    world.sugar.currencies.append(EURO)
    cities = segment(world, "Cities", test_of("city", "is", "Bonn"))
    large = segment(world, "Large", test_of("amount", "is at least", "600"))
    before = names_in(world, cities.list_id)
    assert before
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    deal.fields |= {"amount": amount, "currency_id": currency}
    deal.date_modified = world.clock.now()
    world.sync(RunKind.FULL)
    _everybody_anew(world)
    assert names_in(world, cities.list_id) == before
    is_number = amount in {"99999999999999999999999", "1e400"}
    assert names_in(world, large.list_id) == ({"Rau"} if is_number else set())
    done = world.store.list_settings(TENANT).recompute
    assert done is not None
    assert done.finished_at is not None
    view = opportunity(world.app, TENANT, SugarId("o0"))
    assert view.row.amount == amount
    assert bool(view.amount_in_base) == (is_number and currency == "eur")


def _everybody_anew(world: World) -> None:
    recompute_everybody(world.app, TENANT, "", lambda: None)
    world.drain()


def _a_day_later(world: World) -> None:
    world.clock.advance(21 * 3600)
    world.sync(RunKind.HOURLY)
    world.drain()


@pytest.mark.parametrize("currency", ["gone", "eur"])
def test_segments_follow_when_currencies_come_to_be_known_and_when_they_no_longer_are(
    currency: str,
) -> None:
    world = company()
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    deal.fields["currency_id"] = currency
    deal.date_modified = world.clock.now()
    # Without a rate, by which nobody can tell what it is in the base currency.
    known = [*world.sugar.currencies, replace(EURO, rate="")]
    world.sugar.currencies.clear()
    world.sync(RunKind.FULL)
    large = segment(world, "Large", test_of("amount", "is at least", "400"))
    assert names_in(world, large.list_id) == {"Rau"}
    for told, names in ((known, set()), ([], {"Rau"}), (known, set())):
        world.sugar.currencies[:] = told
        _a_day_later(world)
        assert names_in(world, large.list_id) == names
        _everybody_anew(world)
        assert names_in(world, large.list_id) == names


def test_segments_follow_when_a_rate_moves_and_the_record_has_no_figure_of_sugars() -> None:
    world = company()
    world.sugar.currencies.append(EURO)
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    deal.fields["currency_id"] = "eur"
    deal.date_modified = world.clock.now()
    world.sync(RunKind.FULL)
    large = segment(world, "Large", test_of("amount", "is at least", "600"))
    assert names_in(world, large.list_id) == {"Rau"}
    for rate, names in (("2.0", set()), ("0.5", {"Rau"}), ("0", set()), ("0.8", {"Rau"})):
        world.sugar.currencies[-1] = replace(EURO, rate=rate)
        _a_day_later(world)
        assert names_in(world, large.list_id) == names
        _everybody_anew(world)
        assert names_in(world, large.list_id) == names


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"currency_id": "gone"}, set()),
        ({"currency_id": "eur"}, {"Rau"}),
        ({"currency_id": "eur", "amount_usdollar": "300"}, set()),
        ({"amount_usdollar": "300"}, {"Rau"}),
    ],
)
def test_whoever_has_a_deal_in_another_currency_is_looked_at(
    change: dict[str, str], names: set[str]
) -> None:
    world = company()
    world.sugar.currencies.append(EURO)
    world.sync(RunKind.FULL)
    large = segment(world, "Large", test_of("amount", "is at least", "400"))
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    deal.fields |= change
    deal.date_modified = world.clock.now()
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    world.drain()
    assert names_in(world, large.list_id) == names
    _everybody_anew(world)
    assert names_in(world, large.list_id) == names


def test_another_sugar_that_tells_no_currencies_leaves_no_amount_by_those_of_the_last() -> None:
    world = company()
    large = segment(world, "Large", test_of("amount", "is at least", "400"))
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    deal.fields["currency_id"] = "gone"
    deal.date_modified = world.clock.now()
    world.clock.advance(3600)
    world.sync(RunKind.HOURLY)
    world.drain()
    assert names_in(world, large.list_id) == set()
    world.store.save_currencies(TENANT, replace(kept(world), connection_id=ConnectionId("another")))
    world.sugar.currencies.clear()
    world.sync(RunKind.HOURLY)
    world.drain()
    assert names_in(world, large.list_id) == {"Rau"}


def test_nobody_is_worked_out_anew_where_amounts_count_as_before() -> None:
    world = company()
    world.sugar.currencies.append(EURO)
    world.sync(RunKind.FULL)
    segment(world, "Large", test_of("amount", "is at least", "600"))
    before = world.store.list_settings(TENANT).recompute
    world.sugar.currencies[-1] = replace(EURO, name="European euro", rate="0.800000")
    _a_day_later(world)
    assert kept(world).known[-1].rate == "0.800000"
    assert world.store.list_settings(TENANT).recompute == before


def test_nobody_is_worked_out_anew_where_no_segment_asks_for_amounts() -> None:
    world = company()
    segment(world, "Cities", test_of("city", "is", "Bonn"))
    world.sugar.currencies.append(EURO)
    before = world.store.list_settings(TENANT).recompute
    world.clock.advance(timedelta(hours=21).total_seconds())
    world.sync(RunKind.HOURLY)
    assert world.store.list_settings(TENANT).recompute == before
    assert set(kept(world).rates) == {"eur"}


def test_the_history_names_the_currency_that_was_changed() -> None:
    world = company()
    world.sugar.currencies.append(EURO)
    deal = world.sugar.tables[Module.OPPORTUNITIES][SugarId("o0")]
    for currency_id in ("-99", "eur", "gone"):
        deal.fields["currency_id"] = currency_id
        world.clock.advance(60)
        deal.date_modified = world.clock.now()
        world.sync(RunKind.FULL)
    page = record_history(world.app, TENANT, RecordKey(Module.OPPORTUNITIES, SugarId("o0")))
    told = [(c.before_name, c.after_name) for entry in page.items for c in entry.changes]
    assert told == [("EUR", ""), ("USD", "EUR"), ("", "USD")]
