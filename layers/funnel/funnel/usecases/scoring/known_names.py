"""The names of forms and emails that rules may be for, and which rules name what is not there."""

from collections.abc import Iterable
from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.scoring.scoring import Rule, like
from funnel.usecases.app import App


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of the forms and emails there are, and what else means one: its id or subject.

    A pattern with a * may also be for forms of a site and for mails of reps, of which nobody knows
    all: only a whole name can be one that is not there.
    """

    forms: tuple[str, ...]
    emails: tuple[str, ...]
    _also: frozenset[str] = frozenset()

    def gone_of(self, rule: Rule) -> tuple[str, ...]:
        """Which of "form" and "email" names nothing that there is."""
        form = rule.form and not _is_one(rule.form, self.forms)
        email = rule.email and not _is_one(rule.email, (*self.emails, *self._also))
        return (*(("form",) if form else ()), *(("email",) if email else ()))


def known_names(app: App, tenant: TenantId) -> KnownNames:
    """Those of now, in the order of their lists, also of what is archived: it still counts."""
    emails = app.emails.emails(tenant)
    return KnownNames(
        forms=tuple(dict.fromkeys(one.name for one in app.forms.forms(tenant))),
        emails=tuple(dict.fromkeys(one.name for one in emails)),
        _also=frozenset(word for one in emails for word in (one.subject, one.email_id)),
    )


def refuse_unknown_names(
    app: App, tenant: TenantId, rule: Rule, before: Rule | None = None
) -> None:
    """Raise `InputInvalid` where a rule names a form or email that is not there.

    What the rule named `before` stays, though it is gone.
    """
    named = [n for n in ("form", "email") if (pattern := getattr(rule, n)) and "*" not in pattern]
    new = [n for n in named if before is None or getattr(before, n) != getattr(rule, n)]
    if not new:
        return
    gone = [name for name in known_names(app, tenant).gone_of(rule) if name in new]
    if "form" in gone:
        raise InputInvalid(
            f"There is no form “{rule.form}”.",
            mend="Choose one that there is. For a form of a page of your own, end its name with a *.",
            field="form",
        )
    if "email" in gone:
        raise InputInvalid(
            f"There is no email “{rule.email}”.",
            mend="Choose one that there is. For what reps write, end its subject with a *.",
            field="email",
        )


def _is_one(pattern: str, names: Iterable[str]) -> bool:
    return "*" in pattern or any(like(pattern, one) for one in names)
