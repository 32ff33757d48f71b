"""Messages as JSON, with their type in `type`; `events/` has one of each."""

import json
from datetime import datetime
from typing import Any

from funnel.adapters.sqs.activity_messages import activity_from_plain, activity_to_plain
from funnel.adapters.sqs.campaign_messages import (
    CAMPAIGN_TYPES,
    CampaignMessage,
    campaign_from_plain,
    campaign_to_plain,
)
from funnel.adapters.sqs.mail_messages import (
    MAIL_TYPES,
    mail_from_plain,
    mail_to_plain,
)
from funnel.domain.ids import (
    ConnectionId,
    JobId,
    ListId,
    Module,
    PersonId,
    RecordKey,
    RunId,
    SugarId,
    TenantId,
)
from funnel.domain.sync.runs import RunKind
from funnel.ports.marketing_messages import (
    ActOnForm,
    DoPeopleJob,
    HearOfMail,
    RecordHits,
    RecordSight,
    Relist,
    Rescore,
    SendBroadcast,
    SendMails,
    TakeWord,
    TellAlerts,
)
from funnel.ports.messages import Message
from funnel.ports.sync_messages import (
    Compare,
    ContinueRun,
    DoJob,
    FollowMerges,
    Heal,
    PreviewSync,
    PushDue,
    ReadNamed,
    ReadTargetList,
    ReadTargetLists,
    SignIn,
    StartRun,
)

_JOBS: dict[type, str] = {DoJob: "do_job", SignIn: "sign_in", DoPeopleJob: "do_people_job"}


def message_to_json(message: Message) -> str:
    """The body of a message."""
    return json.dumps(_plain(message), ensure_ascii=False, separators=(",", ":"))


def message_from_json(text: str) -> Message:
    """The message of a body. Raises `ValueError` for what is none of ours."""
    try:
        return _message(json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a message: {type(error).__name__} {error}") from error


def _plain(message: Message) -> dict[str, Any]:  # noqa: C901 - one case for each kind
    if isinstance(message, CampaignMessage):
        return campaign_to_plain(message)
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
        case DoJob() | SignIn() | DoPeopleJob():
            job = {"type": _JOBS[type(message)], "tenant": message.tenant, "job_id": message.job_id}
            return {**job, "attempt": message.attempt} if isinstance(message, DoPeopleJob) else job
        case ReadNamed() | FollowMerges():
            return {
                "type": "read_named" if isinstance(message, ReadNamed) else "follow_merges",
                "tenant": message.tenant,
                "connection_id": message.connection_id,
                "attempt": message.attempt,
            }
        case Compare(tenant, comparison_id):
            return {"type": "compare", "tenant": tenant, "comparison_id": comparison_id}
        case PreviewSync(tenant, preview_id):
            return {"type": "preview_sync", "tenant": tenant, "preview_id": preview_id}
        case PushDue():
            return {"type": "push_due", "tenant": message.tenant, "attempt": message.attempt}
        case RecordHits() | Rescore() | ActOnForm():
            return activity_to_plain(message)
        case (
            SendMails() | SendBroadcast() | HearOfMail() | RecordSight() | TakeWord() | TellAlerts()
        ):
            return mail_to_plain(message)
        case Relist():
            return {
                "type": "relist",
                "tenant": message.tenant,
                "people": message.people,
                "accounts": message.accounts,
                "opportunities": message.opportunities,
                "cursor": message.cursor,
                "recompute": message.recompute,
                "attempt": message.attempt,
            }
        case ReadTargetLists():
            return {
                "type": "read_target_lists",
                "tenant": message.tenant,
                "asked_by": message.asked_by,
                "attempt": message.attempt,
            }
        case ReadTargetList():
            return {
                "type": "read_target_list",
                "tenant": message.tenant,
                "list_id": message.list_id,
                "asked_by": message.asked_by,
                "attempt": message.attempt,
                "module": message.module.value if message.module else "",
                "since": message.since,
                "began_at": message.began_at.isoformat() if message.began_at else "",
                "whole": message.whole,
                "odd": list(message.odd),
            }


def _message(body: dict[str, Any]) -> Message:  # noqa: C901 - one case for each kind
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
        case "do_job" | "sign_in" | "do_people_job" as kind:
            job_id = JobId(_text(body, "job_id"))
            if kind == "do_people_job":
                return DoPeopleJob(tenant, job_id, int(body.get("attempt", 0)))
            return DoJob(tenant, job_id) if kind == "do_job" else SignIn(tenant, job_id)
        case "read_named" | "follow_merges" as name:
            made = ReadNamed if name == "read_named" else FollowMerges
            return made(
                tenant, ConnectionId(_text(body, "connection_id")), int(body.get("attempt", 0))
            )
        case "compare":
            return Compare(tenant, _text(body, "comparison_id"))
        case "preview_sync":
            return PreviewSync(tenant, _text(body, "preview_id"))
        case "push_due":
            return PushDue(tenant, int(body.get("attempt", 0)))
        case "record_hits" | "rescore" | "act_on_form":
            return activity_from_plain(tenant, body)
        case kind if kind in MAIL_TYPES:
            return mail_from_plain(tenant, body)
        case kind if kind in CAMPAIGN_TYPES:
            return campaign_from_plain(tenant, body)
        case "relist":
            return Relist(
                tenant,
                people=tuple(PersonId(i) for i in _texts(body, "people")),
                accounts=tuple(SugarId(i) for i in _texts(body, "accounts")),
                opportunities=tuple(SugarId(i) for i in _texts(body, "opportunities")),
                cursor=str(body.get("cursor", "")),
                recompute=str(body.get("recompute", "")),
                attempt=int(body.get("attempt", 0)),
            )
        case "read_target_lists":
            return ReadTargetLists(
                tenant, str(body.get("asked_by", "")), int(body.get("attempt", 0))
            )
        case "read_target_list":
            return ReadTargetList(
                tenant,
                ListId(_text(body, "list_id")),
                str(body.get("asked_by", "")),
                int(body.get("attempt", 0)),
                Module(body["module"]) if body.get("module") else None,
                str(body.get("since", "")),
                datetime.fromisoformat(body["began_at"]) if body.get("began_at") else None,
                bool(body.get("whole")),
                tuple(SugarId(str(one)) for one in body.get("odd", ())),
            )
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


def _texts(body: dict[str, Any], name: str) -> list[str]:
    values = body.get(name, [])
    if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
        raise ValueError(f"not a message: no {name}")
    return values
