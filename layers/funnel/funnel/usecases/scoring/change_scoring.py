"""Change what scores are worked out by: rules, overlays, and what is counted for segments."""

from collections.abc import Callable
from dataclasses import replace

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.scoring.checked_rules import counted_alike
from funnel.domain.scoring.scoring import ScoringRules
from funnel.ports.marketing_messages import Rescore
from funnel.usecases.app import App
from funnel.usecases.bells.ask_relist import SHOULD_WE_DIE

_TRIES = 4


def change_scoring(
    app: App,
    tenant: TenantId,
    to: Callable[[ScoringRules], ScoringRules],
    by: str,
    *,
    anew: bool = False,
) -> ScoringRules:
    """Save other rules, and have everybody's score worked out by them; as they are then.

    The same change nothing, unless all is to be counted `anew`, and which segments ask for the score
    changes no score. Raises `Conflict`.
    """
    for last in range(_TRIES):
        before = app.scoring.scoring_rules(tenant)
        wanted = to(before)
        if wanted == before and not anew:
            return before
        if replace(wanted, asking=before.asking) == before and not anew:
            try:
                return app.scoring.save_scoring_rules(wanted)
            except Conflict:
                if last == _TRIES - 1:
                    raise
                continue
        generation = before.generation + 1
        alike = counted_alike(before.counted, wanted.counted) and not anew
        after = replace(
            wanted,
            generation=generation,
            tallied=before.tallied if alike else generation,
            changed_by=by,
            changed_at=app.clock.now(),
        )
        message = Rescore(tenant, generation=generation)
        # Asked for before it is saved: should we die in between, it finds what is to be done.
        app.queue.send(message, delay=SHOULD_WE_DIE)
        try:
            saved = app.scoring.save_scoring_rules(after)
        except Conflict:
            if last == _TRIES - 1:
                raise
            continue
        app.queue.send(message)
        return saved
    raise AssertionError
