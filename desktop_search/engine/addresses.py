"""Where the engine goes on behalf of others: none of them must reach this computer's or its network's inside by it."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Sequence

Place = tuple[int, tuple[str, int]]  # address family; IP address and port
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4 written as IPv6 by a gateway


class Refused(Exception):
    """Nothing is sent there, now or later."""


def places_of(host: str, port: int, *, allow_private: bool) -> list[Place]:
    """Every address of a host. Refused if one of them is not public, for a name may be made to change.

    Connect to one of these, and do not look the name up again. Raises OSError where there is no such host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places: list[Place] = [(family, (str(place[0]), int(place[1]))) for family, _, _, _, place in found]
    inside = [place[0] for _, place in places if not is_public(place[0])]
    if inside and not allow_private:
        raise Refused(f"{inside[0]} is not a public address")
    return places


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, whichever way it is written."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(found.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
        if found.teredo is not None or found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def connected(
    places: Sequence[Place], each_s: float, *, end: float | None = None, stopped: Callable[[], bool] = lambda: False
) -> socket.socket:
    """A connection to the first place that takes one; each has `each_s` seconds, all have until `end` (monotonic).

    Raises OSError.
    """
    problem: OSError = TimeoutError("no address could be reached in time")
    for family, place in places:
        left_s = each_s if end is None else min(each_s, end - time.monotonic())
        if left_s <= 0 or stopped():
            break
        made = socket.socket(family, socket.SOCK_STREAM)
        made.settimeout(left_s)
        try:
            made.connect(place)
        except OSError as error:
            made.close()
            problem = error
        else:
            return made
    raise problem
