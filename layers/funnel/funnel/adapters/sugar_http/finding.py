"""What finding a record to push to has in common, however it is asked."""

from collections.abc import Iterable, Sequence

from funnel.domain.errors import MethodMissing, ReplyTooLarge
from funnel.domain.ids import Module, RecordKey
from funnel.domain.text import fold_email, fold_name

EMAILS_A_REQUEST = 100
MOST_HOLDERS = 500
MOST_ABOUT = 1_000
"""Tasks or notes about one record that are looked through for one of ours."""

MOST_ACCOUNTS = 100
PEOPLE = (Module.CONTACTS, Module.LEADS)
"""In the order in which holders are told."""


class Holders:
    """Collects who has which of the addresses that were asked for."""

    def __init__(self, emails: Iterable[str]) -> None:
        self._asked = list(dict.fromkeys(emails))
        self._found: dict[str, list[RecordKey]] = {fold_email(one): [] for one in self._asked}

    def chunks(self) -> list[list[str]]:
        """The folded addresses, as many at a time as a request takes."""
        folded = [one for one in self._found if one]
        return [
            folded[at : at + EMAILS_A_REQUEST] for at in range(0, len(folded), EMAILS_A_REQUEST)
        ]

    def add(self, key: RecordKey, addresses: Iterable[str]) -> bool:
        """Note what a record has; whether it has any that was asked for."""
        mine = {fold_email(one) for one in addresses} & self._found.keys()
        for email in mine:
            self._found[email].append(key)
        return bool(mine)

    def told(self) -> dict[str, tuple[RecordKey, ...]]:
        """By address as it was asked for."""
        return {
            email: tuple(sorted(dict.fromkeys(self._found[fold_email(email)]), key=_rank))
            for email in self._asked
        }


def halves(emails: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Two parts of what had more holders than one request tells."""
    middle = len(emails) // 2
    return emails[:middle], emails[middle:]


def same_name(one: str, other: str) -> bool:
    """Whether two Accounts have the same name but for case and spaces."""
    return fold_name(one) == fold_name(other)


def cannot_say_who() -> MethodMissing:
    """The error of an endpoint that cannot be asked who has an address."""
    return MethodMissing(
        "This way into Sugar cannot say who has an email address, so that nobody could be added"
        " without the risk of a double.",
        mend="Connect a Sugar that serves service/v4_1 or REST.",
    )


def cannot_fill_lists() -> MethodMissing:
    """The error of an endpoint over which Leads and Contacts get on no Target List."""
    return MethodMissing(
        "This way into Sugar cannot put Leads and Contacts on Target Lists.",
        mend="Connect a Sugar that serves service/v4_1 or REST.",
    )


def too_many_about(about: RecordKey) -> ReplyTooLarge:
    """The error of a record about which there is more than can be looked through."""
    return ReplyTooLarge(
        f"There are more than {MOST_ABOUT} tasks or notes about {about} in Sugar.",
        mend="Look in Sugar whether it is there already.",
    )


def _rank(key: RecordKey) -> tuple[int, str]:
    return PEOPLE.index(key.module), key.sugar_id
