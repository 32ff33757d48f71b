"""What is known of a person: its records in Sugar, and what was changed here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from funnel.domain.crm import Value
from funnel.domain.identity import is_shared
from funnel.domain.ids import Module, PersonId, RecordKey
from funnel.domain.mapping import DEFAULT_RULE, PERSON_FIELDS, TOGETHER, Rule
from funnel.domain.records import FieldChange, Link, Person, SugarRecord

_NEVER = datetime(1, 1, 1, tzinfo=UTC)
_RANK = {Module.CONTACTS: 0, Module.LEADS: 1, Module.PROSPECTS: 2}
_TOGETHER = frozenset().union(*TOGETHER)


def preferred(records: Iterable[SugarRecord]) -> list[SugarRecord]:
    """A person's records, the one whose values win first.

    Contacts before Leads before Targets, Leads still open before converted ones, then what was
    changed last in Sugar, then the smaller id.
    """
    by_id = sorted(records, key=lambda r: r.key.sugar_id)
    if len(by_id) < 2:
        return by_id
    by_age = sorted(by_id, key=lambda r: r.stamp.date_modified or _NEVER, reverse=True)
    return sorted(by_age, key=lambda r: (_RANK[r.key.module], bool(r.fields.get("converted"))))


def sugar_values(records: Sequence[SugarRecord]) -> dict[str, Value]:
    """What Sugar says of a person: of each field the first value that is not empty.

    Fields that belong together come from one record. `records` are in order of preference.
    """
    mapped = [_mapped(record) for record in records]
    values: dict[str, Value] = {}
    for group in TOGETHER:
        source = next((m for m in mapped if _names(m, group)), {})
        values.update({name: source.get(name) for name in group})
    for one in mapped:
        for name, value in one.items():
            if name not in _TOGETHER and values.get(name) is None:
                values[name] = value
    return {name: value for name, value in sorted(values.items()) if value is not None}


def merge_fields(
    sugar: Mapping[str, Value],
    ours: Mapping[str, Value],
    agreed: Mapping[str, Value],
    rules: Mapping[str, Rule] | None = None,
) -> tuple[dict[str, Value], dict[str, Value], list[FieldChange]]:
    """Merge three ways: Sugar's values, ours, and the last ones both agreed on.

    Where one side changed, it wins; where both did, the field's rule decides (Sugar by default).
    What is absent is empty. Returns our values, the agreed ones and what changed here.
    """
    fields: dict[str, Value] = {}
    now_agreed: dict[str, Value] = {}
    changes: list[FieldChange] = []
    for name in sorted({*sugar, *ours, *agreed}):
        theirs, mine, base = sugar.get(name), ours.get(name), agreed.get(name)
        rule = "both agree"
        if theirs == mine:
            value = mine
        elif theirs == base:
            value, rule = mine, "changed here"
        elif mine == base:
            value, rule = theirs, "changed in Sugar"
        else:
            chosen = (rules or {}).get(name, DEFAULT_RULE)
            value, rule = (mine if chosen is Rule.HERE else theirs), f"both changed: {chosen}"
        settled = theirs if value == theirs else base
        if value is not None:
            fields[name] = value
        if settled is not None:
            now_agreed[name] = settled
        if value != mine:
            changes.append(FieldChange(name, mine, value, rule))
    return fields, now_agreed, changes


def with_links(
    person: Person, links: Sequence[Link], records: Mapping[RecordKey, SugarRecord], now: datetime
) -> tuple[Person, list[FieldChange]]:
    """The person as it is with these links, and which of its fields changed.

    With no links left it keeps what it knew: activities and consent still belong to it. Of a
    person that is new nothing has changed.
    """
    if not links:
        return (replace(person, links=(), changed_at=now) if person.links else person), []
    ordered = preferred([records[link.key] for link in links])
    by_key = {link.key: link for link in links}
    ranked = tuple(by_key[record.key] for record in ordered)
    values = sugar_values(ordered)
    fields, agreed, changes = (
        merge_fields(values, person.fields, person.agreed)
        if person.version
        else (values, values, [])
    )
    emails = list(dict.fromkeys(link.email for link in ranked if link.email and not link.apart))
    own = [link.email for link in ranked if link.email and link.apart] if not emails else []
    main = [e for e in person.emails[:1] if e in emails]
    after = replace(
        person,
        fields=fields,
        agreed=agreed,
        links=ranked,
        emails=tuple(dict.fromkeys(main + emails)) or tuple(own[:1]),
        merged_into=PersonId(""),
        shared=is_shared(ranked),
        name=person_name(fields) or next((link.name for link in ranked if link.name), ""),
        changed_at=person.changed_at,
    )
    return (replace(after, changed_at=now) if after != person else person), changes


def adopted_edits(winner: Person, losers: Iterable[Person]) -> Person:
    """The winner of a merge with what was edited here on the others, where it has no edit."""
    fields = dict(winner.fields)
    for loser in losers:
        for name, value in loser.fields.items():
            edited_there = value != loser.agreed.get(name)
            edited_here = fields.get(name) != winner.agreed.get(name)
            if edited_there and not edited_here:
                fields[name] = value
    return replace(winner, fields=fields) if fields != winner.fields else winner


def person_name(fields: Mapping[str, Value]) -> str:
    """First and last name as people write them."""
    return " ".join(str(fields[f]) for f in ("first_name", "last_name") if fields.get(f))


def _mapped(record: SugarRecord) -> dict[str, Value]:
    names = PERSON_FIELDS[record.key.module]
    return {
        ours: record.fields[theirs] for theirs, ours in names.items() if theirs in record.fields
    }


def _names(values: Mapping[str, Value], group: frozenset[str]) -> bool:
    if "last_name" in group:
        return values.get("last_name") is not None or values.get("first_name") is not None
    return any(values.get(name) is not None for name in group)
