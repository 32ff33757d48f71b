"""`funnel.ports.crm.CrmConnector` over SOAP."""

from collections.abc import Iterable

from funnel.adapters.sugar_soap.addresses import AddressPolicy, origin_of, read_url
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.caps import Caps
from funnel.adapters.sugar_soap.crm import SoapCrm
from funnel.adapters.sugar_soap.detect import Detector
from funnel.adapters.sugar_soap.session import Session, SignInGuard, no_guard
from funnel.adapters.sugar_soap.sockets import Resolve, Timeouts
from funnel.adapters.sugar_soap.sockets import resolve as system_resolve
from funnel.adapters.sugar_soap.transport import AfterRequest, BeforeRequest, Hooks, Transport
from funnel.domain.crm import Credentials, Endpoint
from funnel.domain.errors import AddressForbidden
from funnel.ports.system import Clock


class SoapConnector:
    """Finds SOAP endpoints and opens them.

    Parameters
    ----------
    clock
        Time-outs, idle connections and the interval of reads go by it.
    allow
        Networks, addresses or host names that may be connected to although they are private.
    before_request
        Called before each HTTP request. May wait (rate budget) or raise (circuit breaker).
    after_request
        Called after each HTTP request with "ok" or the error's code, seconds, and rows read.
    sign_in_guard
        Makes the context in which each sign-in happens: it may hold a lease, refuse by raising
        (paused connection), and sees `SignInRefused` pass through its exit.
    timeouts, caps
        Limits in time and size.
    ca_file
        A PEM file of certificate authorities to trust beside the public ones.
    resolver
        Host and port to IP addresses; the system's where not given.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        allow: Iterable[str] = (),
        before_request: BeforeRequest | None = None,
        after_request: AfterRequest | None = None,
        sign_in_guard: SignInGuard = no_guard,
        timeouts: Timeouts | None = None,
        caps: Caps | None = None,
        ca_file: str | None = None,
        resolver: Resolve = system_resolve,
    ) -> None:
        self._clock = clock
        self._policy = AddressPolicy(allow)
        self._hooks = Hooks()
        if before_request:
            self._hooks.before_request = before_request
        if after_request:
            self._hooks.after_request = after_request
        self._guard = sign_in_guard
        self._timeouts = timeouts or Timeouts()
        self._caps = caps or Caps()
        self._ca_file = ca_file
        self._resolver = resolver

    def detect(self, url: str) -> Endpoint:
        """The best endpoint behind any URL a person pastes; see `CrmConnector.detect`."""
        transport = self._transport()
        try:
            return Detector(transport).detect(url)
        finally:
            transport.close()

    def open(self, endpoint: Endpoint, credentials: Credentials) -> SoapCrm:
        """An endpoint ready to sign in; see `CrmConnector.open`."""
        address = read_url(endpoint.url)
        self._policy.check_literal(address.host)
        if credentials.origin and origin_of(credentials.origin) != address.origin:
            raise AddressForbidden(
                "The password was entered for another address and is sent to no other.",
                mend="Enter the password again for this address.",
            )
        caller = Caller(endpoint, self._transport(), self._caps)
        return SoapCrm(caller, Session(caller, credentials, self._guard), self._clock)

    def _transport(self) -> Transport:
        return Transport(
            self._clock,
            self._policy,
            timeouts=self._timeouts,
            hooks=self._hooks,
            ca_file=self._ca_file,
            resolver=self._resolver,
        )
