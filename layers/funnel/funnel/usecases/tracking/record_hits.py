"""Write down what was seen on a site, under whoever it is of."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from funnel.domain.companies.companies import NetworkOwner
from funnel.domain.companies.company_visits import is_anonymous
from funnel.domain.errors import Conflict, StoreBusy, WasErased
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.scoring.tallies import NOBODY
from funnel.domain.tracking.activities import Activity, ActivityKind, Signal, SubjectId
from funnel.domain.tracking.hits import Hit, HitBatch, browser_for_once
from funnel.domain.tracking.seen import label_of, seen_activity
from funnel.domain.tracking.sites import Site
from funnel.domain.tracking.visitors import (
    Visitor,
    closed,
    holder_at,
    new_visitor,
    on_visit,
    told_by_form,
    told_by_link,
)
from funnel.usecases.app import App
from funnel.usecases.companies.count_company import count_visitor
from funnel.usecases.forms.forms_aside import FormsOf, has_room, set_aside
from funnel.usecases.forms.person_of_form import KeptAside, person_of_form
from funnel.usecases.forms.take_submission import take_submissions
from funnel.usecases.living import standing
from funnel.usecases.tracking.attach_subject import attach_subject
from funnel.usecases.tracking.forget_browser import forget_erased, take_back
from funnel.usecases.tracking.label_signals import label_signals, record_labelled
from funnel.usecases.tracking.note_names import note_names
from funnel.usecases.tracking.sign_links import person_of_link

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


def record_hits(
    app: App, tenant: TenantId, batch: HitBatch, forms: FormsOf = FormsOf.ANYBODY
) -> None:
    """Write down each hit once, and have a visitor that is known by now be that person.

    All of it may be repeated, and come in any order. Nothing is written for a site that is gone.
    A form of somebody new is kept aside, whole, beyond the day's budget, where `forms` says so, and where the
    address was erased before.
    Raises `StoreBusy`.
    """
    site = app.sites.site(batch.site)
    if site is None or site.tenant != tenant:
        return
    for _ in range(_TRIES):
        kept, told = _told_by(app, site, batch, forms)
        if not kept.hits:
            return
        kept = _not_anothers(app, kept, tenant, told)
        placed = _place(app, tenant, kept, told)
        try:
            visitor = _attach(app, placed.visitor) if told else placed.visitor
        except WasErased:
            # Whom a hit told of was erased just now: it tells of nobody any more.
            forget_erased(app, placed.visitor)
            continue
        _write(app, site, kept, replace(placed, visitor=visitor), told=bool(told))
        take_submissions(app, tenant, kept, told)
        people = [one for one in kept.hits if label_of(kept, one)[0] is Signal.HUMAN]
        note_names(app, tenant, people)
        for hit in placed.early:
            # Whoever that was, the browser tells of it no more.
            alone = replace(kept, browser=browser_for_once(hit.hit_id), hits=(hit,))
            record_hits(app, tenant, alone, forms)
        return
    raise StoreBusy("Others keep being erased who used the same browser.")


def _told_by(
    app: App, site: Site, batch: HitBatch, forms: FormsOf
) -> tuple[HitBatch, dict[str, PersonId]]:
    """Who its hits say that their visitor is, and the batch without what was kept aside."""
    told: dict[str, PersonId] = {}
    kept: list[Hit] = []
    room = partial(has_room, app, site) if forms is FormsOf.ANYBODY else forms.makes_people
    for hit in batch.hits:
        try:
            found = _told(app, site, batch, hit, room, forms)
        except KeptAside:
            set_aside(app, site, replace(batch, hits=(hit,)))
            continue
        kept.append(hit)
        if found:
            told[hit.hit_id] = found
    return replace(batch, hits=tuple(kept)), told


def _write(app: App, site: Site, batch: HitBatch, placed: _Placed, *, told: bool) -> None:
    """Write down what was placed, and nothing of it under whom was erased meanwhile."""
    tenant, visitor = site.tenant, placed.visitor
    owner = app.company_lookup.company(batch.ip) if app.company_lookup else None
    by_subject: dict[SubjectId, list[Activity]] = defaultdict(list)
    for one in placed.hits:
        company = owner.organisation if owner and _is_nobody(visitor, one.hit) else ""
        seen = seen_activity(site, batch, one.hit, one.subject, one.visit_id, company)
        by_subject[one.subject].append(seen)
    known = {one.subject: one.person_id for one in visitor.holders}
    for subject, activities in by_subject.items():
        record_labelled(app, tenant, subject, activities, known.get(subject, NOBODY))
    if any(one.person_id for one in visitor.holders):
        take_back(app, visitor, by_subject)
    if len(placed.hits) < len(batch.hits):
        # Whoever wrote the others may have died before looking at what they show.
        for subject in dict.fromkeys(one.subject for one in visitor.holders):
            label_signals(app, tenant, subject, [hit.at for hit in batch.hits])
    _count(app, batch, visitor, owner, again=len(placed.hits) < len(batch.hits), told=told)


def _is_nobody(visitor: Visitor, hit: Hit) -> bool:
    """Whether nobody knew then who it was."""
    return is_anonymous(holder_at(visitor, hit.at), hit.at)


def _count(
    app: App,
    batch: HitBatch,
    visitor: Visitor,
    owner: NetworkOwner | None,
    *,
    again: bool,
    told: bool,
) -> None:
    """Have the hits count for the company they came from, while it is nobody's; and no longer."""
    if again or told:
        counted = [one.subject for one in visitor.holders]
    else:
        counted = [
            holder_at(visitor, hit.at).subject
            for hit in batch.hits
            if owner and _is_nobody(visitor, hit) and label_of(batch, hit)[0] is Signal.HUMAN
        ]
    for subject in dict.fromkeys(counted):
        everywhere = again or told
        count_visitor(app, visitor.tenant, batch.browser, subject, owner, everywhere=everywhere)


def _told(
    app: App, site: Site, batch: HitBatch, hit: Hit, room: Callable[[], bool], forms: FormsOf
) -> PersonId | None:
    """Who a hit says that its visitor is; None for one that says nothing.

    Mail gateways open the links of everybody's mail, and robots send forms: what is plainly a machine
    is nobody. To the form we host a customer's own server may pass on what people filled in. Where
    only the network, or no name of a browser, speaks for a machine, a person decides about a form.
    """
    signal, why = label_of(batch, hit)
    is_form = hit.kind is ActivityKind.FORM
    is_decided = is_form and (hit.hosted or forms is FormsOf.RELEASED)
    if signal is not Signal.HUMAN and not is_decided:
        if not is_form or why.startswith("agent:"):
            return None
        room = FormsOf.KNOWN.makes_people
    if hit.kind is ActivityKind.FORM:
        agreed = forms is FormsOf.RELEASED
        return person_of_form(app, site.tenant, hit, batch.received_at, room, is_agreed=agreed)
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
