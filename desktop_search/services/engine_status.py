"""What the engine of *This computer* is doing, letting it rest, and what it alone knows of a video."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from desktop_search.api.client import VisualSearchClient
from desktop_search.api.engine_client import EngineClient
from desktop_search.api.patience import LOCAL_PATIENCE
from desktop_search.core.engine_state import EngineState, Relinked
from desktop_search.core.language import _
from desktop_search.core.test_set import TrialState
from desktop_search.core.token import CancelToken
from desktop_search.services.engine_process import EngineProcess

_TRIED_HEADER = "x-desktop-search-models"
_TITLE = _("the search engine of this computer")


class EngineStatus:
    """Not for the GUI thread. Calls raise an `AppError`, and `Cancelled`."""

    def __init__(self, engine: EngineProcess) -> None:
        self._engine = engine

    def read(self, token: CancelToken) -> EngineState | None:
        """What it is doing; `None` while it does not run: looking on does not start it."""
        if not self._engine.is_running:
            return None
        with self.client(token) as client:
            return client.state(token)

    def set_paused(self, paused: bool, token: CancelToken) -> EngineState:
        """Let it rest, or go on; it is started if it does not run."""
        with self.client(token) as client:
            return client.set_paused(paused, token)

    def shots(self, video_no: str, namespace: str, token: CancelToken) -> tuple[int, ...]:
        """When the shots of a video begin, in ms."""
        with self.client(token) as client:
            return client.shots(video_no, namespace, token)

    def relink(self, folder: Path, token: CancelToken) -> Relinked:
        """Look for files that are away in a folder and all below it."""
        with self.client(token) as client:
            return client.relink(folder, token)

    def trial(self, token: CancelToken) -> TrialState:
        """Whether another model is on trial, and how far it is."""
        with self.client(token) as client:
            return client.trial(token)

    def set_trial(self, is_on: bool, token: CancelToken) -> TrialState:
        """Keep the models before, to compare them; or let those in use answer."""
        with self.client(token) as client:
            return client.set_trial(is_on, token)

    @contextmanager
    def tried(self, which: Literal["before", "after"], token: CancelToken) -> Iterator[VisualSearchClient]:
        """A client whose searches the models of that side answer."""
        url, key = self._engine.start(token)
        headers = {_TRIED_HEADER: which}
        client = VisualSearchClient(url, key, title=_TITLE, patience=LOCAL_PATIENCE, knows_people=True, headers=headers)
        try:
            yield client
        finally:
            client.close()

    @contextmanager
    def client(self, token: CancelToken) -> Iterator[EngineClient]:
        """A client for some calls; the engine is started if it does not run."""
        url, key = self._engine.start(token)
        client = EngineClient(url, key, title=_TITLE)
        try:
            yield client
        finally:
            client.close()
