"""Hits as JSON, for the one message that holds data: it is nowhere else yet."""

from datetime import datetime
from typing import Any

from funnel.domain.tracking.activities import ActivityKind
from funnel.domain.tracking.hits import BrowserId, Hit, HitBatch, SiteKey


def batch_to_plain(batch: HitBatch) -> dict[str, Any]:
    """A batch as JSON takes it."""
    return {
        "site": batch.site,
        "browser": batch.browser,
        "received_at": batch.received_at.isoformat(),
        "ip": batch.ip,
        "user_agent": batch.user_agent,
        "hits": [_hit_to_plain(hit) for hit in batch.hits],
    }


def batch_from_plain(body: dict[str, Any]) -> HitBatch:
    """The batch. Raises `KeyError`, `TypeError`, `ValueError` or `AttributeError` for no batch."""
    return HitBatch(
        SiteKey(str(body["site"])),
        BrowserId(str(body["browser"])),
        datetime.fromisoformat(body["received_at"]),
        str(body["ip"]),
        str(body["user_agent"]),
        tuple(_hit(hit) for hit in body["hits"]),
    )


def _hit_to_plain(hit: Hit) -> dict[str, Any]:
    texts = {
        "title": hit.title,
        "referrer": hit.referrer,
        "form": hit.form,
        "token": hit.token,
        "hosted": hit.hosted,
        "form_id": hit.form_id,
        "fields": dict(hit.fields),
    }
    return {
        "id": hit.hit_id,
        "kind": hit.kind.value,
        "at": hit.at.isoformat(),
        "url": hit.url,
        **{name: text for name, text in texts.items() if text},
    }


def _hit(body: dict[str, Any]) -> Hit:
    return Hit(
        str(body["id"]),
        ActivityKind(body["kind"]),
        datetime.fromisoformat(body["at"]),
        str(body["url"]),
        str(body.get("title", "")),
        str(body.get("referrer", "")),
        str(body.get("form", "")),
        {str(name): str(value) for name, value in body.get("fields", {}).items()},
        str(body.get("token", "")),
        bool(body.get("hosted")),
        str(body.get("form_id", "")),
    )
