"""Activities, tallies and scores as items: written by hand, because they are many."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from funnel.adapters.dynamodb.requests import Item, key_of
from funnel.adapters.dynamodb.tables import due_part, moment, shard
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.tallies import Tally
from funnel.domain.scoring.trends import TrendDay
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.ports.activities import DueScore

ACTIVITY, TALLY, SCORE, SCORED = "activity", "tally", "score", "scored"
_V = {"N": "1"}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode
_moment = datetime.fromisoformat


def subject_pk(tenant: TenantId, subject: SubjectId) -> str:
    """The partition of one subject: what it did, and its tally."""
    return f"{tenant}#{subject}"


def tally_place(tenant: TenantId, subject: SubjectId) -> tuple[str, str]:
    """The (pk, sk) of a subject's tally."""
    return subject_pk(tenant, subject), TALLY


def tallies_in(
    tenant: TenantId, items: Iterable[Item], wanted: Iterable[SubjectId]
) -> dict[SubjectId, Tally]:
    """The tallies in these; of a subject without one, an empty one."""
    found = {one.subject: one for one in (tally_of(tenant, item) for item in items)}
    return {one: found.get(one) or Tally(tenant, one) for one in wanted}


def score_place(tenant: TenantId, person_id: PersonId) -> tuple[str, str]:
    """The (pk, sk) of a person's score."""
    return f"{tenant}#{person_id}", SCORE


def scores_in(tenant: TenantId, items: Iterable[Item]) -> dict[PersonId, Score]:
    """The scores in these."""
    return {one.person_id: one for one in (score_of(tenant, item) for item in items)}


def scored_pk(tenant: TenantId, part: int) -> str:
    """One shard of the people who have a tally."""
    return f"{tenant}#{SCORED}#{part}"


def due_pk(part: int) -> str:
    """One part of the scores that time changes, of all tenants."""
    return f"due#{part}"


def activity_sk(activity_id: str, at: datetime) -> str:
    """An activity's place among its subject's."""
    return f"{ACTIVITY}#{moment(at)}#{activity_id}"


def activity_item(activity: Activity) -> Item:
    """An activity, with the version after this write."""
    body: dict[str, Any] = {
        "id": activity.activity_id,
        "kind": activity.kind.value,
        "at": moment(activity.at),
        "about": dict(activity.about),
        "signal": activity.signal.value,
    }
    for name in ("why", "by"):
        if text := getattr(activity, name):
            body[name] = text
    return {
        **key_of(
            subject_pk(activity.tenant, activity.subject),
            activity_sk(activity.activity_id, activity.at),
        ),
        "v": _V,
        "version": {"N": str(activity.version + 1)},
        "body": {"S": _encode(body)},
    }


def activity_of(tenant: TenantId, item: Item) -> Activity:
    """The activity that `activity_item` wrote."""
    body = _decode(item["body"]["S"])
    return Activity(
        tenant=tenant,
        subject=SubjectId(item["pk"]["S"][len(tenant) + 1 :]),
        activity_id=body["id"],
        kind=ActivityKind(body["kind"]),
        at=_moment(body["at"]),
        about=body["about"],
        signal=Signal(body["signal"]),
        why=body.get("why", ""),
        by=body.get("by", ""),
        version=int(item["version"]["N"]),
    )


def tally_item(tally: Tally) -> Item:
    """A tally, with the version after this write."""
    body: dict[str, Any] = {"counts": {r: dict(days) for r, days in tally.counts.items()}}
    if tally.generation:
        body["generation"] = tally.generation
    if tally.owner:
        body["owner"] = tally.owner
    if tally.subjects:
        body["subjects"] = sorted(tally.subjects)
    if tally.is_person:
        body["person"] = True
    return {
        **key_of(*tally_place(tally.tenant, tally.subject)),
        "v": _V,
        "version": {"N": str(tally.version + 1)},
        "body": {"S": _encode(body)},
    }


def tally_of(tenant: TenantId, item: Item) -> Tally:
    """The tally that `tally_item` wrote."""
    body = _decode(item["body"]["S"])
    counts = body["counts"].items()
    return Tally(
        tenant=tenant,
        subject=SubjectId(item["pk"]["S"][len(tenant) + 1 :]),
        counts={rule: {int(day): n for day, n in days.items()} for rule, days in counts},
        generation=body.get("generation", 0),
        owner=PersonId(body.get("owner", "")),
        subjects=frozenset(body.get("subjects", ())),
        is_person="person" in body,
        version=int(item["version"]["N"]),
    )


def scored_item(tenant: TenantId, person: SubjectId) -> Item:
    """The row that lists a person as one who has a tally."""
    return {**key_of(*scored_place(tenant, person)), "v": _V}


def scored_place(tenant: TenantId, person: str) -> tuple[str, str]:
    """The (pk, sk) of that row."""
    return scored_pk(tenant, shard(person)), person


def score_item(score: Score) -> Item:
    """A score, with the version after this write."""
    body: dict[str, Any] = {
        "lines": [_line(line) for line in score.lines],
        "changed": moment(score.changed_at),
        "generation": score.generation,
        "trend": [[one.day, one.value] for one in score.trend],
    }
    item: Item = {
        **key_of(*score_place(score.tenant, score.person_id)),
        "v": _V,
        "version": {"N": str(score.version + 1)},
        "value": {"N": str(score.value)},
        "body": {"S": _encode(body)},
    }
    if score.recheck_at is not None:
        item["due_pk"] = {"S": due_pk(due_part(score.person_id))}
        item["due_sk"] = {"S": f"{moment(score.recheck_at)}#{score.tenant}#{score.person_id}"}
    return item


def score_of(tenant: TenantId, item: Item) -> Score:
    """The score that `score_item` wrote."""
    body = _decode(item["body"]["S"])
    due = item["due_sk"]["S"].partition("#")[0] if "due_sk" in item else ""
    return Score(
        tenant=tenant,
        person_id=PersonId(item["pk"]["S"][len(tenant) + 1 :]),
        lines=tuple(_to_line(row) for row in body["lines"]),
        changed_at=_moment(body["changed"]),
        generation=body["generation"],
        recheck_at=_moment(due) if due else None,
        trend=tuple(TrendDay(day, value) for day, value in body.get("trend", ())),
        version=int(item["version"]["N"]),
    )


def due_score_of(item: Item) -> DueScore:
    """Whose score it is."""
    _, tenant, person_id = item["due_sk"]["S"].split("#", 2)
    return DueScore(TenantId(tenant), PersonId(person_id))


def _line(line: ScoreLine) -> list[Any]:
    until = moment(line.until) if line.until else None
    return [line.rule, line.name, line.counted, line.points, line.happened, until]


def _to_line(row: list[Any]) -> ScoreLine:
    rule, name, counted, points, happened, until = row
    return ScoreLine(rule, name, counted, points, happened, _moment(until) if until else None)
