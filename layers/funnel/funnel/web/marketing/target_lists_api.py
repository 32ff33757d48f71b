"""Target Lists as JSON: the last round, how each stands with Sugar, and asking for a round."""

from funnel.domain.ids import ListId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.target_lists import view_target_lists
from funnel.usecases.target_lists.ask_target_lists import ask_target_lists
from funnel.usecases.target_lists.view_target_lists import RoundView, TargetListRow, TargetListsPage
from funnel.web.asked import Asked
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)


@room.api(
    "GET",
    "/api/app/target-lists",
    "Lists that come from Sugar, by name, and how each stands with it",
    TargetListsPage,
    queries=PAGING,
)
def target_lists(asked: Asked) -> TargetListsPage:
    """A page of them."""
    return view_target_lists.target_lists(asked.app, asked.tenant, **asked.paging())


@room.api(
    "GET",
    "/api/app/target-lists/round",
    "When the Target Lists were last asked for, and when they are next",
    RoundView,
)
def last_round(asked: Asked) -> RoundView:
    """The last round."""
    return view_target_lists.lists_round(asked.app, asked.tenant)


@room.api("POST", "/api/app/target-lists/round", "Read all Target Lists now", RoundView, status=202)
def read_now(asked: Asked) -> RoundView:
    """Ask for a round."""
    ask_target_lists(asked.app, asked.tenant, asked.who.user_name)
    return view_target_lists.lists_round(asked.app, asked.tenant)


@room.api("GET", "/api/app/target-lists/<list_id>", "One list that comes from Sugar", TargetListRow)
def target_list(asked: Asked, list_id: str) -> TargetListRow:
    """How it stands with Sugar."""
    return view_target_lists.target_list(asked.app, asked.tenant, ListId(list_id))
