"""Which addresses we talk to: how a URL is read, and which network addresses are refused."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from funnel.domain.errors import AddressForbidden, AddressInvalid

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IpNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

DEFAULT_PORTS = {"http": 80, "https": 443}

_FORBIDDEN = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
_METADATA = tuple(
    ipaddress.ip_network(text)
    for text in (
        "100.100.100.200/32",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "192.0.0.192/32",
        "fd00:ec2::/32",
        "fe80::/10",
    )
)
"""Where clouds tell a machine who it is and lend it its rights, link-local or not."""
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
_FORBIDDEN_V6 = tuple(
    ipaddress.ip_network(text)
    for text in ("2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16", "2620:4f:8000::/48")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_6TO4 = ipaddress.ip_network("2002::/16")
_V4_MAPPED = ipaddress.ip_network("::ffff:0:0/96")

_PASTE_AGAIN = "Open your Sugar in a browser and copy the address from there."
_UNWELCOME = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart. `host` is lower-case ASCII without brackets or a dot at its end."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port; the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if DEFAULT_PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def url(self) -> str:
        """The whole of it, without query and fragment."""
        return self.origin + self.path


def read_url(url: str) -> Address:
    """Take an http or https URL apart; query and fragment are dropped.

    Raises
    ------
    AddressInvalid
        No http(s) URL, no host, a port out of range, a user name in it, or characters that
        programs read in different ways (spaces, control characters, backslashes).
    """
    if _UNWELCOME.search(url):
        raise AddressInvalid(
            "The address contains a space, a backslash or a control character.",
            mend=_PASTE_AGAIN,
        )
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _plain_host(parts.hostname or "")
    except ValueError as error:
        raise AddressInvalid("This is not a web address.", mend=_PASTE_AGAIN) from error
    if parts.scheme not in DEFAULT_PORTS:
        raise AddressInvalid("The address must begin with https:// or http://.", mend=_PASTE_AGAIN)
    if port == 0:
        raise AddressInvalid("Port 0 cannot be connected to.", mend=_PASTE_AGAIN)
    if parts.username is not None or parts.password is not None:
        raise AddressInvalid(
            "The address contains a user name or password.",
            mend="Take it out of the address and enter it in the fields for it.",
        )
    return Address(parts.scheme, host, port or DEFAULT_PORTS[parts.scheme], parts.path)


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL, in one spelling. Raises `AddressInvalid`."""
    return read_url(url).origin


def _plain_host(host: str) -> str:
    """One spelling for a host: IDN as ASCII, numbers as dotted quads. Raises `ValueError`."""
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = host.lower().removesuffix(".")
    if not _HOST.fullmatch(host) or ".." in host:
        raise ValueError("no host name")
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host


class AddressPolicy:
    """Says which network addresses may be connected to.

    Parameters
    ----------
    allow
        Networks (`10.1.0.0/16`), single addresses, or host names whose addresses the deployment
        allows although they are private. A host name never allows the addresses of cloud metadata
        (link-local ones, and the few beside them); only its network in writing does.
    """

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._networks: list[IpNetwork] = []
        self._hosts: set[str] = set()
        for entry in allow:
            try:
                self._networks.append(ipaddress.ip_network(entry))
            except ValueError:
                self._hosts.add(entry.lower().removesuffix("."))

    def check_literal(self, host: str) -> None:
        """Refuse a host that is written as a forbidden address; names are judged on connecting."""
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return
        if not self.permits(host, address):
            raise self.refusal(host)

    def permits(self, host: str, address: IpAddress) -> bool:
        """Whether this very address, to which `host` resolved, may be connected to."""
        plain = _unwrapped(address)
        if any(one in network for one in (address, plain) for network in self._networks):
            return True
        if host in self._hosts:
            if any(plain in network for network in _METADATA):
                return False
            return not (plain.is_multicast or plain.is_unspecified)
        return _is_public(address, plain)

    @staticmethod
    def refusal(host: str) -> AddressForbidden:
        """The error for a host whose addresses are all forbidden."""
        return AddressForbidden(
            f"“{host}” is a private or reserved network address.",
            mend="Enter an address that is reachable from the internet, or have the operator"
            " add this host to the deployment's allow-list.",
        )


def _unwrapped(address: IpAddress) -> IpAddress:
    """The IPv4 address inside an IPv6 one that stands for it (mapped, NAT64, 6to4)."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _V4_MAPPED or address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _6TO4:
        return ipaddress.IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    return address


def _is_public(address: IpAddress, plain: IpAddress) -> bool:
    if isinstance(plain, ipaddress.IPv4Address):
        # NAT64 leads to the IPv4 internet where the network has it; nothing serves 6to4 any more.
        return address not in _6TO4 and not any(plain in network for network in _FORBIDDEN)
    return plain in _PUBLIC_V6 and not any(plain in network for network in _FORBIDDEN_V6)
