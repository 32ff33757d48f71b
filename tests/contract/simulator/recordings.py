"""The recorded exchanges, where they are beside the project."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "sugar"
#: Product -> the folder of its recordings.
PRODUCTS = {"suitecrm": "suitecrm-7.14.6", "sugarce": "sugarcrm-ce-6.5.23"}

#: Methods that are left out, with the reason (see LEFT_OUT.md).
LEFT_OUT = frozenset(
    ("search_by_module", "get_last_viewed", "set_entries_details",
     "sync_get_modified_relationships", "get_modified_entries", "user_list", "contact_by_email",
     "create_lead", "create_session")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exchange:
    """One recorded call and its answer."""

    method: str
    case: str
    status: int
    request: bytes
    response: bytes


def available() -> bool:
    """Whether the recordings are there."""
    return FOLDER.is_dir()


def exchanges(product: str, endpoint: str, *, all_methods: bool = False) -> Iterator[Exchange]:
    """The exchanges of an endpoint in the order they happened."""
    folder = FOLDER / PRODUCTS[product] / endpoint
    for number, method, case, status, *_ in json.loads((folder / "index.json").read_text()):
        if not number or number == "-" or (method in LEFT_OUT and not all_methods):
            continue
        stem = f"{number}-{method}{'-' + case if case else ''}"
        yield Exchange(
            method,
            case,
            status,
            (folder / f"{stem}-request.xml").read_bytes(),
            (folder / f"{stem}-response.xml").read_bytes(),
        )
