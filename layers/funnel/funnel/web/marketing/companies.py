"""Companies: which visited without a name, what is left out, what was said of them, and why."""

from datetime import timedelta

from funnel.domain.companies.company_visits import KEPT
from funnel.domain.companies.network_names import NetworkKind
from funnel.domain.errors import InputInvalid
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.companies.correct_company import correct_company
from funnel.usecases.companies.view_companies import CompanyReader, Order, Span
from funnel.usecases.companies.view_corrections import company_databases, list_corrections
from funnel.usecases.view_common import Sugar
from funnel.web.asked import Asked
from funnel.web.errors import error_body, status_of
from funnel.web.rendering import page
from funnel.web.replies import Reply, see_other
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)

KINDS = tuple(kind for kind in NetworkKind if kind is not NetworkKind.UNKNOWN)


def reader_of(asked: Asked) -> CompanyReader:
    """Reads them for a marketer, who sees all people."""
    sugar = Sugar(asked.app, asked.tenant)
    return CompanyReader(asked.app, asked.tenant, lambda *_: True, sugar.url)


def month(asked: Asked) -> Span:
    """All that is kept."""
    now = asked.app.clock.now()
    return Span(now - KEPT, now, timedelta(0))


@room.page("GET", "/app/companies")
def show_all(asked: Asked) -> Reply:
    """Those that visited, those that are left out, and what was said."""
    reader, span = reader_of(asked), month(asked)
    order = Order.VISITS if asked.query("order") == Order.VISITS else Order.SEEN
    said = list_corrections(asked.app, asked.tenant, cursor=asked.query("cursor"))
    return page(
        asked,
        "companies/all.html",
        title=asked.texts("companies.title"),
        found=reader.companies(span, order),
        networks=reader.networks(span),
        corrections=said,
        cursor=asked.query("cursor"),
        databases=company_databases(asked.app),
    )


@room.page("GET", "/app/companies/<key>")
def show_one(asked: Asked, key: str) -> Reply:
    """One, with what can be said of it."""
    return _one(asked, key)


@room.page("POST", "/app/companies/<key>")
def correct(asked: Asked, key: str) -> Reply:
    """Take in what the marketer says."""
    kind, name = asked.form_value("kind"), asked.form_value("name")
    try:
        correct_company(asked.app, asked.tenant, key, kind, name, asked.who.user_name)
    except InputInvalid as error:
        return _one(asked, key, error)
    return see_other(f"/app/companies/{key}?saved=yes")


def _one(asked: Asked, key: str, error: InputInvalid | None = None) -> Reply:
    found = reader_of(asked).company(key, month(asked))
    return page(
        asked,
        "companies/one.html",
        title=found.name,
        status=status_of(error) if error else 200,
        company=found,
        kinds=KINDS,
        error=error_body(error) if error else None,
        flash=asked.texts("companies.saved") if asked.query("saved") and not error else "",
    )
