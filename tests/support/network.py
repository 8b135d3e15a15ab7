"""No test reaches the network: connections that leave the loopback fail, and the test fails with them."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest


class NetworkForbidden(AssertionError):
    """A test tried to leave this computer."""


def is_loopback(host: object) -> bool:
    """Whether `host` (a name or an address) is this computer itself."""
    if not isinstance(host, str | bytes) or host in ("", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network_but_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Guards connecting and name look-up in this process."""
    tried: list[str] = []

    def refuse(target: object) -> None:
        tried.append(str(target))
        raise NetworkForbidden(f"a test tried to reach {target}")

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
                refuse(address)
            return original(self, address)

        return connect

    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        numeric = kwargs.get("flags", args[4] if len(args) > 4 else 0) & socket.AI_NUMERICHOST
        if not numeric and not is_loopback(host):
            refuse(host)
        return look_up(host, *args, **kwargs)

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    # The code under test may have swallowed the refusal; the test must not.
    assert not tried, f"a test tried to reach {', '.join(tried)}"
