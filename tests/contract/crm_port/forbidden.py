"""Addresses that nobody may have us ask, by what they are; for both who ask addresses of others."""

CLASSES: dict[str, tuple[str, ...]] = {
    "loopback": (
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7F.1", "017700000001", "0177.0.0.1",
        "127.0.0.1.", "\uff11\uff12\uff17.0.0.1", "\u2460\u2461\u2466.0.0.1",
        "127\u30020\uff0e0\uff611", "[::1]", "127.255.255.254",
    ),
    "this host": ("0.0.0.0", "0", "[::]", "0x0"),
    "private": (
        "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "0xa.1", "012.0.0.1", "167772161",
    ),
    "shared between carrier and customer": ("100.64.0.1", "100.100.100.200", "100.127.255.255"),
    "link-local, where clouds tell who a machine is": (
        "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.170.2",
        "[fe80::1]", "[fe80::1%25eth0]", "168.63.129.16",
    ),
    "multicast": ("224.0.0.1", "239.255.255.250", "[ff02::1]"),
    "reserved": (
        "192.0.0.192", "198.18.0.1", "203.0.113.1", "192.0.2.1", "198.51.100.7", "240.0.0.1",
        "255.255.255.255", "192.88.99.1", "[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]",
        "[4000::1]",
    ),
    "unique local": ("[fc00::1]", "[fd00:ec2::254]", "[fec0::1]"),
    "IPv4 mapped into IPv6": (
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]", "[::ffff:169.254.169.254]",
    ),
    "IPv4 compatible": ("[::127.0.0.1]", "[::7f00:1]", "[::a9fe:a9fe]"),
    "NAT64": (
        "[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[64:ff9b::a00:1]", "[64:ff9b:1::a00:1]",
    ),
    "6to4": ("[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:808:808::1]"),
    "Teredo": ("[2001:0:7f00:1::]", "[2001:0:808:808::f5ff:fffe]"),
}  # fmt: skip

FORBIDDEN = [host for hosts in CLASSES.values() for host in hosts]
PLAIN = [host.strip("[]") for host in FORBIDDEN if host.isascii() and "%" not in host]
"""Those that a name server could give, in one spelling or another."""
