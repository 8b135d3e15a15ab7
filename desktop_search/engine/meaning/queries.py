"""The words of a search as vectors, made in the engine's own process."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_search.core.errors import FileProblem
from desktop_search.engine.meaning.sessions import Vectors
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel, Kind

_log = logging.getLogger(__name__)
IDLE_S = 300.0
AGAIN_S = 60.0  # after a failure: its files may be mended
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class EncodedQuery:
    """What a query means: comparable with the vectors stored under the same model.

    Attributes:
        model: the identity of the model.
        family: of the model; scores are calibrated by it.
        vector: float32, of length 1.
    """

    model: str
    family: str
    vector: Vectors


class Questions(Protocol):
    """What turns questions into vectors."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """n × dim, each of length 1. Raises FileProblem."""


def _load(model: InstalledModel) -> Questions:
    from desktop_search.engine.meaning.encoders import questions_of  # heavy; most engines never come here

    return questions_of(model)


class QueryEncoder:
    """Loads a text tower with the first query and lets it go after a while without any. Safe from any thread.

    A model that cannot be loaded is said in the log, and is then as good as none for a while.
    """

    def __init__(
        self,
        models: Callable[[], ChosenModels],
        *,
        load: Callable[[InstalledModel], Questions] = _load,
        idle_s: float = IDLE_S,
        again_s: float = AGAIN_S,
    ) -> None:
        self._models, self._load, self._idle_s, self._again_s = models, load, idle_s, again_s
        self._lock = threading.Lock()
        self._loaded: dict[Kind, tuple[str, Questions]] = {}
        self._useless_until_s: dict[str, float] = {}
        self._known: OrderedDict[tuple[str, str], EncodedQuery] = OrderedDict()
        self._timer: threading.Timer | None = None
        self._used_s = 0.0

    def seen(self, text: str) -> EncodedQuery | None:
        """For what is seen; `None` where no model for it is in use."""
        return self._encoded(self._models().seen, text)

    def said(self, text: str) -> EncodedQuery | None:
        """For what is said; `None` where no model for it is in use."""
        return self._encoded(self._models().text, text)

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._loaded.clear()
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _encoded(self, model: InstalledModel | None, text: str) -> EncodedQuery | None:
        if model is None or time.monotonic() < self._useless_until_s.get(model.identity, 0):
            return None
        name = model.identity, text
        with self._lock:
            if name in self._known:
                self._known.move_to_end(name)
                return self._known[name]
        try:
            vector = self._ready(model).queries([text])[0]
        except FileProblem as problem:
            self._useless_until_s[model.identity] = time.monotonic() + self._again_s
            _log.warning("%s cannot be used: %s %s", model.model_id, problem, problem.details)
            return None
        encoded = EncodedQuery(model.identity, model.family, vector)
        with self._lock:
            self._known[name] = encoded
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return encoded

    def _ready(self, model: InstalledModel) -> Questions:
        """The encoder of the model; one of the same kind that was in use before it is let go."""
        with self._lock:
            identity, encoder = self._loaded.pop(model.kind, ("", None))
            if encoder is None or identity != model.identity:
                encoder = self._load(model)
            self._loaded[model.kind] = model.identity, encoder
            self._used_s = time.monotonic()
            if self._timer is None:
                self._wait(self._idle_s)
            return encoder

    def _wait(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._let_go)
        self._timer.daemon = True
        self._timer.start()

    def _let_go(self) -> None:
        with self._lock:
            if self._timer is None:  # closed meanwhile
                return
            left_s = self._used_s + self._idle_s - time.monotonic()
            if left_s > 0:
                self._wait(left_s)
            else:
                self._loaded.clear()
                self._timer = None
