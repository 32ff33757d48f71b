"""Segments: people of whom a rule is true.

A rule is a tree: groups of which all, any or none of the parts must be true, and tests. Every test
is about one person alone, so that a person's segments follow from the person, whatever others do.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from funnel.domain.ids import ListId
from funnel.domain.tracking.activities import ActivityKind


class Match(StrEnum):
    """How many of a group's parts must be true. A group without parts is true for ALL and NONE."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Operator(StrEnum):
    """How a field is compared. What is empty is only ever EMPTY: it is less than nothing, and not "not" something.

    Which of them a field offers depends on its type. IS and IS_NOT take several values: IS means one of
    them, IS_NOT none of them, and both are about fields that hold something. Texts are compared folded.
    The last four take a number of days, counted back or ahead from the present moment, UTC.
    """

    IS = "is"
    IS_NOT = "is not"
    CONTAINS = "contains"
    BEGINS = "begins with"
    EMPTY = "is empty"
    FILLED = "is filled in"
    LEAST = "is at least"
    MOST = "is at most"
    BEFORE = "is before"
    AFTER = "is after"
    PAST = "was in the last days"
    LONGER_AGO = "was longer ago than days"
    AHEAD = "is in the next days"
    LATER = "is later than days ahead"


@dataclass(frozen=True, slots=True)
class FieldTest:
    """A field of the person, or of what it hangs on in Sugar, compared with `values`, written as text.

    `field` is a key of `domain/segments/segment_fields.py`. A field of Opportunities has a value for each live
    Opportunity of the person: the test is true if it is true of any of them, also for IS_NOT, and
    EMPTY where none holds anything. Each test looks at all of them anew.
    """

    TAG: ClassVar[str] = "field"

    field: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListTest:
    """Whether the person is on a list. Lists that are Segments themselves cannot be asked for."""

    TAG: ClassVar[str] = "list"

    list_id: ListId


@dataclass(frozen=True, slots=True)
class BehaviourTest:
    """Whether the person did something at least `least` times in the last `days` (0: ever).

    `page`, `form`, `email` and `link` are patterns as those of a scoring rule (`domain/scoring/scoring.py`). Only
    what people did counts. The last days are whole ones, UTC, with today.
    """

    TAG: ClassVar[str] = "behaviour"

    kind: ActivityKind
    page: str = ""
    form: str = ""
    email: str = ""
    link: str = ""
    least: int = 1
    days: int = 0


Test = FieldTest | ListTest | BehaviourTest


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which `match` must be true."""

    TAG: ClassVar[str] = "group"

    match: Match = Match.ALL
    parts: tuple["Part", ...] = ()


Part = Group | FieldTest | ListTest | BehaviourTest
