"""Write down what was seen on a site, under whoever it is of."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from funnel.domain.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.errors import Conflict, StoreBusy
from funnel.domain.hits import Hit, HitBatch
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.seen import seen_activity
from funnel.domain.sites import Site
from funnel.domain.visitors import (
    Holder,
    Visit,
    Visitor,
    holder_at,
    new_visitor,
    on_visit,
    told_by_form,
    told_by_link,
)
from funnel.usecases.app import App
from funnel.usecases.attach_subject import attach_subject
from funnel.usecases.create_person import standing
from funnel.usecases.person_of_form import person_of_form
from funnel.usecases.record_activities import record_activities
from funnel.usecases.sign_links import person_of_link

IPS_KEPT = timedelta(days=30)
_TRIES = 8


@dataclass(frozen=True, slots=True)
class _Placed:
    """A hit, who held the browser then, and the visit it is of."""

    hit: Hit
    holder: Holder
    visit: Visit


def record_hits(app: App, tenant: TenantId, batch: HitBatch) -> None:
    """Write down each hit once, and have a visitor that is known by now be that person.

    All of it may be repeated, and come in any order. Nothing is written for a site that is gone.
    Raises `StoreBusy`.
    """
    site = app.sites.site(batch.site)
    if site is None or site.tenant != tenant:
        return
    told = {hit.hit_id: found for hit in batch.hits if (found := _told(app, site, hit))}
    if not batch.browser:
        _record_of_people(app, site, batch, told)
        return
    placed = _place(app, batch, tenant, told)
    known = {one.holder.subject: one.holder.person_id for one in placed if told}
    for subject, person_id in known.items():
        if person_id:
            attach_subject(app, tenant, person_id, subject)
    by_subject: dict[SubjectId, list[Activity]] = defaultdict(list)
    for one in placed:
        subject = one.holder.subject
        seen = seen_activity(
            site, batch, one.hit, subject, one.visit.visit_id, _label(batch, one.hit)
        )
        by_subject[subject].append(seen)
    for subject, activities in by_subject.items():
        record_activities(app, tenant, subject, activities)


def _record_of_people(app: App, site: Site, batch: HitBatch, told: Mapping[str, PersonId]) -> None:
    """Without a browser, a hit is of whoever it names, and of nobody else."""
    for hit in batch.hits:
        if hit.hit_id in told:
            subject = SubjectId(told[hit.hit_id])
            seen = seen_activity(site, batch, hit, subject, "", _label(batch, hit))
            record_activities(app, site.tenant, subject, [seen])


def _told(app: App, site: Site, hit: Hit) -> PersonId | None:
    """Who a hit says that its visitor is; None for one that says nothing."""
    if hit.kind is ActivityKind.FORM:
        return person_of_form(app, site.tenant, hit)
    return person_of_link(app, site, hit.token, hit.at) if hit.token else None


def _place(
    app: App, batch: HitBatch, tenant: TenantId, told: Mapping[str, PersonId]
) -> list[_Placed]:
    """Find out of whom the hits are, and of which visits, and remember it."""

    def same(one: PersonId, other: PersonId) -> bool:
        if one == other:
            return True
        now, then = standing(app, tenant, one), standing(app, tenant, other)
        return now is not None and then is not None and now.person_id == then.person_id

    for _ in range(_TRIES):
        before = app.visitors.visitor(tenant, batch.browser) or new_visitor(
            tenant, batch.browser, batch.received_at
        )
        after, placed = before, []
        for hit in sorted(batch.hits, key=lambda one: (one.at, one.hit_id)):
            if hit.hit_id in told and hit.kind is ActivityKind.FORM:
                after = told_by_form(after, hit.hit_id, hit.at, told[hit.hit_id], same)
            elif hit.hit_id in told:
                after = told_by_link(after, hit.at, told[hit.hit_id])
            holder = holder_at(after, hit.at)
            after, visit = on_visit(after, holder.subject, hit.hit_id, hit.at)
            placed.append(_Placed(hit, holder, visit))
        # First where from, as it is the one thing that nobody could tell afterwards.
        _keep_ips(app, batch, before, after)
        if after == before or _saved(app, after):
            return placed
    raise StoreBusy("Others keep changing the same visitor.")


def _keep_ips(app: App, batch: HitBatch, before: Visitor, after: Visitor) -> None:
    known = {one.visit_id for one in before.visits}
    for visit in after.visits:
        if visit.visit_id not in known and batch.ip:
            until = batch.received_at + IPS_KEPT
            app.visitors.keep_ip(after.tenant, batch.browser, visit.visit_id, batch.ip, until)


def _saved(app: App, visitor: Visitor) -> bool:
    try:
        app.visitors.save_visitor(visitor)
    except Conflict:
        return False
    return True


def _label(_batch: HitBatch, _hit: Hit) -> tuple[Signal, str]:
    return Signal.HUMAN, ""
