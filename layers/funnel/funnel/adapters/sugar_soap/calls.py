"""One call to one endpoint: the request out, the answer or the fault back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from funnel.adapters.sugar_http.caps import Caps
from funnel.adapters.sugar_http.failures import http_failure
from funnel.adapters.sugar_http.redirects import REDIRECTS, redirected
from funnel.adapters.sugar_http.transport import Reply, Transport
from funnel.adapters.sugar_soap import protocol
from funnel.adapters.sugar_soap.dialects import TRAITS
from funnel.adapters.sugar_soap.envelopes import Part, envelope
from funnel.adapters.sugar_soap.faults import sign_in_interrupted
from funnel.adapters.sugar_soap.member_reader import METHOD, read_members
from funnel.adapters.sugar_soap.reader import (
    ListEnd,
    Record,
    check_answer,
    read_counts,
    read_first,
    read_list,
)
from funnel.domain.crm import Endpoint
from funnel.domain.errors import FunnelError, ServerCrashed


@dataclass(slots=True)
class Caller:
    """Calls methods of one endpoint."""

    endpoint: Endpoint
    transport: Transport
    caps: Caps

    def call(self, method: str, *arguments: object, repeatable: bool = True) -> Any:
        """A call by zeep; arguments by position. What it answers, as zeep's objects."""
        wsdl = TRAITS[self.endpoint.dialect].wsdl
        body = protocol.request(wsdl, method, *arguments)
        with self._exchange(method, body, self.caps.metadata, repeatable) as reply:
            return protocol.result(wsdl, method, reply.status, reply.chunks())

    def list(
        self,
        method: str,
        parts: list[Part],
        on_record: Callable[[Record], None],
        *,
        with_links: bool,
    ) -> ListEnd:
        """A call whose answer is a list of records, handed on one by one."""
        body = envelope(method, parts)

        def counted(record: Record) -> None:
            reply.rows += 1
            on_record(record)

        with self._exchange(method, body, self.caps.page, repeatable=True) as reply:
            return read_list(
                reply.chunks(), counted, method=method, cap=self.caps.value, with_links=with_links
            )

    def record(self, method: str, parts: Sequence[Part]) -> Record | None:
        """A call whose answer is one record by its id; None for none."""
        body = envelope(method, parts)
        with self._exchange(method, body, self.caps.page, repeatable=True) as reply:
            return read_first(reply.chunks(), method=method, cap=self.caps.value)

    def members(
        self, parts: Sequence[Part], on_member: Callable[[Record], bool], *, ids_only: bool
    ) -> bool:
        """`get_relationships`, its members handed on one by one; whether it was read to its end."""

        def counted(record: Record) -> bool:
            reply.rows += 1
            return on_member(record)

        body = envelope(METHOD, parts)
        with self._exchange(METHOD, body, self.caps.page, repeatable=True) as reply:
            return read_members(reply.chunks(), counted, cap=self.caps.value, ids_only=ids_only)

    def write(self, method: str, parts: Sequence[Part]) -> None:
        """A bulk call that may be sent twice, for it sets what it names. Its answer is only checked.

        Raises the fault or the error it carries, and `SugarReplyBroken` for what is no answer to it.
        """
        body = envelope(method, parts)
        with self._exchange(method, body, self.caps.page, repeatable=True) as reply:
            check_answer(reply.chunks(), method=method, cap=self.caps.page)

    def counts(self, method: str, parts: Sequence[Part]) -> dict[str, int]:
        """A call as `write`, whose answer counts what became of it."""
        body = envelope(method, parts)
        with self._exchange(method, body, self.caps.page, repeatable=True) as reply:
            return read_counts(reply.chunks(), method=method, cap=self.caps.page)

    @contextmanager
    def _exchange(self, method: str, body: bytes, cap: int, repeatable: bool) -> Iterator[Reply]:
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": f'"{self.endpoint.url}/{method}"',
        }
        with self.transport.exchange(
            "POST", self.endpoint.url, body, headers, cap=cap, repeatable=repeatable
        ) as reply:
            self._refuse_failures(method, reply)
            yield reply

    def _refuse_failures(self, method: str, reply: Reply) -> None:
        if reply.status == 200:
            return
        if reply.status in REDIRECTS:
            raise _login_page(reply) if method == "login" else redirected(reply)
        if reply.status == 500:
            body = reply.body()
            if b"Envelope" in body[:2000]:
                protocol.result(TRAITS[self.endpoint.dialect].wsdl, method, 500, [body])
            if body.lstrip()[:16].lower() == b"database failure":
                raise ServerCrashed("Sugar's database could not carry the query out.")
        raise http_failure(reply.status, reply.address.host, reply.headers.get("Retry-After"))


def _login_page(reply: Reply) -> FunnelError:
    """Old Sugars redirect a user who has to finish something in the browser first."""
    target = urljoin(reply.address.url, reply.headers.get("Location", ""))
    if target.startswith(reply.address.origin + "/") and "index.php" in target:
        return sign_in_interrupted()
    return redirected(reply)
