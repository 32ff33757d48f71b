"""A campaign in Sugar: its page and API say how it stands, and what its steps would do there."""

import json
from dataclasses import replace

import pytest

from funnel.domain.campaigns.campaign_looks import CAMPAIGN_LOOK, LookLine, WouldBe
from funnel.domain.campaigns.campaigns import Campaign, CampaignState, SugarCampaign
from funnel.domain.campaigns.campaigns_in_sugar import CampaignInSugar
from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.crm import Dialect
from funnel.domain.ids import JobId, PersonId, SugarId, WrittenModule
from funnel.domain.pushing.pushes import Obstacle
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import Job, JobStatus
from funnel.usecases.campaigns_in_sugar.look_at_campaign import _plain
from funnel.usecases.connecting.connection import change_connection, connection_of
from tests.browser.campaigns import SYNC, WELCOME
from tests.browser.world import EMPTY, FULL, World
from tests.unit.web.asking import Client, signed_in

PAGE, API = f"/app/campaigns/{WELCOME}/sugar", f"/api/app/campaigns/{WELCOME}/sugar"


def synced(world: World, **more: object) -> Campaign:
    found = world.store.campaign(FULL, WELCOME)
    assert found is not None
    change_connection(world.app, FULL, lambda one: replace(one, read_only=False, pause=None))
    return world.store.save_campaign(replace(found, sugar=SugarCampaign(True), **more))  # type: ignore[arg-type]


def there(world: World, **more: object) -> CampaignInSugar:
    connection = connection_of(world.app, FULL)
    told = {"name": "Welcome"}
    one = CampaignInSugar(
        FULL, WELCOME, connection.connection_id, True, told, told, True, members=1234
    )
    return world.store.save_campaign_in_sugar(replace(one, **more))  # type: ignore[arg-type]


def state(client: Client) -> str:
    return str(client.call("GET", API).json["state"])


def test_how_it_stands_is_told_from_the_setting_to_being_in_step(
    world: World, admin: Client
) -> None:
    assert state(admin) == "off"
    assert "not synced with Sugar" in admin.get(PAGE).text
    campaign = synced(world)
    assert state(admin) == "waits"
    assert "hx-trigger" in admin.get(PAGE).text
    one = there(world)
    told = admin.call("GET", API).json
    assert told["state"] == "in step"
    assert one.sugar_id in told["campaign_url"]
    assert one.list_id in told["list_url"]
    shown = admin.get(PAGE).text
    assert "1,234" in shown
    assert "In step with Sugar" in shown
    world.store.save_campaign(replace(campaign, state=CampaignState.DRAFT))
    assert state(admin) == "not started"


@pytest.mark.parametrize("wanted", ["paused", "read only", "impossible"])
def test_what_it_waits_for_is_said(world: World, admin: Client, wanted: str) -> None:
    synced(world)
    there(world)
    found = connection_of(world.app, FULL)
    changes: dict[str, dict[str, object]] = {
        "paused": {"pause": Pause(PauseReason.ADMIN, world.app.clock.now())},
        "read only": {"read_only": True},
        "impossible": {"endpoint": replace(found.endpoint, dialect=Dialect.SOAP_5)},
    }
    change_connection(world.app, FULL, lambda one: replace(one, **changes[wanted]))  # type: ignore[arg-type]
    assert state(admin) == wanted
    assert admin.get(PAGE).status == 200


def test_the_settings_say_beforehand_where_no_target_list_can_be_filled(
    world: World, admin: Client
) -> None:
    settings = f"/app/campaigns/{WELCOME}/settings"
    assert "becomes a member of it" in admin.get(settings).text
    endpoint = replace(connection_of(world.app, FULL).endpoint, dialect=Dialect.SOAP_5)
    change_connection(world.app, FULL, lambda one: replace(one, endpoint=endpoint))
    assert "Over soap.php Leads and Contacts cannot be put on" in admin.get(settings).text


def test_what_was_deleted_in_sugar_is_made_once_more_by_a_button(
    world: World, admin: Client
) -> None:
    synced(world)
    one = there(world, obstacle=Obstacle("CampaignDeleted", "deleted"))
    shown = admin.get(PAGE).text
    assert "was deleted in Sugar" in shown
    assert "Make it once more" in shown
    assert admin.call("GET", API).json["can_make_anew"]
    assert admin.send(f"{PAGE}/anew").status == 303
    (after,) = world.store.campaigns_in_sugar(FULL)
    assert after.sugar_id != one.sugar_id
    assert after.obstacle is None
    assert admin.send(f"{PAGE}/anew").status == 400
    assert admin.call("POST", f"{API}/anew").status == 400


def test_a_look_is_asked_for_and_shown_page_by_page(world: World, admin: Client) -> None:
    synced(world)
    sent = admin.send(f"{PAGE}/look", step=SYNC, at="")
    assert sent.status == 303
    where = sent.headers["Location"]
    assert "Sugar is being asked" in admin.get(where).text
    job = world.store.job(FULL, JobId(where.rpartition("/")[2]))
    assert job is not None
    done(world, job)
    shown = admin.get(where).text
    assert "Ada &lt;b&gt;" in shown
    assert "nobody in Sugar has the address" in shown
    assert "with a new account" in shown
    assert "Page 1 of 2" in shown
    assert "Last name, company" not in shown
    second = admin.get(f"{where}?page=2").text
    assert "This person has no" in second
    told = admin.call("GET", f"{API}/looks/{job.job_id}?page=1").json
    assert [one["would"] for one in told["people"]] == ["hinder"]
    assert (told["looked"], told["of"], told["pages"]) == (2, 2, 2)
    assert told["counts"] == {"create": 1, "change": 0, "skip": 0, "hinder": 1}
    assert told["files"][0]["rows"] == 2


def done(world: World, job: Job) -> None:
    lines = (
        LookLine(
            PersonId("anneliese"), "Ada <b>", "a@x.test", WouldBe.CREATE, "nobody has the address",
            WrittenModule.CONTACTS, SugarId(""), {"last_name": "B"}, {}, "Acme", True,
        ),
        LookLine(
            PersonId("anneliese"), "", "b@x.test", WouldBe.HINDER, "PushMissesField",
            field="last_name",
        ),
    )  # fmt: skip
    for number, line in enumerate(lines):
        name = f"campaign-looks/{job.job_id}-{number}.json"
        world.app.files.put(FULL, name, json.dumps([_plain(line)]).encode(), "application/json")
    files = [{"name": f"campaign-looks/{job.job_id}-1.csv", "rows": 2}]
    result = {
        "pages": 2, "looked": 2, "of": 2, "counts": {"create": 1, "hinder": 1}, "tasks": 1,
        "files": files, "ended": True,
    }  # fmt: skip
    world.store.save_job(replace(job, result=result, status=JobStatus.DONE))


def test_a_look_at_a_step_that_does_nothing_in_sugar_is_refused(
    world: World, admin: Client
) -> None:
    synced(world)
    assert admin.send(f"{PAGE}/look", step="s1", at="").status == 400
    assert admin.call("POST", f"{API}/looks", {"step": "s1"}).status == 400
    assert admin.call("POST", f"{API}/looks", {"step": SYNC}).status == 202


def test_another_campaigns_look_is_not_shown_and_nobody_sees_it_without_the_right(
    world: World, admin: Client
) -> None:
    job = Job(
        FULL, "j1", CAMPAIGN_LOOK, "Eva", world.app.clock.now(),
        {"campaign_id": "other", "step": "s", "at": ""},
    )  # fmt: skip
    world.store.save_job(job)
    assert admin.get(f"{PAGE}/look/j1").status == 404
    assert admin.call("GET", f"{API}/looks/j1").status == 404
    assert signed_in(world, EMPTY).get(PAGE).status == 404
    assert signed_in(world, FULL, Role.MARKETER).get(PAGE).status == 200
