"""One idempotency key, one request: what is sent again is not done again."""

from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace

from funnel.domain.errors import Conflict, InputInvalid
from funnel.domain.ids import TenantId
from funnel.domain.sent_requests import (
    KEPT,
    LONGEST_ANSWER,
    LONGEST_KEY,
    SentRequest,
    fingerprint_of,
    sent_id,
)
from funnel.usecases.app import App


@dataclass(frozen=True, slots=True)
class Told:
    """The answer that a request had the first time."""

    status: int
    text: str


class SentUnderKey:
    """A request under a key.

    Where the use case knows the key itself (`is_known`) it finds what it made the first time, and
    may be asked again; otherwise the request is marked before it is carried out, and its answer
    is kept.
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
        if len(key) > LONGEST_KEY:
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
        )
        self._kept = None if is_over else kept

    def begin(self) -> Told | None:
        """The answer of the first time, or None where it is to be carried out.

        Raises `Conflict` for another request under this key, and for one of which nobody can tell
        whether it was carried out.
        """
        kept = self._kept
        if kept is not None and kept.fingerprint != self._mine.fingerprint:
            raise Conflict(
                "This key stands for another request.", mend="Use a new key for a new request."
            )
        if self._is_known:
            return None
        if kept is None:
            self._mine = self._app.sent.keep_sent_request(self._mine)
            return None
        if not kept.status:
            raise Conflict(
                "It is not known whether the request with this key was carried out.",
                mend="Look whether what it was to do is done; if not, send it with a new key.",
            )
        return Told(kept.status, kept.answer)

    def end(self, status: int, answer: str) -> None:
        """Keep what came of it; what was refused may be sent again, mended."""
        done = status < 300
        if self._is_known and (not done or self._kept is not None):
            return
        found = replace(self._mine, status=status, answer="" if self._is_known else answer)
        if not done:
            found = replace(found, expires_at=self._app.clock.now())
        elif len(answer) > LONGEST_ANSWER:
            found = replace(found, status=0, answer="")
        with suppress(Conflict) if self._is_known else nullcontext():
            self._app.sent.keep_sent_request(found)
