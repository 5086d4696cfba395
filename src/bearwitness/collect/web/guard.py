"""Which network addresses may be connected to: those of the public internet, whatever form they are written in."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Not left to ``is_global`` alone, whose tables differ between versions of Python.
_CLOSED = tuple(
    (ip_network(block), what)
    for block, what in (
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a private address of a carrier"),
        ("127.0.0.0/8", "a loopback address"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("169.254.0.0/16", "a link-local address, where clouds keep their metadata service"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a reserved address"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a reserved address"),
        ("198.51.100.0/24", "a reserved address"),
        ("203.0.113.0/24", "a reserved address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("100::/64", "a reserved address"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "a reserved address"),
        ("3fff::/20", "a reserved address"),
        ("5f00::/16", "a reserved address"),
        ("64:ff9b:1::/48", "a private address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
    )
)
# Blocks of IPv6 that carry an IPv4 address, and how many bits stand behind it.
_CARRIERS = tuple(
    (ip_network(block), behind)
    for block, behind in (
        ("::/96", 0),
        ("::ffff:0:0/96", 0),
        ("::ffff:0:0:0/96", 0),
        ("64:ff9b::/96", 0),
        ("2002::/16", 80),
    )
)


def why_closed(address: str) -> str | None:
    """What kind of address this is that may not be connected to ("a loopback address"); ``None`` for a public one."""
    try:
        found = ip_address(address)
    except ValueError:
        return "no network address"
    if isinstance(found, IPv6Address):
        if found.scope_id is not None:
            return "a link-local address"
        for block, behind in _CARRIERS:
            if found in block and found.packed[:15] != bytes(15):
                inner = IPv4Address(int(found) >> behind & 0xFFFFFFFF)
                return why_closed(str(inner))
    what = next((what for block, what in _CLOSED if found.version == block.version and found in block), None)
    return what or (None if found.is_global else "a reserved address")
