"""Anonymous Visitors: companies that visited and have not said who they are, and what one is."""

from dataclasses import dataclass
from datetime import timedelta

from funnel.usecases.app import App
from funnel.usecases.companies.correct_company import correct_company
from funnel.usecases.companies.view_companies import (
    CompaniesView,
    CompanyReader,
    CompanyView,
    Order,
    Span,
)
from funnel.web.vision.access import Viewer
from funnel.web.vision.look import Look
from funnel.web.vision.room import Part, VisionRoom

room = VisionRoom()


@dataclass(frozen=True, slots=True)
class CompanySaid:
    """What a network is said to be, and how it is called; both empty: as the databases say."""

    kind: str = ""
    name: str = ""


def companies(app: App, viewer: Viewer, asked: Look) -> Part:
    """What the panel shows."""
    order = Order.VISITS if asked.asked.query("order") == Order.VISITS else Order.SEEN
    found = _reader(app, viewer, asked).companies(_span(asked), order)
    return Part("vision/companies.html", found, {"first": _first_day(asked)})


@room.part(
    "GET",
    "/networks",
    "Networks whose visits are not shown, by visits",
    CompaniesView,
    queries=("days", "offset"),
)
def networks(look: Look) -> Part:
    """In the drawer: what is left out, so that a rep can say what is a company after all."""
    found = _reader(look.app, look.viewer, look).networks(_span(look))
    return Part("vision/networks.html", found)


@room.part(
    "GET",
    "/companies/<key>",
    "One company that visited, and why it is thought to be one",
    CompanyView,
    queries=("days", "offset"),
)
def one(look: Look, key: str) -> Part:
    """In the drawer: all pages, why it is thought to be a company, and what can be said of it."""
    return _one(look, key)


@room.part(
    "POST",
    "/companies/<key>",
    "Say what a network is or how it is called, for everybody; with neither, as in the databases",
    CompanyView,
    body=CompanySaid,
)
def correct(look: Look, key: str) -> Part:
    """Take in what the rep says, and show the company as it is then."""
    said = look.sent(CompanySaid)
    correct_company(look.app, look.viewer.tenant, key, said.kind, said.name, look.viewer.name)
    return _one(look, key)


def _one(look: Look, key: str) -> Part:
    found = _reader(look.app, look.viewer, look).company(key, _span(look))
    return Part("vision/company.html", found, {"first": _first_day(look)})


def _reader(app: App, viewer: Viewer, look: Look) -> CompanyReader:
    return CompanyReader(app, viewer.tenant, viewer.may_see, look.url)


def _span(look: Look) -> Span:
    return Span(look.since, look.now, timedelta(minutes=look.offset))


def _first_day(look: Look) -> str:
    """The day that a chart begins with."""
    return _span(look).dates()[0].isoformat()
