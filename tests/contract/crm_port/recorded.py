"""The exchanges recorded with live servers, where they are beside the project."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "sugar"
PRODUCTS = {"suitecrm": "suitecrm-7.14.6", "sugarce": "sugarcrm-ce-6.5.23"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call and its answer, as sent and received."""

    name: str
    method: str
    case: str
    status: int
    request: bytes
    response: bytes

    def pieces(self, size: int = 4096) -> Iterator[bytes]:
        return (self.response[at : at + size] for at in range(0, len(self.response), size))


def exchanges(product: str, endpoint: str) -> Iterator[Exchange]:
    """All exchanges with an endpoint, in their order."""
    folder = FOLDER / PRODUCTS[product] / endpoint
    for number, method, case, status, *_ in json.loads((folder / "index.json").read_text()):
        if number and number != "-":
            stem = f"{number}-{method}{'-' + case if case else ''}"
            yield Exchange(
                f"{product} {endpoint} {stem}",
                method,
                case,
                status,
                (folder / f"{stem}-request.xml").read_bytes(),
                (folder / f"{stem}-response.xml").read_bytes(),
            )
