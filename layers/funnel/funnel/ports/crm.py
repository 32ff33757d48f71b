"""The CRM behind one port. `docs/sugar.md` says how real servers behave."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from funnel.domain.connecting.currencies import Currency
from funnel.domain.crm import (
    Condition,
    Credentials,
    EmailAddress,
    Endpoint,
    FieldDef,
    Held,
    IdRange,
    Members,
    OpenSession,
    Page,
    Right,
    SignedIn,
    TargetList,
    Token,
    Value,
    Window,
)
from funnel.domain.ids import Module, RecordKey, SugarId, WrittenModule

Filter = Sequence[Condition]


class SharedToken(Protocol):
    """Where all workers of one connection keep the token they share."""

    def load(self) -> Token | None:
        """The token as it stands; None if there is none for the present password."""

    def save(self, token: Token) -> None:
        """Keep it in place of the one before."""


class KeptSession(Protocol):
    """Where an execution environment keeps a session from one opening to the next, in memory only."""

    def load(self) -> OpenSession | None:
        """The session as it stands; None if there is none, or none was used for a while."""

    def save(self, session: OpenSession | None) -> None:
        """Keep it, as used just now; None forgets the one that is kept."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the application does around the requests of one connection.

    `before_request` may wait (rate budget) or raise (circuit open). `after_request` is told "ok" or
    the error's code, the seconds it took and the rows read. `sign_in_guard` makes the context of a
    sign-in: it may refuse by raising, and sees a `SignInRefused` pass through its exit. `token` is
    shared with others by endpoints that give one (REST), `session` is kept for the next opening by
    the others (SOAP); neither is ended by `sign_out`. Without them a session is the caller's own.
    """

    before_request: Callable[[], None] = lambda: None
    after_request: Callable[[str, float, int], None] = lambda _outcome, _seconds, _rows: None
    sign_in_guard: Callable[[], AbstractContextManager[object]] = nullcontext
    token: SharedToken | None = None
    session: KeptSession | None = None


class Crm(Protocol):
    """One signed-in endpoint of one connection.

    Every method raises `SugarUnavailable`, `SugarBusy`, `SugarReplyBroken`, `SignInRefused`,
    `ModuleMissing`, `NoRight`, `ServerCrashed`, `MethodMissing` or `ReplyTooLarge`. A session
    that ended is renewed once inside; `SessionGone` only escapes when the renewed one ends too.
    """

    endpoint: Endpoint

    def sign_in(self) -> SignedIn:
        """Sign in now, with the credentials given; one request, never repeated when refused.

        The server checks the password each time: no session or token that is there already, of
        whomever, answers for it. People sign in to the web app by this.
        """

    def sign_out(self) -> None:
        """End the session on the server, if there is one that nobody shares or keeps. Never raises."""

    def server_time(self) -> datetime:
        """The server's clock: UTC, whole seconds."""

    def rights(self, modules: Sequence[str]) -> list[Right]:
        """What the user may do with each module. Leaves nothing behind in Sugar."""

    def fields(self, module: Module) -> list[FieldDef]:
        """The module's fields as the server knows them; cached for this object's life."""

    def assume(self, module: Module, fields: Sequence[FieldDef]) -> None:
        """Take it that the module has these fields: to read and write them asks for no field list.

        What `fields` tells in this opening counts more. No request is made.
        """

    def currencies(self) -> list[Currency]:
        """Sugar's currencies, the base one included where it is told; two requests.

        Deleted and inactive ones too, as far as the endpoint tells them.
        """

    def count(self, module: Module, window: Window, conditions: Filter = ()) -> int:
        """How many records the window has, deleted ones included. No rows are read.

        One request, two on `soap.php` (live and deleted apart).
        """

    def read(
        self,
        module: Module,
        window: Window,
        limit: int,
        *,
        fields: Sequence[str],
        conditions: Filter = (),
    ) -> Page:
        """At most `limit` records of the window, in no order that can be relied on.

        Fewer rows than `limit` is the whole window. Deleted ones are included and marked.
        `fields` the server does not have are left out. Opportunities come with `contact_ids`.
        """

    def by_ids(
        self,
        module: Module,
        ids: Sequence[SugarId],
        *,
        fields: Sequence[str],
        conditions: Filter = (),
    ) -> Page:
        """The records with these ids, live or deleted; an id that does not exist is absent.

        So is one for which a condition does not hold.
        """

    def changed_addresses(
        self, module: Module, since: datetime, limit: int, conditions: Filter = ()
    ) -> list[SugarId] | None:
        """Ids of people whose address, or link to one, changed since, `limit` at most.

        None where the endpoint cannot say (`soap.php`).
        """

    def parents(self, module: Module, window: Window, limit: int) -> Mapping[SugarId, SugarId]:
        """`id` to `account_id` of a window's live Contacts ("" for none), and nothing else."""

    def sweep(
        self, module: Module, window: Window, limit: int, conditions: Filter = ()
    ) -> Mapping[SugarId, tuple[datetime | None, bool]]:
        """`id` to (`date_modified`, `deleted`) of a window, and nothing else."""

    def reads_ranges(self) -> bool:
        """Whether `members` can be asked for a range of ids; otherwise it reads a list whole."""

    def target_lists(self) -> list[TargetList]:
        """All Target Lists that the user may see, deleted ones included and marked."""

    def members(self, target_list: SugarId, module: Module, ids: IdRange, limit: int) -> Members:
        """The live members of one module whose ids lie in the range, in the server's collation.

        One request. Reading stops after `limit` members, and says so, where the endpoint can read
        ranges; where it cannot, the range and the limit are ignored. A list that is deleted or
        does not exist has no members, or raises `ServerCrashed`.
        """

    def members_among(
        self, target_list: SugarId, module: Module, ids: Sequence[SugarId]
    ) -> frozenset[SugarId]:
        """Which of these are live members; as `members`, in one request for each 200, over REST 50.

        Where the endpoint cannot read ranges, the list is read whole.
        """

    def addresses(
        self, people: Sequence[RecordKey]
    ) -> Mapping[RecordKey, tuple[EmailAddress, ...]]:
        """The records of these people's addresses; none for a person who is deleted or not there.

        One request a person. Raises `MethodMissing` where the endpoint cannot say (`soap.php`).
        """

    def flag_address(
        self, address: SugarId, *, opt_out: bool | None = None, invalid: bool | None = None
    ) -> None:
        """Set flags of an address's own record, for all who have it; None leaves one as it is.

        That it returns proves nothing: read it back. Raises `MethodMissing` as `addresses` does.
        """

    def holders(self, emails: Iterable[str]) -> Mapping[str, tuple[RecordKey, ...]]:
        """The live Leads and Contacts that have each address, also as one of several.

        Contacts first, then by id; of one address 500 of a module at most. Case does not count. Two
        requests for each 100 addresses. Raises `InputInvalid` for an address that cannot be asked
        for, `MethodMissing` where the endpoint cannot say (`soap.php`).
        """

    def existing(self, module: WrittenModule, ids: Sequence[SugarId]) -> Mapping[SugarId, bool]:
        """Of those of these records that are there, whether they are deleted."""

    def held(
        self, module: WrittenModule, ids: Sequence[SugarId], fields: Sequence[str]
    ) -> Mapping[SugarId, Held]:
        """Those of these records that are there, deleted ones included and marked, read now."""

    def create(self, module: WrittenModule, sugar_id: SugarId, fields: Mapping[str, Value]) -> None:
        """Create a record under an id of ours; never sent twice.

        Neither its return nor an error proves anything: ask whether it is there. What is there
        already, deleted or not, is left as it is, with `ServerCrashed`. Raises `IdNotKept` where it
        was made under another id, and `MethodMissing` where ids of ours are never kept.
        """

    def marked(self, module: WrittenModule, about: RecordKey, mark: str) -> list[SugarId]:
        """The Tasks or Notes about a record whose description holds the mark, deleted ones too.

        Raises `ReplyTooLarge` where there are too many about it to tell.
        """

    def accounts_named(self, name: str) -> list[SugarId]:
        """The live Accounts of exactly this name but for case and spaces, the oldest first.

        Raises `InputInvalid` for a name that cannot be asked for.
        """

    def update(
        self, module: Module | WrittenModule, rows: Mapping[SugarId, Mapping[str, Value]]
    ) -> None:
        """Set fields of records by their ids, and no others; may be sent twice.

        One request, over REST one for each 50 rows. That it returns proves nothing: a row that
        Sugar refuses, an id that is not there or deleted, a field it does not know are passed over
        without a word. Read back what matters. Raises `NoRight` or `ModuleMissing` where all is
        refused, and `ServerCrashed` where the server died over one of them; some may be written.
        """

    def relate(self, campaign: SugarId, target_list: SugarId) -> None:
        """Have the Campaign use the Target List; may be sent twice.

        That it returns proves nothing: ask `related`. Raises `MethodMissing` where the endpoint
        fills no Target Lists (`Dialect.fills_target_lists`), `NoRight` where Sugar refuses it.
        """

    def related(self, campaign: SugarId) -> frozenset[SugarId]:
        """The live Target Lists that the Campaign uses; none where it is deleted or not there."""

    def add_members(self, target_list: SugarId, module: Module, ids: Sequence[SugarId]) -> None:
        """Put Leads or Contacts on the Target List; may be sent twice, each is on it once.

        One request, over REST one for each 50. That it returns proves nothing, nor that it does
        not: ask `members`. Over REST one that is not there may keep others off. Raises as
        `relate`.
        """

    def remove_members(self, target_list: SugarId, module: Module, ids: Sequence[SugarId]) -> None:
        """Take records off the Target List; may be sent twice. As `add_members`."""


class Looking(Protocol):
    """What of `Crm` the plan of a push needs: it only looks."""

    def fields(self, module: Module) -> list[FieldDef]:
        """See `Crm`."""

    def holders(self, emails: Iterable[str]) -> Mapping[str, tuple[RecordKey, ...]]:
        """See `Crm`."""

    def by_ids(self, module: Module, ids: Sequence[SugarId], *, fields: Sequence[str]) -> Page:
        """See `Crm`."""

    def existing(self, module: WrittenModule, ids: Sequence[SugarId]) -> Mapping[SugarId, bool]:
        """See `Crm`."""

    def marked(self, module: WrittenModule, about: RecordKey, mark: str) -> list[SugarId]:
        """See `Crm`."""

    def accounts_named(self, name: str) -> list[SugarId]:
        """See `Crm`."""


class CrmConnector(Protocol):
    """Finds endpoints and opens them."""

    def detect(self, url: str) -> Endpoint:
        """The best endpoint behind any URL a person pastes, without signing in.

        Raises `AddressInvalid`, `AddressForbidden`, `NotASugar`, `RedirectedElsewhere`,
        `CertificateInvalid`, `SugarUnavailable` or `ReplyTooLarge`.
        """

    def open(self, endpoint: Endpoint, credentials: Credentials, hooks: Hooks | None = None) -> Crm:
        """An endpoint ready to sign in. No request is made yet.

        Raises `AddressForbidden` if the credentials are for another origin.
        """
