"""Segments by JSON: what their pages show and do. A rule is as `domain/segments/rule_json.py` says."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import JobId, ListId, PersonId
from funnel.domain.lists.lists import ListStatus
from funnel.domain.mapping.fields import FieldType
from funnel.domain.segments.rule_words import rule_words
from funnel.domain.segments.segment_fields import Origin
from funnel.domain.segments.segments import Operator
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.segments.change_segment import (
    change_looked_at,
    delete_unused,
    retire_unused_segment,
)
from funnel.usecases.segments.explain_segment import SegmentWhy, rule_names, why_in_segment
from funnel.usecases.segments.keep_segments import (
    add_segment,
    checked_segment_rule,
    retire_segment,
    rule_before,
)
from funnel.usecases.segments.segment_fields import segment_fields
from funnel.usecases.segments.view_segment_preview import (
    SegmentPreview,
    preview_of_segment,
    start_preview,
)
from funnel.usecases.segments.view_segments import (
    SegmentsPage,
    SegmentWhole,
    find_segments,
    one_segment,
)
from funnel.web.asked import Asked
from funnel.web.marketing.scoring_api import CONFIRMED
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)

Rule = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FieldOffered:
    """A field that rules can ask for: how, and of what.

    One that is `many` has several values at once, such as one for each Opportunity of the person: a
    condition is true if it is true of any of them. `unit` is the currency in which amounts are
    compared, "" for what has none or where it is not known.
    """

    name: str
    label: str
    type: FieldType
    operators: tuple[Operator, ...]
    origin: Origin
    options: Mapping[str, str]
    many: bool
    unit: str


@dataclass(frozen=True, slots=True)
class FieldsOffered:
    """All fields that rules can ask for."""

    items: tuple[FieldOffered, ...]


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A segment to be made. The same `key` asks for the same one, however often."""

    key: str
    name: str
    rule: Rule
    description: str = ""


@dataclass(frozen=True, slots=True)
class SegmentChanges:
    """What is to change; what is null or left out stays. `version` is that which was looked at."""

    version: int
    name: str | None = None
    rule: Rule | None = None
    description: str | None = None
    status: ListStatus | None = None


@dataclass(frozen=True, slots=True)
class RuleAsked:
    """A rule to be counted. `instead_of` is a count that nobody asks after any more.

    `segment` is the one whose rule it is to be, "" for a new one: what that named before may be gone.
    """

    rule: Rule
    instead_of: str = ""
    segment: str = ""


@dataclass(frozen=True, slots=True)
class RuleLooked:
    """The rule in words, and whom it finds so far."""

    words: str
    found: SegmentPreview


@room.api(
    "GET", "/api/app/segment-fields", "The fields that rules of segments can ask for", FieldsOffered
)
def fields(asked: Asked) -> FieldsOffered:
    """All of them, in the order they are offered in."""
    found = segment_fields(asked.app, asked.tenant)
    return FieldsOffered(
        tuple(
            FieldOffered(
                one.name,
                one.label,
                one.type,
                one.operators,
                one.origin,
                one.options,
                one.many,
                one.unit,
            )
            for one in found
        )
    )


@room.api(
    "GET",
    "/api/app/segments",
    "Segments by how their name begins, each with its rule in words",
    SegmentsPage,
    queries=("q", *PAGING),
)
def segments(asked: Asked) -> SegmentsPage:
    """A page of segments."""
    return find_segments(asked.app, asked.tenant, asked.query("q"), **asked.paging())


@room.api(
    "POST",
    "/api/app/segments",
    "Make a segment; who is in it is worked out in the background",
    SegmentWhole,
    body=NewSegment,
    status=201,
)
def add(asked: Asked) -> SegmentWhole:
    """A new segment."""
    new, by = asked.json(NewSegment), asked.who.user_name
    if not new.key:
        raise InputInvalid("A key is needed, so that it is made once.", field="key")
    made = add_segment(asked.app, asked.tenant, new.key, new.name, new.rule, by, new.description)
    return one_segment(asked.app, asked.tenant, made.list_id)


@room.api(
    "POST",
    "/api/app/segments/look",
    "Count whom a rule finds: the first people at once, then everybody in the background",
    RuleLooked,
    body=RuleAsked,
    status=202,
)
def look(asked: Asked) -> RuleLooked:
    """Begin to count."""
    wish, by = asked.json(RuleAsked), asked.who.user_name
    before = rule_before(asked.app, asked.tenant, ListId(wish.segment))
    rule = checked_segment_rule(asked.app, asked.tenant, wish.rule, before)
    found = start_preview(asked.app, asked.tenant, rule, by, instead_of=wish.instead_of)
    return RuleLooked(rule_words(rule, rule_names(asked.app, asked.tenant, rule)), found)


@room.api("GET", "/api/app/segments/looks/<job_id>", "How far a count is", SegmentPreview)
def look_on(asked: Asked, job_id: str) -> SegmentPreview:
    """How far it is."""
    return preview_of_segment(asked.app, asked.tenant, JobId(job_id))


@room.api(
    "GET",
    "/api/app/segments/<list_id>/people/<person_id>",
    "Why a person is in a segment, or is not: each part of its rule, and the values it found",
    SegmentWhy,
)
def why(asked: Asked, list_id: str, person_id: str) -> SegmentWhy:
    """Why."""
    return why_in_segment(asked.app, asked.tenant, ListId(list_id), PersonId(person_id))


@room.api("GET", "/api/app/segments/<list_id>", "One segment, with its rule", SegmentWhole)
def one(asked: Asked, list_id: str) -> SegmentWhole:
    """One segment."""
    return one_segment(asked.app, asked.tenant, ListId(list_id))


@room.api(
    "PATCH",
    "/api/app/segments/<list_id>",
    "Change a segment unless it was changed since this version, retire it, or take it back",
    SegmentWhole,
    body=SegmentChanges,
    queries=CONFIRMED,
)
def change(asked: Asked, list_id: str) -> SegmentWhole:
    """Change what the body names.

    `confirmed` as for rules of the score where it has an overlay, and where campaigns start from it.
    """
    wish, key, by = asked.json(SegmentChanges), ListId(list_id), asked.who.user_name
    change_looked_at(
        asked.app,
        asked.tenant,
        key,
        wish.version,
        by,
        name=wish.name,
        rule=wish.rule,
        description=wish.description,
        confirmed=asked.query("confirmed") == "yes",
    )
    if wish.status is ListStatus.RETIRED:
        retire_unused_segment(asked.app, asked.tenant, key, by)
    elif wish.status is ListStatus.ACTIVE:
        retire_segment(asked.app, asked.tenant, key, by, retired=False)
    return one_segment(asked.app, asked.tenant, key)


@room.api(
    "DELETE",
    "/api/app/segments/<list_id>",
    "Delete a segment that nothing uses; the first of the rest",
    SegmentsPage,
)
def delete(asked: Asked, list_id: str) -> SegmentsPage:
    """Everybody leaves it."""
    delete_unused(asked.app, asked.tenant, ListId(list_id), asked.who.user_name)
    return find_segments(asked.app, asked.tenant)
