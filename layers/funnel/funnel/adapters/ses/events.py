"""What SES tells of mails, as EventBridge brings it: one event each, led back by our message tags."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from funnel.domain.ids import TenantId
from funnel.domain.mail.mails import Happened, Heard, MailId
from funnel.ports.marketing_messages import HearOfMail

_SOURCE = "aws.ses"
_LONGEST = 300
_WHAT = {
    "Send": Happened.SENT,
    "Delivery": Happened.DELIVERED,
    "Reject": Happened.REJECTED,
    "Bounce": Happened.BOUNCE,
    "Complaint": Happened.COMPLAINT,
}


def heard_from_event(text: str) -> HearOfMail | None:
    """The message of an event; None for a body that is no event of EventBridge.

    An event of another kind, or without our tags, names no tenant and no mail. Raises `ValueError`
    for one that is broken.
    """
    try:
        event = json.loads(text)
        if not isinstance(event, dict) or "detail-type" not in event:
            return None
        if event["source"] != _SOURCE:
            raise ValueError(f"not an event of SES: {event['source']!r}")
        return _message(event, event["detail"])
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"not an event of SES: {type(error).__name__} {error}") from error


def _message(event: Mapping[str, Any], detail: Mapping[str, Any]) -> HearOfMail:
    mail = detail["mail"]
    tags: Mapping[str, list[str]] = mail.get("tags") or {}
    told = detail.get(str(detail["eventType"]).lower()) or {}
    what = _WHAT.get(str(detail["eventType"]))
    tenant, mail_id = (str(next(iter(tags.get(name) or ()), "")) for name in ("tenant", "mail"))
    if what is None:
        tenant, mail_id, what = "", "", Happened.SENT
    if what is Happened.BOUNCE and told.get("bounceType") != "Permanent":
        what = Happened.SOFT_BOUNCE
    at = datetime.fromisoformat(str(told.get("timestamp") or event["time"]))
    message_id = str(mail.get("messageId", ""))
    # EventBridge may bring an event twice, under one id each; SES names what it tells of, mostly.
    event_id = str(told.get("feedbackId") or f"{message_id} {what.value}")
    heard = Heard(what, at, event_id, message_id, _reason(what, told))
    return HearOfMail(TenantId(tenant), MailId(mail_id), heard)


def _reason(what: Happened, told: Mapping[str, Any]) -> str:
    """Why, in plain words, with what the other side answered."""
    if what is Happened.COMPLAINT:
        kind = str(told.get("complaintFeedbackType") or "")
        return "The reader marked it as spam." + (f" ({kind[:40]})" if kind else "")
    if what is Happened.REJECTED:
        return f"The mail service does not send this: {str(told.get('reason') or '')[:_LONGEST]}"
    if what is not Happened.BOUNCE:
        return ""
    recipients = told.get("bouncedRecipients") or [{}]
    said = str(recipients[0].get("diagnosticCode") or told.get("bounceSubType") or "")
    return f"The address does not take mail: {said[:_LONGEST]}"
