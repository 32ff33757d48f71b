"""Write down what was seen on a site, under whoever it is of."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from funnel.domain.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.erasure import Traces
from funnel.domain.errors import Conflict, StoreBusy, WasErased
from funnel.domain.hits import Hit, HitBatch, browser_for_once
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.seen import label_of, seen_activity
from funnel.domain.sites import Site
from funnel.domain.visitors import (
    Visitor,
    closed,
    holder_at,
    new_visitor,
    on_visit,
    told_by_form,
    told_by_link,
)
from funnel.usecases.app import App
from funnel.usecases.attach_subject import attach_subject
from funnel.usecases.create_person import living, standing
from funnel.usecases.forget_browser import forget_browser
from funnel.usecases.label_signals import label_signals, record_labelled
from funnel.usecases.person_of_form import person_of_form
from funnel.usecases.sign_links import person_of_link

IPS_KEPT = timedelta(days=30)
_TRIES = 8


@dataclass(frozen=True, slots=True)
class _PlacedHit:
    """A hit, the subject it is of, and the visit."""

    hit: Hit
    subject: SubjectId
    visit_id: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """A visitor after some hits, these, and the `early` ones from before what it still tells of."""

    visitor: Visitor
    hits: list[_PlacedHit]
    early: list[Hit]


def record_hits(app: App, tenant: TenantId, batch: HitBatch) -> None:
    """Write down each hit once, and have a visitor that is known by now be that person.

    All of it may be repeated, and come in any order. Nothing is written for a site that is gone.
    Raises `StoreBusy`.
    """
    site = app.sites.site(batch.site)
    if site is None or site.tenant != tenant:
        return
    for _ in range(_TRIES):
        told = {hit.hit_id: found for hit in batch.hits if (found := _told(app, site, batch, hit))}
        batch = _not_anothers(app, batch, tenant, told)
        placed = _place(app, tenant, batch, told)
        try:
            visitor = _attach(app, placed.visitor) if told else placed.visitor
        except WasErased:
            # Whom a hit told of was erased just now: it tells of nobody any more.
            _forget(app, placed.visitor)
            continue
        break
    else:
        raise StoreBusy("People of one browser are erased again and again.")
    _write(app, site, batch, visitor, placed)
    for hit in placed.early:
        # Whoever that was, the browser tells of it no more.
        record_hits(app, tenant, replace(batch, browser=browser_for_once(hit.hit_id), hits=(hit,)))


def _write(app: App, site: Site, batch: HitBatch, visitor: Visitor, placed: _Placed) -> None:
    """Write down what was placed, and nothing of it under whom was erased meanwhile."""
    tenant = site.tenant
    by_subject: dict[SubjectId, list[Activity]] = defaultdict(list)
    for one in placed.hits:
        seen = seen_activity(site, batch, one.hit, one.subject, one.visit_id)
        by_subject[one.subject].append(seen)
    for subject, activities in by_subject.items():
        record_labelled(app, tenant, subject, activities)
    if any(one.person_id for one in visitor.holders):
        _take_back(app, visitor, by_subject)
    if len(placed.hits) < len(batch.hits):
        # Whoever wrote the others may have died before looking at what they show.
        for subject in dict.fromkeys(one.subject for one in visitor.holders):
            label_signals(app, tenant, subject, [hit.at for hit in batch.hits])


def _told(app: App, site: Site, batch: HitBatch, hit: Hit) -> PersonId | None:
    """Who a hit says that its visitor is; None for one that says nothing.

    Mail gateways open the links of everybody's mail, and robots send forms: what is plainly a machine
    is nobody. To the form we host a customer's own server may pass on what people filled in.
    """
    if label_of(batch, hit)[0] is not Signal.HUMAN and not hit.hosted:
        return None
    if hit.kind is ActivityKind.FORM:
        return person_of_form(app, site.tenant, hit, batch.received_at)
    if not hit.token:
        return None
    return person_of_link(app, site, hit.url, hit.token, hit.at)


def _attach(app: App, visitor: Visitor) -> Visitor:
    """Have all that was seen of each known holder be that person's; done already, nothing changes.

    Whose person has as many visitors as it can have is nobody's: what is known of a person has to be
    found by the person, as when it is erased.
    """
    known = {one.subject: one.person_id for one in visitor.holders if one.person_id}
    for subject, person_id in known.items():
        attach_subject(app, visitor.tenant, person_id, subject)
    tallies = app.activities.tallies(visitor.tenant, known)
    too_many = {one for one in known if not tallies[one].owner}
    for _ in range(_TRIES):
        now = app.visitors.visitor(visitor.tenant, visitor.browser) if too_many else None
        if now is None:
            return visitor
        # Whoever sends a form next gets nothing of what was done until then.
        after = closed(now, too_many)
        if after == now or _saved(app, after):
            return after
    raise StoreBusy("Others keep changing the same visitor.")


def _forget(app: App, visitor: Visitor) -> None:
    """Have the browser be nobody's whose known users were erased, some or all."""
    tenant = visitor.tenant
    known = {one.person_id: one.subject for one in visitor.holders if one.person_id}
    gone = {one for one in known if living(app, tenant, one) is None}
    subjects = {one.subject for one in visitor.holders if one.person_id in gone}
    forget_browser(app, tenant, visitor.browser, subjects, gone)


def _take_back(app: App, visitor: Visitor, written: Collection[SubjectId]) -> None:
    """Remove what was written under somebody who was erased meanwhile, with what came before."""
    now = app.visitors.visitor(visitor.tenant, visitor.browser)
    if now is None or now.begun == visitor.begun:
        return
    gone = set(written) - {one.subject for one in now.holders} - set(now.past)
    tallies = app.activities.tallies(visitor.tenant, gone) if gone else {}
    left = tuple(sorted(one for one in gone if not tallies[one].owner))
    if left:
        app.erasures.purge(visitor.tenant, Traces((), left, (), ()))


def _place(app: App, tenant: TenantId, batch: HitBatch, told: Mapping[str, PersonId]) -> _Placed:
    """Find out of whom the hits are, and of which visits, and remember it."""
    for _ in range(_TRIES):
        before = app.visitors.visitor(tenant, batch.browser) or new_visitor(
            tenant, batch.browser, batch.received_at
        )
        after, placed, early = before, [], []
        for hit in _unwritten(app, before, batch.hits, sure=not told):
            telling = _after_telling(app, after, hit, told.get(hit.hit_id))
            if hit.at < telling.begun:
                early.append(hit)
                continue
            after = telling
            subject = holder_at(after, hit.at).subject
            after, visit = on_visit(after, subject, hit.hit_id, hit.at)
            placed.append(_PlacedHit(hit, subject, visit.visit_id))
        # First where from: nobody could tell that afterwards.
        _keep_ips(app, batch, before, after)
        if after == before or _saved(app, after):
            return _Placed(after, placed, early)
    raise StoreBusy("Others keep changing the same visitor.")


def _unwritten(app: App, visitor: Visitor, hits: Sequence[Hit], *, sure: bool) -> list[Hit]:
    """The hits by time, without those that came before, where that could be under another subject.

    With one subject, and nothing in the hits that could make another (`sure`), there is nothing to
    look up: they are written under that one, and only once.
    """
    ordered = sorted(hits, key=lambda one: (one.at, one.hit_id))
    subjects = dict.fromkeys([*visitor.past, *(one.subject for one in visitor.holders)])
    if sure and len(subjects) == 1:
        return ordered
    moments = [(hit.hit_id, hit.at) for hit in ordered]
    written = app.activities.written(visitor.tenant, subjects, moments)
    return [hit for hit in ordered if (hit.hit_id, hit.at) not in written]


def _not_anothers(
    app: App, batch: HitBatch, tenant: TenantId, told: Mapping[str, PersonId]
) -> HitBatch:
    """The batch, of a browser of its own where it is a form we host and its browser is another's.

    Such a form is a link that can be passed on, with the browser in it: it says nothing of whoever
    is known there.
    """
    hit = batch.hits[0] if len(batch.hits) == 1 else None
    if hit is None or not hit.hosted or hit.hit_id not in told:
        return batch
    once = browser_for_once(hit.hit_id)
    known = app.visitors.visitor(tenant, batch.browser)
    holder = holder_at(known, hit.at).person_id if known else ""
    is_anothers = bool(holder) and not _same(app, tenant, PersonId(holder), told[hit.hit_id])
    if is_anothers or app.visitors.visitor(tenant, once) is not None:
        return replace(batch, browser=once)
    return batch


def _same(app: App, tenant: TenantId, one: PersonId, other: PersonId) -> bool:
    """Whether two ids are one person by now."""
    if one == other:
        return True
    now, then = (standing(app, tenant, found) for found in (one, other))
    return now is not None and then is not None and now.person_id == then.person_id


def _after_telling(app: App, visitor: Visitor, hit: Hit, person_id: PersonId | None) -> Visitor:
    """The visitor after what a hit says of who it is."""
    if person_id is None:
        return visitor
    if hit.kind is ActivityKind.FORM:
        same = partial(_same, app, visitor.tenant)
        return told_by_form(visitor, hit.hit_id, hit.at, person_id, same)
    return told_by_link(visitor, hit.at, person_id)


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
