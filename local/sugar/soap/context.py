"""What a method needs to answer: the data, the endpoint, the caller."""

from dataclasses import dataclass, field

from local.sugar.schema.field import Field
from local.sugar.schema.modules import Module
from local.sugar.soap.dialects import Dialect
from local.sugar.soap.errors import invalid_session, no_access, no_module
from local.sugar.soap.sessions import Sessions
from local.sugar.store.emails import Emails
from local.sugar.store.listing import Lists
from local.sugar.store.records import Records
from local.sugar.store.relations import Relations
from local.sugar.store.users import User, Users
from local.sugar.store.world import World


@dataclass(frozen=True)
class Sugar:
    """The server behind all endpoints."""

    world: World
    users: Users
    records: Records
    emails: Emails
    relations: Relations
    lists: Lists
    sessions: Sessions
    missing_modules: set[str] = field(default_factory=set)
    missing_fields: set[tuple[str, str]] = field(default_factory=set)

    def module(self, name: str) -> Module:
        """A module that is switched on. Raises fault 20."""
        found = self.world.modules.get(name)
        if found is None or name in self.missing_modules:
            raise no_module()
        return found

    def fields(self, module: Module) -> list[Field]:
        """A module's fields, but for those removed."""
        return [one for one in module.fields if (module.name, one.name) not in self.missing_fields]


@dataclass(frozen=True, slots=True)
class Caller:
    """One request: over which endpoint, from where, with which session cookie."""

    sugar: Sugar
    dialect: Dialect
    address: str
    cookie: str = ""

    def user(self, session: str) -> User:
        """The session's user; a session cookie wins over the argument. Raises fault 11."""
        sessions = self.sugar.sessions
        found = sessions.user_of(self.cookie, self.address) if self.cookie else None
        found = found or sessions.user_of(session, self.address)
        if found is None:
            raise invalid_session()
        return self.sugar.users.get(found)

    def module(self, user: User, name: str, *actions: str) -> Module:
        """A module the user may do all `actions` in. Raises fault 20 or 40."""
        module = self.sugar.module(name)
        if not user.sees(module) or not all(user.may(module, action) for action in actions):
            raise no_access()
        return module
