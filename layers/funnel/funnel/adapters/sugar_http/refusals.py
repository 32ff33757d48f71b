"""What any Sugar may refuse, in the words of the product: one error each, saying who can mend it."""

from funnel.domain.errors import ModuleMissing, NoRight, SignInRefused


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
