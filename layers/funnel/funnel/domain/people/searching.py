"""What people and records are found by: a text of folded words, kept with each.

A search reads through these texts in the order of names, so that a page that is stored costs no row
more (docs/decisions/0021). Each word stands behind a space, so that the beginning of a word
is found by it; what else a person is found by (owners, modules) stands behind a sign that no word
holds.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from funnel.domain.ids import Module, SugarId
from funnel.domain.sync.records import Person, SugarRecord
from funnel.domain.text import fold_email, fold_name

MOST_WORDS = 10
"""Of one search; what is typed beyond them is left out."""

_LONGEST = 1000
_MARK = "\x1f"
_INNER = re.compile(r"[^\w\s]+(?=(\w\S*))")
_NOT_IN_SUGAR = "none"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is searched for: whose words begin with these, and whose links are these.

    `in_sugar` is whether there has to be a link, None for either; `module` one of that module.
    """

    words: tuple[str, ...] = ()
    owner: SugarId = SugarId("")
    module: Module | None = None
    in_sugar: bool | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """What the text of each who is found holds, all of it; nothing for everybody."""
        marks = [f"o:{self.owner}"] if self.owner else []
        if self.module is not None:
            marks.append(f"m:{self.module.value}")
        if self.in_sugar is not None:
            marks.append("m:any" if self.in_sugar else f"m:{_NOT_IN_SUGAR}")
        return (*(f" {word}" for word in self.words), *(f"{_MARK}{m}{_MARK}" for m in marks))

    def wants_person(self, person: Person) -> bool:
        """Whether the search finds this person."""
        return person.is_listed and fits(person_text(person), self.parts)

    def wants_record(self, record: SugarRecord) -> bool:
        """Whether the search finds this record."""
        return fits(record_text(record), self.parts)


def typed_words(query: str) -> tuple[str, ...]:
    """The folded words of what somebody typed."""
    return tuple(dict.fromkeys(fold_name(query).split()))[:MOST_WORDS]


def fits(text: str, parts: Iterable[str]) -> bool:
    """Whether a text holds all of these."""
    return all(part in text for part in parts)


def person_text(person: Person) -> str:
    """What a person is found by: the name, the company, its addresses and their domains."""
    text = fold_name(person.name)
    company = person.fields.get("company")
    if company:
        text = f"{text} {fold_name(str(company))}"
    words = _words(text)
    for email in person.emails:
        words = f"{words} {email} {email.partition('@')[2]}"
    if not person.links:
        return f"{words[:_LONGEST]}{_MARK}m:{_NOT_IN_SUGAR}{_MARK}"
    marks = dict.fromkeys(f"m:{link.key.module.value}" for link in person.links)
    marks.update(dict.fromkeys(f"o:{link.owner_id}" for link in person.links if link.owner_id))
    return f"{words[:_LONGEST]}{_MARK}m:any{_MARK}{_MARK.join(marks)}{_MARK}"


def record_text(record: SugarRecord) -> str:
    """What an Account, Opportunity or User is found by; nothing for the others."""
    if record.key.module not in _FOUND:
        return ""
    words, email = _words(fold_name(record.name)), record.fields.get("email1")
    return f"{words} {fold_email(str(email))}"[:_LONGEST] if email else words[:_LONGEST]


def _words(text: str) -> str:
    """A folded text, its words behind a space each; also those within others, as behind a hyphen."""
    inner = _INNER.findall(text)
    return f" {text} {' '.join(inner)}" if inner else f" {text}"


_FOUND = frozenset({Module.ACCOUNTS, Module.OPPORTUNITIES, Module.USERS})
"""Leads and Contacts are found as people."""
