"""What is known of a person: its records in Sugar, and what was changed here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime

from funnel.domain.crm import Value
from funnel.domain.ids import Module, PersonId, RecordKey
from funnel.domain.mapping.mapping import DEFAULT_RULE, STANDARD_ONLY, TOGETHER, Mappings, Rule
from funnel.domain.people.identity import is_shared
from funnel.domain.sync.records import Edit, FieldChange, Link, Person, SugarRecord

NAME_FIELDS = ("first_name", "last_name")
"""What a person is called by, and stands in order by."""

MOST_FORMER = 200
"""Records that a person remembers to have been links, and addresses that it remembers."""

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


def sugar_values(
    records: Sequence[SugarRecord], mappings: Mappings = STANDARD_ONLY
) -> dict[str, Value]:
    """What Sugar says of a person: of each field the first value that is not empty.

    Fields that belong together come from one record. `records` are in order of preference.
    """
    return _values(_mapped(records, mappings))


def said_by_sugar(
    records: Sequence[SugarRecord], mappings: Mappings = STANDARD_ONLY
) -> dict[str, Value]:
    """The same with None for each field that Sugar has and that is empty there."""
    mapped = _mapped(records, mappings)
    return {**dict.fromkeys(frozenset().union(*mapped)), **_values(mapped)}


def sources(
    records: Sequence[SugarRecord], mappings: Mappings = STANDARD_ONLY
) -> dict[str, SugarRecord]:
    """The record that each of these values comes from; where all are empty, the first that has it."""
    mapped = _mapped(records, mappings)
    found: dict[str, SugarRecord] = {}
    for group in TOGETHER:
        at = next((i for i, one in enumerate(mapped) if _names(one, group)), None)
        if at is not None:
            found.update(dict.fromkeys(group & mapped[at].keys(), records[at]))
    for wants_value in (True, False):
        for record, one in zip(records, mapped, strict=True):
            for name, value in one.items():
                if name not in found and (value is not None or not wants_value):
                    found[name] = record
    return found


def merge_fields(
    sugar: Mapping[str, Value],
    ours: Mapping[str, Value],
    agreed: Mapping[str, Value],
    rules: Mapping[str, Rule] | None = None,
    known: AbstractSet[str] | None = None,
    sugar_is_newer: Callable[[str], bool] = lambda _name: True,
) -> tuple[dict[str, Value], dict[str, Value], list[FieldChange]]:
    """Merge three ways: Sugar's values, ours, and the last ones both agreed on.

    Where one side changed, it wins; where both did, the field's rule decides (Sugar by default).
    What is absent is empty, but fields outside `known` are left as they are: Sugar says nothing of
    them. Returns our values, the agreed ones and what changed here.
    """
    fields: dict[str, Value] = {}
    now_agreed: dict[str, Value] = {}
    changes: list[FieldChange] = []
    for name in sorted({*sugar, *ours, *agreed}):
        theirs, mine, base = sugar.get(name), ours.get(name), agreed.get(name)
        rule = "both agree"
        settled = base
        if known is not None and name not in known:
            value = mine
        elif theirs == mine:
            value = settled = mine
        elif theirs == base:
            value, rule = mine, "changed here"
        else:
            chosen = (rules or {}).get(name, DEFAULT_RULE)
            if theirs is None and chosen is Rule.SUGAR_UNLESS_BLANK:
                value, rule = mine, "empty in Sugar"
            elif mine == base:
                value, settled, rule = theirs, theirs, "changed in Sugar"
            elif chosen is Rule.HERE or (chosen is Rule.NEWEST and not sugar_is_newer(name)):
                # Decided once: neither another change of the same record, which makes Sugar's value
                # no newer, nor an edit back to what was agreed before brings Sugar's value again.
                value, settled, rule = mine, theirs, f"both changed: {chosen}"
            else:
                value, settled, rule = theirs, theirs, f"both changed: {chosen}"
        if value is not None:
            fields[name] = value
        if settled is not None:
            now_agreed[name] = settled
        if value != mine:
            changes.append(FieldChange(name, mine, value, rule))
    return fields, now_agreed, changes


def with_links(
    person: Person,
    links: Sequence[Link],
    records: Mapping[RecordKey, SugarRecord],
    now: datetime,
    mappings: Mappings = STANDARD_ONLY,
    kept: Iterable[str] = (),
) -> tuple[Person, list[FieldChange]]:
    """The person as it is with these links, and which of its fields changed.

    With no links left it keeps what it knew: activities and consent still belong to it. Of a
    person that is new nothing has changed. `kept` are addresses it has beside those of its links.
    """
    formerly = _formerly(person, links)
    if not links:
        had = addresses_had(person, person.emails)
        gone = replace(person, links=(), formerly=formerly, had=had, changed_at=now)
        return (gone if person.links else person), []
    ordered = preferred([records[link.key] for link in links])
    by_key = {link.key: link for link in links}
    ranked = tuple(by_key[record.key] for record in ordered)
    mapped = _mapped(ordered, mappings)
    values = _values(mapped)
    fields, agreed, changes = (
        merge_fields(
            values,
            person.fields,
            person.agreed,
            _rules(person, links, ordered, mappings),
            frozenset().union(*mapped),
            lambda name: _sugar_is_newer(person, name, ordered, mappings),
        )
        if person.version
        else (values, values, [])
    )
    edited = {n: one for n, one in person.edited.items() if n in fields or n in agreed}
    for change in changes:
        edited.pop(change.field, None)
    emails = list(dict.fromkeys(link.email for link in ranked if link.email and not link.apart))
    own = [link.email for link in ranked if link.email and link.apart] if not emails else []
    main = [e for e in person.emails[:1] if e in emails]
    first = list(dict.fromkeys(main + emails)) or own[:1]
    has = tuple(dict.fromkeys([*first, *sorted(kept)]))
    after = replace(
        person,
        fields=fields,
        agreed=agreed,
        edited=edited,
        links=ranked,
        emails=has,
        merged_into=PersonId(""),
        shared=is_shared(ranked),
        formerly=formerly,
        had=addresses_had(person, [*has, *(link.email for link in ranked)]),
        name=person_name(fields) or next((link.name for link in ranked if link.name), ""),
        changed_at=person.changed_at,
    )
    return (replace(after, changed_at=now) if after != person else person), changes


def _formerly(person: Person, links: Sequence[Link]) -> tuple[RecordKey, ...]:
    """The records that were links and are no more, the latest ones first."""
    if not person.links and not person.formerly:
        return ()
    now = {link.key for link in links}
    left = [link.key for link in person.links if link.key not in now]
    kept = [key for key in person.formerly if key not in now]
    return tuple(dict.fromkeys((*left, *kept)))[:MOST_FORMER]


def addresses_had(person: Person, now: Iterable[str]) -> tuple[str, ...]:
    """The addresses that the person had before it has these, the latest ones first."""
    if not person.had and not person.emails and not person.links:
        return ()
    has = set(now)
    of_links = (link.email for link in person.links if link.email)
    known = dict.fromkeys((*person.emails, *of_links, *person.had))
    return tuple(email for email in known if email not in has)[:MOST_FORMER]


def adopted_edits(winner: Person, losers: Iterable[Person]) -> Person:
    """The winner of a merge with what was edited here on the others, where it has no edit.

    Who is made of a person that was made here is so as well.
    """
    fields, edited = dict(winner.fields), dict(winner.edited)
    for loser in losers:
        if loser.made_by:
            took_in = (*winner.took_in, *loser.took_in, loser.person_id)
            made_by = winner.made_by or loser.made_by
            winner = replace(winner, made_by=made_by, took_in=tuple(dict.fromkeys(took_in)))
        for name, value in loser.fields.items():
            edited_there = value != loser.agreed.get(name)
            edited_here = fields.get(name) != winner.agreed.get(name)
            # What anybody can send in a form only fills what is empty.
            of_form = loser.made_by and name not in loser.edited
            if edited_there and not edited_here and not (of_form and name in fields):
                fields[name] = value
                if name in loser.edited:
                    edited[name] = loser.edited[name]
    if fields == winner.fields:
        return winner
    return replace(winner, fields=fields, edited=edited)


def with_edits(
    person: Person,
    values: Mapping[str, Value],
    by: str,
    now: datetime,
    sugar: Mapping[str, Value] | None = None,
) -> tuple[Person, list[FieldChange]]:
    """The person after somebody here has set these fields (None empties one), and what changed.

    `sugar` is what Sugar says (`said_by_sugar`): on a value that is the same there both agree from
    now on, so that what Sugar's people enter later is a change of theirs.
    """
    fields, edited, agreed = dict(person.fields), dict(person.edited), dict(person.agreed)
    changes = []
    for name, value in sorted(values.items()):
        before = fields.get(name)
        if value == before:
            continue
        changes.append(FieldChange(name, before, value, "edited here"))
        edited[name] = Edit(now, by)
        if value is None:
            del fields[name]
        else:
            fields[name] = value
        if sugar and name in sugar and sugar[name] == value:
            agreed[name] = value
    if not changes:
        return person, []
    agreed = {name: value for name, value in agreed.items() if value is not None}
    edited = {name: one for name, one in edited.items() if name in fields or name in agreed}
    name = person_name(fields) or next((link.name for link in person.links if link.name), "")
    after = replace(person, fields=fields, edited=edited, agreed=agreed, name=name, changed_at=now)
    return after, changes


def person_name(fields: Mapping[str, Value]) -> str:
    """First and last name as people write them."""
    return " ".join(str(fields[f]) for f in NAME_FIELDS if fields.get(f))


def _mapped(records: Sequence[SugarRecord], mappings: Mappings) -> list[dict[str, Value]]:
    return [mappings.apply(record.key.module, record.fields) for record in records]


def _values(mapped: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for group in TOGETHER:
        source = next((m for m in mapped if _names(m, group)), {})
        values.update({name: source.get(name) for name in group})
    for one in mapped:
        for name, value in one.items():
            if name not in _TOGETHER and values.get(name) is None:
                values[name] = value
    return {name: value for name, value in sorted(values.items()) if value is not None}


def _rules(
    person: Person, links: Sequence[Link], records: Sequence[SugarRecord], mappings: Mappings
) -> dict[str, Rule]:
    """Of each field the rule where its value comes from.

    Where the records of the person are others than before, another value of Sugar is nobody's
    change there: what was edited here stays. What a form says of somebody not in Sugar does not.
    """
    rules: dict[str, Rule] = {}
    if mappings.has_rules:
        found = sources(records, mappings)
        rules = {name: mappings.rule(record.key.module, name) for name, record in found.items()}
    if person.made_by and not person.links:
        rules.update(dict.fromkeys(person.fields, Rule.SUGAR))
    if person.edited and {link.key for link in person.links} != {link.key for link in links}:
        rules.update(dict.fromkeys(person.edited, Rule.HERE))
    return rules


def _sugar_is_newer(
    person: Person, name: str, records: Sequence[SugarRecord], mappings: Mappings
) -> bool:
    """Whether Sugar's record was changed after our edit. Of neither without a time."""
    edit = person.edited.get(name)
    source = sources(records, mappings).get(name)
    changed = source.stamp.date_modified if source else None
    return edit is None or (changed is not None and changed > edit.at)


def _names(values: Mapping[str, Value], group: frozenset[str]) -> bool:
    if "last_name" in group:
        return values.get("last_name") is not None or values.get("first_name") is not None
    return any(values.get(name) is not None for name in group)
