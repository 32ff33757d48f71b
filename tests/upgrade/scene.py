"""A company in the middle of everything, and what it comes to when its work goes on.

`begin` leaves a run half read, a campaign on its way, a broadcast half gathered, mail about to be
sent, pushes due and messages in flight. `go_on` is what the schedule and the workers do afterwards,
and `outcome` what there is then: the same, whichever release went on with it.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from heapq import heapify
from typing import Any
from unittest import mock
from urllib.parse import urlencode, urlsplit

from funnel.domain.ids import Module, SugarId, TenantId
from funnel.domain.signing_in.tenants import Role, Tenant
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import SendBroadcast, SendMails
from funnel.ports.sync_messages import ContinueRun
from funnel.usecases.broadcasts.start_broadcasts import start_broadcasts
from funnel.usecases.campaigns.start_campaigns import start_campaigns
from funnel.usecases.delivery.start_mails import start_mails
from funnel.usecases.mail.sender_domains import add_sender_domain, change_mail_settings
from funnel.usecases.scoring.start_expiry import start_expiry
from funnel.usecases.segments.start_segments import start_segments
from funnel.usecases.signing_in.sign_in import create_link, use_link
from funnel.usecases.sync.start_hourly_runs import start_hourly_runs
from funnel.usecases.sync.start_run import start_run
from funnel.usecases.sync.watch_runs import watch_runs
from funnel.usecases.target_lists.start_list_rounds import start_list_rounds
from funnel.usecases.work.handle_message import handle_message
from local.stack.client import first_form
from local.stack.marketing import words
from tests.fakes.world import TENANT, World
from tests.faults.scene import change, fill
from tests.unit.web.asking import Answer, Client

Json = dict[str, Any]
SITE = "https://www.acme.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
BROWSER = "b7a2c4d8e1f5a9b3"
TICKS = 7
"""Of the schedule afterwards, half an hour apart."""


class Died(BaseException):
    """A worker died here."""


@dataclass
class Asking:
    """What the company's people ask of the API."""

    world: World
    client: Client

    def json(self, method: str, path: str, body: object = None) -> Any:
        """The answer. Fails where the API says no."""
        answer = self.client.call(method, path, body)
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.text}"
        return answer.json

    def items(self, path: str) -> list[Json]:
        """All items of a list that pages by cursor."""
        found: list[Json] = []
        cursor, mark = "", "&" if "?" in path else "?"
        while True:
            page = self.json("GET", f"{path}{mark}cursor={cursor}")
            found += page["items"]
            cursor = page.get("cursor") or ""
            if not cursor:
                return found


def asking(world: World, tenant: TenantId = TENANT) -> Asking:
    """Somebody who may do everything, in a new session."""
    token = use_link(world.app, create_link(world.app, tenant, Role.ADMIN, "Ada Brandt")).token
    return Asking(world, Client(world, token))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------- the scene


def begin(world: World) -> Json:
    """Have everything under way; what only its people know: addresses, tokens and keys."""
    world.store.create_tenant(Tenant(TENANT, "Acme", world.clock.now()))
    _connect(world)
    api = asking(world)
    api.json("POST", "/api/setup/hooks/key")
    site = api.json("POST", "/api/app/sites", {"name": "Acme", "domains": ["www.acme.example"]})
    lists = _lists(api)
    mails = {
        key: api.json("POST", "/api/app/emails", {"key": key, "email": email})["email_id"]
        for key, email in words.emails(SITE).items()
    }
    wish = {"key": "f", "form": words.form(site["key"], lists["fair"])}
    form = api.json("POST", "/api/app/forms", wish)
    _visit(world, site["key"], "/pricing", "/pricing?again")
    _send_form(world, form["address"], words.ASKED_FOR_QUOTES[0])
    world.drain()
    _campaign(api, lists["fair"], mails)
    work(world)
    _read_mail(world)
    work(world)
    people = {
        one["email"]: one["person_id"] for one in api.items("/api/app/people") if one["email"]
    }
    told = {
        "session": api.client.token,
        "link": create_link(world.app, TENANT, Role.MARKETER, "Ben Ott"),
        "key": _key(api),
        "links": links_in(world.mailer.sent[1].html),
        "form": form["address"],
        "people": people,
    }
    _leave_open(world, api, site["key"], form["address"], lists, mails, people)
    return told


def _connect(world: World) -> None:
    fill(world.sugar)
    world.sugar.put(Module.LEADS, "only", last_name="Only", email1="only@x.test")
    world.sugar.put_list("pl1", "Newsletter").add(Module.LEADS, "l00", "l01", "l02")
    world.sugar.target_lists[SugarId("pl1")].add(Module.CONTACTS, "c1", "c2")
    world.connect()
    world.change(read_only=False, user_id=SugarId("u0"))
    world.sync(RunKind.INITIAL)
    world.clock.advance(3_600)
    start_list_rounds(world.app, world.clock.now().minute // 15)
    world.mailer.verified.add("acme.example")
    add_sender_domain(world.app, TENANT, "acme.example")
    change_mail_settings(
        world.app, TENANT, name="Acme", address="hello@acme.example", postal="Street 1\nTown",
        label="", by="Ada Brandt", notes=False,
    )  # fmt: skip
    world.drain()


def _lists(api: Asking) -> dict[str, str]:
    """Lists by hand, with people of Sugar on them, and segments."""
    rule = {
        "match": "all",
        "parts": [
            {"test": "field", "field": "last_name", "operator": "contains", "values": ["L1"]}
        ],
    }
    found = {
        "prices": api.json("POST", "/api/app/segments", {"key": "p", **words.SEGMENTS["prices"]}),
        "new": api.json("POST", "/api/app/segments", {"key": "n", "name": "New ones", "rule": rule}),
        "fair": api.json("POST", "/api/app/lists", {"key": "fair", **words.FAIR}),
        "news": api.json("POST", "/api/app/lists", {"key": "news", "name": "Readers"}),
    }  # fmt: skip
    ids = {name: one["list_id"] for name, one in found.items()}
    overlay = {"segment": ids["prices"], **words.OVERLAY}
    api.json("POST", "/api/app/scoring/overlays?confirmed=yes", overlay)
    people = sorted(one["person_id"] for one in api.items("/api/app/people") if one["email"])
    api.json("POST", f"/api/app/lists/{ids['fair']}/members", {"people": people[:3]})
    api.json("POST", f"/api/app/lists/{ids['news']}/members", {"people": people})
    return ids


def _campaign(api: Asking, list_id: str, mails: dict[str, str]) -> str:
    made = api.json("POST", "/api/app/campaigns", {"key": "c", "name": words.CAMPAIGN_NAME})
    here = f"/api/app/campaigns/{made['campaign_id']}"
    made = api.json("PUT", here, {"version": made["version"], **words.campaign(list_id, mails)})
    api.json("POST", f"{here}/start", {"version": made["version"]})
    return here


def _key(api: Asking) -> str:
    wish = {"key": "k", "name": "Shop", "scopes": ["people:read", "people:write"]}
    return str(api.json("POST", "/api/setup/keys", wish)["text"])


def _visit(world: World, site: str, *paths: str) -> None:
    now = int(world.clock.now().timestamp() * 1000)
    hits = [
        {
            "id": f"h{n:07}{now}",
            "kind": "page view",
            "at": now,
            "url": f"{SITE}{path}",
            "title": "T",
        }
        for n, path in enumerate(paths)
    ]
    sent = json.dumps({"browser": BROWSER, "sent": now, "hits": hits}).encode()
    _public(world, "POST", f"/c/{site}", sent, content_type="text/plain", origin=SITE)


def _send_form(world: World, address: str, who: Sequence[str]) -> None:
    path = urlsplit(address).path
    page = first_form(_public(world, "GET", path).text)
    names = ("email", "first_name", "last_name", "company", "description")
    typed = {**page.fields, **dict(zip(names, who, strict=True)), "consent": "yes"}
    world.clock.advance(30)
    form_type = "application/x-www-form-urlencoded"
    _public(world, "POST", path, urlencode(typed).encode(), content_type=form_type)


def _public(world: World, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
    client = Client(world)  # type: ignore[arg-type]
    answer = client.ask(method, path, body, user_agent=FIREFOX, **headers)
    assert answer.status < 400, f"{method} {path}: {answer.status} {answer.text}"
    return answer


def _read_mail(world: World) -> None:
    """Whoever was sent the first mail opens it and clicks in it, as people do."""
    for mail in world.mailer.sent[:3]:
        click, *_, opened = links_in(mail.html)
        world.clock.advance(90)
        _public(world, "GET", opened)
        world.clock.advance(45)
        _public(world, "GET", click)


def links_in(html: str) -> list[str]:
    """The paths of our own links in a mail."""
    return list(dict.fromkeys(re.findall(r"https://funnel\.example\.test(/m/[^\"<> ]+)", html)))


def _leave_open(
    world: World, api: Asking, site: str, form: str, lists: Json, mails: Json, people: Json
) -> None:
    """What nobody has finished: from here on messages wait, but for those named."""
    first, second, third, *_ = sorted(people.values())
    broadcast = {"name": "News", "email_id": mails["news"], "lists": [lists["news"]], "minus": []}
    made = api.json("POST", "/api/app/broadcasts", {"key": "b", "plan": broadcast})
    work(world)
    here = f"/api/app/broadcasts/{made['broadcast_id']}"
    counted = api.json("GET", here)
    will_get = counted["count"]["counted"]["will_get"]
    api.json("POST", f"{here}/send", {"edition": counted["edition"], "people": will_get})
    _one(world, SendBroadcast, seconds=0)
    change(world.sugar)
    start_run(world.app, TENANT, RunKind.HOURLY)
    _one(world, ContinueRun, seconds=0)
    _one(world, ContinueRun, seconds=0)
    api.json("PATCH", f"/api/app/people/{first}", {"fields": {"title": "Captain"}})
    task = {"kind": "Call", "subject": "Ask about the whale"}
    made = api.json(
        "POST",
        "/api/app/people",
        {
            "key": "m",
            "fields": {"last_name": "Made", "company": "Made Ltd"},
            "email": "made@x.test",
        },
    )
    push = {"module": "Leads", "key": "p1", "task": task}
    api.json("POST", f"/api/app/people/{made['person_id']}/push", push)
    emails = {person: email for email, person in people.items()}
    api.json(
        "POST", f"/api/app/people/{second}/unsubscribe", {"email": emails[second], "reason": "call"}
    )
    mail = {"key": "m1", "address": emails[third], "subject": "Hello", "html": "<p>Hi</p>"}
    api.json("POST", f"/api/app/people/{third}/mails", mail)
    _die_sending(world)
    api.json("POST", f"/api/app/people/{third}/mails", {**mail, "key": "m2", "subject": "Again"})
    imported = api.json(
        "POST", "/api/app/imports", {"title": "f.csv", "text": "Email,Last name\nnew@i.test,New\n"}
    )
    wish = {"columns": ["email", "last_name"], "only_empty": True}
    api.json("POST", f"/api/app/imports/{imported['job_id']}/start", wish)
    _visit(world, site, "/tour")
    _send_form(world, form, words.ASKED_FOR_QUOTES[1])
    start_list_rounds(world.app, world.clock.now().minute // 15)


def _die_sending(world: World) -> None:
    """The worker dies after it claimed the mail: nobody can tell whether it went out."""

    def die(_outgoing: object) -> str:
        raise Died

    with mock.patch.object(world.mailer, "send", die), suppress(Died):
        _one(world, SendMails)


def _one(world: World, kind: type, seconds: float = 600.0) -> None:
    """Carry out the next message of a kind, by a worker with so much time."""
    heap = world.queue._heap
    found = min(one for one in heap if isinstance(one[2], kind))
    heap.remove(found)
    heapify(heap)
    world.clock.set(max(found[0], world.clock.now()))
    handle_message(world.app, found[2], world.ids.new_id(), lambda: seconds)


# ------------------------------------------------------------------------------------- afterwards


def work(world: World) -> None:
    """Whatever is sent within ten minutes, with the schedule's ticks of mail and campaigns."""
    end = world.clock.now() + timedelta(minutes=10)
    while (due := world.queue.waiting) and due[0].at <= end:
        message = world.queue.pop_next()
        assert message is not None
        world.handle(message)


def go_on(world: World) -> None:
    """Some hours of the schedule and the workers, with two more syncs of each connection."""
    for number in range(TICKS):
        for tick in ticks(world, syncs=number in {2, 4}):
            tick()
        work(world)
        world.clock.advance(1_500)


def ticks(world: World, *, syncs: bool) -> Iterator[Callable[[], object]]:
    """What the schedule does."""
    app = world.app
    yield lambda: start_mails(app)
    yield lambda: start_campaigns(app, lambda: 60.0)
    yield lambda: watch_runs(app)
    yield lambda: start_broadcasts(app)
    yield lambda: start_segments(app, lambda: 60.0)
    yield lambda: start_expiry(app, lambda: 60.0)
    for quarter in range(4) if syncs else ():
        yield partial(start_hourly_runs, app, quarter)
        yield partial(start_list_rounds, app, quarter)


def outcome(world: World) -> Json:
    """What there is in the end on both sides, by what it is and not by our own ids."""
    api = asking(world)
    people = {one["person_id"]: one for one in api.items("/api/app/people")}
    names = {own: one["email"] or one["name"] for own, one in people.items()}
    found = {
        "people": {names[own]: _person(api, own, one) for own, one in people.items()},
        "lists": {
            one["name"]: [one["status"], *_members(api, one["list_id"], names)]
            for one in api.items("/api/app/lists")
        },
        "mails": sorted([one.to_address, one.subject] for one in world.mailer.sent),
        "unclear": [[m["address"], m["subject"]] for m in api.items("/api/setup/mail/unclear")],
        "broadcasts": [
            [one["name"], one["state"], one["people"], one["done"], one["totals"]]
            for one in api.items("/api/app/broadcasts")
        ],
        "campaigns": [
            [
                one["name"],
                one["state"],
                one["here"],
                one["through"],
                _steps(api, one["campaign_id"]),
            ]
            for one in api.items("/api/app/campaigns")
        ],
        "forms": [[one["name"], one["sent"]] for one in api.items("/api/app/forms")],
        "errors": sorted(_error(one) for one in api.items("/api/setup/errors")),
        "runs": sorted({one["status"] for one in api.items("/api/setup/runs")}),
        "sugar": _in_sugar(world),
    }
    return without_times(found)


def without_times(outcome: Json) -> Json:
    """Without when Sugar made a record: that moves with how many calls were paced before it."""
    for record in outcome["sugar"]["records"].values():
        record.pop("date_entered", None)
    return outcome


def _person(api: Asking, person_id: str, one: Json) -> Json:
    here = f"/api/app/people/{person_id}"
    full = api.json("GET", here)
    return {
        "name": one["name"],
        "links": sorted(f"{link['module']}/{link['sugar_id']}" for link in one["links"]),
        "fields": {field["name"]: field["value"] for field in full["fields"] if field["value"]},
        "activities": sorted(a["kind"] for a in api.items(f"{here}/activities")),
        "mails": sorted([m["subject"], m["state"]] for m in api.items(f"{here}/mails")),
        "score": api.json("GET", f"{here}/score")["value"],
    }


def _members(api: Asking, list_id: str, names: dict[str, str]) -> list[str]:
    found = api.items(f"/api/app/lists/{list_id}/members")
    return sorted(names[m["person"]["person_id"]] if m["person"] else m["key"] for m in found)


def _steps(api: Asking, campaign_id: str) -> Json:
    steps = api.json("GET", f"/api/app/campaigns/{campaign_id}/numbers")["steps"]
    return {step: {n: v for n, v in some.items() if v} for step, some in steps.items()}


def _error(one: Json) -> str:
    root = one["root"]
    return f"{root['module']}/{root['name']}: {one['cause']}" if root else one["cause"]


def _in_sugar(world: World) -> Json:
    """Every record, task, Campaign and Target List, without times and Sugar's own owner."""
    sugar = world.sugar
    return {
        "records": {
            f"{module.value}/{own}": {**one.fields, "deleted": one.deleted}
            for module, table in sugar.tables.items()
            for own, one in table.items()
        },
        "related": sorted(
            [m.value, str(one.fields.get("name")), str(one.fields.get("parent_id"))]
            for m, table in sugar.related.items()
            for one in table.values()
        ),
        "lists": {
            own: sorted(f"{m.value}/{i}" for m, ids in one.members.items() for i in ids)
            for own, one in sugar.target_lists.items()
        },
    }
