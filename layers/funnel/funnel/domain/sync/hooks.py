"""Records that Sugar names as changed, to be read now."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from funnel.domain.errors import InputInvalid, TooLarge
from funnel.domain.ids import PULLED_MODULES, Module, RecordKey, SugarId

MOST_BYTES = 64 * 1024
MOST_RECORDS = 500
EVENTS = ("saved", "deleted", "restored", "linked", "unlinked")

_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}", re.ASCII)


class MarkKind(StrEnum):
    """Why a record is marked: Sugar named it, or it was deleted there and left a person alone."""

    NAMED = "marks"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Mark:
    """A record to be looked at. `stamp` is another one each time the record is marked."""

    key: RecordKey
    stamp: str


@dataclass(frozen=True, slots=True)
class HookCounts:
    """What came by webhook in the last seven days: requests, and the records they named."""

    accepted: int = 0
    refused: int = 0
    records: int = 0
    last_at: datetime | None = None


def named_records(body: object, integration_user: SugarId) -> tuple[RecordKey, ...]:
    """The records that a webhook's body names, each once; our own user's changes are left out.

    So are ids that Sugar makes none of and that an import may have made, such as `ERP/4711`: the
    hourly sync brings those, and they hold up none of the others.
    The body is `{"by": user id, "records": [{"module", "id", "event", "by"}, ...]}`, where `by`
    may stand at either place or nowhere. Raises `InputInvalid` naming what is wrong, `TooLarge`.
    """
    whole = _object(body, "")
    records = whole.get("records")
    if not isinstance(records, list):
        raise InputInvalid("“records” has to be a list.", field="records")
    if len(records) > MOST_RECORDS:
        raise TooLarge(f"At most {MOST_RECORDS} records can be named at once.", field="records")
    found: dict[RecordKey, None] = {}
    for at, one in enumerate(records):
        record = _object(one, f"records.{at}")
        key = _key(record, at)
        by = record.get("by", whole.get("by"))
        if _ID.fullmatch(key.sugar_id) and not (integration_user and by == integration_user):
            found[key] = None
    return tuple(found)


def _object(value: object, field: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise InputInvalid("An object is wanted here.", field=field)
    return value


def _key(record: Mapping[str, object], at: int) -> RecordKey:
    module, sugar_id, event = (record.get(name) for name in ("module", "id", "event"))
    if not isinstance(module, str) or module not in PULLED_MODULES:
        names = ", ".join(PULLED_MODULES)
        raise InputInvalid(
            f"There is no such module here; known are {names}.", field=_at(at, "module")
        )
    if not isinstance(sugar_id, str) or not sugar_id:
        raise InputInvalid("This is no id of a record.", field=_at(at, "id"))
    if event not in EVENTS:
        raise InputInvalid(f"The event is one of {', '.join(EVENTS)}.", field=_at(at, "event"))
    return RecordKey(Module(module), SugarId(sugar_id))


def _at(at: int, name: str) -> str:
    return f"records.{at}.{name}"
