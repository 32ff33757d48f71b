"""A few weeks of visits of the demo site, as its visitors' browsers would have told them.

The collector takes nothing older than a day, so these go to the queue behind it. The same each time.
"""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Network
from typing import Any
from urllib.parse import quote

from local.site.pages import PAGES
from local.stack.client import FunnelClient
from local.stack.companies import COMPANIES
from local.stack.stack import Stack

DAYS, OF_EACH, STRANGERS = 21, 6, 60
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
)
NETWORKS = tuple(IPv4Network(network) for network, *_ in COMPANIES[:16])
OFTEN = (9, 7, 6, 5, 4, 4, 3, 3, 2, 2, 1, 1, 14, 6, 6, 4)
"""How often somebody is from each: from an Internet provider more often than from any company."""
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
SOURCES = (
    ("", ""),
    ("", ""),
    ("https://www.google.com/", ""),
    ("https://duckduckgo.com/?q=heavy+freight", ""),
    ("https://harbour-news.example/cranes", ""),
    ("", "?utm_source=newsletter&utm_medium=email&utm_campaign=Autumn"),
    ("", "?utm_source=fair&utm_campaign=Harbour+Fair"),
)


def send_visits(stack: Stack, client: FunnelClient, now: datetime) -> None:
    """Have the visits of some people and of some strangers written down."""
    site = client.json("GET", "/api/app/sites")["items"][0]
    emails = [one["email"] for one in visitors(client)]
    tenant = stack.demo_tenant()
    bodies = [
        {"type": "record_hits", "tenant": tenant, **batch}
        for batch in visits(site["key"], stack.site.url, emails, now)
    ]
    sqs = stack.client("sqs")
    found = stack.client("cloudformation").describe_stack_resource(
        StackName="funnel-local", LogicalResourceId="ActivitiesQueue"
    )
    queue = found["StackResourceDetail"]["PhysicalResourceId"]
    for start in range(0, len(bodies), 10):
        entries = [
            {"Id": str(at), "MessageBody": json.dumps(body)}
            for at, body in enumerate(bodies[start : start + 10])
        ]
        sqs.send_message_batch(QueueUrl=queue, Entries=entries)


def visitors(client: FunnelClient) -> list[dict[str, Any]]:
    """A few people of everybody who has some, so that each sales person sees visits."""
    found: dict[str, dict[str, Any]] = {}
    for user in client.json("GET", "/api/app/users")["items"]:
        people = client.json("GET", f"/api/app/people?owner={quote(user['sugar_id'])}")["items"]
        some = [one for one in people if one["email"]]
        found |= {one["email"]: one for one in some[:: max(1, len(some) // OF_EACH)][:OF_EACH]}
    return list(found.values())


def visits(key: str, url: str, emails: Sequence[str], now: datetime) -> Iterator[dict[str, Any]]:
    """A batch of hits for each visit; who has an address tells it in the first or second one.

    Every other one of these was there in the last hours.
    """
    chance = random.Random(7)
    for number, email in enumerate([*emails, *[""] * STRANGERS]):
        agent = CRAWLER if number % 20 == 19 and not email else chance.choice(AGENTS)
        often = chance.randint(1, 5)
        ip = str(chance.choice(list(chance.choices(NETWORKS, OFTEN)[0].hosts())))
        days = sorted(chance.uniform(0.05, DAYS) for _ in range(often))[::-1]
        if email and number % 2 == 0:
            days[-1] = chance.uniform(0.015, 0.3)
        told = chance.randrange(min(2, often))
        for at, day in enumerate(days):
            yield _visit(
                chance, key, url, f"{number:032x}", agent, ip,
                now - timedelta(days=day), email if at == told else "",
            )  # fmt: skip


def _visit(
    chance: random.Random,
    key: str,
    url: str,
    browser: str,
    agent: str,
    ip: str,
    begun: datetime,
    email: str,
) -> dict[str, Any]:
    referrer, query = chance.choice(SOURCES)
    hits: list[dict[str, Any]] = []
    at = begun
    for number in range(chance.randint(1, 5)):
        path = chance.choice(list(PAGES)) if number else "/"
        hits.append(
            {
                "kind": "page view",
                "url": f"{url}{path}{'' if number else query}",
                "title": PAGES[path][0],
                "referrer": hits[-1]["url"] if hits else referrer,
            }
        )
    if email:
        form = {"form": "Newsletter", "fields": {"email": email}}
        hits.append({"kind": "form", "url": f"{url}/contact", "title": "Contact", **form})
    for number, hit in enumerate(hits):
        at += timedelta(seconds=chance.randint(8, 240))
        hit |= {"id": f"{browser[-8:]}-{begun:%m%d%H%M}-{number}", "at": at.isoformat()}
    return {
        "site": key, "browser": browser, "received_at": at.isoformat(), "ip": ip,
        "user_agent": agent, "hits": hits,
    }  # fmt: skip
