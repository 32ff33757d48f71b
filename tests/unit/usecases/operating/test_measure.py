"""The figures of the deployment: the worst, the sum, and who is left out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from funnel.domain.connecting.connections import Connection, Pause, PauseReason
from funnel.domain.errors import WrittenByNewer
from funnel.domain.ids import ConnectionId, Module, TenantId
from funnel.usecases.operating.measure import FIGURES, measure, measure_mail, turned
from funnel.usecases.operating.tick import tick
from tests.fakes.world import World

pytestmark = pytest.mark.feature("G4")

QUARTER, EMPTY = 1, 0
NINE = [TenantId(f"t{n}") for n in range(9)]


def world(*tenants: TenantId) -> World:
    """These are connected, and were read when the clock began; another is of another quarter."""
    made = World()
    template = made.connect()
    assert template.quarter != QUARTER
    now = made.clock.now()
    for number, tenant in enumerate(tenants):
        made.store.save_connection(
            replace(
                template,
                tenant=tenant,
                # The quarter is made of the first part of the id.
                connection_id=ConnectionId(f"0000000{QUARTER}-0000-4000-8000-{number:012}"),
                synced_at=dict.fromkeys(template.modules, now),
                version=0,
            )
        )
    return made


def change(made: World, tenant: TenantId, **changes: object) -> Connection:
    found = made.store.connection(tenant)
    assert found is not None
    return made.store.save_connection(replace(found, **changes))  # type: ignore[arg-type]


def test_the_worst_age_of_each_module_and_how_many_are_stale() -> None:
    made = world(*NINE[:4])
    made.clock.advance(4 * 3600)
    now = made.clock.now()
    for tenant in NINE[:3]:
        change(made, tenant, synced_at=dict.fromkeys(Module, now - timedelta(minutes=30)))
    figures = measure(made.app, QUARTER)
    assert figures["PullAgeLeads"] == 4 * 3600
    assert (figures["Connections"], figures["PullsStale"]) == (4, 1)
    assert figures["PullsStalePercent"] == 25
    assert set(figures) <= set(FIGURES)
    assert measure(made.app, EMPTY) == {}


def test_who_is_paused_is_not_stale_and_its_errors_are_counted_all_the_same() -> None:
    made = world(*NINE[:2])
    made.clock.advance(4 * 3600)
    now = made.clock.now()
    change(made, NINE[0], pause=Pause(PauseReason.ADMIN, now))
    change(made, NINE[1], synced_at=dict.fromkeys(Module, now))
    figures = measure(made.app, QUARTER)
    assert (figures["Connections"], figures["PullsStale"]) == (1, 0)
    assert figures["ErrorsOpen"] == 0


def test_a_module_that_was_never_read_is_as_old_as_its_connection() -> None:
    made = world(NINE[0])
    change(made, NINE[0], synced_at={})
    made.clock.advance(7200)
    assert measure(made.app, QUARTER)["PullAgeUsers"] == 7200


def test_how_far_the_budget_is_spent_ahead_is_the_worst_of_all() -> None:
    made = world(*NINE[:2])
    made.store.reserve(NINE[1], 50, 10, made.clock.now())
    assert measure(made.app, QUARTER)["SugarBudgetAhead"] == 5


def test_time_bounds_it_and_each_hour_begins_elsewhere() -> None:
    made = world(*NINE)
    left = iter([1.0] * 4)
    assert measure(made.app, QUARTER, lambda: next(left, 0.0))["Connections"] == 4
    firsts = {turned(NINE, hour)[0] for hour in range(24)}
    assert len(firsts) == len(NINE)
    assert sorted(turned(NINE, 5)) == NINE


def test_a_tick_of_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="'lunch'"):
        tick(World().app, "lunch", lambda: 60.0)


def test_a_tenant_whose_rows_a_newer_release_wrote_leaves_the_figures_of_all_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = world(*NINE[:3])

    def newer(*_: object) -> None:
        raise WrittenByNewer("This was written by a newer release.")

    def of(method: str) -> None:
        whole = getattr(made.store, method)
        monkeypatch.setattr(
            made.store, method, lambda t, *more: newer() if t == NINE[0] else whole(t, *more)
        )

    of("list_errors")
    assert measure(made.app, QUARTER)["Connections"] == 2
    of("due_mails")
    monkeypatch.setattr(made.store, "tenants_with_due_mails", lambda _: NINE[:3])
    assert measure_mail(made.app) == {"MailsLate": 0, "MailsLateWorst": 0}
    assert [getattr(one, "tenant", "") for one in caplog.records] == [NINE[0]] * 2
