"""Every error as HTTP, in one place."""

from dataclasses import dataclass

from funnel.domain.errors import (
    Conflict,
    ConnectionPaused,
    FunnelError,
    InputInvalid,
    MailRefused,
    NotAllowed,
    NotFound,
    NotJson,
    NotSignedIn,
    SugarRefused,
    TooLarge,
    TooManyTries,
    Transient,
    WrongMethod,
)

_STATUSES: tuple[tuple[type[FunnelError], int], ...] = (
    (TooLarge, 413),
    (NotJson, 415),
    (WrongMethod, 405),
    (InputInvalid, 400),
    (NotSignedIn, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (ConnectionPaused, 409),
    (SugarRefused, 422),
    (MailRefused, 422),
    (TooManyTries, 429),
    (Transient, 503),
)

UNEXPECTED = "Unexpected"


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """What is wrong and how to mend it. `field` names the input it is about, or is empty."""

    code: str
    text: str
    mend: str
    field: str


def status_of(error: FunnelError) -> int:
    """The HTTP status an error is answered with."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def error_body(error: FunnelError) -> ErrorBody:
    """An error as clients see it."""
    field = error.field if isinstance(error, InputInvalid) else ""
    return ErrorBody(error.code, error.text, error.mend, field)
