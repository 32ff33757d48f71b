"""Messages as JSON, with their type in `type`; `events/` has one of each."""

import json
from typing import Any

from funnel.domain.ids import ConnectionId, JobId, Module, RecordKey, RunId, SugarId, TenantId
from funnel.domain.runs import RunKind
from funnel.ports.system import (
    Compare,
    ContinueRun,
    DoJob,
    Heal,
    Message,
    ReadNamed,
    StartRun,
)


def message_to_json(message: Message) -> str:
    """The body of a message."""
    return json.dumps(_plain(message), ensure_ascii=False, separators=(",", ":"))


def message_from_json(text: str) -> Message:
    """The message of a body. Raises `ValueError` for what is none of ours."""
    try:
        return _message(json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a message: {type(error).__name__} {error}") from error


def _plain(message: Message) -> dict[str, Any]:
    match message:
        case StartRun():
            return {
                "type": "start_run",
                "tenant": message.tenant,
                "kind": message.kind.value,
                "modules": [module.value for module in message.modules],
                "requested_by": message.requested_by,
            }
        case ContinueRun():
            return {"type": "continue_run", "tenant": message.tenant, "run_id": message.run_id}
        case Heal():
            named = {"root": message.root, "record": message.record}
            return {
                "type": "heal",
                "tenant": message.tenant,
                "causes": [_key(cause) for cause in message.causes],
                "cursor": message.cursor,
                "attempt": message.attempt,
                **{name: _key(key) for name, key in named.items() if key},
                **({"job_id": message.job_id} if message.job_id else {}),
            }
        case DoJob():
            return {"type": "do_job", "tenant": message.tenant, "job_id": message.job_id}
        case ReadNamed():
            return {
                "type": "read_named",
                "tenant": message.tenant,
                "connection_id": message.connection_id,
                "attempt": message.attempt,
            }
        case Compare():
            return {
                "type": "compare",
                "tenant": message.tenant,
                "comparison_id": message.comparison_id,
            }


def _message(body: dict[str, Any]) -> Message:
    tenant = TenantId(_text(body, "tenant"))
    match body["type"]:
        case "start_run":
            modules = tuple(Module(module) for module in body.get("modules", ()))
            return StartRun(tenant, RunKind(body["kind"]), modules, body.get("requested_by", ""))
        case "continue_run":
            return ContinueRun(tenant, RunId(_text(body, "run_id")))
        case "heal":
            return Heal(
                tenant,
                tuple(_key_of(cause) for cause in body["causes"]),
                str(body.get("cursor", "")),
                int(body.get("attempt", 0)),
                _key_of(body["root"]) if "root" in body else None,
                _key_of(body["record"]) if "record" in body else None,
                JobId(str(body.get("job_id", ""))),
            )
        case "do_job":
            return DoJob(tenant, JobId(_text(body, "job_id")))
        case "read_named":
            connection_id = ConnectionId(_text(body, "connection_id"))
            return ReadNamed(tenant, connection_id, int(body.get("attempt", 0)))
        case "compare":
            return Compare(tenant, _text(body, "comparison_id"))
        case other:
            raise ValueError(f"not a message: no such type {other!r}")


def _key(key: RecordKey) -> dict[str, str]:
    return {"module": key.module.value, "id": key.sugar_id}


def _key_of(body: dict[str, Any]) -> RecordKey:
    return RecordKey(Module(body["module"]), SugarId(_text(body, "id")))


def _text(body: dict[str, Any], name: str) -> str:
    value = body[name]
    if not isinstance(value, str) or not value:
        raise ValueError(f"not a message: no {name}")
    return value
