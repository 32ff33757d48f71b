"""Everything a deployment keeps, as one file: rows, secrets, files, messages, and the Sugar beside it.

A release writes it once with the code of that day; later code reads it and goes on.
"""

import base64
import gzip
import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from funnel.adapters.sqs.messages import message_from_json, message_to_json
from funnel.domain.crm import Credentials
from funnel.domain.ids import Module, SugarId, TenantId, WrittenModule
from tests.fakes.files import MemoryFiles
from tests.fakes.mailer import MemoryMailer
from tests.fakes.model_sugar import (
    ModelAddress,
    ModelRecord,
    ModelRelated,
    ModelSugar,
    ModelTargetList,
)
from tests.fakes.system import MemoryQueue, MemorySecrets

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a release left behind: `release` names it, `now` is its clock, `told` what it showed."""

    release: Json
    now: datetime
    tables: dict[str, list[Json]]
    secrets: Json
    files: Json
    messages: list[Json]
    sugar: Json
    mailer: Json
    told: Json

    def write(self, path: Path) -> None:
        """Compressed, the same bytes for the same content; what is packed in rows as on the wire."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        text = json.dumps(
            fields | {"now": self.now.isoformat()},
            ensure_ascii=False,
            sort_keys=True,
            default=lambda packed: base64.b64encode(packed).decode(),
        )
        path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def read(path: Path) -> Kept:
    """What `write` wrote."""
    found = json.loads(gzip.decompress(path.read_bytes()))
    return replace(Kept(**found), now=datetime.fromisoformat(found["now"]))


# ------------------------------------------------------------------------------------- the fakes


def of_secrets(secrets: MemorySecrets) -> Json:
    """Credentials by reference; signing keys are among them."""
    return {ref: [c.user_name, c.password, c.origin] for ref, c in secrets._kept.items()}


def to_secrets(kept: Json) -> MemorySecrets:
    """The secrets again."""
    made = MemorySecrets()
    made._kept = {ref: Credentials(*values) for ref, values in kept.items()}
    return made


def of_files(files: MemoryFiles) -> Json:
    """Files by tenant and name."""
    return {f"{t}/{name}": base64.b64encode(d).decode() for (t, name), d in files.kept.items()}


def to_files(kept: Json) -> MemoryFiles:
    """The files again."""
    made = MemoryFiles()
    for path, data in kept.items():
        tenant, _, name = path.partition("/")
        made.kept[TenantId(tenant), name] = base64.b64decode(data)
    return made


def of_queue(queue: MemoryQueue) -> list[Json]:
    """Bodies as SQS holds them, and when each arrives."""
    waiting = queue.waiting
    return [{"at": one.at.isoformat(), "body": message_to_json(one.message)} for one in waiting]


def to_queue(kept: list[Json], queue: MemoryQueue, now: datetime) -> None:
    """Send them as they were on their way. Raises `ValueError` for what cannot be read."""
    for one in kept:
        later = (datetime.fromisoformat(one["at"]) - now).total_seconds()
        queue.send(message_from_json(one["body"]), max(0, int(later)))


def of_mailer(mailer: MemoryMailer) -> Json:
    """Whose domains it knows."""
    return {"owners": dict(mailer.owners), "verified": sorted(mailer.verified)}


def to_mailer(kept: Json) -> MemoryMailer:
    """A mail service that knows them, and has sent nothing."""
    owners = {domain: TenantId(one) for domain, one in kept["owners"].items()}
    return MemoryMailer(owners=owners, verified=set(kept["verified"]))


# ------------------------------------------------------------------------------------- the Sugar


def of_sugar(sugar: ModelSugar) -> Json:
    """Its records, lists, addresses, and what hangs on records."""
    return {
        "records": [
            [r.module.value, r.sugar_id, _text(r.date_modified), r.fields, r.deleted, list(r.contact_ids)]
            for table in sugar.tables.values()
            for r in table.values()
        ],
        "lists": [
            [one.sugar_id, one.name, one.list_type, _text(one.date_modified), one.deleted,
             {m.value: sorted(ids) for m, ids in one.members.items()}, one.description]
            for one in sugar.target_lists.values()
        ],
        "addresses": [
            [email, a.sugar_id, a.opt_out, a.invalid, _text(a.date_modified)]
            for email, a in sugar.addresses.items()
        ],
        "changed": [[m.value, i, _text(at)] for m, i, at in sugar.addresses_changed],
        "related": [
            [m.value, i, one.fields, one.deleted]
            for m, table in sugar.related.items()
            for i, one in table.items()
        ],
        "uses": {campaign: sorted(lists) for campaign, lists in sugar.uses.items()},
    }  # fmt: skip


def to_sugar(kept: Json, sugar: ModelSugar) -> None:
    """Fill an empty one."""
    for module, sugar_id, at, fields, deleted, contacts in kept["records"]:
        sugar.tables[Module(module)][sugar_id] = ModelRecord(
            Module(module), sugar_id, _moment(at), fields, deleted, tuple(contacts)
        )
    for sugar_id, name, kind, at, deleted, members, description in kept["lists"]:
        linked = {Module(m): {SugarId(i) for i in ids} for m, ids in members.items()}
        sugar.target_lists[sugar_id] = ModelTargetList(
            sugar_id, name, kind, _moment(at), deleted, linked, description
        )
    for email, sugar_id, opt_out, invalid, at in kept["addresses"]:
        sugar.addresses[email] = ModelAddress(sugar_id, opt_out, invalid, _moment(at))
    for module, sugar_id, at in kept["changed"]:
        sugar.addresses_changed.append((Module(module), sugar_id, datetime.fromisoformat(at)))
    for module, sugar_id, fields, deleted in kept["related"]:
        sugar.related[WrittenModule(module)][sugar_id] = ModelRelated(fields, deleted)
    for campaign, lists in kept["uses"].items():
        sugar.uses[SugarId(campaign)] = set(map(SugarId, lists))


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
