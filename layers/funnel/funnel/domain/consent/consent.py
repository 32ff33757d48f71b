"""Consent: whether an address may be written to, who said so, and what Sugar holds of it.

Consent belongs to the address, whoever has it. Both sides change it; what they last agreed on tells
who changed it since. The rules, with examples: `docs/consent.md`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from funnel.domain.connecting.connections import Connection
from funnel.domain.crm import Dialect, EmailAddress, Value
from funnel.domain.ids import ConnectionId, RecordKey, TenantId, derived_id

HERE, IN_SUGAR = "Funnel", "Sugar"
PAGE = "the reader, on the unsubscribe page"
"""By whom what the pages of mails did was said."""

LONGEST_REASON = 500
NIGHT = timedelta(hours=20)
"""Until what did not take is tried again."""

MOST_NIGHTS = 7
"""How often Sugar is asked again for an address that its records no longer have."""

MOST_APART = 50
"""How many records set apart are kept with an address: any one of them leads to it in Sugar."""


class Mark(StrEnum):
    """What is known of an address, by the name of the field in Sugar."""

    OPT_OUT = "email_opt_out"
    INVALID = "invalid_email"

    # Enum's own is that of the member's name, by which no field is found.
    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Source:
    """Who changed a mark last: on which `side`, when, by whom and why; in Sugar by which record."""

    side: str
    at: datetime
    by: str = ""
    reason: str = ""
    record: RecordKey | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """One mark of an address: as it is here, and as both sides last agreed on it."""

    value: bool = False
    agreed: bool = False
    source: Source | None = None

    @property
    def owed(self) -> bool:
        """Whether Sugar has to be told."""
        return self.value != self.agreed


@dataclass(frozen=True, slots=True)
class Consent:
    """All that is known of one folded address.

    What Sugar said in readings that began before `told_at` is older than what it told us then.
    `telling` is set from before we write until we have read back: how Sugar's rows stood before.
    `due_at` is from when on Sugar is to be told; without it there is nothing to tell, or nobody in
    Sugar has the address. `tried` counts the tries in a row that did not take, `failed` is the
    record under which that is in the error report. All but the values is about the Sugar of
    `connection_id` (`facing`); "" for a consent of which no Sugar was told or heard yet.
    `apart` are records set apart that were seen with the address: no claim leads to them. `welcome` is
    who said last that mail is welcome, where and in which words.
    """

    tenant: TenantId
    email: str
    opt_out: Flag = Flag()
    invalid: Flag = Flag()
    told_at: datetime | None = None
    telling: tuple[str, ...] = ()
    due_at: datetime | None = None
    tried: int = 0
    failed: RecordKey | None = None
    connection_id: ConnectionId = ConnectionId("")
    apart: tuple[RecordKey, ...] = ()
    welcome: Source | None = None
    version: int = 0

    @property
    def owed(self) -> bool:
        """Whether Sugar has to be told anything, or asked whether it has taken it."""
        return self.opt_out.owed or self.invalid.owed or bool(self.telling)

    @property
    def error_id(self) -> str:
        """The id of its row in the error report; an address has one at most."""
        return derived_id("error", "consent", self.email)

    def flag(self, mark: Mark) -> Flag:
        """One of its marks."""
        return self.opt_out if mark is Mark.OPT_OUT else self.invalid

    def with_flag(self, mark: Mark, flag: Flag) -> "Consent":
        """The same with one mark as it is now."""
        if mark is Mark.OPT_OUT:
            return replace(self, opt_out=flag)
        return replace(self, invalid=flag)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one record of Sugar said of its primary address, in a reading that `began` then.

    None is unknown, never "no".
    """

    record: RecordKey
    name: str
    began: datetime
    opt_out: bool | None = None
    invalid: bool | None = None

    def says(self, mark: Mark) -> bool | None:
        """What it said of one mark."""
        return self.opt_out if mark is Mark.OPT_OUT else self.invalid


def known(value: Value) -> bool | None:
    """A flag as Sugar gives it; whatever is neither yes nor no is unknown."""
    return value if isinstance(value, bool) else None


def facing(consent: Consent, connection: Connection) -> Consent:
    """The consent as it stands towards the Sugar of this connection.

    Another Sugar has agreed to nothing and was told nothing: what holds here is owed to it, and what
    was read before it was connected is not its word.
    """
    if consent.connection_id == connection.connection_id:
        return consent
    since = connection.created_at
    anew = replace(
        consent,
        opt_out=replace(consent.opt_out, agreed=False),
        invalid=replace(consent.invalid, agreed=False),
        told_at=since,
        telling=(),
        failed=None,
        connection_id=connection.connection_id,
    )
    return _due(anew, since)


def had_by(consent: Consent, links: Iterable[tuple[RecordKey, bool]], now: datetime) -> Consent:
    """The consent after these records were seen with its address, each with whether it is apart.

    One set apart that is new makes due what Sugar is still to be told.
    """
    seen = dict(links)
    kept = [key for key in consent.apart if seen.get(key, True)]
    new = sorted(key for key, is_apart in seen.items() if is_apart and key not in kept)
    apart = (*kept, *new)[:MOST_APART]
    return consent if apart == consent.apart else _settled(replace(consent, apart=apart), now)


def heard(consent: Consent, told: Iterable[Heard], now: datetime) -> Consent:
    """The consent after what Sugar's records say of the address; where they disagree, yes wins.

    A record that has the address makes due what Sugar is still to be told. While we are telling
    Sugar something, nothing is heard: our own write could be taken for somebody else's. What was
    said is asked for when the telling is settled.
    """
    if consent.telling:
        return _settled(consent, now)
    fresh = [one for one in told if consent.told_at is None or one.began >= consent.told_at]
    for mark in Mark:
        said = [one for one in fresh if one.says(mark) is not None]
        if said:
            who = next((one for one in said if one.says(mark)), said[0])
            source = Source(IN_SUGAR, now, record=who.record, name=who.name)
            flag = _merged(consent.flag(mark), bool(who.says(mark)), source)
            consent = consent.with_flag(mark, flag)
    return _settled(consent, now)


def answered(
    consent: Consent, rows: Sequence[EmailAddress], at: datetime, now: datetime
) -> Consent:
    """The consent after Sugar was asked, at the earliest at `at`, for the address's own records.

    Settles what we were telling it. Rows that stand as they did before have taken nothing. Where
    they have changed, our write and somebody's edit cannot be told apart, so that yes wins.
    """
    doubt = bool(consent.telling) and fingerprints(rows) != consent.telling
    for mark in Mark:
        said = [says for row in rows if (says := says_of(row, mark)) is not None]
        if said:
            merge = _in_doubt if doubt else _merged
            flag = merge(consent.flag(mark), any(said), Source(IN_SUGAR, now))
            consent = consent.with_flag(mark, flag)
    return replace(consent, told_at=at, telling=())


def telling(consent: Consent, rows: Sequence[EmailAddress]) -> Consent:
    """The consent from before Sugar is written to, while these are its rows."""
    return replace(consent, telling=fingerprints(rows))


def fingerprints(rows: Sequence[EmailAddress]) -> tuple[str, ...]:
    """How the rows of an address stand, so that any change of them is seen."""
    parts = [(r.sugar_id, r.date_modified, r.opt_out, r.invalid) for r in rows]
    return tuple(sorted(" ".join(map(str, part)) for part in parts))


def says_of(row: EmailAddress, mark: Mark) -> bool | None:
    """What an address's own record says of one mark."""
    return row.opt_out if mark is Mark.OPT_OUT else row.invalid


def changed_here(consent: Consent, mark: Mark, value: bool, source: Source) -> Consent:
    """The consent after somebody here said otherwise; the same if it says so already.

    What only a page said so far, which a page may take back, is said by the one who says so too.
    """
    flag = consent.flag(mark)
    if flag.value == value:
        by_page = flag.source is not None and (flag.source.side, flag.source.by) == (HERE, PAGE)
        if not value or not by_page or source.by == PAGE:
            return consent
        return consent.with_flag(mark, replace(flag, source=source))
    after = consent.with_flag(mark, Flag(value, flag.agreed, source))
    return _due(after, source.at)


def welcomed(consent: Consent, source: Source, *, is_proven: bool) -> Consent:
    """The consent after somebody agreed to mail; the same again changes nothing.

    Anybody can tick a box under any address: an opt-out is taken back only where it is proven that
    whoever agreed reads the mail of the address, and none that came since.
    """
    if consent.welcome is not None and consent.welcome.at >= source.at:
        return consent
    after = replace(consent, welcome=source)
    opted_out = consent.opt_out.source
    is_newer = opted_out is None or opted_out.at < source.at
    if is_proven and is_newer:
        return changed_here(after, Mark.OPT_OUT, False, source)
    return after


def kept_over(before: Consent, since: Consent) -> Consent:
    """The consent as it was `before`, with the marks that `since` has and it had not.

    So that nothing that brings back what was takes an opt-out away with it. What the Sugar of then has
    agreed to is known only where it is that of now. Of its own outcome it makes the same again.
    """
    after = before
    same = before.connection_id == since.connection_id
    for mark in Mark:
        flag = since.flag(mark)
        if flag.value and not before.flag(mark).value:
            after = after.with_flag(mark, replace(flag, agreed=flag.agreed and same))
    source = after.opt_out.source or after.invalid.source
    if after == before or not after.owed or after.due_at is not None or source is None:
        return after
    return _due(after, source.at)


def tried_in_vain(consent: Consent, failed: RecordKey, now: datetime) -> Consent:
    """The consent after Sugar did not take it: to be tried again in the night."""
    return replace(consent, failed=failed, tried=consent.tried + 1, due_at=now + NIGHT)


def nobody_has_it(consent: Consent, now: datetime, *, ask_again: bool) -> Consent:
    """The consent after no record in Sugar had the address.

    With `ask_again` one should have it: it is looked for again for some nights. Otherwise the next
    record that comes with it makes it due.
    """
    if ask_again and consent.tried < MOST_NIGHTS:
        return replace(consent, failed=None, tried=consent.tried + 1, due_at=now + NIGHT)
    return replace(consent, failed=None, tried=0, due_at=None)


def found_elsewhere(consent: Consent, now: datetime) -> Consent:
    """The consent after it was learned which other record in Sugar has the address: due at once."""
    return due_again(_settled(consent, now), now)


def all_told(consent: Consent, now: datetime) -> Consent:
    """The consent with nothing due if nothing is owed any more, and due now if something is."""
    return _due(consent, now) if consent.owed else _at_rest(consent)


def set_by_hand(consent: Consent, now: datetime) -> Consent:
    """The consent after somebody set in Sugar, by hand, what it was to be told."""
    for mark in Mark:
        flag = consent.flag(mark)
        consent = consent.with_flag(mark, replace(flag, agreed=flag.value))
    return _at_rest(replace(consent, told_at=now, telling=()))


def due_again(consent: Consent, now: datetime) -> Consent:
    """The consent to be tried now, if it waits for the night."""
    waits = consent.owed and consent.due_at is not None and consent.due_at > now
    return replace(consent, due_at=now) if waits else consent


def takes_no_word(connection: Connection | None) -> bool:
    """Whether this Sugar can be told nothing of an address, and tells nothing: `soap.php`.

    Where Sugar can tell, nobody's word stands for it: a flag that is not set there would be taken
    for one that was taken back.
    """
    return connection is not None and connection.endpoint.dialect is Dialect.SOAP_5


def _merged(flag: Flag, says: bool, source: Source) -> Flag:
    """Three ways: what Sugar still says as when both agreed is no news, and ours stands."""
    if says == flag.agreed:
        return flag
    if says == flag.value:
        return replace(flag, agreed=says)
    return Flag(says, says, source)


def _in_doubt(flag: Flag, says: bool, source: Source) -> Flag:
    if says and not flag.value:
        return Flag(True, True, source)
    return replace(flag, agreed=says)


def _settled(consent: Consent, now: datetime) -> Consent:
    if not consent.owed:
        return _at_rest(consent)
    return consent if consent.due_at is not None else _due(consent, now)


def _due(consent: Consent, now: datetime) -> Consent:
    if not consent.owed:
        return _at_rest(consent)
    return replace(consent, due_at=now, tried=0)


def _at_rest(consent: Consent) -> Consent:
    return replace(consent, due_at=None, tried=0, failed=None)
