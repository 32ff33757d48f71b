"""The names of forms and emails that rules may be for, and which rules name what is not there."""

from collections.abc import Iterable
from dataclasses import dataclass

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.scoring.scoring import Rule, like
from funnel.usecases.app import App

_MOST_NAMED = 10
"""Of what there is, in an error."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of the forms and emails there are, and what else means one: its id or subject.

    `forms` are ours, and behind them those that sites were seen to have; `pages` are paths that were
    seen there, to choose from. A pattern with a * may also be for what nobody has seen yet, and for mails
    of reps, of which nobody knows all: only a whole name can be one that is not there.
    """

    forms: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    _also: frozenset[str] = frozenset()

    def gone_of(self, rule: Rule) -> tuple[str, ...]:
        """Which of "form" and "email" names nothing that there is."""
        form = rule.form and not _is_one(rule.form, self.forms)
        email = rule.email and not _is_one(rule.email, (*self.emails, *self._also))
        return (*(("form",) if form else ()), *(("email",) if email else ()))

    def of(self, pattern: str) -> tuple[str, ...]:
        """What can be chosen for one of the patterns of a rule; nothing where nothing is known."""
        return {"form": self.forms, "email": self.emails, "page": self.pages}.get(pattern, ())


def known_names(app: App, tenant: TenantId) -> KnownNames:
    """Those of now, in the order of their lists, also of what is archived: it still counts."""
    emails, seen = app.emails.emails(tenant), app.sites.names_seen(tenant)
    ours = (one.name for one in app.forms.forms(tenant))
    return KnownNames(
        forms=tuple(dict.fromkeys([*ours, *sorted(seen.forms)])),
        emails=tuple(dict.fromkeys(one.name for one in emails)),
        pages=tuple(sorted(seen.pages)),
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
    known = known_names(app, tenant)
    gone = [name for name in known.gone_of(rule) if name in new]
    if "form" in gone:
        raise _no_form(rule, known)
    if "email" in gone:
        raise _no_email(rule, known)


def _no_form(rule: Rule, known: KnownNames) -> InputInvalid:
    return InputInvalid(
        f"There is no form “{rule.form}”.",
        mend=f"Choose one that there is: {named_some(known.forms)}. For a form of a page of your "
        "own that nobody has sent yet, end its name with a *."
        if known.forms
        else "For a form of a page of your own that nobody has sent yet, end its name with a *.",
        field="form",
    )


def _no_email(rule: Rule, known: KnownNames) -> InputInvalid:
    return InputInvalid(
        f"There is no email “{rule.email}”.",
        mend=f"Choose one that there is: {named_some(known.emails)}. For what reps write, end its "
        "subject with a *."
        if known.emails
        else "For what reps write, end its subject with a *.",
        field="email",
    )


def named_some(names: Iterable[str]) -> str:
    """The first of these names, and a sign where there are more."""
    some = list(names)
    return ", ".join([*some[:_MOST_NAMED], *(["…"] if len(some) > _MOST_NAMED else [])])


def _is_one(pattern: str, names: Iterable[str]) -> bool:
    return "*" in pattern or any(like(pattern, one) for one in names)
