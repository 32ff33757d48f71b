"""Who the rule is true of that a form holds: its count goes on slice by slice while one looks on."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import PersonId
from funnel.domain.rule_words import rule_words
from funnel.domain.tenants import Role
from funnel.usecases.keep_segments import checked_segment_rule
from funnel.usecases.look_at_rule import MOST_SHOWN, look_at_rule
from funnel.usecases.view_people import PersonRow, person_rows
from funnel.usecases.view_segments import names_for
from funnel.web.asked import Asked
from funnel.web.marketing.rule_drafts import (
    DraftTest,
    draft_of_form,
    json_of_draft,
    walk,
)
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

GOES_ON = 10_000
"""People that are looked through by itself; more of them only where somebody asks for it."""


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """How far the looking has come: of `looked` people the rule is true of `count`.

    `words` say the rule, `missing` what it still lacks, and where. With a `cursor` it goes on: by
    itself, or where it `rests` once somebody asks for it.
    """

    words: str = ""
    missing: str = ""
    count: int = 0
    looked: int = 0
    people: tuple[PersonRow, ...] = ()
    cursor: str = ""
    rests: bool = False
    asked_for: bool = False

    @property
    def first(self) -> str:
        """The people shown, for the next slice to show them again."""
        return " ".join(one.person_id for one in self.people)

    @property
    def share(self) -> float:
        """Of those looked at."""
        return self.count / self.looked if self.looked else 0.0


@room.page("POST", "/app/segments/look")
def show(asked: Asked) -> Reply:
    """The next slice, and all before it."""
    return page(asked, "segments/look.html", seen=look_on(asked))


def look_on(asked: Asked, prefix: str = "rule") -> RuleSeen:
    """What has been seen by the form, and one slice more of it."""
    draft = draft_of_form(asked.form(), prefix)
    try:
        rule = checked_segment_rule(asked.app, asked.tenant, json_of_draft(draft))
    except InputInvalid as error:
        blank = any(isinstance(one, DraftTest) and not one.what for _, one in walk(draft))
        return RuleSeen(missing=_missing(asked, error, blank=blank))
    before = _before(asked)
    cursor = unquote(asked.form_value("look.cursor"))
    slice_ = look_at_rule(asked.app, asked.tenant, rule, cursor)
    people = (*before.people, *slice_.people)[:MOST_SHOWN]
    looked = before.looked + slice_.looked
    asked_for = asked.form_value("look.all") == "yes"
    return RuleSeen(
        words=rule_words(rule, names_for(asked.app, asked.tenant, [rule])),
        count=before.count + slice_.count,
        looked=looked,
        people=people,
        cursor=quote(slice_.cursor),
        rests=bool(slice_.cursor) and looked >= GOES_ON and not asked_for,
        asked_for=asked_for,
    )


def _before(asked: Asked) -> RuleSeen:
    if not asked.form_value("look.cursor"):
        return RuleSeen()
    ids = [PersonId(one) for one in asked.form_value("look.first").split()[:MOST_SHOWN]]
    known = asked.app.records.people(asked.tenant, ids) if ids else {}
    rows = person_rows(asked.app, asked.tenant, [known[one] for one in ids if one in known])
    return RuleSeen(
        count=_number(asked, "look.count"), looked=_number(asked, "look.looked"), people=rows
    )


def _number(asked: Asked, name: str) -> int:
    text = asked.form_value(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _missing(asked: Asked, error: InputInvalid, *, blank: bool) -> str:
    """What is still to be said, with the number of the condition."""
    numbers = [int(one) + 1 for one in error.field.split(".") if one.isdigit()]
    number = ".".join(map(str, numbers))
    if blank and error.field.endswith(".field"):
        return asked.texts("look.missing.blank", number=number)
    return asked.texts("look.missing", number=number, text=error.text) if number else error.text
