"""How a language says rules: phrases with places for what they are about. English is here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from funnel.domain.tracking.activities import ActivityKind


@dataclass(frozen=True, slots=True)
class RuleSpeech:
    """One language. `{}` is what a phrase is about, `{about}` and `{when}` what was done to what, and when.

    Operators are said as `operators` has them, or else as they are called themselves; those with a number
    of days as `days` has them, for one and for more. `marks` are what stands between thousands, and before
    the decimals of a number. `labels` are other names of fields, `values` those of
    their values, by the field; under "" those of yes and no.
    """

    everybody: str = "everybody"
    nobody: str = "nobody"
    both: str = " and "
    either: str = " or "
    none: str = "not ({})"
    on_list: str = "is on the list “{}”"
    quoted: str = "“{}”"
    marks: tuple[str, str] = (",", ".")
    did: Mapping[str, str] = field(
        default_factory=lambda: {
            ActivityKind.PAGE_VIEW: "visited {about}{when}",
            ActivityKind.FORM: "sent a form{about}{when}",
            ActivityKind.EMAIL_OPEN: "opened an email{about}{when}",
            ActivityKind.EMAIL_CLICK: "clicked a link in an email{about}{when}",
        }
    )
    any_page: str = "a page"
    named: str = " named “{}”"
    on_page: str = " on “{}”"
    to_link: str = " to “{}”"
    times: str = " at least {} times"
    in_days: str = " in the last {} days"
    today: str = " today"
    operators: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: {
            "was in the last days": ("was in the last {} day", "was in the last {} days"),
            "was longer ago than days": (
                "was longer ago than {} day",
                "was longer ago than {} days",
            ),
            "is in the next days": ("is in the next {} day", "is in the next {} days"),
            "is later than days ahead": (
                "is later than {} day from now",
                "is later than {} days from now",
            ),
        }
    )
    labels: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


ENGLISH = RuleSpeech()
