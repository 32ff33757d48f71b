"""Messages about mail as JSON."""

from datetime import datetime
from typing import Any

from funnel.domain.broadcasts.broadcasts import BroadcastId
from funnel.domain.ids import SugarId, TenantId
from funnel.domain.mail.mails import Happened, Heard, MailId, Sight, Word
from funnel.domain.tracking.activities import ActivityKind
from funnel.ports.marketing_messages import (
    HearOfMail,
    RecordSight,
    SendBroadcast,
    SendMails,
    TakeWord,
    TellAlerts,
)

MailMessage = SendMails | SendBroadcast | HearOfMail | RecordSight | TakeWord | TellAlerts

MAIL_TYPES = frozenset(
    {"send_mails", "send_broadcast", "hear_of_mail", "record_sight", "take_word", "tell_alerts"}
)


def mail_to_plain(message: MailMessage) -> dict[str, Any]:
    """The message as JSON can have it."""
    tenant = message.tenant
    match message:
        case SendMails():
            return {"type": "send_mails", "tenant": tenant, "attempt": message.attempt}
        case SendBroadcast():
            return {
                "type": "send_broadcast",
                "tenant": tenant,
                "broadcast_id": message.broadcast_id,
                "attempt": message.attempt,
            }
        case TellAlerts():
            return {"type": "tell_alerts", "tenant": tenant, "user_id": message.user_id}
        case HearOfMail():
            heard = message.heard
            return {
                "type": "hear_of_mail",
                "tenant": tenant,
                "mail_id": message.mail_id,
                "what": heard.what.value,
                "at": heard.at.isoformat(),
                "event_id": heard.event_id,
                "message_id": heard.message_id,
                "detail": heard.detail,
            }
        case RecordSight():
            sight = message.sight
            return {
                "type": "record_sight",
                "tenant": tenant,
                "mail_id": sight.mail_id,
                "id": sight.sight_id,
                "kind": sight.kind.value,
                "at": sight.at.isoformat(),
                "ip": sight.ip,
                "user_agent": sight.user_agent,
                "method": sight.method,
                "link": sight.link,
            }
        case TakeWord():
            word = message.word
            return {
                "type": "take_word",
                "tenant": tenant,
                "mail_id": word.mail_id,
                "at": word.at.isoformat(),
                "opt_out": word.opt_out,
            }


def mail_from_plain(tenant: TenantId, body: dict[str, Any]) -> MailMessage:
    """The message. Raises `KeyError` or `ValueError` for what is none."""
    if body["type"] == "send_mails":
        return SendMails(tenant, int(body.get("attempt", 0)))
    if body["type"] == "send_broadcast":
        broadcast_id = BroadcastId(str(body["broadcast_id"]))
        return SendBroadcast(tenant, broadcast_id, int(body.get("attempt", 0)))
    if body["type"] == "tell_alerts":
        return TellAlerts(tenant, SugarId(str(body["user_id"])))
    mail_id, at = MailId(str(body["mail_id"])), datetime.fromisoformat(body["at"])
    match body["type"]:
        case "hear_of_mail":
            heard = Heard(
                Happened(body["what"]),
                at,
                str(body["event_id"]),
                str(body.get("message_id", "")),
                str(body.get("detail", "")),
            )
            return HearOfMail(tenant, mail_id, heard)
        case "record_sight":
            sight = Sight(
                mail_id,
                str(body["id"]),
                ActivityKind(body["kind"]),
                at,
                str(body.get("ip", "")),
                str(body.get("user_agent", "")),
                str(body.get("method", "GET")),
                int(body.get("link", 0)),
            )
            return RecordSight(tenant, sight)
        case _:
            return TakeWord(tenant, Word(mail_id, at, bool(body["opt_out"])))
