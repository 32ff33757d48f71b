"""Forms and what was sent by them as rows: keys and items."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.tables import FORMAT, moment
from funnel.domain.forms.forms import Form, FormId
from funnel.domain.forms.submissions import KEPT, Submission
from funnel.domain.ids import PersonId, TenantId

FORM = "form"
Key = tuple[str, str]
_DAYS_KEPT = timedelta(days=400)


def form_keys(form: Form) -> tuple[Key, Key]:
    """Under its tenant, to be listed, and under its id, so that the world finds it by one read."""
    return (form.tenant, f"{FORM}#{form.form_id}"), (f"{FORM}#{form.form_id}", FORM)


def form_item(form: Form, key: Key) -> Item:
    """A form's row."""
    return _item(key, form.version, to_text(form))


def form_of(item: Item) -> Form:
    """The form of a row."""
    return replace(from_text(Form, item["body"]["S"]), version=int(item["version"]["N"]))


def sent_pk(tenant: TenantId, form_id: FormId) -> str:
    """The partition of what was sent by a form."""
    return f"{tenant}#{FORM}#{form_id}#sent"


def sent_key(tenant: TenantId, form_id: FormId, at: datetime, hit_id: str) -> Key:
    """Where one that was sent is."""
    return sent_pk(tenant, form_id), f"{moment(at)}#{hit_id}"


def person_forms_pk(tenant: TenantId, person_id: PersonId) -> str:
    """Where it is found by its person, to be erased with it."""
    return f"{tenant}#forms#{person_id}"


def key_of_sent(sub: Submission) -> Key:
    """Where it is."""
    return sent_key(sub.tenant, sub.form_id, sub.at, sub.hit_id)


def person_key(sub: Submission) -> Key:
    """Where it is found by its person."""
    at = f"{sub.form_id}#{moment(sub.at)}#{sub.hit_id}"
    return person_forms_pk(sub.tenant, sub.person_id), at


def sent_item(sub: Submission) -> Item:
    """A submission's row."""
    return {**_item(key_of_sent(sub), sub.version, to_text(sub)), **_until(sub.taken_at + KEPT)}


def person_item(sub: Submission) -> Item:
    """The row by which it is found by its person: its `body` is the key."""
    row = _item(person_key(sub), 1, json.dumps(key_of_sent(sub)))
    return {**row, **_until(sub.taken_at + KEPT)}


def sent_of(item: Item) -> Submission:
    """The submission of a row."""
    return replace(from_text(Submission, item["body"]["S"]), version=int(item["version"]["N"]))


def led_to(items: Iterable[Item]) -> list[Key]:
    """The keys to which the rows of a person lead."""
    return [(pk, sk) for item in items for pk, sk in [json.loads(item["body"]["S"])]]


def count_key(tenant: TenantId, form_id: FormId, day: date | None) -> Key:
    """Where a day's counts are, or those of all time."""
    return f"{tenant}#{FORM}#{form_id}", f"count#{day.isoformat() if day else 'all'}"


def day_of(item: Item) -> date | None:
    """The day of a row of counts; None for that of all time."""
    text = item["sk"]["S"].removeprefix("count#")
    return None if text == "all" else date.fromisoformat(text)


def counted(item: Item) -> tuple[int, int]:
    """How often it was seen, and sent."""
    seen, sent = (int(item[name]["N"]) if name in item else 0 for name in ("seen", "hits"))
    return seen, sent


def count_update(
    table: str, tenant: TenantId, form_id: FormId, day: date | None, name: str
) -> dict[str, Any]:
    """An update by which one more is counted."""
    values: Item = {":v": {"N": str(FORMAT)}, ":one": {"N": "1"}}
    sets = "v = if_not_exists(v, :v)"
    if day is not None:
        end = datetime(day.year, day.month, day.day, tzinfo=UTC) + _DAYS_KEPT
        sets += ", expires_at = :e"
        values[":e"] = {"N": str(int(end.timestamp()))}
    return {
        "TableName": table,
        "Key": key_of(*count_key(tenant, form_id, day)),
        "UpdateExpression": f"SET {sets} ADD {name} :one",
        "ExpressionAttributeValues": values,
    }


def _item(key: Key, version: int, body: str) -> Item:
    return {
        **key_of(*key),
        "v": {"N": str(FORMAT)},
        "version": {"N": str(version)},
        "body": {"S": body},
    }


def _until(end: datetime) -> Item:
    return {"expires_at": {"N": str(int(end.timestamp()) + 1)}}
