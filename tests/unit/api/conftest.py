"""A server that misbehaves on demand, and a client with short time-outs for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.api.patience import Patience
from desktop_search.core.calls import CallKind
from tests.support.fault_server import Behaviour, FaultServer, envelope

KEY = "sk-mavi-0123456789abcdefSECRET"
ONCE = {kind: Patience(1, 60.0) for kind in CallKind}
Connect = Callable[..., tuple[FaultServer, VisualSearchClient]]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """`connect(behaviour, …)` gives a server that behaves so, and a client of it, which tries once unless told else."""
    made: list[tuple[FaultServer, VisualSearchClient]] = []

    def build(
        *behaviours: Behaviour, read_timeout_s: float = 10.0, **more: Any
    ) -> tuple[FaultServer, VisualSearchClient]:
        server = FaultServer(list(behaviours) or [envelope(None)])
        options = {"patience": ONCE} | more
        client = VisualSearchClient(server.url, KEY, connect_timeout_s=2.0, read_timeout_s=read_timeout_s, **options)
        made.append((server, client))
        return server, client

    yield build
    for server, client in made:
        server.close()
        client.close()
