"""How campaigns and the people in them are spelled as items.

`<tenant>`/`campaign#<id>`, what a list shows of a campaign, and `<tenant>#campaign#<id>`/`campaign`, all of it;
`running#<shard>`/`<tenant>#<id>` while it runs. `<tenant>#<campaign>#walk#<part>`/`<enrolment>`: one
walk. `<tenant>#person#<id>`/`campaign#<id>`: a person's turn. `<tenant>#<campaign>#numbers`/`<part>#<step>`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from funnel.adapters.dynamodb.codec import from_text, to_text
from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.tables import FORMAT, moment, person_pk, shard
from funnel.domain.campaigns.campaigns import (
    Campaign,
    CampaignHead,
    CampaignId,
    CampaignState,
    StepId,
)
from funnel.domain.campaigns.enrolments import (
    Enrolment,
    EnrolmentId,
    EnrolmentState,
    Numbers,
    Turn,
    part_of,
)
from funnel.domain.ids import PersonId, TenantId

CAMPAIGN = "campaign"
Key = tuple[str, str]


def head_key(tenant: TenantId, campaign_id: CampaignId) -> Key:
    """Where what a list shows stands."""
    return tenant, f"{CAMPAIGN}#{campaign_id}"


def whole_key(tenant: TenantId, campaign_id: CampaignId) -> Key:
    """Where all of a campaign stands."""
    return f"{tenant}#{CAMPAIGN}#{campaign_id}", CAMPAIGN


def running_pk(number: int) -> str:
    """A partition of what runs, across tenants."""
    return f"running#{number}"


def running_key(campaign: Campaign) -> Key:
    """Where a campaign stands that runs."""
    return running_pk(shard(campaign.tenant)), f"{campaign.tenant}#{campaign.campaign_id}"


def walk_pk(tenant: TenantId, campaign_id: CampaignId, part: int) -> str:
    """The partition of a part of a campaign's people."""
    return f"{tenant}#{campaign_id}#walk#{part}"


def walk_key(tenant: TenantId, campaign_id: CampaignId, enrolment_id: EnrolmentId) -> Key:
    """Where an enrolment stands."""
    return walk_pk(tenant, campaign_id, part_of(enrolment_id)), enrolment_id


def turn_key(tenant: TenantId, person_id: PersonId, campaign_id: CampaignId) -> Key:
    """Where a person's turn stands."""
    return person_pk(tenant, person_id), f"{CAMPAIGN}#{campaign_id}"


def numbers_pk(tenant: TenantId, campaign_id: CampaignId) -> str:
    """The partition of a campaign's numbers."""
    return f"{tenant}#{campaign_id}#numbers"


def step_pk(tenant: TenantId, campaign_id: CampaignId, step: StepId, state: EnrolmentState) -> str:
    """The partition of the index `step`: who stands at a step in a state."""
    return f"{tenant}#{campaign_id}#{step}#{state}"


def due_sk(at: datetime, enrolment_id: EnrolmentId) -> str:
    """The place in the index `due`."""
    return f"{moment(at)}#{enrolment_id}"


def campaign_items(after: Campaign) -> Iterator[Item]:
    """A campaign twice: so that a list reads no more than it shows."""
    common = {"v": {"N": str(FORMAT)}, "version": {"N": str(after.version)}}
    head = {"body": {"S": to_text(after.head)}}
    own = (after.tenant, after.campaign_id)
    yield {**key_of(*head_key(*own)), **head, **common}
    yield {**key_of(*whole_key(*own)), "body": {"S": to_text(after)}, **common}


def running_action(table: str, after: Campaign) -> Mapping[str, Any]:
    """Have it found while it runs, and not when it does not."""
    key = key_of(*running_key(after))
    if after.state is not CampaignState.RUNNING:
        return {"Delete": {"TableName": table, "Key": key}}
    common = {"v": {"N": str(FORMAT)}, "version": {"N": str(after.version)}}
    item = {**key, "body": {"S": to_text(after.head)}, **common}
    return {"Put": {"TableName": table, "Item": item}}


def head_of(item: Item) -> CampaignHead:
    """What a list shows of a campaign."""
    return replace(from_text(CampaignHead, item["body"]["S"]), version=int(item["version"]["N"]))


def whole_of(item: Item) -> Campaign:
    """A campaign with its steps."""
    return replace(from_text(Campaign, item["body"]["S"]), version=int(item["version"]["N"]))


def enrolment_item(one: Enrolment) -> Item:
    """An enrolment. `due` is kept apart from the rest, so that it can be moved alone."""
    item = {
        **key_of(*walk_key(one.tenant, one.campaign_id, one.enrolment_id)),
        "v": {"N": str(FORMAT)},
        "version": {"N": str(one.version)},
        "body": {"S": to_text(replace(one, due_at=None))},
        "step_pk": {"S": step_pk(one.tenant, one.campaign_id, one.step, one.state)},
        "step_sk": {"S": due_sk(one.since, one.enrolment_id)},
    }
    if one.due_at is not None:
        item["due_pk"] = item["pk"]
        item["due_sk"] = {"S": due_sk(one.due_at, one.enrolment_id)}
    return item


def enrolment_of(item: Item) -> Enrolment:
    """The enrolment of an item."""
    due_at = None
    if "due_sk" in item:
        due_at = datetime.fromisoformat(item["due_sk"]["S"].partition("#")[0])
    version = int(item["version"]["N"])
    return replace(from_text(Enrolment, item["body"]["S"]), due_at=due_at, version=version)


def turn_item(turn: Turn) -> Item:
    """A person's turn."""
    return {
        **key_of(*turn_key(turn.tenant, turn.person_id, turn.campaign_id)),
        "v": {"N": str(FORMAT)},
        "version": {"N": str(turn.version)},
        "body": {"S": to_text(turn)},
    }


def turn_of(item: Item) -> Turn:
    """The turn of an item."""
    return replace(from_text(Turn, item["body"]["S"]), version=int(item["version"]["N"]))


def put_if_stands(table: str, item: Item, version: int) -> Mapping[str, Any]:
    """Put it if the stored version is this one, or there is none where it is 0."""
    put: dict[str, Any] = {"TableName": table, "Item": item}
    if not version:
        return {"Put": put | {"ConditionExpression": "attribute_not_exists(pk)"}}
    values = {":v": {"N": str(version)}}
    condition = {"ConditionExpression": "version = :v", "ExpressionAttributeValues": values}
    return {"Put": put | condition}


def number_updates(
    table: str, tenant: TenantId, campaign_id: CampaignId, part: int, by: Numbers
) -> Iterator[Mapping[str, Any]]:
    """Move the numbers of steps, each step's in one update."""
    steps: dict[StepId, dict[str, int]] = {}
    for (step, name), number in sorted(by.items()):
        steps.setdefault(step, {})[name] = number
    for step, some in steps.items():
        names = {f"#{at}": f"n_{name}" for at, name in enumerate(some)}
        values: Item = {f":{at}": {"N": str(number)} for at, number in enumerate(some.values())}
        added = ", ".join(f"#{at} :{at}" for at in range(len(some)))
        yield {
            "Update": {
                "TableName": table,
                "Key": key_of(numbers_pk(tenant, campaign_id), f"{part}#{step}"),
                "UpdateExpression": f"SET v = if_not_exists(v, :v) ADD {added}",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": {**values, ":v": {"N": str(FORMAT)}},
            }
        }


def numbers_in(item: Item) -> Numbers:
    """The numbers of one item."""
    step = StepId(item["sk"]["S"].partition("#")[2])
    found = {n[2:]: int(v["N"]) for n, v in item.items() if n.startswith("n_")}
    return Numbers({(step, name): number for name, number in found.items()})
