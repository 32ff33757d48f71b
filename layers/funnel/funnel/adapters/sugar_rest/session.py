"""Signing in once, sharing the token, and renewing one that ended.

Sources: Sugar Developer Guide 13.0, REST API, Authentication, and `/oauth2/token POST`: the
password grant takes `client_id` "sugar" and a platform; an access token lives an hour, a refresh
token two weeks. Reported for Sugar 25.2: a refresh token is good for one use, and a token that
another sign-in on the same platform has ended answers 401 `invalid_grant` and takes its refresh
token with it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from funnel.adapters.sugar_http.refusals import hiding
from funnel.adapters.sugar_rest.calls import Caller
from funnel.adapters.sugar_rest.refusals import PLATFORM
from funnel.domain.crm import Credentials, SignedIn, Token
from funnel.domain.errors import (
    FunnelError,
    InputInvalid,
    ServerCrashed,
    SessionGone,
    SignInRefused,
    SugarReplyBroken,
)
from funnel.domain.ids import SugarId
from funnel.ports.crm import SharedToken

T = TypeVar("T")

SignInGuard = Callable[[], AbstractContextManager[object]]
"""See `funnel.ports.crm.Hooks`."""

_CLIENT = {"client_id": "sugar", "client_secret": "", "platform": PLATFORM}


class Session:
    """One user's token on one endpoint: the caller's own, or one that all workers share."""

    def __init__(
        self,
        caller: Caller,
        credentials: Credentials,
        guard: SignInGuard,
        shared: SharedToken | None,
    ) -> None:
        self._caller = caller
        self._credentials = credentials
        self._guard = guard
        self._shared = shared
        self._token: Token | None = None
        self._refused: SignInRefused | None = None

    def sign_in(self) -> SignedIn:
        """Ask for a new token with the password, never again once refused, and for who we are."""
        self._guarded(self._by_password)
        return who(self.me())

    def sign_out(self) -> None:
        """End a token that is our own; leave one that others share. Never raises."""
        token, self._token = self._token, None
        if token is None or self._shared is not None:
            return
        try:
            self._caller.post_once(token.access, "oauth2/logout", {})
        except FunnelError:
            return

    def me(self) -> dict[str, Any]:
        """The signed-in user: `/me GET`."""
        told = self.run(lambda token: self._caller.get(token, "me"))
        user = told.get("current_user") if isinstance(told, dict) else None
        if not isinstance(user, dict) or not user.get("id"):
            raise SugarReplyBroken("Sugar does not say who we are.")
        return user

    def run(self, call: Callable[[str], T]) -> T:
        """Make a call with the token; once more with a new one where it has ended.

        If another worker has a newer token by then, that one is tried before it is renewed.
        """
        token = self._token or self._take_over(None) or self._guarded(self._first)
        try:
            return _with(token, call)
        except SessionGone:
            newer = self._take_over(token)
        if newer is not None:
            try:
                return _with(newer, call)
            except SessionGone:
                token = newer
        ended = token
        return _with(self._guarded(lambda: self._renewed(ended)), call)

    def _guarded(self, grant: Callable[[], Token]) -> Token:
        """Get a token within the guard, and keep it. Raises what was refused before, again."""
        if self._refused:
            raise self._refused
        try:
            with self._guard():
                self._token = grant()
        except SignInRefused as error:
            self._refused = error
            raise
        return self._token

    def _take_over(self, ended: Token | None) -> Token | None:
        """The shared token, if it is not the one that ended."""
        kept = self._shared.load() if self._shared else None
        if kept is None or kept == ended:
            return None
        self._token = kept
        return kept

    def _first(self) -> Token:
        """A token where there was none; somebody may have got one while we waited our turn."""
        return self._take_over(None) or self._by_password()

    def _renewed(self, ended: Token) -> Token:
        newer = self._take_over(ended)
        if newer is not None:
            return newer
        if ended.refresh:
            grant = {"grant_type": "refresh_token", "refresh_token": ended.refresh}
            try:
                return self._granted(grant)
            except (SignInRefused, SessionGone, ServerCrashed):
                pass  # refresh tokens end too: after two weeks, or with the access token
        return self._by_password()

    def _by_password(self) -> Token:
        name, password = self._credentials.user_name, self._credentials.password
        if "\x00" in name + password:
            raise InputInvalid("What was entered contains a character that cannot be sent.")
        return self._granted({"grant_type": "password", "username": name, "password": password})

    def _granted(self, grant: dict[str, str]) -> Token:
        with hiding(grant.get("password", ""), grant.get("refresh_token", "")):
            told = self._caller.post_once("", "oauth2/token", {**grant, **_CLIENT})
        access = told.get("access_token") if isinstance(told, dict) else None
        if not isinstance(access, str) or not access:
            raise SugarReplyBroken("Sugar's answer to the sign-in has no token.")
        token = Token(access, str(told.get("refresh_token") or ""))
        if self._shared:
            self._shared.save(token)
        return token


def _with(token: Token, call: Callable[[str], T]) -> T:
    with hiding(token.access):
        return call(token.access)


def who(user: dict[str, Any]) -> SignedIn:
    """Who a `current_user` is; `type` is "admin" or "user"."""
    kind = user.get("type")
    return SignedIn(SugarId(str(user["id"])), kind == "admin" if kind else None)
