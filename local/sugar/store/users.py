"""Users, their passwords and roles: who may sign in, and who may do what."""

import hashlib
from dataclasses import dataclass

from local.sugar.schema.modules import Module
from local.sugar.store.world import World

#: The actions of a module's access rules, in the order Sugar lists them.
ACTIONS = ("edit", "delete", "list", "view", "import", "export")
#: Access levels as Sugar stores them.
ALL, OWNER, NONE, DISABLED = 90, 75, -99, -98


def password_hash(password: str) -> str:
    """What a client sends as password: its md5, in hexadecimal."""
    return hashlib.md5(password.encode()).hexdigest()  # noqa: S324 - Sugar's protocol


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in user and what their roles take away: (module, action) -> level."""

    id: str
    name: str
    admin: bool
    levels: dict[tuple[str, str], int]

    def level(self, module: Module, action: str) -> int:
        """The access level for an action; an administrator has them all."""
        if self.admin:
            return ALL
        if self.levels.get((module.name, "access")) == DISABLED:
            return NONE
        return self.levels.get((module.name, action), ALL)

    def may(self, module: Module, action: str) -> bool:
        """Whether the user may do this, to own records at least."""
        return self.level(module, action) > 0

    def sees(self, module: Module) -> bool:
        """Whether the module is there at all for this user."""
        return self.admin or self.levels.get((module.name, "access")) != DISABLED

    def only_own(self, module: Module, action: str) -> bool:
        """Whether the right ends at the user's own records."""
        return self.level(module, action) == OWNER


class Users:
    """Reads users and their roles; sets passwords and roles."""

    def __init__(self, world: World) -> None:
        self._db = world.database
        self._world = world

    def check(self, name: str, password_md5: str) -> str | None:
        """The id of the active user with this password, None for anything else."""
        found = self._db.value(
            "SELECT id FROM users WHERE user_name = ? AND user_hash = ? AND status = 'Active'"
            " AND COALESCE(deleted, 0) = 0 AND COALESCE(is_group, 0) = 0",
            (name, password_md5.lower()),
        )
        return None if found is None or not password_md5 else str(found)

    def get(self, record: str) -> User:
        """A user with all role restrictions. Raises KeyError."""
        row = self._db.row("SELECT id, user_name, is_admin FROM users WHERE id = ?", (record,))
        if row is None:
            raise KeyError(record)
        levels: dict[tuple[str, str], int] = {}
        for category, action, level in self._db.rows(
            "SELECT a.category, a.name, a.access_override FROM acl_roles_actions a"
            " JOIN acl_roles_users u ON u.role_id = a.role_id WHERE u.user_id = ?",
            (record,),
        ):
            key = (str(category), str(action))
            levels[key] = min(levels.get(key, ALL), int(str(level)))
        return User(str(row[0]), str(row[1]), bool(row[2]), levels)

    def set_password(self, record: str, password: str) -> None:
        """Give a user another password."""
        self._db.run(
            "UPDATE users SET user_hash = ? WHERE id = ?", (password_hash(password), record)
        )

    def restrict(self, record: str, role: str, levels: dict[tuple[str, str], int]) -> None:
        """Give a user a role: (module, action) -> level; action `access` hides a module."""
        role_id = self._world.new_id()
        self._db.insert("acl_roles", {"id": role_id, "name": role})
        self._db.insert("acl_roles_users", {"role_id": role_id, "user_id": record})
        for (module, action), level in levels.items():
            row = {"role_id": role_id, "category": module, "name": action, "access_override": level}
            self._db.insert("acl_roles_actions", row)

    def unrestrict(self, record: str) -> None:
        """Take all roles from a user."""
        self._db.run("DELETE FROM acl_roles_users WHERE user_id = ?", (record,))
