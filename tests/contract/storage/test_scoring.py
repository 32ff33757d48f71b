"""The rules of the lead score and the progress of a re-score, in every store."""

from dataclasses import replace

import pytest

from funnel.domain.errors import Conflict
from funnel.domain.ids import TenantId
from funnel.domain.scoring.default_rules import DEFAULT_RULES
from funnel.domain.scoring.rescoring import Rescoring
from funnel.domain.scoring.scoring import Period, Rule, ScoringRules
from funnel.domain.tracking.activities import ActivityKind
from tests.contract.storage.builders import NOW, UNICODE
from tests.contract.storage.conftest import Store


def test_rules_are_the_usual_ones_until_others_are_saved(store: Store, tenant: TenantId) -> None:
    usual = store.scoring_rules(tenant)
    assert usual == ScoringRules(tenant, DEFAULT_RULES)
    rule = Rule(
        "r1", UNICODE, ActivityKind.EMAIL_CLICK, -7, "/p*", "f", "e", "l*", 3, Period.WEEK, 30
    )
    made = replace(
        usual, rules=(rule,), generation=4, tallied=2, changed_by=UNICODE, changed_at=NOW
    )
    stored = store.save_scoring_rules(made)
    assert stored == replace(made, version=1) == store.scoring_rules(tenant)
    with pytest.raises(Conflict):
        store.save_scoring_rules(made)
    assert store.scoring_rules(TenantId(f"{tenant}-b")).version == 0


def test_progress_of_a_rescore_is_kept_and_late_writes_are_refused(
    store: Store, tenant: TenantId
) -> None:
    assert store.rescoring(tenant) is None
    begun = Rescoring(tenant, 4, UNICODE, NOW, of=10, people=3, cursor="c")
    first = store.save_rescoring(begun)
    assert store.rescoring(tenant) == first == replace(begun, version=1)
    store.save_rescoring(replace(first, finished_at=NOW))
    for late in (begun, first):
        with pytest.raises(Conflict):
            store.save_rescoring(late)
