"""Sends the recorded requests themselves to a simulator, and compares the answers' bytes.

Ids and sessions differ from the recorded ones: each is replaced by what the simulator
answered in its place. Times are left alone, as the simulator's clock stands where the
recorded server's stood.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from local.sugar.clock import from_sugar
from local.sugar.store.users import password_hash
from tests.contract.simulator import recordings
from tests.contract.simulator.playing import Fact, answered_ids, fact, simulator
from tests.contract.simulator.requests import Wire
from tests.contract.simulator.shapes import head_of

_TIME = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_AUTH = re.compile(r"<user_name>(.*?)</user_name><password>(.*?)</password>")
_USER = re.compile(rb'user_id</name><value xsi:type="xsd:string">([^<]+)<')
_CREATING = ("login", "set_entry", "set_entries")
_SHORTEST_ID = 20

#: An exchange, the fact recorded, the fact answered, the heads of both.
Compared = tuple[recordings.Exchange, Fact, Fact, bytes, bytes]


def _started(product: str, endpoint: str) -> datetime:
    """When the recording began: the first time a server tells."""
    for one in recordings.exchanges(product, endpoint):
        told = _TIME.search(one.response)
        if told:
            return from_sugar(told[0].decode())
    raise AssertionError("no time was recorded")


def _signed_in(text: str, case: str) -> str:
    """The standard users' own passwords, where the recorded one was right."""
    found = _AUTH.search(text)
    if found is None or not case.startswith("ok"):
        return text
    return text.replace(found[2], password_hash(found[1]))


def replayed(product: str, endpoint: str) -> Iterator[Compared]:
    """Replay an endpoint's recording."""
    known: dict[str, str] = {}
    with simulator(product, _started(product, endpoint)) as sugar:
        wire = Wire(sugar, endpoint)
        for place, one in enumerate(recordings.exchanges(product, endpoint)):
            if place == 9:  # the sign-ins took a while
                sugar.clock.advance(3)
            text = one.request.decode()
            for theirs, ours in known.items():
                text = text.replace(theirs, ours)
            if one.method == "login":
                text = _signed_in(text, one.case)
            status, body = wire.send(text.encode())
            if one.method in _CREATING:
                pairs = zip(answered_ids(one.response), answered_ids(body), strict=False)
                known |= {a: b for a, b in pairs if a != b and len(a) >= _SHORTEST_ID}
            if one.method == "login":
                theirs_, ours_ = _USER.search(one.response), _USER.search(body)
                if theirs_ and ours_ and theirs_[1] != ours_[1]:
                    known[theirs_[1].decode()] = ours_[1].decode()
            expected = fact(one.status, one.response, one.case)
            answered = fact(status, body, one.case)
            yield one, expected, answered, head_of(one.response), head_of(body)
        wire.close()
