"""Putting everybody whom a search finds on a list: how many they are, which list, and how far it is."""

from dataclasses import dataclass
from urllib.parse import urlencode

from funnel.domain.ids import JobId, ListId
from funnel.domain.signing_in.tenants import Role
from funnel.domain.sync.runs import ENDED_JOBS
from funnel.usecases.lists.put_found import count_found, put_found
from funnel.usecases.lists.view_found import FoundView, found_view, view_of
from funnel.usecases.lists.view_lists import lists_by_hand
from funnel.usecases.lists.work_found import MOST_FOUND
from funnel.usecases.people.people_filter import PeopleFilter
from funnel.web.asked import Asked
from funnel.web.marketing.exporting import NoBody
from funnel.web.marketing.finding import FILTER, filter_of
from funnel.web.marketing.manual_lists import NEW, ask_name, chosen_list
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

HERE = "/app/found"


@dataclass(frozen=True, slots=True)
class OntoList:
    """The list made by hand, by its id."""

    list: str


@room.page("POST", HERE)
def on_count(asked: Asked) -> Reply:
    """Have those counted whom the address's query finds."""
    return see_other(f"{HERE}/{_counted(asked).job_id}")


@room.page("GET", f"{HERE}/<job_id>")
def show(asked: Asked, job_id: str) -> Reply:
    """How many there are and which list, or how far it is."""
    return _show(asked, "people/found.html", job_id)


@room.page("GET", f"{HERE}/<job_id>/live")
def live(asked: Asked, job_id: str) -> Reply:
    """The part of it that changes."""
    return _show(asked, "people/found_live.html", job_id)


@room.page("POST", f"{HERE}/<job_id>/on-list")
def on_put(asked: Asked, job_id: str) -> Reply:
    """Have them put on the list, or first ask what a new one is to be called."""
    list_id = chosen_list(asked)
    if list_id == NEW:
        found = found_view(asked.app, asked.tenant, JobId(job_id))
        return ask_name(asked, (), key=job_id, found=job_id, count=found.people)
    job = put_found(asked.app, asked.tenant, JobId(job_id), ListId(list_id), asked.who.user_name)
    return see_other(f"{HERE}/{job.job_id}")


@room.api(
    "POST",
    "/api/app/found",
    "Count the people that the query finds, to put them on a list; ask after it until it is done",
    FoundView,
    status=202,
    queries=FILTER,
)
def count(asked: Asked) -> FoundView:
    """Begin to count. Whom is said by the query; a body that says so too is refused."""
    asked.json(NoBody)
    return _counted(asked)


@room.api("GET", "/api/app/found/<job_id>", "How many were found, or put on a list", FoundView)
def one(asked: Asked, job_id: str) -> FoundView:
    """How far it is."""
    return found_view(asked.app, asked.tenant, JobId(job_id))


@room.api(
    "POST",
    "/api/app/found/<job_id>/on-list",
    "Put all who were found on a list made by hand; ask after it until it is done",
    FoundView,
    body=OntoList,
    status=202,
)
def put(asked: Asked, job_id: str) -> FoundView:
    """Begin to put them on; asked for again it is the same."""
    list_id, by = ListId(asked.json(OntoList).list), asked.who.user_name
    return view_of(asked.app, put_found(asked.app, asked.tenant, JobId(job_id), list_id, by))


def _counted(asked: Asked) -> FoundView:
    job = count_found(asked.app, asked.tenant, filter_of(asked), asked.who.user_name)
    return view_of(asked.app, job)


def _show(asked: Asked, template: str, job_id: str) -> Reply:
    view = found_view(asked.app, asked.tenant, JobId(job_id))
    going = view.status not in ENDED_JOBS
    asks = view.of is None and not going and not view.too_many and bool(view.people)
    return page(
        asked,
        template,
        title=asked.texts("found.title"),
        view=view,
        going=going,
        asks=asks,
        most=MOST_FOUND,
        search=f"/app/people?{urlencode(_query(view.wanted))}",
        choosable=lists_by_hand(asked.app, asked.tenant) if asks else (),
    )


def _query(wanted: PeopleFilter) -> dict[str, str]:
    """The search as the address of the list of people says it."""
    said = {
        "q": wanted.query,
        "owner": wanted.owner,
        "in_sugar": wanted.in_sugar.value,
        "consent": wanted.consent.value,
        "list": wanted.list_id,
        "score_from": wanted.score_from,
        "score_to": wanted.score_to,
    }
    return {name: str(value) for name, value in said.items() if value not in ("", None)}
