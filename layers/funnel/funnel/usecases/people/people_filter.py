"""Which people are wanted: what of it the search looks at, and what has to be looked up for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from funnel.domain.consent.consent import Consent
from funnel.domain.ids import ListId, Module, SugarId, TenantId
from funnel.domain.people.searching import Wanted, typed_words
from funnel.domain.scoring.scores import Score
from funnel.domain.sync.records import Person
from funnel.usecases.app import App


class WhereFound(StrEnum):
    """Whether, and as what, Sugar has a person."""

    ANY = ""
    YES = "yes"
    NO = "no"
    CONTACTS = "Contacts"
    LEADS = "Leads"
    PROSPECTS = "Prospects"


class MayMail(StrEnum):
    """Whether a person may be written to.

    YES: its main address is neither opted out nor invalid. OPTED_OUT and INVALID: one of its
    addresses is. NO_ADDRESS: it has none.
    """

    ANY = ""
    YES = "yes"
    OPTED_OUT = "opted_out"
    INVALID = "invalid"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Who is wanted: all of this together; what is empty does not matter.

    `query` are beginnings of words of the name, the company or an address. `owner` owns a Lead or
    Contact of the person. `list_id` is a list that the person or one of its records is on. The
    score lies from `score_from` to `score_to`, both included; who has none has 0.
    """

    query: str = ""
    owner: str = ""
    in_sugar: WhereFound = WhereFound.ANY
    consent: MayMail = MayMail.ANY
    list_id: str = ""
    score_from: int | None = None
    score_to: int | None = None

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "PeopleFilter":
        """The filter that was kept as plain data."""
        choices = {
            "in_sugar": WhereFound(kept.get("in_sugar", "")),
            "consent": MayMail(kept.get("consent", "")),
        }
        return cls(**{**kept, **choices})

    def __bool__(self) -> bool:
        return self != PeopleFilter()

    @property
    def on_list(self) -> ListId:
        """The list, "" for whichever."""
        return ListId(self.list_id)

    @property
    def wanted(self) -> Wanted:
        """What the store's search looks at."""
        modules = {one.value: Module(one.value) for one in _MODULES}
        in_sugar = {WhereFound.YES: True, WhereFound.NO: False}.get(self.in_sugar)
        return Wanted(
            typed_words(self.query),
            SugarId(self.owner),
            modules.get(self.in_sugar.value),
            in_sugar,
        )

    @property
    def looks_up(self) -> bool:
        """Whether something has to be looked up for each person."""
        return bool(self.consent or self.list_id) or self._by_score

    @property
    def _by_score(self) -> bool:
        return self.score_from is not None or self.score_to is not None

    def kept(self, app: App, tenant: TenantId, people: Sequence[Person]) -> list[Person]:
        """Those of these people, found by `wanted`, who fit in all else."""
        if self.consent is not MayMail.ANY and people:
            emails = {email for person in people for email in person.emails}
            consents = app.records.consents(tenant, emails) if emails else {}
            people = [one for one in people if self._may_mail(one, consents)]
        if self._by_score and people:
            scores = app.activities.scores(tenant, [one.person_id for one in people])
            people = [one for one in people if self._in_range(scores.get(one.person_id))]
        return list(people)

    def _in_range(self, score: Score | None) -> bool:
        value = score.value if score else 0
        low, high = self.score_from, self.score_to
        return (low is None or value >= low) and (high is None or value <= high)

    def _may_mail(self, person: Person, consents: Mapping[str, Consent]) -> bool:
        known = [consents.get(email) for email in person.emails]
        match self.consent:
            case MayMail.NO_ADDRESS:
                return not known
            case MayMail.OPTED_OUT:
                return any(one and one.opt_out.value for one in known)
            case MayMail.INVALID:
                return any(one and one.invalid.value for one in known)
            case _:
                main = known[0] if known else None
                free = main is None or not (main.opt_out.value or main.invalid.value)
                return bool(known) and free


_MODULES = (WhereFound.CONTACTS, WhereFound.LEADS, WhereFound.PROSPECTS)
