"""Every error the product raises on purpose.

FunnelError
├── Transient                trying again later can help
│   ├── SugarUnavailable     refused, reset, timed out, 5xx, no route
│   ├── SugarBusy            429 or 503: slow down
│   ├── CircuitOpen          Sugar has not answered for a while and is left alone
│   ├── SugarReplyBroken     cut off, not well-formed, not the expected shape
│   ├── LeaseLost            another worker has taken over: stop quietly
│   ├── NotSettled           who is on a list is still being worked out
│   ├── WrittenByNewer       a newer release wrote this; it has to be deployed again
│   ├── MailBusy             the mail service did not take it, and may later
│   └── MailUnclear          nobody can tell whether the mail service took it
└── Permanent                trying again changes nothing until somebody mends it
    ├── InputInvalid         what was typed or sent is wrong
    │   ├── TooLarge         more was sent than is taken at once
    │   └── NotJson          the body is not said to be JSON
    ├── WrongMethod          there is such an address, but not for this method
    ├── NotFound             there is no such thing, or not for this tenant
    ├── Conflict             somebody else changed it meanwhile
    │   ├── AddressTaken     somebody has this address already
    │   └── WasErased        who had this address was erased on request
    ├── NotSignedIn          no session, or it has ended
    ├── TooManyTries         signing in was tried too often; it can be again after a while
    ├── NotAllowed           signed in, but this is for others, or did not come from our pages
    ├── MailRefused          this mail will not be sent: the mail service, or its reader, says no
    ├── ConnectionPaused     an admin or a refused password has paused the connection
    └── SugarRefused         Sugar, or the way to it, says no
        ├── AddressInvalid        not a web address
        ├── AddressForbidden      a private, loopback, link-local or metadata address
        ├── NotASugar             something answers there, but no Sugar
        ├── RedirectedElsewhere   it sends us to another host
        ├── CertificateInvalid    expired, self-signed or for another host
        ├── SignInRefused         user name or password (fault 10)
        ├── SessionGone           fault 11: sign in once more (never reaches a person)
        ├── ModuleMissing         fault 20
        ├── NoRight               fault 40
        ├── ServerCrashed         fault -1, or a count that came back null
        ├── MethodMissing         this endpoint does not know the method
        │   └── IdNotKept             it made a record under an id of its own
        └── ReplyTooLarge         more than we are ready to take
"""

from enum import StrEnum


class Mender(StrEnum):
    """Who can mend an error."""

    ADMIN = "admin"
    MARKETER = "marketer"
    REP = "rep"
    US = "us"
    NOBODY = "nobody"


class FunnelError(Exception):
    """Base of all errors on purpose.

    Parameters
    ----------
    text
        What is wrong, in plain words for the person who will read it. Never holds a secret.
    mend
        What that person can do about it; empty where nothing can be done.
    record
        The record it is about, as `Module/id`, or empty.
    """

    transient = False
    mender = Mender.US

    def __init__(self, text: str, *, mend: str = "", record: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.mend = mend
        self.record = record

    @property
    def code(self) -> str:
        """A stable name for logs, tables and clients: the class's own."""
        return type(self).__name__


class Transient(FunnelError):
    """Trying again later can help."""

    transient = True
    mender = Mender.NOBODY


class SugarUnavailable(Transient):
    """The server did not answer: refused, reset, timed out or 5xx."""


class SugarBusy(Transient):
    """The server asks us to slow down. `retry_after` is in seconds, 0 if it did not say."""

    def __init__(self, text: str, *, mend: str = "", retry_after: float = 0) -> None:
        super().__init__(text, mend=mend)
        self.retry_after = retry_after


class CircuitOpen(Transient):
    """Sugar has not answered for a while and is left alone until the time the text gives."""


class SugarReplyBroken(Transient):
    """The reply was cut off, not well-formed or not of the expected shape."""


class StoreBusy(Transient):
    """Our own tables are throttled, or others keep changing the same rows."""


class LeaseLost(Transient):
    """Another worker holds the lease now."""


class NotSettled(Transient):
    """Who is on a list is still being worked out: nothing can be told from who is not on it."""


class WrittenByNewer(Transient):
    """A newer release wrote this, whose format is not known here: it is neither read nor changed."""


class MailBusy(Transient):
    """The mail service certainly did not take it just now: throttled, away or not reached."""


class MailUnclear(Transient):
    """The answer of the mail service was lost: it may have taken it or not."""


class Permanent(FunnelError):
    """Trying again changes nothing until somebody mends it."""


class InputInvalid(Permanent):
    """What was typed or sent is wrong. `field` names the input, or is empty.

    `others` are what else is wrong with it (`domain/problems.py`).
    """

    mender = Mender.ADMIN

    def __init__(self, text: str, *, mend: str = "", field: str = "") -> None:
        super().__init__(text, mend=mend)
        self.field = field
        self.others: tuple[InputInvalid, ...] = ()


class TooLarge(InputInvalid):
    """More was sent than is taken at once."""


class NotJson(InputInvalid):
    """The body is said to be something else than JSON, or not said to be it where it must be."""


class WrongMethod(Permanent):
    """There is such an address, but not for this method. `allowed` are those there are."""

    mender = Mender.NOBODY

    def __init__(self, text: str, *, mend: str = "", allowed: tuple[str, ...] = ()) -> None:
        super().__init__(text, mend=mend)
        self.allowed = allowed


class NotFound(Permanent):
    """There is no such thing, or not for this tenant."""

    mender = Mender.NOBODY


class Conflict(Permanent):
    """Somebody else changed it meanwhile, or it is already under way."""

    mender = Mender.NOBODY


class AlreadyDone(Conflict):
    """The same request was carried out before, and is not carried out again."""


class AddressTaken(Conflict):
    """Somebody has this address already: the person `person_id`, called `name`."""

    def __init__(self, text: str, *, mend: str = "", person_id: str, name: str) -> None:
        super().__init__(text, mend=mend)
        self.person_id = person_id
        self.name = name


class WasErased(Conflict):
    """Who had this address was erased on request."""


class NotSignedIn(Permanent):
    """There is no session, or it has ended."""

    mender = Mender.NOBODY


class TooManyTries(Permanent):
    """Something was tried too often; the text says when it can be tried again.

    `retry_after` says so in seconds, 0 where it is not known.
    """

    mender = Mender.NOBODY

    def __init__(self, text: str, *, mend: str = "", retry_after: int = 0) -> None:
        super().__init__(text, mend=mend)
        self.retry_after = retry_after


class NotAllowed(Permanent):
    """Whoever is signed in may not do this, or the request came from another site."""

    mender = Mender.ADMIN


class MailRefused(Permanent):
    """A mail that was certainly not sent and will not be; the text says why."""

    mender = Mender.MARKETER


class ConnectionPaused(Permanent):
    """The connection is paused; the text says since when and why."""

    mender = Mender.ADMIN


class SugarRefused(Permanent):
    """Sugar, or the way to it, says no."""

    mender = Mender.ADMIN


class AddressInvalid(SugarRefused):
    """Not an http or https address."""


class AddressForbidden(SugarRefused):
    """A private, loopback, link-local or metadata address, in whatever spelling."""


class NotASugar(SugarRefused):
    """Something answers there, but it is no Sugar we know."""


class RedirectedElsewhere(SugarRefused):
    """The address redirects to another host."""


class CertificateInvalid(SugarRefused):
    """The server's certificate is expired, self-signed or for another host."""


class SignInRefused(SugarRefused):
    """User name or password refused (fault 10). Never to be tried again with the same one."""


class SessionGone(SugarRefused):
    """The session has ended (fault 11): sign in once and go on."""

    mender = Mender.NOBODY


class ModuleMissing(SugarRefused):
    """The module is not on this server or switched off (fault 20)."""


class NoRight(SugarRefused):
    """The user may not do this (fault 40), or the query was refused."""


class ServerCrashed(SugarRefused):
    """Fault -1, or a count that came back as null: the server could not carry the request out."""

    mender = Mender.US


class MethodMissing(SugarRefused):
    """The endpoint does not know the method."""

    mender = Mender.US


class IdNotKept(MethodMissing):
    """The record was made, but not under the id it was given. `sugar_id` is the one it has."""

    def __init__(self, text: str, *, mend: str = "", sugar_id: str = "") -> None:
        super().__init__(text, mend=mend)
        self.sugar_id = sugar_id


class ReplyTooLarge(SugarRefused):
    """The reply, or one value in it, is larger than we are ready to take."""


OF_THE_WHOLE_SUGAR = (
    AddressForbidden,
    CertificateInvalid,
    RedirectedElsewhere,
    SessionGone,
    SignInRefused,
)
"""What befalls every request alike and says nothing of what was asked."""
