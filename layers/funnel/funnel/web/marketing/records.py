"""Accounts, Opportunities and Users: the lists and one of each."""

from typing import Any

from funnel.domain.ids import Module, RecordKey, SugarId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.people.view_history import record_history
from funnel.usecases.people.view_records import (
    CHILDREN,
    account,
    list_accounts,
    list_opportunities,
    list_users,
    opportunity,
    user,
)
from funnel.web.asked import Asked
from funnel.web.rendering import page
from funnel.web.replies import Reply
from funnel.web.room import Room

room = Room(needs=Role.MARKETER)


@room.page("GET", "/app/accounts")
def show_accounts(asked: Asked) -> Reply:
    """Accounts, by name."""
    found = list_accounts(asked.app, asked.tenant, asked.query("q"), asked.query("cursor"))
    return _list(asked, "records/accounts.html", "accounts.title", found)


@room.page("GET", "/app/accounts/<sugar_id>")
def show_account(asked: Asked, sugar_id: str) -> Reply:
    """One Account."""
    found = account(asked.app, asked.tenant, SugarId(sugar_id))
    key = RecordKey(Module.ACCOUNTS, SugarId(sugar_id))
    return _one(asked, "records/account.html", key, found.row.name, view=found, most=CHILDREN)


@room.page("GET", "/app/opportunities")
def show_opportunities(asked: Asked) -> Reply:
    """Opportunities, by name."""
    found = list_opportunities(asked.app, asked.tenant, asked.query("q"), asked.query("cursor"))
    return _list(asked, "records/opportunities.html", "opportunities.title", found)


@room.page("GET", "/app/opportunities/<sugar_id>")
def show_opportunity(asked: Asked, sugar_id: str) -> Reply:
    """One Opportunity."""
    found = opportunity(asked.app, asked.tenant, SugarId(sugar_id))
    key = RecordKey(Module.OPPORTUNITIES, SugarId(sugar_id))
    return _one(asked, "records/opportunity.html", key, found.row.name, view=found)


@room.page("GET", "/app/users")
def show_users(asked: Asked) -> Reply:
    """Users, by name."""
    found = list_users(asked.app, asked.tenant, asked.query("q"), asked.query("cursor"))
    return _list(asked, "records/users.html", "users.title", found)


@room.page("GET", "/app/users/<sugar_id>")
def show_user(asked: Asked, sugar_id: str) -> Reply:
    """One user."""
    found = user(asked.app, asked.tenant, SugarId(sugar_id))
    key = RecordKey(Module.USERS, SugarId(sugar_id))
    return _one(asked, "records/user.html", key, found.row.name, view=found)


def _one(asked: Asked, template: str, key: RecordKey, name: str, **values: Any) -> Reply:
    """A record with its history."""
    cursor = asked.query("cursor")
    return page(
        asked,
        template,
        title=name or asked.texts("unnamed"),
        history=record_history(asked.app, asked.tenant, key, cursor),
        cursor=cursor,
        **values,
    )


def _list(asked: Asked, template: str, title: str, found: object) -> Reply:
    return page(
        asked,
        template,
        title=asked.texts(title),
        found=found,
        query=asked.query("q").strip(),
        cursor=asked.query("cursor"),
    )
