"""What is kept of an address, as items: whose it is, and its consent."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import Item
from funnel.adapters.dynamodb.tables import email_pk, moment, shard
from funnel.domain.consent.consent import Consent
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.sync.records import Claim

CLAIM, CONSENT = "claim", "consent"
_V = {"N": "1"}
_TRUE = {"BOOL": True}


def claim_update(claim: Claim, given_up_until: int) -> Mapping[str, Any]:
    """The part of a transaction's Update or ConditionCheck that a claim is.

    An address given up keeps its row, without a person, until TTL takes it: its version goes on, so
    that nobody who read an earlier claim takes a later one for it. One whose address has a consent
    is kept for good.
    """
    key = {"pk": {"S": email_pk(claim.tenant, claim.email)}, "sk": {"S": CLAIM}}
    values: Item = {}
    condition = "attribute_not_exists(person)"
    if claim.version:
        condition = "version = :n AND attribute_exists(person)"
        values[":n"] = {"N": str(claim.version)}
    elif not (claim.person_id or claim.consent):
        return {"Key": key, "ConditionExpression": condition}
    values |= {":v": _V, ":one": {"N": "1"}}
    sets: list[str] = []
    removes: list[str] = []
    if claim.person_id:
        values[":p"] = {"S": claim.person_id}
        sets.append("person = :p")
    else:
        removes.append("person")
    if claim.consent:
        values[":c"] = _TRUE
        sets.append("consent = :c")
    if claim.person_id or claim.consent:
        removes.append("expires_at")
    else:
        values[":e"] = {"N": str(given_up_until)}
        sets.append("expires_at = :e")
    sets.append("v = :v")
    update = f"SET {', '.join(sets)} REMOVE {', '.join(removes)} ADD version :one"
    return {
        "Key": key,
        "UpdateExpression": update,
        "ConditionExpression": condition,
        "ExpressionAttributeValues": values,
    }


def claim_of(tenant: TenantId, email: str, item: Item) -> Claim | None:
    """The claim; None for an address that was given up, and has no consent."""
    person, consent = item.get("person"), "consent" in item
    if person is None and not consent:
        return None
    holder = PersonId(person["S"] if person else "")
    return Claim(tenant, email, holder, int(item["version"]["N"]), consent)


def consent_item(consent: Consent) -> Item:
    """A consent, with the version after this write; in the index of what is due, if it is."""
    item: Item = {
        "pk": {"S": email_pk(consent.tenant, consent.email)},
        "sk": {"S": CONSENT},
        "v": _V,
        "version": {"N": str(consent.version + 1)},
        "body": {"S": to_text(consent)},
    }
    if consent.due_at is not None:
        item["due_pk"] = {"S": due_pk(consent.tenant, shard(consent.email))}
        item["due_sk"] = {"S": due_place(consent)}
    return item


def consent_of(item: Item) -> Consent:
    """What `consent_item` wrote."""
    consent = from_text(Consent, item["body"]["S"])
    return replace(consent, version=int(item["version"]["N"]))


def due_pk(tenant: TenantId, part: int) -> str:
    """One shard of what a tenant's Sugar is to be told."""
    return f"{tenant}#{part}"


def due_place(consent: Consent) -> str:
    """A place in the order of what is due. An address may be longer than a place: its hash is not."""
    assert consent.due_at is not None
    digest = hashlib.blake2b(consent.email.encode(), digest_size=16).hexdigest()
    return f"{moment(consent.due_at)}\x1f{digest}"
