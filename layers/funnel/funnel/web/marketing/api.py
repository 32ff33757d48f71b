"""The app API: what the pages show and do, as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass

from funnel.domain.ids import Module, PersonId, RecordKey, SugarId
from funnel.domain.signing_in.tenants import Role
from funnel.usecases.people import view_people, view_records
from funnel.usecases.people.change_address import change_address
from funnel.usecases.people.edit_person import edit_person
from funnel.usecases.people.set_apart import join_again, set_apart
from funnel.usecases.people.view_history import HistoryPage, record_history
from funnel.usecases.people.view_people import PersonView
from funnel.usecases.people.view_records import (
    AccountsPage,
    AccountView,
    OpportunitiesPage,
    OpportunityView,
    UsersPage,
    UserView,
)
from funnel.web.asked import Asked
from funnel.web.marketing.people import link_key
from funnel.web.room import PAGING, Room

room = Room(needs=Role.MARKETER)

LIST = ("q", *PAGING)


@dataclass(frozen=True, slots=True)
class EditedFields:
    """Fields by name and the values they are to have, as text; null for none.

    `email` is the address that a person who is not in Sugar is to have, "" for none; null leaves it.
    """

    fields: Mapping[str, str | None]
    email: str | None = None


@dataclass(frozen=True, slots=True)
class LinkNamed:
    """A Lead or Contact of a person, as `Module/id`."""

    link: str


@dataclass(frozen=True, slots=True)
class PersonNow:
    """The person that a record is now."""

    person_id: str


@room.api("GET", "/api/app/people/<person_id>", "One person", PersonView)
def person(asked: Asked, person_id: str) -> PersonView:
    """One person."""
    return view_people.person(asked.app, asked.tenant, PersonId(person_id))


@room.api(
    "GET",
    "/api/app/people/<person_id>/history",
    "What happened to a person, or to one of its records (of=Module/id), newest first",
    HistoryPage,
    queries=("of", *PAGING),
)
def history(asked: Asked, person_id: str) -> HistoryPage:
    """A page of a history."""
    return view_people.person_history(
        asked.app, asked.tenant, PersonId(person_id), asked.query("of"), **asked.paging()
    )


@room.api(
    "PATCH",
    "/api/app/people/<person_id>",
    "Set fields of a person (null empties one); the rest stays",
    PersonView,
    body=EditedFields,
)
def edit(asked: Asked, person_id: str) -> PersonView:
    """Change what the body names."""
    wish, by = asked.json(EditedFields), asked.who.user_name
    if wish.email is not None:
        change_address(asked.app, asked.tenant, PersonId(person_id), wish.email, by)
    edit_person(asked.app, asked.tenant, PersonId(person_id), wish.fields, by)
    return view_people.person(asked.app, asked.tenant, PersonId(person_id))


@room.api(
    "POST",
    "/api/app/people/<person_id>/apart",
    "Set one of a person's records apart: a person of its own until its address changes",
    PersonNow,
    body=LinkNamed,
)
def part(asked: Asked, person_id: str) -> PersonNow:
    """Undo a merge by hand."""
    key, by = link_key(asked.json(LinkNamed).link), asked.who.user_name
    return PersonNow(set_apart(asked.app, asked.tenant, PersonId(person_id), key, by))


@room.api(
    "POST",
    "/api/app/people/<person_id>/join",
    "Join a record that stands apart again with whoever has its address",
    PersonNow,
    body=LinkNamed,
)
def join(asked: Asked, person_id: str) -> PersonNow:
    """Take back that it was set apart."""
    key, by = link_key(asked.json(LinkNamed).link), asked.who.user_name
    return PersonNow(join_again(asked.app, asked.tenant, PersonId(person_id), key, by))


@room.api("GET", "/api/app/accounts", "Accounts by words of their name", AccountsPage, queries=LIST)
def accounts(asked: Asked) -> AccountsPage:
    """A page of Accounts."""
    return view_records.list_accounts(asked.app, asked.tenant, asked.query("q"), **asked.paging())


@room.api("GET", "/api/app/accounts/<sugar_id>", "One Account", AccountView)
def account(asked: Asked, sugar_id: str) -> AccountView:
    """One Account."""
    return view_records.account(asked.app, asked.tenant, SugarId(sugar_id))


@room.api(
    "GET",
    "/api/app/opportunities",
    "Opportunities by words of their name",
    OpportunitiesPage,
    queries=LIST,
)
def opportunities(asked: Asked) -> OpportunitiesPage:
    """A page of Opportunities."""
    return view_records.list_opportunities(
        asked.app, asked.tenant, asked.query("q"), **asked.paging()
    )


@room.api("GET", "/api/app/opportunities/<sugar_id>", "One Opportunity", OpportunityView)
def opportunity(asked: Asked, sugar_id: str) -> OpportunityView:
    """One Opportunity."""
    return view_records.opportunity(asked.app, asked.tenant, SugarId(sugar_id))


@room.api("GET", "/api/app/users", "Users by words of their name", UsersPage, queries=LIST)
def users(asked: Asked) -> UsersPage:
    """A page of users."""
    return view_records.list_users(asked.app, asked.tenant, asked.query("q"), **asked.paging())


@room.api("GET", "/api/app/users/<sugar_id>", "One user", UserView)
def user(asked: Asked, sugar_id: str) -> UserView:
    """One user."""
    return view_records.user(asked.app, asked.tenant, SugarId(sugar_id))


@room.api(
    "GET",
    "/api/app/accounts/<sugar_id>/history",
    "What happened to an Account, newest first, for 13 months",
    HistoryPage,
    queries=PAGING,
)
def account_history(asked: Asked, sugar_id: str) -> HistoryPage:
    """A page of a history."""
    return _history(asked, Module.ACCOUNTS, sugar_id)


@room.api(
    "GET",
    "/api/app/opportunities/<sugar_id>/history",
    "What happened to an Opportunity, newest first, for 13 months",
    HistoryPage,
    queries=PAGING,
)
def opportunity_history(asked: Asked, sugar_id: str) -> HistoryPage:
    """A page of a history."""
    return _history(asked, Module.OPPORTUNITIES, sugar_id)


@room.api(
    "GET",
    "/api/app/users/<sugar_id>/history",
    "What happened to a user, newest first, for 13 months",
    HistoryPage,
    queries=PAGING,
)
def user_history(asked: Asked, sugar_id: str) -> HistoryPage:
    """A page of a history."""
    return _history(asked, Module.USERS, sugar_id)


def _history(asked: Asked, module: Module, sugar_id: str) -> HistoryPage:
    key = RecordKey(module, SugarId(sugar_id))
    return record_history(asked.app, asked.tenant, key, **asked.paging())
