"""The error report's pages and API: filters, one cause, CSV in parts, trying again."""

import csv
import io
import re
from dataclasses import replace

import pytest

from funnel.domain.connecting.connections import Pause, PauseReason
from funnel.domain.ids import Module, derived_id
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.records import Direction, Unit
from funnel.ports.sync_messages import Heal
from funnel.web.texts import texts_for
from tests.browser.records import Filler
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client, signed_in

ROOT = "Accounts/0dcf1400"


def codes(client: Client, query: str) -> list[str]:
    groups = client.get(f"/api/setup/errors?{query}").json["items"]
    return sorted(row["code"] for group in groups for row in group["own"] + group["blocked"])


def test_filters_by_module_cause_direction_and_text(world: World, admin: Client) -> None:
    error = world.store.list_errors(FULL, 100).items[-1]
    pushed = replace(error, error_id="push", direction=Direction.PUSH, code="NotTaken", field="opt")
    assert world.store.commit(FULL, [Unit(errors=[pushed])]) == [True]
    assert codes(admin, "module=Leads") == ["NotTaken", "ValueUnreadable"]
    assert codes(admin, "code=OwnerInactive") == ["OwnerInactive"]
    assert codes(admin, "direction=push") == ["NotTaken"]
    assert codes(admin, "q=CRANE%202") == ["AccountHeld"]
    assert codes(admin, "q=cannot%20be%20read") == ["ValueUnreadable"]
    assert codes(admin, "q=zzz") == []
    assert len(codes(admin, "q=harbour")) == 18
    page = admin.get("/setup/errors?direction=push").text
    assert "To Sugar" in page
    assert "This record could not sync (NotTaken)." in page


def test_one_cause_has_a_page_and_an_api_of_its_own(admin: Client) -> None:
    found = admin.get(f"/api/setup/errors/cause?root={ROOT}").json
    assert (found["root"]["name"], len(found["items"])) == ("Harbour & Sons Ltd.", 18)
    crane = admin.get(f"/api/setup/errors/cause?root={ROOT}&q=crane").json
    assert len(crane["items"]) == 3
    assert admin.get(f"/setup/errors/cause?root={ROOT}").status == 200
    for root in ("", "Accounts/none", "Nonsense/1", "Leads/"):
        assert admin.get(f"/api/setup/errors/cause?root={root}").status == 404
        assert admin.get(f"/setup/errors/cause?root={root}").status == 404


def test_a_file_that_is_not_all_says_so_and_where_the_rest_is(
    world: World, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("funnel.usecases.error_report.export_errors.MOST_ROWS", 510)
    filler = Filler(world.store, FULL, world.clock.now())
    for number in range(700):
        filler.error(Module.CONTACTS, f"C {number}", "AccountHeld", "account_id", "x", "Harbour")
    first = admin.get("/setup/errors.csv?module=Contacts")
    assert "part" in first.headers["Content-Disposition"]
    rest, _, rel = first.headers["Link"].partition(";")
    assert rel.strip() == 'rel="next"'
    assert rest[1:-1] in first.text.splitlines()[-1]
    rows, target = 0, "/setup/errors.csv?module=Contacts"
    for _ in range(5):
        answer = admin.get(target)
        lines = list(csv.reader(io.StringIO(answer.text)))[1:]
        rows += len([line for line in lines if len(line) > 1])
        if "Link" not in answer.headers:
            break
        target = answer.headers["Link"].partition(";")[0][1:-1]
    assert rows == 714


def test_a_record_a_cause_or_everything_is_tried_again_once(world: World, admin: Client) -> None:
    for body, root, record in (
        ({"root": ROOT}, ROOT, ""),
        ({"record": ROOT}, "", ROOT),
        ({}, "", ""),
    ):
        started = admin.call("POST", "/api/setup/errors/try-again", body)
        assert started.status == 202
        again = admin.call("POST", "/api/setup/errors/try-again", body)
        assert again.json == started.json
        message = world.queue.pop()
        assert isinstance(message, Heal)
        assert (str(message.root or ""), str(message.record or "")) == (root, record)
        job = admin.get(f"/api/setup/jobs/{started.json['job_id']}").json
        assert (job["kind"], job["status"]) == ("try again", "queued")


def test_what_cannot_be_tried_is_said(world: World, admin: Client) -> None:
    for body in ({"root": "Accounts/none"}, {"record": "Leads/none"}, {"root": "Leads/"}):
        assert admin.call("POST", "/api/setup/errors/try-again", body).status == 404
    gone = admin.send("/setup/errors/try-again", root="Accounts/none")
    assert gone.headers["Location"] == "/setup/errors?saved=gone"
    found = world.store.connection(FULL)
    assert found is not None
    pause = Pause(PauseReason.ADMIN, world.clock.now(), "Ada")
    world.store.save_connection(replace(found, pause=pause))
    refused = admin.send("/setup/errors/try-again", root=ROOT)
    assert refused.status == 409
    assert 'role="alert"' in refused.text


def test_marketers_try_nothing(world: World) -> None:
    client = signed_in(world, FULL, Role.MARKETER)
    assert client.call("POST", "/api/setup/errors/try-again", {}).status == 403
    assert client.get("/setup/errors").status == 403


def test_a_page_of_the_report_says_how_much_there_is_in_all(world: World, admin: Client) -> None:
    filler = Filler(world.store, FULL, world.clock.now())
    whole = admin.get("/setup/errors").text
    assert "are on this page" not in whole
    for number in range(30):
        name = f"Lonely {number:02}"
        filler.error(Module.ACCOUNTS, name, "OwnerDeleted", "assigned_user_id", "x", name)
    rows = world.store.list_errors(FULL, 500).items
    records, causes = len({one.record for one in rows}), len({one.root for one in rows})
    first = admin.get("/setup/errors").text
    assert f"<strong>{records} records are held back</strong> by {causes} causes." in first
    on_first = int(first.partition(" records of them are on this page.")[0].rpartition(" ")[2])
    next_page = admin.get("/api/setup/errors").json["cursor"]
    assert next_page
    assert 0 < on_first < records
    for number in range(500):
        filler.error(Module.CONTACTS, f"C {number}", "AccountHeld", "account_id", "x", "Lonely 01")
    assert "More than " in admin.get("/setup/errors").text


def test_of_a_deleted_account_the_contacts_are_opened_not_the_account(
    world: World, admin: Client
) -> None:
    filler = Filler(world.store, FULL, world.clock.now())
    for number in range(7):
        filler.error(Module.CONTACTS, f"Lost {number}", "AccountDeleted", "account_id", "x", "Gone")
    page = admin.get("/setup/errors?code=AccountDeleted").text
    assert "This account is deleted" in page
    gone, lost = derived_id("Gone")[:8], derived_id("Lost 0")[:8]
    links = re.findall('<a class="external" href="([^"]+)"', page)
    assert links
    assert not any(gone in one for one in links)
    mend = page[page.index('class="mend"') :].partition("</p>")[0]
    assert mend.count('class="external"') == 5
    assert lost in mend
    cause = admin.get(f"/setup/errors/cause?root=Accounts/{gone}").text
    assert not any(gone in one for one in re.findall('class="external" href="([^"]+)"', cause))


@pytest.mark.parametrize("language", ["en", "de"])
def test_causes_to_choose_from_are_told_apart(language: str) -> None:
    names = [
        text
        for key, text in texts_for(language).entries.items()
        if key.startswith("cause.") and key.endswith(".name")
    ]
    assert len(names) > 20
    assert [one for one in names if names.count(one) > 1] == []
