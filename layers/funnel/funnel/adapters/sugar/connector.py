"""`funnel.ports.crm.CrmConnector` for every Sugar."""

from collections.abc import Iterable

from funnel.adapters.sugar_http.addresses import AddressPolicy, origin_of, read_url
from funnel.adapters.sugar_http.caps import Caps
from funnel.adapters.sugar_http.detect import Detector, Looking
from funnel.adapters.sugar_http.sockets import Resolve, Timeouts
from funnel.adapters.sugar_http.sockets import resolve as system_resolve
from funnel.adapters.sugar_http.transport import Transport
from funnel.domain.crm import Credentials, Endpoint
from funnel.domain.errors import AddressForbidden
from funnel.ports.crm import Crm, Hooks
from funnel.ports.system import Clock


class SugarConnector:
    """Finds endpoints, REST before SOAP, and opens them.

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
            return Detector(transport, (_rest, _soap)).detect(url)
        finally:
            transport.close()

    def open(self, endpoint: Endpoint, credentials: Credentials, hooks: Hooks | None = None) -> Crm:
        """An endpoint ready to sign in; see `CrmConnector.open`."""
        address = read_url(endpoint.url)
        self._policy.check_literal(address.host)
        if credentials.origin and origin_of(credentials.origin) != address.origin:
            raise AddressForbidden(
                "The password was entered for another address and is sent to no other.",
                mend="Enter the password again for this address.",
            )
        hooks = hooks or self._hooks
        made = _rest_crm if endpoint.dialect.is_rest else _soap_crm
        return made(endpoint, credentials, hooks, self._transport(hooks), self._caps, self._clock)

    def _transport(self, hooks: Hooks) -> Transport:
        return Transport(
            self._clock,
            self._policy,
            timeouts=self._timeouts,
            hooks=hooks,
            ca_file=self._ca_file,
            resolver=self._resolver,
        )


def _rest(looking: Looking) -> Endpoint | None:
    from funnel.adapters.sugar_rest.detect import probe_rest

    return probe_rest(looking)


def _soap(looking: Looking) -> Endpoint | None:
    from funnel.adapters.sugar_soap.detect import probe_soap

    return probe_soap(looking)


def _rest_crm(
    endpoint: Endpoint,
    credentials: Credentials,
    hooks: Hooks,
    transport: Transport,
    caps: Caps,
    clock: Clock,
) -> Crm:
    from funnel.adapters.sugar_rest.calls import Caller
    from funnel.adapters.sugar_rest.crm import RestCrm
    from funnel.adapters.sugar_rest.session import Session

    caller = Caller(endpoint, transport, caps)
    return RestCrm(caller, Session(caller, credentials, hooks.sign_in_guard, hooks.token), clock)


def _soap_crm(
    endpoint: Endpoint,
    credentials: Credentials,
    hooks: Hooks,
    transport: Transport,
    caps: Caps,
    clock: Clock,
) -> Crm:
    from funnel.adapters.sugar_soap.calls import Caller
    from funnel.adapters.sugar_soap.crm import SoapCrm
    from funnel.adapters.sugar_soap.session import Session

    caller = Caller(endpoint, transport, caps)
    session = Session(caller, credentials, hooks.sign_in_guard, hooks.session)
    return SoapCrm(caller, session, clock)
