"""One idempotency key, one request: what is sent again is not done again."""

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus

from funnel.domain.errors import AlreadyDone, Conflict, InputInvalid, Transient
from funnel.domain.ids import TenantId
from funnel.domain.sent_requests import (
    KEPT,
    LONGEST_KEY,
    SentRequest,
    fingerprint_of,
    sent_id,
)
from funnel.domain.text import is_text
from funnel.usecases.app import App


class SentUnderKey:
    """A request under a key.

    Where the use case knows the key itself (`is_known`) it finds what it made the first time, and
    may be asked again; otherwise the request is marked before it is carried out, and once it was
    that is said.
    """

    def __init__(
        self,
        app: App,
        tenant: TenantId,
        place: str,
        key: str,
        sent: tuple[str, object],
        *,
        is_known: bool,
    ) -> None:
        if len(key) > LONGEST_KEY or not is_text(key):
            raise InputInvalid(f"A key has {LONGEST_KEY} characters at most.", field="key")
        now = app.clock.now()
        self._app, self._is_known = app, is_known
        kept = app.sent.sent_request(tenant, sent_id(tenant, place, key))
        is_over = kept is not None and kept.expires_at <= now
        self._mine = SentRequest(
            tenant,
            sent_id(tenant, place, key),
            fingerprint_of(*sent),
            now + KEPT,
            version=kept.version if kept else 0,
            attempt=app.ids.new_id(),
        )
        self._kept = None if is_over else kept
        self._done_before = 0

    def begin(self) -> None:
        """Mark it as carried out from now on.

        Raises `AlreadyDone`, and `Conflict` for another request under this key, and for one of
        which nobody can tell whether it was carried out.
        """
        kept = self._kept
        if kept is not None and kept.fingerprint != self._mine.fingerprint:
            raise Conflict(
                "This key stands for another request.", mend="Use a new key for a new request."
            )
        if self._is_known:
            return
        if kept is None:
            self._mark()
            self._done_before = self._done()
            return
        if not kept.status:
            raise Conflict(
                "It is not known whether the request with this key was carried out.",
                mend="Look whether what it was to do is done; if not, send it with a new key.",
            )
        raise AlreadyDone(
            "The request with this key was carried out, and is not carried out again.",
            mend="Look at what it made; for another one use a new key.",
        )

    def _mark(self) -> None:
        """Keep the mark. Where that fails nothing is carried out, so that the key is free again."""
        store, mine = self._app.sent, self._mine
        try:
            self._mine = store.keep_sent_request(mine)
        except Transient:
            with suppress(Conflict, Transient):
                self._free()
            raise

    def _free(self) -> None:
        """Let a mark of ours expire; another request's, sent meanwhile, stays."""
        store, mine = self._app.sent, self._mine
        found = store.sent_request(mine.tenant, mine.sent_id)
        if found is not None and found.attempt == mine.attempt:
            store.keep_sent_request(replace(found, expires_at=self._app.clock.now()))

    def break_off(self) -> str:
        """Say what to do after a failure that may pass: certain is only what was never begun.

        Where nothing was changed since `begin`, the key is free again.
        """
        if self._is_known:
            return "Send it again later with the same key, which makes nothing twice."
        if self._app.effects is not None and not self._may_have_done():
            over = replace(self._mine, expires_at=self._app.clock.now())
            with suppress(Conflict, Transient):
                self._app.sent.keep_sent_request(over)
                return "Nothing was done. Send it again later, also with the same key."
        return (
            "It may have been carried out. Look whether what it was to do is done; if not, send it "
            "with a new key."
        )

    def _may_have_done(self) -> bool:
        return self._done() != self._done_before

    def _done(self) -> int:
        return self._app.effects.count() if self._app.effects else 0

    def end(self, status: int) -> None:
        """Keep how it went; what was refused may be sent again, mended.

        What was carried out has been, whether this can be kept or not. Of a conflict after something
        was written nobody can tell: what is in the way may be our own, whose answer was lost.
        """
        if status == HTTPStatus.CONFLICT and not self._is_known and self._may_have_done():
            return
        done = status < 300
        if self._is_known and (not done or self._kept is not None):
            return
        found = replace(self._mine, status=status)
        if not done:
            found = replace(found, expires_at=self._app.clock.now())
        with suppress(Conflict, Transient):
            self._app.sent.keep_sent_request(found)
