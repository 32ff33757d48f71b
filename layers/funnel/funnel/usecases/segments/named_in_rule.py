"""Whether what the conditions of a rule name is there: lists, forms and emails."""

from collections.abc import Iterable, Iterator, Mapping

from funnel.domain.errors import InputInvalid
from funnel.domain.ids import ListId, TenantId
from funnel.domain.lists.lists import ListKind
from funnel.domain.problems import Problems
from funnel.domain.scoring.scoring import Rule
from funnel.domain.segments.segment_evaluator import tests_of
from funnel.domain.segments.segment_tests import counted_rule
from funnel.domain.segments.segments import BehaviourTest, Group, ListTest, Test
from funnel.usecases.app import App
from funnel.usecases.lists.view_lists import Show, find_lists
from funnel.usecases.scoring.known_names import named_some, refuse_unknown_names

_OF_EACH = 4
"""Lists of each kind that are named where one is not there."""


def refuse_what_is_not_there(
    app: App, tenant: TenantId, tests: Mapping[str, Test], before: Group | None = None
) -> None:
    """Raise `InputInvalid` with all that the `tests` of a rule, by their paths, name and is not there.

    Each `field` is the path.

    Forms and emails that the rule named `before` stay, though they are gone: what was done with them
    still counts. So does what a segment asks for already.
    """
    lists = [(path, one) for path, one in tests.items() if isinstance(one, ListTest)]
    wrong = Problems()
    _find_lists(app, tenant, lists, wrong)
    behaviours = [(path, one) for path, one in tests.items() if isinstance(one, BehaviourTest)]
    known = list(_counted_before(app, tenant, before)) if any(map(_names, behaviours)) else []
    for path, test in behaviours:
        asked = counted_rule(test)
        stays = [one for one in known if (one.form, one.email) == (asked.form, asked.email)]
        with wrong.found(path):
            refuse_unknown_names(app, tenant, asked, next(iter(stays), None))
    wrong.raise_all()


def _names(placed: tuple[str, BehaviourTest]) -> bool:
    return bool(placed[1].form or placed[1].email)


def _counted_before(app: App, tenant: TenantId, before: Group | None) -> Iterator[Rule]:
    yield from app.scoring.scoring_rules(tenant).behaviours
    for one in tests_of(before) if before else ():
        if isinstance(one, BehaviourTest):
            yield counted_rule(one)


def _find_lists(
    app: App, tenant: TenantId, asked: Iterable[tuple[str, ListTest]], wrong: Problems
) -> None:
    wanted = {path: one.list_id for path, one in asked}
    known = app.lists.lists(tenant, sorted(set(wanted.values()))) if wanted else {}
    for path, list_id in wanted.items():
        with wrong.found(path):
            if list_id not in known:
                raise _no_list(app, tenant, list_id)
            if known[list_id].kind is ListKind.SEGMENT:
                raise InputInvalid(
                    "A segment cannot ask for another one.",
                    mend="Copy the conditions of that segment instead.",
                    field="list",
                )


def _no_list(app: App, tenant: TenantId, list_id: ListId) -> InputInvalid:
    kinds = (Show.MANUAL, Show.TARGET, Show.AUTO)
    found = [one for show in kinds for one in find_lists(app, tenant, "", show, "", _OF_EACH).items]
    there = [f"{one.list_id} ({one.name})" for one in found]
    return InputInvalid(
        f"There is no list “{list_id[:80]}”.",
        mend=f"Choose one that there is: {named_some(there)}." if there else "Make a list first.",
        field="list",
    )
