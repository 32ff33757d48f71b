"""Find how people stand in a campaign, those who were merged into them counted as them.

Who is merged walks on under its own id until its walk is due: only then it is its survivor's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from funnel.domain.campaigns.campaigns import CampaignId
from funnel.domain.campaigns.enrolments import UNDER_WAY, Enrolment, EnrolmentState, Turn
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.sync.records import Person
from funnel.usecases.app import App
from funnel.usecases.living import all_living

_IN = UNDER_WAY | {EnrolmentState.THROUGH}


@dataclass(frozen=True, slots=True)
class Standing:
    """One person in one campaign: the turn under its own id, and those of people who are it now.

    `walks` are the latest walks of all of them, without those that are somebody else's by now.
    """

    own: Turn | None = None
    others: tuple[Turn, ...] = ()
    walks: tuple[Enrolment, ...] = ()

    @property
    def under_way(self) -> tuple[Enrolment, ...]:
        """The walks that can go on."""
        return tuple(one for one in self.walks if one.state in UNDER_WAY)

    @property
    def entered_at(self) -> datetime | None:
        """When it came in last; None if it never did."""
        turns = (*((self.own,) if self.own else ()), *self.others)
        return max((turn.entered_at for turn in turns), default=None)

    @property
    def walk(self) -> Enrolment | None:
        """The one that counts: its own, or else who came on furthest and last."""
        if self.own is not None:
            latest = self.own.latest
            return next((one for one in self.walks if one.enrolment_id == latest), None)
        return max(self.walks, key=_counts, default=None)


NOBODY = Standing()


def standings(
    app: App, tenant: TenantId, campaign_id: CampaignId, people: Iterable[Person]
) -> dict[PersonId, Standing]:
    """How each of these stands, by its id; who never came in is absent. They are living people."""
    known = {one.person_id: one for one in people}
    earlier = {own: earlier_ids(one) for own, one in known.items()}
    ids = {*known, *(one for some in earlier.values() for one in some)}
    turns = app.campaigns.turns(tenant, campaign_id, sorted(ids)) if ids else {}
    if not turns:
        return {}
    merged = set(turns) - set(known)
    whose = all_living(app, tenant, merged) if merged else {}
    latest = {turn.latest for turn in turns.values() if turn.enrolments}
    walks = app.campaigns.enrolments(tenant, campaign_id, sorted(latest))
    found: dict[PersonId, Standing] = {}
    for own, others in earlier.items():
        there = tuple(turns[i] for i in others if i in turns and _is(whose.get(i), own))
        mine = {own, *others}
        some = {
            turn.latest: walk
            for turn in (*there, *((turns[own],) if own in turns else ()))
            if turn.enrolments and (walk := walks.get(turn.latest)) and walk.person_id in mine
        }
        if own in turns or there:
            found[own] = Standing(turns.get(own), there, tuple(some.values()))
    return found


def earlier_ids(person: Person) -> tuple[PersonId, ...]:
    """Under which other ids a person may have come in: of those it took in, and whom its records founded.

    Whether these are the person now is to be asked of them.
    """
    homes = (link.home_id for link in person.links if link.home_id)
    found = dict.fromkeys((*person.absorbed, *person.took_in, *homes))
    return tuple(one for one in found if one != person.person_id)


def campaigns_with(app: App, person: Person) -> list[CampaignId]:
    """The campaigns that it came into, or somebody who may be it now."""
    ids = (person.person_id, *earlier_ids(person))
    turns = [turn for one in ids for turn in app.campaigns.turns_of(person.tenant, one)]
    return sorted({turn.campaign_id for turn in turns})


def is_in(enrolment: Enrolment) -> bool:
    """Whether a walk makes its person one who is in the campaign: it walks, or went through."""
    return enrolment.state in _IN


def _is(person: Person | None, person_id: PersonId) -> bool:
    return person is not None and person.person_id == person_id


def _counts(one: Enrolment) -> tuple[bool, bool, datetime, str]:
    return one.state in UNDER_WAY, is_in(one), one.entered_at, one.enrolment_id
