"""What the rules of Segments can know of one person, each value read once in the form it is compared in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

from funnel.domain.connecting.currencies import UNKNOWN, Currencies
from funnel.domain.consent.consent import Consent, Mark
from funnel.domain.crm import Value
from funnel.domain.decimals import decimal_of, plain_number
from funnel.domain.ids import ListId, Module
from funnel.domain.mapping.fields import choices
from funnel.domain.scoring.scoring import Counts
from funnel.domain.segments.segment_fields import (
    AMOUNT,
    CONSENT,
    CREATED,
    EMAIL,
    OF_OPPORTUNITIES,
    OWNER,
    REVENUE,
    SCORE,
    SUGAR_CONTACT,
    SUGAR_LEAD,
    MayBeMailed,
)
from funnel.domain.sync.records import LIVE, Person, SugarRecord
from funnel.domain.text import fold_name

_NO_DIGIT = re.compile(r"[^\d.,-]")


@dataclass(slots=True)
class Facts:
    """One person at one moment.

    `values` are those of each field, none where it is empty. `lists` are all lists the person is on
    that are no Segments. `counts` are those of behaviours, by `behaviour_id`. `memo` keeps what the
    evaluator `memo_of` has found so far.
    """

    now: datetime
    values: Mapping[str, Sequence[Value]]
    lists: frozenset[ListId] = frozenset()
    counts: Counts = field(default_factory=dict)
    memo: list[bool | None] = field(default_factory=list)
    memo_of: object = None
    _folded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _numbers: dict[str, tuple[Decimal, ...]] = field(default_factory=dict)
    _days: dict[str, tuple[date, ...]] = field(default_factory=dict)
    _moments: dict[str, tuple[datetime, ...]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of it, UTC."""
        return self.now.astimezone(UTC).date()

    def held(self, name: str) -> Sequence[Value]:
        """What the field holds."""
        return self.values.get(name, ())

    def folded(self, name: str) -> tuple[str, ...]:
        """Its values as folded texts."""
        found = self._folded.get(name)
        if found is None:
            found = self._folded[name] = tuple(fold_name(str(v)) for v in self.held(name))
        return found

    def keys(self, name: str) -> tuple[str, ...]:
        """The folded keys of several choices."""
        found = self._keys.get(name)
        if found is None:
            some = (key for v in self.held(name) for key in choices(str(v)))
            found = self._keys[name] = tuple(map(fold_name, some))
        return found

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """Its values as numbers; what is none is left out."""
        found = self._numbers.get(name)
        if found is None:
            some = (number_of(v) for v in self.held(name))
            found = self._numbers[name] = tuple(n for n in some if n is not None)
        return found

    def days(self, name: str) -> tuple[date, ...]:
        """Its values as days; what is none is left out."""
        found = self._days.get(name)
        if found is None:
            some = (day_of(v) for v in self.held(name))
            found = self._days[name] = tuple(d for d in some if d is not None)
        return found

    def moments(self, name: str) -> tuple[datetime, ...]:
        """Its values as moments; what is none is left out."""
        found = self._moments.get(name)
        if found is None:
            some = (moment_of(v) for v in self.held(name))
            found = self._moments[name] = tuple(m for m in some if m is not None)
        return found


def facts_of(
    now: datetime,
    person: Person,
    records: Iterable[SugarRecord],
    *,
    consents: Mapping[str, Consent] | None = None,
    score: int = 0,
    lists: frozenset[ListId] = frozenset(),
    counts: Counts | None = None,
    currencies: Currencies = UNKNOWN,
) -> Facts:
    """What is known of a person; `records` are its own, its Accounts and its Opportunities.

    Amounts of Opportunities are told in the base currency. One that cannot be is held, with its
    unit, and is no number; where no currency is known at all it is taken as it stands.
    """
    values: dict[str, Sequence[Value]] = {
        name: (value,) for name, value in person.fields.items() if _is_held(value)
    }
    modules = {link.key.module for link in person.links}
    owners = dict.fromkeys(link.owner_id for link in person.links if link.owner_id)
    values[EMAIL] = person.emails
    values[OWNER] = tuple(owners)
    values[SCORE] = (score,)
    values[CONSENT] = (may_be_mailed(person, consents or {}).value,)
    values[CREATED] = (person.created_at.isoformat(),)
    values[SUGAR_LEAD] = (Module.LEADS in modules,)
    values[SUGAR_CONTACT] = (Module.CONTACTS in modules,)
    live = [one for one in records if one.state in LIVE]
    deals = [one for one in live if one.key.module is Module.OPPORTUNITIES]
    for ours, theirs in OF_OPPORTUNITIES.items():
        values[ours] = _values(deals, theirs)
    amounts = [_amount(one, currencies) for one in deals if _is_held(one.fields.get("amount"))]
    values[AMOUNT] = tuple(text for text, _ in amounts)
    accounts = [one for one in live if one.key.module is Module.ACCOUNTS]
    values[REVENUE] = _values(accounts, "annual_revenue")
    numbers = {AMOUNT: tuple(number for _, number in amounts if number is not None)}
    return Facts(now, values, lists, counts or {}, _numbers=numbers)


def may_be_mailed(person: Person, consents: Mapping[str, Consent]) -> MayBeMailed:
    """Whether the person's main address may be written to."""
    if not person.emails:
        return MayBeMailed.NO_ADDRESS
    consent = consents.get(person.emails[0])
    if consent is not None and consent.flag(Mark.OPT_OUT).value:
        return MayBeMailed.OPTED_OUT
    if consent is not None and consent.flag(Mark.INVALID).value:
        return MayBeMailed.INVALID
    return MayBeMailed.YES


def number_of(value: Value) -> Decimal | None:
    """A number as people or Sugar write it, such as `$1,200,000`; None for what is none.

    A comma is read as a decimal point only where no three digits follow it alone.
    """
    if isinstance(value, float):
        # As text it may have an exponent, which nobody types.
        return decimal_of(value)
    text = _NO_DIGIT.sub("", str(value))
    comma, point = text.rfind(","), text.rfind(".")
    if comma > point:
        decimals = text.count(",") == 1 and (point >= 0 or len(text) - comma != 4)
        text = text.replace(".", "").replace(",", "." if decimals else "")
    else:
        text = text.replace(",", "")
        text = text if text.count(".") < 2 else text.replace(".", "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def day_of(value: Value) -> date | None:
    """The day of a date or a moment, UTC; None for what is neither."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def moment_of(value: Value) -> datetime | None:
    """A moment; the first of a date. None for what is neither."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def midnight(day: date) -> datetime:
    """The first moment of a day, UTC."""
    return datetime.combine(day, time(), UTC)


def _amount(deal: SugarRecord, currencies: Currencies) -> tuple[str, Decimal | None]:
    amount = str(deal.fields["amount"])
    number = currencies.in_base(deal.fields)
    if number is not None:
        return plain_number(number), number
    if not currencies.known:
        return amount, number_of(amount)
    currency = currencies.of(deal.fields.get("currency_id"))
    return f"{amount} {currency.unit if currency else '?'}", None


def _values(records: Iterable[SugarRecord], name: str) -> tuple[Value, ...]:
    found = (record.fields.get(name) for record in records)
    return tuple(value for value in found if _is_held(value))


def _is_held(value: Value) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))
