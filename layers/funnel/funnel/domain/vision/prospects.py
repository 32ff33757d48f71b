"""Prospects: what FunnelVision shows of a Lead or Contact whose person has a score or was on a site.

A row follows from what is stored of the person, its records, its score and what it did, and from
nothing else: worked out anew from nothing it is the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId, TenantId
from funnel.domain.lists.auto_lists import Touched
from funnel.domain.pushing.score_marks import scored_links
from funnel.domain.scoring.scores import Score, ScoreLine
from funnel.domain.scoring.trends import Trend
from funnel.domain.sync.records import LIVE, Link, Person, SugarRecord, Unit
from funnel.domain.vision.prospect_visits import SeenVisit

MOST_REASONS = 3
MOST_SCORE = 10**10 - 1
"""That still sorts by its ten digits."""

_SHOWN = ("account_name", "contact_id")
"""Fields of a Lead or Contact that its row follows from, beside name, owner and Account."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One of the reasons of a score that give most: the rule's name, how often, and its points."""

    name: str
    counted: int
    points: int


@dataclass(frozen=True, slots=True)
class Prospect:
    """A Lead or Contact as the panels show it.

    `account` is the Contact's Account, None where there is none. `reasons` are the top ones, in
    words the rules have. `visits` are the latest ones of a human, the latest first, and `seen_at`
    when the last of them ended.
    """

    tenant: TenantId
    key: RecordKey
    person_id: PersonId
    name: str
    company: str = ""
    account: RecordKey | None = None
    owner: SugarId = SugarId("")
    score: int = 0
    scored_at: datetime | None = None
    trend: Trend = ()
    reasons: tuple[Reason, ...] = ()
    visits: tuple[SeenVisit, ...] = ()
    seen_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Behind:
    """What a person's rows follow from: its live records and Accounts, its score and its visits."""

    person: Person
    records: Mapping[RecordKey, SugarRecord]
    score: Score | None = None
    visits: tuple[SeenVisit, ...] = ()


def prospects(behind: Behind) -> list[Prospect]:
    """The rows of a person: one for each link, none for a Lead whose Contact is a link as well."""
    score = behind.score.value if behind.score else 0
    if score <= 0 and not behind.visits:
        return []
    return [_prospect(behind, link) for link in shown_links(behind.person)]


def shown_links(person: Person | None) -> list[Link]:
    """The Leads and Contacts by which a person is shown."""
    links = scored_links(person)
    contacts = {link.key.sugar_id for link in links if link.key.module is Module.CONTACTS}
    return [
        link
        for link in links
        if link.key.module is Module.CONTACTS or link.converted_to not in contacts
    ]


def hot_place(prospect: Prospect) -> str:
    """Where it stands among its owner's by score; "" where it has none, or nobody owns it."""
    if prospect.score <= 0 or not prospect.owner:
        return ""
    return f"{score_place(prospect.score)}#{prospect.key}"


def score_place(score: int) -> str:
    """A score as text that sorts."""
    return f"{min(max(score, 0), MOST_SCORE):010}"


def reshown_by(units: Iterable[Unit], before: Mapping[RecordKey, SugarRecord | None]) -> Touched:
    """Whose rows these units may change; `before` are the records as they were read.

    What nobody knew before has neither score nor visits, but by its person: who is merged or parted
    is scored anew, and looked at then.
    """
    touched = Touched()
    for unit in units:
        for record in unit.records:
            was = before.get(record.key)
            if was is None or _shows_the_same(was, record):
                continue
            if record.key.module is Module.ACCOUNTS:
                touched.accounts.add(record.key.sugar_id)
            touched.people |= {one.person_id for one in (was, record) if one.person_id}
            touched.people |= {person.person_id for person in unit.people}
    return touched


def _shows_the_same(before: SugarRecord, after: SugarRecord) -> bool:
    """Whether both lead to the same rows."""
    if after.key.module in (Module.USERS, Module.OPPORTUNITIES):
        return True
    if after.key.module is Module.ACCOUNTS:
        # One that was held back, or is used no more, has its people looked at by their lists.
        return before.state not in LIVE or before.name == after.name
    return (
        (before.state in LIVE) == (after.state in LIVE)
        and (before.name, before.owner_id) == (after.name, after.owner_id)
        and (before.person_id, before.parent_id) == (after.person_id, after.parent_id)
        and all(before.fields.get(name) == after.fields.get(name) for name in _SHOWN)
    )


def _prospect(behind: Behind, link: Link) -> Prospect:
    record, score = behind.records.get(link.key), behind.score
    account, company = _company(behind, record)
    value = max(score.value, 0) if score else 0
    return Prospect(
        tenant=behind.person.tenant,
        key=link.key,
        person_id=behind.person.person_id,
        name=link.name,
        company=company,
        account=account,
        owner=link.owner_id,
        score=value,
        scored_at=score.changed_at if score else None,
        trend=score.trend if score else (),
        reasons=_reasons(score.lines) if score and value else (),
        visits=behind.visits,
        seen_at=max((one.until for one in behind.visits), default=None),
    )


def _company(behind: Behind, record: SugarRecord | None) -> tuple[RecordKey | None, str]:
    if record is None:
        return None, ""
    said = str(record.fields.get("account_name") or "")
    if record.key.module is not Module.CONTACTS or not record.parent_id:
        return None, said
    key = RecordKey(Module.ACCOUNTS, record.parent_id)
    account = behind.records.get(key)
    return key, (account.name if account and account.state in LIVE else "") or said


def _reasons(lines: Iterable[ScoreLine]) -> tuple[Reason, ...]:
    ordered = sorted((one for one in lines if one.points > 0), key=lambda one: -one.points)
    return tuple(Reason(one.name, one.counted, one.points) for one in ordered[:MOST_REASONS])
