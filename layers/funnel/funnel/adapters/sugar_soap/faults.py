"""Sugar's faults as our errors: one each, saying who can mend it."""

from funnel.adapters.sugar_http.refusals import module_missing, no_right, quoted, sign_in_refused
from funnel.domain.errors import (
    FunnelError,
    MethodMissing,
    ServerCrashed,
    SessionGone,
    SignInRefused,
)

_SESSION_NUMBERS = frozenset(("10", "11"))


def fault_error(method: str, code: str, text: str, detail: str = "") -> FunnelError:
    """The error for a SOAP fault of v2 to v4_1."""
    del detail  # names tables and log files; nothing a person could use
    match code.strip():
        case "10":
            return sign_in_refused()
        case "11":
            return SessionGone("The session with Sugar has ended.")
        case "20":
            return module_missing()
        case "40":
            return no_right()
        case "1005":
            return ServerCrashed("Sugar could not use the campaign data it was sent.")
        case "-1":
            return ServerCrashed(f"Sugar's service crashed while it worked on {method}.")
    if "not defined in service" in text or "not supported" in text:
        return MethodMissing(f"This Sugar does not know {method}.")
    return ServerCrashed(f"Sugar could not work on {method}: “{quoted(text)}”.")


def sugar5_error(method: str, number: str, text: str) -> FunnelError:
    """The error for the `error` struct of `soap.php`; any number but `"0"` is one.

    There 10 is a refused sign-in only in answer to `login`; elsewhere it means the session.
    """
    if number in _SESSION_NUMBERS:
        if method == "login":
            return sign_in_refused()
        return SessionGone("The session with Sugar has ended.")
    return fault_error(method, number, text)


def sign_in_interrupted() -> SignInRefused:
    """A page of Sugar's instead of a session: what it asks has to be done in the browser."""
    return SignInRefused(
        "Sugar sends this user to a page instead of signing in.",
        mend="Sign in to Sugar once in the browser as this user and finish what it asks"
        " (set-up wizard, expired password), then enter the password here again.",
    )
