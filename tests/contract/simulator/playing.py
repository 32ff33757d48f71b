"""Plays the cases of an endpoint against a simulator, or recorded requests instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from local.sugar import Clock, SugarSimulator
from local.sugar.store.users import password_hash
from tests.contract.simulator import scenario, scenario5
from tests.contract.simulator.requests import Untyped, Wire, request
from tests.contract.simulator.shapes import fault_of, shape_of

_NAME = re.compile(r"@([\w-]+(?:\.\d+)?)")
START = datetime(2026, 11, 23, 22, 51, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a server answered to a case: all that is compared."""

    status: int
    fault: str
    shape: str


def fact(status: int, body: bytes, case: str) -> Fact:
    """The fact an answer is."""
    return Fact(status, fault_of(body), shape_of(body, case))


def simulator(product: str, moment: datetime = START) -> SugarSimulator:
    """An empty Sugar as the recorded ones were: the standard users, no module of ours."""
    clock = Clock()
    clock.fix(moment)
    return SugarSimulator(product, seed=11, clock=clock, funnel_module=False)


def answered_ids(body: bytes) -> list[str]:
    """The ids in an answer, in order."""
    try:
        found = etree.fromstring(body).find(".//return")
    except etree.XMLSyntaxError:
        return []
    if found is None:
        return []
    return [one.text for one in found.iter("id", "item") if one.text and not len(one)]


def _filled(value: object, known: dict[str, str]) -> object:
    """An argument with its `@names` replaced."""
    if isinstance(value, str):
        return _NAME.sub(lambda found: known.get(found[1], found[0]), value)
    if isinstance(value, Untyped):
        return value
    if isinstance(value, list):
        return [_filled(one, known) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, known) for key, one in value.items()}
    return value


def played(product: str, endpoint: str) -> Iterator[tuple[str, str, Fact]]:
    """Play all cases of an endpoint: method, case, and what the simulator answered."""
    cases = scenario5.cases() if endpoint == "soap.php" else scenario.cases(endpoint)
    known: dict[str, str] = {}
    with simulator(product) as sugar:
        wire = Wire(sugar, endpoint)
        for method, case, arguments in cases:
            if method != "login":
                arguments = {"session": "@ok", **arguments}
            filled = {name: _filled(value, known) for name, value in arguments.items()}
            status, body = wire.send(request(endpoint, method, filled))
            ids = answered_ids(body)
            if method in ("login", "set_entry") and ids and case not in known:
                known[case] = ids[0]
            if method == "set_entries":
                known |= {f"{case}.{place}": one for place, one in enumerate(ids)}
            yield method, case, fact(status, body, case)
        wire.close()


def signed_in(sugar: SugarSimulator, endpoint: str, user: str = "admin") -> tuple[Wire, str]:
    """A connection to an endpoint and a session of one of the standard users."""
    wire = Wire(sugar, endpoint)
    auth = {"user_name": user, "password": password_hash(user), "version": "1"}
    _, body = wire.call("login", user_auth=auth, application_name="test")
    return wire, answered_ids(body)[0]
