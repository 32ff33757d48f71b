"""Segments as their tests make them."""

from typing import Any

from funnel.ports.marketing_messages import DoPeopleJob, Relist, Rescore
from funnel.usecases.work.handle_message import handle_message
from tests.browser.world import World
from tests.unit.web.asking import Answer, Client

MULLER = {"test": "field", "field": "last_name", "operator": "is", "values": ["Müller"]}
PRICES = {"test": "behaviour", "kind": "page view", "page": "/pricing", "least": 3}


def work(world: World) -> None:
    """What the worker does with the messages that are there."""
    while (message := world.queue.pop()) is not None:
        if isinstance(message, Relist | Rescore | DoPeopleJob):
            handle_message(world.app, message, "worker", lambda: 60.0)


def made(client: Client, *parts: dict[str, Any], name: str = "Müllers", key: str = "k") -> str:
    body = {"key": key, "name": name, "rule": {"match": "all", "parts": list(parts)}}
    answer = client.call("POST", "/api/app/segments", body)
    assert answer.status == 201, answer.text
    return str(answer.json["list_id"])


def following(client: Client, answer: Answer) -> str:
    assert answer.status == 303, answer.text
    return client.get(answer.headers["Location"]).text


def press(client: Client, path: str, sent: dict[str, list[str]], button: str) -> Answer:
    """Press a button of the builder as a browser without scripts does."""
    sent.pop("form_token", None)
    return client.send(path, **{**sent, "rule.do": [button]})
