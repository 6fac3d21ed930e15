"""Which network addresses belong to everybody: the only ones that something is fetched from (trust T19)."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# Reserved, but not known to be so by every Python in use.
_RESERVED_V4 = [IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24")]
_RESERVED_V6 = [IPv6Network("3fff::/20")]
# The only part of IPv6 that is given out to the public.
_GIVEN_OUT = IPv6Network("2000::/3")
# A network with IPv6 alone reaches an IPv4 address through this one, which holds it in its last 32 bits.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether anyone on the internet means the same machine by it.

    Never this machine or its neighbours, also when hidden in an address that carries another one.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _is_public_v4(found) if isinstance(found, IPv4Address) else _is_public_v6(found)


def _is_public_v4(address: IPv4Address) -> bool:
    reserved = any(address in network for network in _RESERVED_V4)
    return address.is_global and not address.is_multicast and not reserved


def _is_public_v6(address: IPv6Address) -> bool:
    if address.scope_id:
        return False
    carried = _carried(address)
    if carried is not None:
        return _is_public_v4(carried)
    # Teredo (2001::/32) is not global to begin with: no server that anyone should ask lives there.
    reserved = any(address in network for network in _RESERVED_V6)
    return address in _GIVEN_OUT and address.is_global and not address.is_multicast and not reserved


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that the machine would really be reached by."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
