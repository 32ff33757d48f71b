"""Sugar's REST errors as our errors: one each, saying who can mend it.

Source: Sugar Developer Guide 13.0, API Exceptions (HTTP code and error label of each). A reply
without a label is not Sugar's own (a proxy's, a web server's) and is judged by its status alone.
"""

from funnel.adapters.sugar_http.failures import http_failure
from funnel.adapters.sugar_http.refusals import module_missing, no_right, quoted, sign_in_refused
from funnel.domain.errors import (
    FunnelError,
    MethodMissing,
    NoRight,
    ServerCrashed,
    SessionGone,
    SugarReplyBroken,
)

PLATFORM = "funnel"
"""Our platform's name: Sugar keeps one token for each user and platform, and `base` is the one
people sign in with, so that it would sign them out."""

_SIGN_IN_LABELS = frozenset(("need_login", "invalid_grant"))
_MISTAKES = frozenset((400, 409, 413, 422, 424))


def refusal(status: int, label: str, text: str, host: str, retry_after: str | None) -> FunnelError:
    """The error for a reply that is neither success nor a redirect.

    Parameters
    ----------
    status
        The HTTP status.
    label, text
        Sugar's `error` and `error_message`; empty where the reply has none.
    host
        Named in texts.
    retry_after
        The header of that name.
    """
    if not label or status in (429, 503):
        return http_failure(status, host, retry_after)
    match status:
        case 401:
            return SessionGone("The session with Sugar has ended.")
        case 403:
            return no_right()
        case 404 if label == "no_method":
            return MethodMissing("This Sugar does not know what it was asked for.")
        case 404:
            return module_missing()
        case 412:
            return SugarReplyBroken("Sugar's modules or fields were changed meanwhile.")
        case 301 | 433:
            return old_version()
        case _ if status in _MISTAKES:
            return ServerCrashed(f"Sugar could not work on the request: “{quoted(text)}”.")
        case _ if status >= 500:
            return ServerCrashed("Sugar's service crashed while it worked on the request.")
    return http_failure(status, host, retry_after)


def sign_in_refusal(status: int, label: str, told: FunnelError) -> FunnelError:
    """The error for a refused sign-in; `told` is what the reply would mean elsewhere.

    A platform that is not registered is `invalid_parameter` with HTTP 422 (reported for Sugar
    25.1, where unknown platforms are refused unless `disable_unknown_platforms` is off).
    """
    if status in (400, 401) and label in _SIGN_IN_LABELS:
        return sign_in_refused()
    if status == 422 and label == "invalid_parameter":
        return NoRight(
            f"This Sugar does not know the API platform “{PLATFORM}”.",
            mend=f"In Sugar, under Admin, Configure API Platforms, add the platform “{PLATFORM}”;"
            " then test the connection again.",
        )
    return told


def old_version() -> FunnelError:
    """The server has dropped the version of REST that was found when it was connected."""
    return MethodMissing(
        "This Sugar does not serve this version of its REST service any more.",
        mend="Test the connection again, so that the version it serves now is found.",
    )
