"""Which lists are still being worked out: who is not on one of them may only not be on it yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.auto_lists import ListSettings
from funnel.domain.lists.lists import ListKind, ListStatus, PeopleList
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scoring import ScoringRules
from funnel.domain.segments.segments import Group
from funnel.usecases.app import App
from funnel.usecases.scoring.count_behaviours import asks_score, behaviours_of, counted_by


@dataclass
class Settling:
    """How far all of a tenant's lists are worked out, as it was when it was first asked after."""

    app: App
    tenant: TenantId

    def is_settled(self, one: PeopleList) -> bool:
        """Whether everybody who should be on it is, but for what changes just now.

        A Target List is once it was read from Sugar, and a list made by hand always.
        """
        match one.kind:
            case ListKind.SEGMENT:
                return not self._settings.is_going and self.is_counted(one)
            case ListKind.AUTO:
                return not self._settings.is_going
            case ListKind.TARGET:
                return self._was_read(one)
            case ListKind.MANUAL:
                return True

    def is_counted(self, one: PeopleList) -> bool:
        """Whether all that a segment asks of behaviour, or of the score, is worked out for everybody."""
        rule = one.rule or Group()
        behaviours = behaviours_of([rule]).values()
        if behaviours and not counted_by(self._rules, self._rescoring, behaviours):
            return False
        return not asks_score(rule) or self._is_scored

    def since(self, one: PeopleList) -> datetime:
        """Since when a list that is not settled is being worked out."""
        found = []
        if one.kind is ListKind.TARGET:
            found.append(one.created_at)
        elif self._settings.is_going and self._settings.recompute is not None:
            found.append(self._settings.recompute.started_at)
        if not self.is_counted(one):
            is_begun = self._rescoring and self._rescoring.generation >= self._rules.generation
            at = self._rescoring.started_at if is_begun and self._rescoring else None
            found.append(at or self._rules.changed_at or self.app.clock.now())
        return min(found, default=self.app.clock.now())

    def unsettled(self, lists: Iterable[PeopleList]) -> tuple[PeopleList, ...]:
        """Those of these that are still being worked out."""
        return tuple(one for one in lists if not self.is_settled(one))

    @property
    def _is_scored(self) -> bool:
        done = self._rescoring.through if self._rescoring else 0
        return done >= self._rules.generation

    def _was_read(self, one: PeopleList) -> bool:
        if one.status is ListStatus.RETIRED or one.members or one.digest:
            return True
        reading = self.app.sync.list_reading(self.tenant, one.list_id)
        return reading is not None and reading.compared_at is not None

    @cached_property
    def _settings(self) -> ListSettings:
        return self.app.lists.list_settings(self.tenant)

    @cached_property
    def _rules(self) -> ScoringRules:
        return self.app.scoring.scoring_rules(self.tenant)

    @cached_property
    def _rescoring(self) -> Rescoring | None:
        return self.app.scoring.rescoring(self.tenant)


def unsettled_among(app: App, tenant: TenantId, ids: Iterable[str]) -> frozenset[ListId]:
    """Those of these lists that are still being worked out."""
    found = app.lists.lists(tenant, map(ListId, ids)).values()
    return frozenset(one.list_id for one in Settling(app, tenant).unsettled(found))


def is_out_of_use(one: PeopleList) -> bool:
    """Whether it is retired. A list by field is while nobody is on it, and comes back by itself."""
    return one.status is ListStatus.RETIRED and one.kind is not ListKind.AUTO


def is_nobodys(one: PeopleList) -> bool:
    """Whether nobody is on it because it is out of use, and not because of what anybody is or did."""
    return one.kind is ListKind.SEGMENT and one.status is ListStatus.RETIRED


def names_of(lists: Iterable[PeopleList]) -> str:
    """Their names, for people: “One”, “Two”."""
    return ", ".join(f"“{one.name}”" for one in lists)


def still_worked_out(lists: Iterable[PeopleList]) -> str:
    """That these are, for people."""
    found = list(lists)
    return f"{names_of(found)} {'is' if len(found) == 1 else 'are'} still being worked out."
