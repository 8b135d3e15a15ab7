"""A server that misbehaves on demand, and a client with short time-outs for it."""

from __future__ import annotations

import traceback
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


def everything_said(error: BaseException, log: pytest.LogCaptureFixture) -> str:
    """All that an error, its causes and the log could give away."""
    said = ["".join(traceback.format_exception(error)), repr(error), str(error), log.text]
    each: BaseException | None = error
    while each is not None:
        said += [repr(each.args), repr(vars(each)), repr(getattr(getattr(each, "request", None), "headers", None))]
        each = each.__cause__ or each.__context__
    return "\n".join(said)
