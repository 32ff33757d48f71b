"""Two tenants in one deployment, strictly apart."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.stack.scene import API_USER, Json, Scene, new_scene

if TYPE_CHECKING:
    from local.stack.stack import Stack


@pytest.fixture(scope="module")
def two(stack: "Stack") -> Iterator[tuple[Scene, Scene]]:
    """Two connected tenants with the same addresses and names, each with an error of its own."""
    with (
        new_scene(stack, "Apricot Ltd", seed=1) as one,
        new_scene(stack, "Blueberry Inc", seed=2) as other,
    ):
        for scene, word in ((one, "Apricot"), (other, "Blueberry")):
            company = scene.company
            account = company.create("Accounts", name=word, assigned_user_id=API_USER)
            company.create("Accounts", name=f"{word} of nobody")
            company.create("Leads", last_name="Ott", description=word, email1="same@x.example")
            company.create("Opportunities", name=f"{word} deal", account_id=account)
            assert scene.connect()["status"] == "done"
            scene.first_round()
        yield one, other


def readable(scene: Scene) -> list[str]:
    """Every address of the interface that reads something of this tenant's own."""
    (person,) = scene.all("people")
    (account,) = scene.all("accounts")
    (deal,) = scene.all("opportunities")
    job_id = scene.start_test()
    scene.job(job_id)
    return [
        f"/api/app/people/{person['person_id']}",
        f"/api/app/people/{person['person_id']}/history",
        f"/api/app/accounts/{account['sugar_id']}",
        f"/api/app/opportunities/{deal['sugar_id']}",
        f"/api/setup/runs/{scene.runs()[0]['run_id']}",
        f"/api/setup/jobs/{job_id}",
    ]


@pytest.mark.feature("G3")
def test_one_tenant_finds_nothing_of_the_others(two: tuple[Scene, Scene]) -> None:
    for mine, theirs in (two, two[::-1]):
        for path in readable(theirs):
            assert theirs.funnel.call("GET", path).status_code == 200
            assert mine.funnel.call("GET", path).status_code == 404, path


@pytest.mark.feature("G3")
def test_no_list_shows_what_is_the_others(two: tuple[Scene, Scene]) -> None:
    lists = [f"/api/app/{what}" for what in ("people", "accounts", "opportunities", "users")]
    lists += ["/api/app/people?q=same@x.example", "/api/app/accounts?q=Blueberry"]
    lists += ["/api/setup/errors", "/api/setup/errors.csv", "/api/setup/runs"]
    lists += ["/api/setup/connection"]
    for mine, theirs, word in ((*two, "Blueberry"), (*two[::-1], "Apricot")):
        for path in lists:
            text = mine.funnel.call("GET", path).text
            assert text
            assert word not in text, path
            assert theirs.tenant_id not in text
            assert theirs.sugar.url not in text


@pytest.mark.feature("G3")
def test_what_one_does_leaves_the_other_as_it_was(two: tuple[Scene, Scene]) -> None:
    mine, theirs = two
    before = (theirs.funnel.connection() or {}) | {"freshness": None}
    seen = theirs.here()
    mine.company.create("Leads", last_name="Bell", email1="same@x.example")
    theirs.sugar.log.clear()
    mine.settings(paused=True)
    mine.settings(paused=False)
    mine.sync("full")
    assert theirs.sugar.log.requests == 0
    assert (theirs.funnel.connection() or {}) | {"freshness": None} == before
    assert theirs.here() == seen
    assert len(theirs.all("people")) == 1


@pytest.mark.feature("G3")
def test_every_item_of_every_table_is_under_one_tenants_key(two: tuple[Scene, Scene]) -> None:
    dynamodb = two[0].stack.client("dynamodb")
    ids = {scene.tenant_id for scene in two}
    found = dict.fromkeys(ids, 0)
    for table in dynamodb.list_tables()["TableNames"]:
        keys = dynamodb.describe_table(TableName=table)["Table"]
        hashes = {
            key["AttributeName"]
            for schema in [keys["KeySchema"]]
            + [index["KeySchema"] for index in keys.get("GlobalSecondaryIndexes", [])]
            for key in schema
            if key["KeyType"] == "HASH"
        }
        for page in dynamodb.get_paginator("scan").paginate(TableName=table):
            for item in page["Items"]:
                told = {one for one in ids if one in repr(item)}
                assert len(told) <= 1, item
                for one in told:
                    found[one] += 1
                    values = [value_of(item[name]) for name in hashes if name in item]
                    # Whoever comes with a token has no tenant yet: its hash is the key.
                    by_token = value_of(item["pk"]).startswith(("session#", "link#", "attempt#"))
                    assert by_token or any(one in value for value in values), item
    assert all(found.values())


def value_of(attribute: Json) -> str:
    """A key as text."""
    value: Any = attribute.get("S", "")
    return str(value)


@pytest.mark.feature("G3")
def test_a_link_of_one_tenant_signs_in_to_that_one_once(stack: "Stack") -> None:
    from local.stack.client import FunnelClient
    from local.stack.errors import StackError

    invitation = stack.operator.create_tenant("Cherry & Co")
    first, second = FunnelClient(stack.url), FunnelClient(stack.url)
    first.sign_in(invitation.sign_in_url)
    assert first.connection() is None
    with pytest.raises(StackError):
        second.sign_in(invitation.sign_in_url)
    for client in (first, second):
        client.close()
