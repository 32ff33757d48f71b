"""Connecting a Sugar: what is stored of what was typed, and what saving a test changes."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from funnel.domain.connecting.connections import Connection, Pause, PauseReason, QuietHours
from funnel.domain.crm import Condition, Operator
from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import JobId, Module
from funnel.domain.mapping.fields import CustomField, FieldType, Subject
from funnel.domain.mapping.mapping import FieldMapping, Rule
from funnel.domain.sync.records import ReadStamp
from funnel.domain.sync.runs import RunKind, RunStatus
from funnel.domain.sync.versions import supersedes
from funnel.ports.sync_messages import ContinueRun
from funnel.usecases.connecting.connect import (
    request_new_password,
    request_preflight,
    save_connection,
    use_new_password,
)
from funnel.usecases.connecting.signing_keys import new_signing_key
from funnel.usecases.connecting.update_connection import ConnectionChanges, update_connection
from funnel.usecases.sync.start_run import start_run
from tests.fakes.sugar import ENDPOINT
from tests.fakes.world import TENANT, World

SINCE = datetime(2026, 3, 1, tzinfo=UTC)
BY_AN_ADMIN = Pause(PauseReason.ADMIN, SINCE, "Ada")
SETTINGS: dict[str, object] = {
    "read_only": False,
    "quiet_hours": QuietHours(time(22), time(5)),
    "modules": (Module.USERS, Module.LEADS),
    "conditions": {Module.LEADS: (Condition("lead_source", Operator.IS, ("Web",)),)},
    "requests_per_second": 3.0,
    "overlap_seconds": 600,
    "mappings": {Module.LEADS: (FieldMapping("title", "title", FieldType.TEXT, Rule.HERE),)},
    "custom_fields": (CustomField("custom_a", "A", FieldType.TEXT, Subject.PERSON),),
    "score_fields": {Module.LEADS: ("score_c",)},
    "pause": BY_AN_ADMIN,
    "held_since": SINCE,
}


def passed_test(world: World, site: str = ENDPOINT.site_url) -> JobId:
    """A pre-flight of a site that the worker has done."""
    connector = world.app.crm
    assert connector is not None
    found = replace(ENDPOINT, url=f"{site}/service/v4_1/soap.php", site_url=site)
    connector.detect = lambda url: found  # type: ignore[method-assign]
    job = request_preflight(world.app, TENANT, "Ada", site, "api", "right")
    message = world.queue.pop()
    assert message is not None
    world.handle(message)
    return JobId(job.job_id)


def connection(world: World) -> Connection:
    found = world.store.connection(TENANT)
    assert found is not None
    return found


def connected(**changes: object) -> World:
    """A world whose connection was read before, with these settings."""
    world = World()
    world.connect()
    world.change(synced_until={Module.LEADS: SINCE}, generations={Module.LEADS: 2}, **changes)
    return world


@pytest.mark.feature("A4")
@pytest.mark.parametrize(
    "url",
    [
        "https://api:Secret@crm.example.test/",
        "api:Secret@crm.example.test/sugar",
        "https://api:Se#cret@crm.example.test/",
        "//api:Se/cret@crm.example.test",
    ],
)
def test_an_address_with_a_password_in_it_is_refused_before_anything_is_stored(url: str) -> None:
    world = World()
    with pytest.raises(InputInvalid) as refused:
        request_preflight(world.app, TENANT, "Ada", url, "api", "right")
    assert refused.value.field == "url"
    assert "cret" not in refused.value.text + refused.value.mend
    assert world.secrets.refs == []
    assert not len(world.queue)


def test_of_a_pasted_address_query_and_fragment_are_not_kept() -> None:
    world = World()
    pasted = "https://crm.example.test/sugar/index.php?MSID=secret#top"
    job = request_preflight(world.app, TENANT, "Ada", pasted, "api", "right")
    assert job.arguments["url"] == "https://crm.example.test/sugar/index.php"


@pytest.mark.parametrize(
    "site",
    [
        "http://crm.example.test",
        "https://CRM.example.test",
        "https://crm.example.test:443",
        "http://crm.example.test:80/",
    ],
)
def test_the_same_sugar_in_another_spelling_goes_on_where_it_was(site: str) -> None:
    world = connected(**SETTINGS)
    before = connection(world)
    after = save_connection(world.app, TENANT, passed_test(world, site))
    assert after.endpoint.site_url == site
    assert after.connection_id == before.connection_id
    assert after.synced_until == {Module.LEADS: SINCE}
    assert {name: getattr(after, name) for name in SETTINGS} == SETTINGS
    assert world.secrets.refs == [after.secret_ref]


@pytest.mark.parametrize(
    "site",
    [
        "https://other.example.test",
        "https://crm.example.test:8443",
        "https://crm.example.test/second",
    ],
)
def test_another_sugar_is_read_from_nothing_under_the_same_settings(site: str) -> None:
    world = connected(**SETTINGS)
    before = connection(world)
    after = save_connection(world.app, TENANT, passed_test(world, site))
    assert after.connection_id != before.connection_id
    assert after.credential_version == before.credential_version + 1
    assert after.synced_until == {}
    assert after.generations == {m: before.generations.get(m, 0) + 1 for m in Module}
    assert {name: getattr(after, name) for name in SETTINGS} == SETTINGS
    assert world.secrets.refs == [after.secret_ref]


def test_a_test_is_saved_once_and_again_only_while_it_is_what_is_connected() -> None:
    world = World()
    first = passed_test(world)
    saved = save_connection(world.app, TENANT, first)
    assert save_connection(world.app, TENANT, first) == saved
    second = save_connection(world.app, TENANT, passed_test(world))
    with pytest.raises(Conflict) as refused:
        save_connection(world.app, TENANT, first)
    assert refused.value.mend == "Test the connection again."
    assert connection(world) == second
    assert world.secrets.get(TENANT, second.secret_ref).password == "right"


def test_saving_a_test_keeps_what_is_changed_at_the_same_time() -> None:
    world = connected()
    job = passed_test(world)
    save, moments = world.store.save_connection, [1]

    def changed_meanwhile(connection: Connection) -> Connection:
        if moments:
            moments.clear()
            world.change(requests_per_second=2.0)
        return save(connection)

    world.store.save_connection = changed_meanwhile  # type: ignore[method-assign]
    after = save_connection(world.app, TENANT, job)
    assert (after.requests_per_second, after.secret_ref) == (2.0, connection(world).secret_ref)
    assert world.secrets.refs == [after.secret_ref]


@pytest.mark.parametrize(
    ("pause", "kept"),
    [(BY_AN_ADMIN, BY_AN_ADMIN), (Pause(PauseReason.SIGN_IN_REFUSED, SINCE), None), (None, None)],
)
def test_a_new_password_ends_the_pause_of_a_refused_one_and_no_other(
    pause: Pause | None, kept: Pause | None
) -> None:
    world = connected(pause=pause)
    job = request_new_password(world.app, TENANT, "Ada", "new")
    assert use_new_password(world.app, TENANT, str(job.arguments["secret_ref"])).pause == kept
    world = connected(pause=pause)
    assert save_connection(world.app, TENANT, passed_test(world)).pause == kept


def test_a_run_that_stopped_waits_for_an_admin_to_end_the_pause() -> None:
    world = connected()
    world.sugar.put(Module.USERS, "u1", user_name="a")
    start_run(world.app, TENANT, RunKind.MANUAL)
    run = world.store.open_run(TENANT)
    assert run is not None
    world.store.save_run(replace(run, status=RunStatus.PAUSED))
    world.change(pause=BY_AN_ADMIN)
    while world.queue.pop():
        pass
    save_connection(world.app, TENANT, passed_test(world))
    assert not any(isinstance(due.message, ContinueRun) for due in world.queue.waiting)
    update_connection(world.app, TENANT, "Ada", ConnectionChanges(paused=False))
    assert any(isinstance(due.message, ContinueRun) for due in world.queue.waiting)


def test_keys_of_webhooks_end_with_the_sugar_they_were_for() -> None:
    world = connected()
    new_signing_key(world.app, TENANT, "https://funnel.example.test")
    assert len(connection(world).signing_keys) == 1
    after = save_connection(world.app, TENANT, passed_test(world, "https://other.example.test"))
    assert after.signing_keys == ()
    assert world.secrets.refs == [after.secret_ref]


def test_what_was_read_under_an_older_mapping_replaces_nothing_newer() -> None:
    old, new = ReadStamp(SINCE, SINCE, SINCE, 1), ReadStamp(SINCE, SINCE, SINCE, 2)
    later = replace(old, began=SINCE + timedelta(hours=1), ended=SINCE + timedelta(hours=2))
    assert supersedes(new, old)
    assert not supersedes(later, new)
