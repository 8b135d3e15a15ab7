"""People of *This computer*: its engine is asked, and no other library ever is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from desktop_search.api.engine_client import EngineClient
from desktop_search.api.people import PICTURES_MAX, PeopleCalls
from desktop_search.core.people import Face, PeopleState
from desktop_search.core.token import CancelToken


class People:
    """Not for the GUI thread. Calls start the engine if it does not run; they raise an `AppError`, and `Cancelled`."""

    def __init__(self, client: Callable[[CancelToken], AbstractContextManager[EngineClient]]) -> None:
        self._client = client

    def state(self, token: CancelToken) -> PeopleState:
        """Everybody, and how far it is."""
        with self._calls(token) as calls:
            return calls.state(token)

    def faces(self, person_id: int, token: CancelToken) -> tuple[Face, ...]:
        """Where somebody was seen, best first."""
        with self._calls(token) as calls:
            return calls.faces(person_id, token)

    def pictures(self, face_ids: Sequence[int], token: CancelToken) -> Iterator[dict[int, bytes]]:
        """The faces as JPEG, some at a time."""
        with self._calls(token) as calls:
            for start in range(0, len(face_ids), PICTURES_MAX):
                yield calls.pictures(face_ids[start : start + PICTURES_MAX], token)

    def change(self, change: Callable[[PeopleCalls], PeopleState], token: CancelToken) -> PeopleState:
        """Make a change; what is known after it."""
        with self._calls(token) as calls:
            return change(calls)

    @contextmanager
    def _calls(self, token: CancelToken) -> Iterator[PeopleCalls]:
        with self._client(token) as client:
            yield client.people
