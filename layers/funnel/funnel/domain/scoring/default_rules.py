"""The rules that a new tenant begins with."""

from funnel.domain.ids import TenantId
from funnel.domain.scoring.scoring import Period, Rule, ScoringRules
from funnel.domain.tracking.activities import ActivityKind

DEFAULT_RULES = (
    Rule("form", "Sent a form", ActivityKind.FORM, 20, most=1, per=Period.DAY, days=365),
    Rule(
        "pricing", "Looked at prices", ActivityKind.PAGE_VIEW, 5,
        page="/pric*", most=1, per=Period.DAY, days=90,
    ),
    Rule("page", "Viewed a page", ActivityKind.PAGE_VIEW, 1, most=5, per=Period.DAY, days=90),
    Rule(
        "click", "Clicked a link in an email", ActivityKind.EMAIL_CLICK, 5,
        most=2, per=Period.DAY, days=90,
    ),
    Rule("open", "Opened an email", ActivityKind.EMAIL_OPEN, 1, most=1, per=Period.DAY, days=90),
    Rule(
        "careers", "Looked for a job", ActivityKind.PAGE_VIEW, -10,
        page="/career*", most=1, per=Period.EVER, days=365,
    ),
)  # fmt: skip


def default_rules(tenant: TenantId) -> ScoringRules:
    """What counts while nobody has changed anything."""
    return ScoringRules(tenant, DEFAULT_RULES)
