"""Signing in once, staying signed in, and renewing a session that ended."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from funnel.adapters.sugar_http.refusals import hiding
from funnel.adapters.sugar_soap import protocol
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.domain.crm import Credentials, Dialect, OpenSession, SignedIn
from funnel.domain.errors import (
    FunnelError,
    SessionGone,
    SignInRefused,
    SugarReplyBroken,
)
from funnel.domain.ids import SugarId
from funnel.ports.crm import KeptSession

T = TypeVar("T")

SignInGuard = Callable[[], AbstractContextManager[object]]
"""See `funnel.ports.crm.Hooks`."""

APPLICATION = "Funnel"
_NO_SESSION = "-1"


class Session:
    """One user's session on one endpoint: for as long as it is open, or one that is kept."""

    def __init__(
        self,
        caller: Caller,
        credentials: Credentials,
        guard: SignInGuard,
        kept: KeptSession | None = None,
    ) -> None:
        self._caller = caller
        self._credentials = credentials
        self._guard = guard
        self._kept = kept
        self._id = ""
        self._user: SignedIn | None = None
        self._refused: SignInRefused | None = None

    def sign_in(self) -> SignedIn:
        """Ask for a new session: one request for it, never a second one once refused."""
        if self._refused:
            raise self._refused
        self._id = ""
        self._keep(None)
        sugar5 = self._caller.endpoint.dialect is Dialect.SOAP_5
        try:
            with self._guard():
                self._user = self._sign_in_5() if sugar5 else self._sign_in()
        except SignInRefused as error:
            self._refused = error
            raise
        self._keep(OpenSession(self._id, self._user))
        return self._user

    def user(self) -> SignedIn:
        """Who we are, signing in where that has not been done, here or before."""
        if not self._id and not self._refused:
            self._take_over()
        return self._user if self._user and self._id else self.sign_in()

    def sign_out(self) -> None:
        """End the session on the server, or leave it to the next opening. Never raises."""
        session, self._id = self._id, ""
        if not session:
            return
        if self._kept is not None and self._user is not None:
            self._kept.save(OpenSession(session, self._user))
            return
        try:
            self._caller.call("logout", session)
        except FunnelError:
            return

    def run(self, call: Callable[[str], T]) -> T:
        """Make a call with the session's id; once more with a new one where it has ended."""
        self.user()
        try:
            return self._with_id(call)
        except SessionGone:
            self.sign_in()
            return self._with_id(call)

    def _with_id(self, call: Callable[[str], T]) -> T:
        with hiding(self._id):
            return call(self._id)

    def _take_over(self) -> None:
        kept = self._kept.load() if self._kept else None
        if kept is not None:
            self._id, self._user = kept.session_id, kept.user

    def _keep(self, session: OpenSession | None) -> None:
        if self._kept is not None:
            self._kept.save(session)

    def _sign_in(self) -> SignedIn:
        wsdl = TRAITS[self._caller.endpoint.dialect].wsdl
        quiet = protocol.name_values(wsdl, {"notifyonsave": "false"})
        answer = self._login(self._user_auth(), APPLICATION, quiet)
        self._id = _session_id(answer)
        told = {one.name: one.value for one in answer.name_value_list or ()}
        if not told.get("user_id"):
            raise SugarReplyBroken("Sugar's answer to the sign-in does not say who we are.")
        admin = told["user_is_admin"] == "1" if "user_is_admin" in told else None
        return SignedIn(SugarId(str(told["user_id"])), admin)

    def _sign_in_5(self) -> SignedIn:
        answer = self._login({**self._user_auth(), "version": "1.1"}, APPLICATION)
        self._id = _session_id(answer)
        with hiding(self._id):
            user = str(self._caller.call("get_user_id", self._id) or _NO_SESSION)
            if user == _NO_SESSION:
                raise SessionGone("The session with Sugar has ended.")
            return SignedIn(SugarId(user), self._caller.call("is_user_admin", self._id) == 1)

    def _login(self, *arguments: object) -> Any:
        with hiding(self._user_auth()["password"]):
            return self._caller.call("login", *arguments, repeatable=False)

    def _user_auth(self) -> dict[str, str]:
        # Sugar's own protocol: the server keeps this hash too, and compares.
        password = hashlib.md5(self._credentials.password.encode(), usedforsecurity=False)
        return {"user_name": self._credentials.user_name, "password": password.hexdigest()}


def _session_id(answer: Any) -> str:
    session = str(getattr(answer, "id", None) or "")
    if session in ("", _NO_SESSION):
        raise SugarReplyBroken("Sugar's answer to the sign-in has no session.")
    return session
