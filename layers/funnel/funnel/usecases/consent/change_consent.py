"""Change the consent of an address here, and have Sugar told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from funnel.domain.consent.consent import (
    HERE,
    LONGEST_REASON,
    Consent,
    Mark,
    Source,
    changed_here,
    facing,
    had_by,
    set_by_hand,
    takes_no_word,
    welcomed,
)
from funnel.domain.errors import Conflict, InputInvalid, NotAllowed, NotFound
from funnel.domain.ids import PersonId, TenantId
from funnel.domain.people.consent_units import closed_by, consent_history, told_history
from funnel.domain.sync.records import Claim, Person, Unit
from funnel.domain.text import fold_email
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE
from funnel.usecases.bells.ring import ring
from funnel.usecases.consent.follow_consent import ask_about_consent

_TRIES = 8


@dataclass(frozen=True, slots=True)
class Said:
    """Who says so (a person's name, or what noticed it), and why."""

    by: str
    reason: str = ""


def unsubscribe(app: App, tenant: TenantId, person_id: PersonId, email: str, said: Said) -> Consent:
    """Nobody may write to this address of the person any more; that again changes nothing.

    Raises `NotFound` for an address the person does not have, `InputInvalid` for a reason that is
    too long.
    """
    person = _person_with(app, tenant, person_id, email)
    return set_mark(app, person, fold_email(email), Mark.OPT_OUT, True, said)


def take_back(app: App, tenant: TenantId, person_id: PersonId, email: str, said: Said) -> Consent:
    """The address may be written to again; for admins, with a reason.

    Raises `NotFound` for an address the person does not have, `InputInvalid` without a reason.
    """
    if not said.reason.strip():
        raise InputInvalid(
            "Say why this opt-out is taken back.",
            mend="Enter the reason, such as how the person asked for it.",
            field="reason",
        )
    person = _person_with(app, tenant, person_id, email)
    return set_mark(app, person, fold_email(email), Mark.OPT_OUT, False, said)


def agree(
    app: App, person: Person, email: str, said: Said, at: datetime, *, is_proven: bool
) -> Consent:
    """Mail to this folded address of the person is welcome; `said` names the form and its words.

    With `is_proven` whoever agreed reads the address's mail: then it also takes an earlier opt-out
    back, and Sugar is told. Raises `Conflict` while others keep changing it.
    """
    source = Source(HERE, at, said.by, said.reason[:LONGEST_REASON])
    return change_mark(app, person, email, lambda one: welcomed(one, source, is_proven=is_proven))


def set_mark(app: App, person: Person, email: str, mark: Mark, value: bool, said: Said) -> Consent:
    """Set one mark of a folded address and write it down in the person's history.

    Sugar is told soon, or once it may be written to. Raises `Conflict` while others keep changing
    it.
    """
    reason = said.reason.strip()
    if len(reason) > LONGEST_REASON:
        raise InputInvalid(f"This is longer than {LONGEST_REASON} characters.", field="reason")
    source = Source(HERE, app.clock.now(), said.by, reason)
    return change_mark(app, person, email, lambda one: changed_here(one, mark, value, source))


def change_mark(
    app: App, person: Person, email: str, change: Callable[[Consent], Consent]
) -> Consent:
    """Change the consent of a folded address as it then stands. Raises as `set_mark`."""
    now = app.clock.now()
    links = [(link.key, link.apart) for link in person.links if link.email == email]
    return _change(app, person, email, lambda consent: had_by(change(consent), links, now))


def done_by_hand(app: App, tenant: TenantId, person_id: PersonId, email: str, by: str) -> Consent:
    """Somebody has set in Sugar what this one cannot be told; its row leaves the error report.

    Done already, or owed nothing, changes nothing. Raises `NotFound` for an address the person does
    not have, `NotAllowed` where Sugar can be told, and can tell, itself.
    """
    person = _person_with(app, tenant, person_id, email)
    connection = app.sync.connection(tenant)
    if connection is None or not takes_no_word(connection):
        raise NotAllowed(
            "This Sugar can be told by Funnel, and tells what it holds: nobody has to say so for it.",
            mend="Set it in Sugar; the next sync sees it.",
        )
    folded = fold_email(email)

    def change(consent: Consent) -> Consent:
        now = facing(consent, connection)
        return set_by_hand(now, app.clock.now()) if now.owed else consent

    return _change(app, person, folded, change, by)


def _change(
    app: App,
    person: Person,
    email: str,
    change: Callable[[Consent], Consent],
    told_by: str = "",
) -> Consent:
    """`told_by` is who has told Sugar by hand, which the histories of its records say."""
    tenant = person.tenant
    for _ in range(_TRIES):
        stored = app.records.consents(tenant, [email]).get(email)
        before = stored or Consent(tenant, email)
        after = change(before)
        if after == before:
            return before
        if after.due_at is not None:
            ring(app, tenant)
        history = consent_history(before, after, person.person_id, app.clock.now())
        closed = closed_by(before, after)
        unit = Unit(consents=[after], history=list(history), closed=closed)
        if told_by:
            keys = [link.key for link in person.links if link.email == email]
            unit.history += told_history(before, after, keys, app.clock.now(), told_by)
        if stored is None:
            unit.claims.extend(_marked(app, tenant, email))
        ask_about_consent(app, before, after, delay=SHOULD_WE_DIE)
        if app.records.commit(tenant, [unit]) == [True]:
            ask_about_consent(app, before, after)
            return replace(after, version=after.version + 1)
    raise Conflict("Others are changing this address just now.", mend="Try again.")


def _marked(app: App, tenant: TenantId, email: str) -> list[Claim]:
    """The address's claim with word that there is a consent now, whoever has it or nobody."""
    claim = app.records.claims(tenant, [email]).get(email)
    if claim is not None and claim.consent:
        return []
    return [replace(claim or Claim(tenant, email, PersonId("")), consent=True)]


def _person_with(app: App, tenant: TenantId, person_id: PersonId, email: str) -> Person:
    person = app.records.people(tenant, [person_id]).get(person_id)
    if person is None:
        raise NotFound("There is no such person.")
    if fold_email(email) not in addresses_of(person):
        raise NotFound("This person has no such address.")
    return person


def addresses_of(person: Person) -> tuple[str, ...]:
    """Every folded address of a person, the main one first; those of records set apart too."""
    linked = (link.email for link in person.links if link.email)
    return tuple(dict.fromkeys((*person.emails, *linked)))
