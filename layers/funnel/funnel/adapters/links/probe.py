"""Links asked for by the guard that calls to Sugar go by: nothing private is met, redirects neither.

Each address is judged when it is connected to, on the IP address that is really used; each step of a
redirect anew. No body is read, and nothing of ours goes along but the name of the program.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

from funnel.adapters.sugar_http.addresses import AddressPolicy
from funnel.adapters.sugar_http.redirects import REDIRECTS
from funnel.adapters.sugar_http.sockets import Resolve, Timeouts
from funnel.adapters.sugar_http.sockets import resolve as system_resolve
from funnel.adapters.sugar_http.transport import Transport
from funnel.domain.emails.link_checks import LinkAnswer, answer_of
from funnel.domain.errors import FunnelError
from funnel.domain.mail.mail_html import ascii_address
from funnel.ports.crm import Hooks
from funnel.ports.system import Clock

MOST_STEPS = 4
TOO_LATE = "not asked: the others took too long"
_AT_ONCE = 6
_SECONDS_IN_ALL = 120.0
_TIMEOUTS = Timeouts(connect=4.0, read=8.0, total=12.0)
_NO_BODY = 64 * 1024
_TAKES_NO_HEAD = frozenset({400, 403, 404, 405, 406, 501})
_HEADERS = {"User-Agent": "Funnel link check", "Accept": "*/*"}


class HttpLinkProbe:
    """`LinkProbe` over HTTP.

    Parameters
    ----------
    clock
        Time-outs go by it.
    allow
        Networks or host names that may be asked although they are private; for tests.
    timeouts
        Of each request; all links together get two minutes.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        allow: Iterable[str] = (),
        timeouts: Timeouts = _TIMEOUTS,
        ca_file: str | None = None,
        resolver: Resolve = system_resolve,
    ) -> None:
        self._clock = clock
        self._policy = AddressPolicy(allow)
        self._timeouts = timeouts
        self._ca_file = ca_file
        self._resolver = resolver

    def probe(self, targets: Sequence[str]) -> Mapping[str, LinkAnswer]:
        """What each of them answers."""
        until = self._clock.monotonic() + _SECONDS_IN_ALL

        def answer(target: str) -> LinkAnswer:
            if self._clock.monotonic() >= until:
                return LinkAnswer(False, TOO_LATE)
            return self._answer(target, until)

        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="links") as pool:
            return dict(zip(targets, pool.map(answer, targets), strict=True))

    def _answer(self, target: str, until: float) -> LinkAnswer:
        transport = Transport(
            self._clock,
            self._policy,
            timeouts=self._timeouts,
            hooks=Hooks(),
            ca_file=self._ca_file,
            resolver=self._resolver,
        )
        try:
            return self._followed(transport, ascii_address(target), until)
        except FunnelError as error:
            return LinkAnswer(False, error.text)
        except ValueError:
            # What a server says of where it leads may be anything.
            return LinkAnswer(False, "it leads to an address that is none")
        finally:
            transport.close()

    def _followed(self, transport: Transport, first: str, until: float) -> LinkAnswer:
        address = first
        for _ in range(MOST_STEPS):
            if self._clock.monotonic() >= until:
                return LinkAnswer(False, TOO_LATE)
            status, leads_to = _asked(transport, "HEAD", address)
            if status in _TAKES_NO_HEAD:
                status, leads_to = _asked(transport, "GET", address)
            if status not in REDIRECTS or not leads_to:
                return answer_of(status, "" if address == first else address)
            address = ascii_address(leads_to)
        return LinkAnswer(False, "it leads on and on", address)


def _asked(transport: Transport, method: str, address: str) -> tuple[int, str]:
    """The status, and where it leads on to."""
    query = urlsplit(address).query
    with transport.exchange(method, address, headers=_HEADERS, cap=_NO_BODY, query=query) as reply:
        location = reply.headers.get("Location", "")
        return reply.status, urljoin(address, location) if location else ""
