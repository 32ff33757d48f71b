"""Read and change a tenant's connection, and open its Sugar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from funnel.domain.connecting.connections import Connection, Pause, PauseReason
from funnel.domain.crm import Token
from funnel.domain.errors import (
    CircuitOpen,
    Conflict,
    ConnectionPaused,
    LeaseLost,
    NotFound,
    SignInRefused,
)
from funnel.domain.ids import TenantId
from funnel.ports.crm import Crm, Hooks
from funnel.usecases.app import App

_TRIES = 8
_CHUNK = 5
_SIGN_IN_LEASE = timedelta(seconds=60)
_SIGN_IN_PATIENCE = 75


class AnotherSugar(LeaseLost):
    """The tenant has connected another Sugar: what was begun has nothing to go on with."""


def connection_of(app: App, tenant: TenantId) -> Connection:
    """The tenant's connection. Raises `NotFound` if it has none."""
    connection = app.sync.connection(tenant)
    if connection is None:
        raise NotFound("No Sugar is connected yet.", mend="Connect one on the page Connection.")
    return connection


def change_connection(
    app: App, tenant: TenantId, change: Callable[[Connection], Connection]
) -> Connection:
    """Apply a change to the connection as it stands, again if somebody else changed it meanwhile.

    Nothing is written where the change leaves it as it is. Raises `NotFound` or `Conflict`.
    """
    for _ in range(_TRIES):
        before = connection_of(app, tenant)
        after = change(before)
        if after == before:
            return before
        try:
            return app.sync.save_connection(after)
        except Conflict:
            continue
    raise Conflict("The connection is being changed by others.", mend="Try again.")


def try_again_now(app: App, connection: Connection) -> None:
    """Leave Sugar alone no longer: somebody wants to know whether it answers again."""
    if connection.open_until is not None:
        change_connection(app, connection.tenant, lambda found: replace(found, open_until=None))


def may_push(connection: Connection) -> bool:
    """Whether anything may be written to this Sugar now."""
    stands = connection.pause is None and connection.held_since is None
    return stands and not connection.read_only


def mapped_anew(app: App, connection: Connection) -> bool:
    """Whether fields are read and taken in otherwise by now than this connection says."""
    return connection_of(app, connection.tenant).generations != connection.generations


def refuse_if_paused(connection: Connection) -> None:
    """Raise `ConnectionPaused`, saying why, if it is."""
    pause = connection.pause
    if pause is None:
        return
    if pause.reason is PauseReason.SIGN_IN_REFUSED:
        raise ConnectionPaused(
            "Sync is paused: Sugar refused the user name or password.",
            mend="Enter the new password on the page Connection; sync then goes on.",
        )
    raise ConnectionPaused(
        f"Sync was paused by {pause.by or 'an admin'}.", mend="Resume it on the page Connection."
    )


def refuse_to_go_on(app: App, begun: Connection) -> None:
    """Raise `ConnectionPaused`, or `AnotherSugar` where one was connected since we began."""
    now = connection_of(app, begun.tenant)
    refuse_if_paused(now)
    _refuse_if_replaced(now, begun)


def refuse_if_replaced(app: App, begun: Connection) -> None:
    """Raise `AnotherSugar` where one was connected since we began."""
    _refuse_if_replaced(connection_of(app, begun.tenant), begun)


def _refuse_if_replaced(now: Connection, begun: Connection) -> None:
    if now.connection_id != begun.connection_id:
        raise AnotherSugar("Another Sugar was connected meanwhile.")


@contextmanager
def sugar(
    app: App,
    connection: Connection,
    *,
    for_a_person: bool = False,
    on_request: Callable[[], None] = lambda: None,
) -> Iterator[Crm]:
    """The connection's Sugar, signed out of in the end unless this door keeps its sessions.

    `on_request` is told of each request.

    Requests wait for their turn in the shared budget; what a person waits for takes its turn at
    once. Ten workers with an old password make one try: signing in holds a lease, and a refusal
    pauses the connection. Raises `ConnectionPaused`, and `CircuitOpen` while Sugar is left
    alone.
    """
    if connection.pause is not None:
        forget_session(app, connection.tenant)
    refuse_if_paused(connection)
    now = app.clock.now()
    if connection.open_until and connection.open_until > now and not for_a_person:
        raise CircuitOpen(
            "Sugar does not answer, so it is left alone for a while; "
            f"it is tried again after {connection.open_until:%H:%M} UTC."
        )
    if app.crm is None:
        raise NotFound("This door does not reach Sugar.")
    hooks = Hooks(
        before_request=Budget(app, connection, on_request, patient=not for_a_person).take,
        sign_in_guard=lambda: _one_at_a_time(app, connection),
        token=_ConnectionToken(app, connection) if connection.endpoint.dialect.is_rest else None,
        session=app.sessions.of(connection) if app.sessions else None,
    )
    credentials = app.secrets.get(connection.tenant, connection.secret_ref)
    crm = app.crm.open(connection.endpoint, credentials, hooks)
    try:
        yield crm
    finally:
        crm.sign_out()


def forget_session(app: App, tenant: TenantId) -> None:
    """Forget the session that is kept, as when the connection is paused or refused."""
    if app.sessions is not None:
        app.sessions.forget(tenant)


class _ConnectionToken:
    """The token that all workers of a connection share, kept with its credentials."""

    def __init__(self, app: App, connection: Connection) -> None:
        self._secrets = app.secrets
        self._tenant = connection.tenant
        self._ref = connection.secret_ref

    def load(self) -> Token | None:
        """The token as it stands."""
        return self._secrets.token(self._tenant, self._ref)

    def save(self, token: Token) -> None:
        """Keep it in place of the one before."""
        self._secrets.put_token(self._tenant, self._ref, token)


class Budget:
    """Takes turns from the shared budget a few at a time, so that it costs few writes."""

    def __init__(
        self,
        app: App,
        connection: Connection,
        on_request: Callable[[], None] = lambda: None,
        *,
        patient: bool,
    ) -> None:
        self._app = app
        self._connection = connection
        self._on_request = on_request
        self._patient = patient
        self._left = 0

    def take(self) -> None:
        """Wait for a turn."""
        if not self._left:
            # A person's few requests take no more of the budget than they need.
            self._left = _CHUNK if self._patient else 1
            wait = self._app.sync.reserve(
                self._connection.tenant,
                self._left,
                self._connection.requests_per_second,
                self._app.clock.now(),
            )
            if wait > 0 and self._patient:
                self._app.clock.sleep(wait)
        self._left -= 1
        self._on_request()


@contextmanager
def _one_at_a_time(app: App, connection: Connection) -> Iterator[None]:
    tenant, owner = connection.tenant, app.ids.new_id()
    waited = 0.0
    while not app.sync.acquire(
        tenant, "sign-in", owner, app.clock.now(), app.clock.now() + _SIGN_IN_LEASE
    ):
        if waited >= _SIGN_IN_PATIENCE:
            raise LeaseLost("Another worker is still signing in.")
        app.clock.sleep(1)
        waited += 1
    try:
        current = connection_of(app, tenant)
        if current.pause is not None:
            forget_session(app, tenant)
        refuse_if_paused(current)
        if current.credential_version != connection.credential_version:
            raise LeaseLost("The password was changed meanwhile.")
        try:
            yield
        except SignInRefused:
            forget_session(app, tenant)
            _pause(app, connection)
            raise
    finally:
        app.sync.release(tenant, "sign-in", owner)


def _pause(app: App, refused: Connection) -> None:
    pause = Pause(PauseReason.SIGN_IN_REFUSED, app.clock.now())

    def change(connection: Connection) -> Connection:
        same = connection.credential_version == refused.credential_version
        return replace(connection, pause=pause) if same and not connection.pause else connection

    change_connection(app, refused.tenant, change)
