"""What any Sugar may refuse, in the words of the product: one error each, saying who can mend it."""

from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import shorten

from funnel.domain.errors import FunnelError, ModuleMissing, NoRight, SignInRefused

_LONGEST_QUOTE = 200
_SHORTEST_WORD = 4
"""Characters of a word of a password that is hidden wherever it stands."""


def quoted(text: str) -> str:
    """What Sugar says, to stand in an error: whole words, so that `hide` finds each."""
    return shorten(text, _LONGEST_QUOTE, placeholder=" …")


def hide(error: FunnelError, *secrets: str) -> FunnelError:
    """The error without what we sent and Sugar repeats: it is kept and shown to people."""
    for secret in filter(None, secrets):
        # A quote is cut between words, and has one space between two.
        words = [word for word in secret.split() if len(word) >= _SHORTEST_WORD]
        for part in (secret, *words):
            error.text = error.text.replace(part, "…")
        error.args = (error.text,)
    return error


@contextmanager
def hiding(*secrets: str) -> Iterator[None]:
    """Raise errors without these."""
    try:
        yield
    except FunnelError as error:
        hide(error, *secrets)
        raise


def sign_in_refused() -> SignInRefused:
    """User name or password are wrong (fault 10)."""
    return SignInRefused(
        "Sugar refuses the user name or password.",
        mend="Check both by signing in to Sugar with them, then enter them here again.",
    )


def no_right() -> NoRight:
    """The user's role lacks a right (fault 40)."""
    return NoRight(
        "Sugar does not let our user do this.",
        mend="Give the user's role access to the module in Sugar, lists and export included.",
    )


def module_missing() -> ModuleMissing:
    """No such module (fault 20)."""
    return ModuleMissing(
        "The module does not exist on this Sugar, or is switched off.",
        mend="Switch the module on in Sugar, under Admin, Display Modules.",
    )
