"""From what a person does on a site to its lead score, and other rules, on the deployed stack."""

import json
import time
import uuid

import pytest
import requests

from tests.stack.scene import Json, Scene, eventually

SITE = "www.nordwind.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EMAIL = "ann@x.example"


class Visitor:
    """A browser on a site that is followed; its page views are minutes apart."""

    def __init__(self, scene: Scene) -> None:
        made = scene.funnel.json("POST", "/api/app/sites", {"name": "Nordwind", "domains": [SITE]})
        self._address = f"{scene.stack.url}/c/{made['key']}"
        self._browser = uuid.uuid4().hex
        self._seen = 0

    def views(self, *paths: str) -> Json:
        """Pages, one after the other, an hour ago."""
        return self._send([{"kind": "page view", "path": path} for path in paths])

    def form(self, email: str) -> Json:
        """A form that says who it is."""
        return self._send(
            [{"kind": "form", "path": "/", "form": "Demo", "fields": {"email": email}}]
        )

    def again(self, sent: Json) -> None:
        """The same hits, as the network brings them twice."""
        reply = requests.post(
            self._address,
            data=json.dumps(sent),
            headers={"Origin": f"https://{SITE}", "User-Agent": FIREFOX},
            timeout=60,
        )
        assert reply.status_code < 300, reply.text

    def _send(self, hits: list[Json]) -> Json:
        now = int(time.time() * 1000)
        for hit in hits:
            self._seen += 1
            hit["id"] = uuid.uuid4().hex
            hit["at"] = now - 3_600_000 + self._seen * 60_000
            hit["url"] = f"https://{SITE}{hit.pop('path')}"
        sent = {"browser": self._browser, "sent": now, "hits": hits}
        self.again(sent)
        return sent


@pytest.fixture
def ann(connected: Scene) -> str:
    """A person who is a Lead in Sugar."""
    connected.company.create("Leads", last_name="Ott", email1=EMAIL)
    connected.sync()
    (person,) = connected.all("people", EMAIL)
    return str(person["person_id"])


def score(scene: Scene, person: str) -> Json:
    """A person's score, which adds up."""
    found: Json = scene.funnel.json("GET", f"/api/app/people/{person}/score")
    assert found["value"] == sum(line["points"] for line in found["lines"])
    return found


def has(scene: Scene, person: str, value: int) -> None:
    """Wait until the score is this."""
    eventually(f"a score of {value}", lambda: score(scene, person)["value"] == value)


@pytest.mark.feature("D3")
def test_what_a_visitor_did_counts_once_it_is_known_and_other_rules_count_it_anew(
    connected: Scene, ann: str
) -> None:
    scene, visitor = connected, Visitor(connected)
    scoring = scene.funnel.json("GET", "/api/app/scoring")
    for rule in scoring["rules"]:
        if rule["rule_id"] not in ("page", "form"):
            scene.funnel.json("DELETE", f"/api/app/scoring/rules/{rule['rule_id']}")
    sent = visitor.views("/", "/pricing", "/tour")
    assert score(scene, ann)["value"] == 0
    visitor.form(EMAIL)
    has(scene, ann, 23)
    visitor.again(sent)
    visitor.views("/contact")
    has(scene, ann, 24)

    rule = {"name": "Looked at prices", "kind": "page view", "points": 7, "page": "/pric*"}
    scene.funnel.json("POST", "/api/app/scoring/rules", rule)
    scene.funnel.json("PATCH", "/api/app/scoring/rules/page", {"points": 2})
    eventually(
        "everybody is worked out anew",
        lambda: scene.funnel.json("GET", "/api/app/scoring")["rescoring"]["finished_at"],
    )
    has(scene, ann, 35)
    eventually(
        "the list shows it", lambda: [row["score"] for row in scene.all("people", EMAIL)] == [35]
    )
    lines = {line["name"]: line["points"] for line in score(scene, ann)["lines"]}
    assert lines == {"Sent a form": 20, "Viewed a page": 8, "Looked at prices": 7}


@pytest.mark.feature("D3")
def test_the_schedule_asks_for_scores_that_expire(connected: Scene, ann: str) -> None:
    scene = connected
    Visitor(scene).form(EMAIL)
    has(scene, ann, 20)
    table, person = scene.physical("ScoresTable"), f"{scene.tenant_id}#{ann}"
    # As if a year had passed.
    scene.stack.client("dynamodb").update_item(
        TableName=table,
        Key={"pk": {"S": person}, "sk": {"S": "score"}},
        UpdateExpression="SET due_sk = :s",
        ExpressionAttributeValues={
            ":s": {"S": f"2020-01-01T00:00:00.000000+00:00#{scene.tenant_id}#{ann}"}
        },
    )
    assert scene.scheduled("scores")["asked"] >= 1

    def mended() -> bool:
        found = scene.stack.client("dynamodb").get_item(
            TableName=table, Key={"pk": {"S": person}, "sk": {"S": "score"}}
        )
        return bool(found["Item"]["due_sk"]["S"] > "2021")

    eventually("it is worked out anew", mended)
    assert score(scene, ann)["value"] == 20
