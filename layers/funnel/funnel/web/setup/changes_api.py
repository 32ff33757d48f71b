"""The setup API of webhooks and of comparing both sides: what their pages do, as JSON."""

from dataclasses import dataclass

from funnel.domain.signing_in.tenants import Role
from funnel.usecases.connecting.signing_keys import HooksView, hooks_view, new_signing_key
from funnel.usecases.sync.compare import (
    cancel_comparison,
    comparison_of,
    start_comparison,
    start_repair,
)
from funnel.usecases.sync.view_comparison import ComparisonView, comparison_view
from funnel.web.asked import Asked
from funnel.web.replies import Reply
from funnel.web.room import CSV, Room
from funnel.web.scopes import HURRIES
from funnel.web.setup.comparing import differences_csv
from funnel.web.setup.hooks import address_of

room = Room(needs=Role.ADMIN)


@dataclass(frozen=True, slots=True)
class ShownKey:
    """What is entered in Sugar. The key is told this once and never again."""

    address: str
    key: str


@room.api(
    "GET",
    "/api/setup/hooks",
    "The address to enter in Sugar, its keys, and what webhooks came",
    HooksView,
)
def hooks(asked: Asked) -> HooksView:
    """Webhooks as they stand."""
    return hooks_view(asked.app, asked.tenant, address_of(asked))


@room.api(
    "POST",
    "/api/setup/hooks/key",
    "Make a new key to enter in Sugar; the one before stays good for a day",
    ShownKey,
    status=201,
)
def make_key(asked: Asked) -> ShownKey:
    """A new key, told this once."""
    made = new_signing_key(asked.app, asked.tenant, address_of(asked))
    return ShownKey(made.address, made.key)


@room.api("POST", "/api/setup/comparison", "Compare both sides", ComparisonView, status=202)
def compare(asked: Asked) -> ComparisonView:
    """Have them compared by a worker."""
    at_once, by = asked.has_scope(HURRIES), asked.who.user_name
    return comparison_view(
        asked.app, start_comparison(asked.app, asked.tenant, by, at_once=at_once)
    )


@room.api("GET", "/api/setup/comparison", "The latest comparison", ComparisonView)
def comparison(asked: Asked) -> ComparisonView:
    """It as it stands."""
    return comparison_view(asked.app, comparison_of(asked.app, asked.tenant))


@room.api(
    "POST",
    "/api/setup/comparison/repair",
    "Read again what differed, and compare that again",
    ComparisonView,
    status=202,
)
def repair(asked: Asked) -> ComparisonView:
    """Have it repaired by a worker."""
    return comparison_view(asked.app, start_repair(asked.app, asked.tenant, asked.who.user_name))


@room.api(
    "POST",
    "/api/setup/comparison/cancel",
    "End the comparison where it is",
    ComparisonView,
)
def cancel(asked: Asked) -> ComparisonView:
    """End it."""
    ended = cancel_comparison(asked.app, asked.tenant, asked.who.user_name)
    return comparison_view(asked.app, ended)


@room.api("GET", "/api/setup/comparison.csv", "What differs as CSV", Reply, content_type=CSV)
def as_csv(asked: Asked) -> Reply:
    """All that differs."""
    return differences_csv(asked)
