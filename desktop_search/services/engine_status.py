"""What the engine of *This computer* is doing, and letting it rest."""

from __future__ import annotations

from desktop_search.api.engine_client import EngineClient
from desktop_search.core.engine_state import EngineState
from desktop_search.core.token import CancelToken
from desktop_search.services.engine_process import EngineProcess

_TITLE = "the search engine of this computer"


class EngineStatus:
    """Not for the GUI thread. Calls raise an `AppError`, and `Cancelled`."""

    def __init__(self, engine: EngineProcess) -> None:
        self._engine = engine

    def read(self, token: CancelToken) -> EngineState | None:
        """What it is doing; `None` while it does not run: looking on does not start it."""
        if not self._engine.is_running:
            return None
        client = self._client(token)
        try:
            return client.state(token)
        finally:
            client.close()

    def set_paused(self, paused: bool, token: CancelToken) -> EngineState:
        """Let it rest, or go on; it is started if it does not run."""
        client = self._client(token)
        try:
            return client.set_paused(paused, token)
        finally:
            client.close()

    def _client(self, token: CancelToken) -> EngineClient:
        url, key = self._engine.start(token)
        return EngineClient(url, key, title=_TITLE)
