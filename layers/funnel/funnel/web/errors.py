"""Every error as HTTP, in one place."""

from collections.abc import Collection, Sequence
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


@dataclass(frozen=True, slots=True)
class FormError(ErrorBody):
    """What is wrong with a form: the first of it, and the `others`."""

    others: tuple[ErrorBody, ...] = ()


def status_of(error: FunnelError) -> int:
    """The HTTP status an error is answered with."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)


def error_body(error: FunnelError) -> ErrorBody:
    """An error as clients see it."""
    field = error.field if isinstance(error, InputInvalid) else ""
    return ErrorBody(error.code, error.text, error.mend, field)


def form_error(error: FunnelError, fields: Sequence[str] = ()) -> FormError:
    """An error as a form shows it, with what else is wrong; the first is that of the first of its `fields`."""
    others = error.others if isinstance(error, InputInvalid) else ()
    places = {name: place for place, name in enumerate(fields)}
    bodies = [error_body(error), *map(error_body, others)]
    first, *rest = sorted(bodies, key=lambda one: places.get(one.field, len(places)))
    return FormError(first.code, first.text, first.mend, first.field, tuple(rest))


def wrong_fields(error: ErrorBody | None) -> tuple[str, ...]:
    """The fields of a form of which something is wrong."""
    if error is None:
        return ()
    others = error.others if isinstance(error, FormError) else ()
    return tuple(one.field for one in (error, *others))


def wrong_under(error: ErrorBody | None, start: str) -> bool:
    """Whether anything is wrong with a field whose name begins so."""
    return any(field.startswith(start) for field in wrong_fields(error))


def wrong_elsewhere(error: ErrorBody | None, fields: Collection[str] = ()) -> tuple[ErrorBody, ...]:
    """What is wrong and stands at none of these fields; without any, what names no field."""
    if error is None:
        return ()
    all_of_it = (error, *error.others) if isinstance(error, FormError) else (error,)
    return tuple(one for one in all_of_it if (one.field not in fields if fields else not one.field))


def wrong_at(error: ErrorBody | None, field: str) -> ErrorBody | None:
    """What is wrong with one field of a form; None for nothing."""
    if error is None:
        return None
    all_of_it = (error, *error.others) if isinstance(error, FormError) else (error,)
    return next((one for one in all_of_it if one.field == field), None)
