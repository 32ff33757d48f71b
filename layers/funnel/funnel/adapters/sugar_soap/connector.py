"""`funnel.ports.crm.CrmConnector` over SOAP."""

from collections.abc import Iterable

from funnel.adapters.sugar_http.addresses import AddressPolicy, origin_of, read_url
from funnel.adapters.sugar_http.caps import Caps
from funnel.adapters.sugar_http.sockets import Resolve, Timeouts
from funnel.adapters.sugar_http.sockets import resolve as system_resolve
from funnel.adapters.sugar_http.transport import Transport
from funnel.adapters.sugar_soap.calls import Caller
from funnel.adapters.sugar_soap.crm import SoapCrm
from funnel.adapters.sugar_soap.detect import Detector
from funnel.adapters.sugar_soap.session import Session
from funnel.domain.crm import Credentials, Endpoint
from funnel.domain.errors import AddressForbidden
from funnel.ports.crm import Hooks
from funnel.ports.system import Clock


class SoapConnector:
    """Finds SOAP endpoints and opens them.

    Parameters
    ----------
    clock
        Time-outs, idle connections and the interval of reads go by it.
    allow
        Networks, addresses or host names that may be connected to although they are private.
    hooks
        For requests made while detecting, and for connections opened without hooks of their own.
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
        hooks: Hooks | None = None,
        timeouts: Timeouts | None = None,
        caps: Caps | None = None,
        ca_file: str | None = None,
        resolver: Resolve = system_resolve,
    ) -> None:
        self._clock = clock
        self._policy = AddressPolicy(allow)
        self._hooks = hooks or Hooks()
        self._timeouts = timeouts or Timeouts()
        self._caps = caps or Caps()
        self._ca_file = ca_file
        self._resolver = resolver

    def detect(self, url: str) -> Endpoint:
        """The best endpoint behind any URL a person pastes; see `CrmConnector.detect`."""
        transport = self._transport(self._hooks)
        try:
            return Detector(transport).detect(url)
        finally:
            transport.close()

    def open(
        self, endpoint: Endpoint, credentials: Credentials, hooks: Hooks | None = None
    ) -> SoapCrm:
        """An endpoint ready to sign in; see `CrmConnector.open`."""
        address = read_url(endpoint.url)
        self._policy.check_literal(address.host)
        if credentials.origin and origin_of(credentials.origin) != address.origin:
            raise AddressForbidden(
                "The password was entered for another address and is sent to no other.",
                mend="Enter the password again for this address.",
            )
        hooks = hooks or self._hooks
        caller = Caller(endpoint, self._transport(hooks), self._caps)
        return SoapCrm(caller, Session(caller, credentials, hooks.sign_in_guard), self._clock)

    def _transport(self, hooks: Hooks) -> Transport:
        return Transport(
            self._clock,
            self._policy,
            timeouts=self._timeouts,
            hooks=hooks,
            ca_file=self._ca_file,
            resolver=self._resolver,
        )
