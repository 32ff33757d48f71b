"""What of an IP address stays the same while one machine uses it."""

from ipaddress import IPv6Address, ip_address, ip_network


def home_network(address: str) -> str:
    """The address itself; of IPv6 the network of 64 bits; whatever is no address as it is.

    Within 64 bits one machine has all addresses, and takes another one every day (RFC 8981).
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(ip_network((int(found) >> 64 << 64, 64)))
        found = found.ipv4_mapped
    return str(found)
