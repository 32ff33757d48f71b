"""What people typed, here or in Sugar, is never taken for markup."""

from dataclasses import replace
from html import escape
from urllib.parse import quote

import pytest

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.sync.records import Unit
from tests.browser.pages import PAGES
from tests.browser.world import FULL, World
from tests.unit.web.asking import Client, signed_in

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_every_page_is_drawn_without_inline_script_or_style(world: World, one) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(world, one.tenant) if one.tenant else Client(world)
    text = client.get(one.path).text
    assert "<style" not in text
    # What is written in a field to be edited is escaped, quotes and all.
    assert ' style="' not in text
    assert " onclick" not in text
    assert text.count("<script") == text.count('<script src="/static/')


@pytest.mark.parametrize(
    "path",
    [
        "/app/people?q={}",
        "/app/accounts?q={}",
        "/setup/errors?q={}&module={}",
        "/setup/connect?url={}&user_name={}",
        "/sign-in/link?token={}",
        "/app/people/{}",
        "/setup/jobs/{}",
    ],
)
def test_what_stands_in_an_address_is_escaped(admin: Client, path: str) -> None:
    text = admin.get(path.replace("{}", quote(EVIL, safe=""))).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_what_stands_in_sugar_is_escaped(world: World, admin: Client) -> None:
    keys = [
        RecordKey(Module.ACCOUNTS, SugarId("a1")),
        RecordKey(Module.CONTACTS, SugarId("shared-c")),
        RecordKey(Module.OPPORTUNITIES, SugarId("o1")),
        RecordKey(Module.USERS, SugarId("jonas")),
    ]
    for record in world.store.records(FULL, keys).values():
        fields = {name: EVIL for name in record.fields if name != "status"}
        unit = Unit(records=[replace(record, name=EVIL, fields=fields)])
        assert world.store.commit(FULL, [unit]) == [True]
    person = world.store.people(FULL, [PersonId("anneliese")])[PersonId("anneliese")]
    links = tuple(replace(link, name=EVIL) for link in person.links)
    fields = dict.fromkeys(person.fields, EVIL)
    changed = replace(person, name=EVIL, links=links, fields=fields)
    assert world.store.commit(FULL, [Unit(people=[changed])]) == [True]
    for path in (
        "/app/people",
        "/app/people/anneliese",
        "/app/accounts",
        "/app/accounts/a1",
        "/app/opportunities",
        "/app/opportunities/o1",
        "/app/users",
        "/app/users/jonas",
    ):
        text = admin.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert escape(EVIL)[:20] in text or "&lt;script&gt;" in text, path


def test_a_website_that_is_no_address_is_no_link(world: World, admin: Client) -> None:
    key = RecordKey(Module.ACCOUNTS, SugarId("a1"))
    record = world.store.records(FULL, [key])[key]
    fields = {**record.fields, "website": "javascript:alert(1)"}
    assert world.store.commit(FULL, [Unit(records=[replace(record, fields=fields)])]) == [True]
    assert 'href="javascript' not in admin.get("/app/accounts/a1").text


def test_only_named_files_are_served(world: World) -> None:
    client = Client(world)
    for path in ("/static/x/../door.py", "/static/x/en.py", "/static/x/vendor/../funnel.css"):
        assert client.get(path).status == 404
    served = client.get("/static/x/funnel.css")
    assert served.status == 200
    assert "immutable" in served.headers["Cache-Control"]


def test_a_form_of_too_many_fields_is_refused(admin: Client) -> None:
    fields = {f"f{number}": "x" for number in range(2_100)}
    assert admin.send("/setup/sync/start", **fields).status == 400
