"""The few calls to the engine of this computer that are not part of the service's interface."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_search.api import wire
from desktop_search.api.calling import Caller
from desktop_search.api.endpoints import Endpoint
from desktop_search.api.exchange import Request
from desktop_search.api.patience import LOCAL_PATIENCE
from desktop_search.api.people import PeopleCalls
from desktop_search.api.transport import Transport
from desktop_search.core.calls import CallKind, OpenGate
from desktop_search.core.coverage import Amount
from desktop_search.core.engine_state import EngineState, IndexingVideo, LearningProgress, OfflineVideo, Relinked
from desktop_search.core.test_set import TrialState
from desktop_search.core.token import CancelToken

_BASE_PATH = "/serve/engine/v1"
_CONNECT_TIMEOUT_S, _READ_TIMEOUT_S = 5.0, 15.0
# The engine has no limits: the kinds only say how long an answer may take.
_STATE = Endpoint("GET", "/state", CallKind.LIST, "")
_SET_STATE = Endpoint("POST", "/state", CallKind.LIST, "")
_SHOTS = Endpoint("GET", "/shots", CallKind.LIST, "")
_TRIAL = Endpoint("GET", "/trial", CallKind.LIST, "")
_SET_TRIAL = Endpoint("POST", "/trial", CallKind.LIST, "")
_RELINK = Endpoint("POST", "/relink", CallKind.UPLOAD, "", repeatable=False)


class EngineClient:
    """Asks what the engine is doing; `people` holds the calls about people.

    Calls raise an `AppError`, and `Cancelled` soon after the token is cancelled.
    """

    def __init__(self, url: str, key: str, *, title: str) -> None:
        self._transport = Transport(
            url,
            key,
            title=title,
            connect_timeout_s=_CONNECT_TIMEOUT_S,
            read_timeout_s=_READ_TIMEOUT_S,
            gate=OpenGate(),
            patience=LOCAL_PATIENCE,
            base_path=_BASE_PATH,
        )
        self._caller = Caller(self._transport, LOCAL_PATIENCE)
        self.people = PeopleCalls(self._caller)

    def close(self) -> None:
        """Close the kept connections."""
        self._transport.close()

    def state(self, token: CancelToken) -> EngineState:
        """What it is doing now."""
        return _state(self._caller.call(Request(_STATE), token))

    def set_paused(self, paused: bool, token: CancelToken) -> EngineState:
        """Let it rest, or go on; it keeps to that when it is started again. The state afterwards."""
        return _state(self._caller.call(Request(_SET_STATE, json_body={"paused": paused}), token))

    def shots(self, video_no: str, namespace: str, token: CancelToken) -> tuple[int, ...]:
        """When the shots of a video begin, in ms; nothing as long as it is not indexed, or of an unknown one."""
        answer = self._caller.call(Request(_SHOTS, {"video_no": video_no, "unique_id": namespace}), token)
        starts = answer.get("shots") if isinstance(answer, dict) else None
        return tuple(sorted(start for start in starts if isinstance(start, int))) if isinstance(starts, list) else ()

    def trial(self, token: CancelToken) -> TrialState:
        """Whether another model is on trial, and how far it is."""
        return _trial(self._caller.call(Request(_TRIAL), token))

    def set_trial(self, is_on: bool, token: CancelToken) -> TrialState:
        """Keep the models before, to compare them; or let those in use answer. The state afterwards."""
        return _trial(self._caller.call(Request(_SET_TRIAL, json_body={"on": is_on}), token))

    def relink(self, folder: Path, token: CancelToken) -> Relinked:
        """Look for files that are away in a folder and all below it; takes as long as that does, a minute at most."""
        answer = self._caller.call(Request(_RELINK, json_body={"folder": str(folder)}), token)
        row = answer if isinstance(answer, dict) else {}
        found, offline = wire.count(row, "found_count") or 0, wire.count(row, "offline_count") or 0
        return Relinked(found, offline, complete=row.get("complete") is True)


def _trial(data: object) -> TrialState:
    answer = data if isinstance(data, dict) else {}

    def ids(side: str) -> tuple[str, ...]:
        models = answer.get(side)
        return tuple(each for each in models.values() if isinstance(each, str)) if isinstance(models, dict) else ()

    done, total = wire.count(answer, "done") or 0, wire.count(answer, "total") or 0
    return TrialState(answer.get("on") is True, ids("before"), ids("after"), done, total)


def _state(data: object) -> EngineState:
    answer = data if isinstance(data, dict) else {}
    models = dict(_models(answer.get("models")))
    offline = tuple(
        OfflineVideo(wire.text(row, "video_no"), wire.text(row, "name"), wire.text(row, "file"))
        for row in wire.rows(answer, "offline")
    )
    return EngineState(
        paused=answer.get("paused") is True,
        waiting=wire.count(answer, "waiting") or 0,
        indexing=tuple(
            IndexingVideo(wire.text(row, "video_no"), wire.text(row, "name"), wire.count(row, "permille") or 0)
            for row in wire.rows(answer, "indexing")
        ),
        offline=offline,
        offline_count=wire.count(answer, "offline_count") or len(offline),
        learning=tuple((kind, each) for kind, each in models.items() if each.done < each.total),
        in_use=frozenset(models),
        searched=Amount(wire.count(answer, "searchable") or 0, wire.count(answer, "searchable_ms") or 0),
        failed_count=wire.count(answer, "failed") or 0,
    )


def _models(data: object) -> Iterator[tuple[str, LearningProgress]]:
    """The kinds of which a model is in use."""
    for kind, row in data.items() if isinstance(data, dict) else ():
        if isinstance(row, dict):
            yield kind, LearningProgress(wire.count(row, "done") or 0, wire.count(row, "total") or 0)
