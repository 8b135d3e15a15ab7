"""Listening to a video: its sound, where somebody speaks in it, the words, and the utterances they make."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Said, Utterance, Word
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.speech import sphinx
from desktop_search.engine.speech.language_of_words import language_of
from desktop_search.engine.speech.loading import recogniser_of
from desktop_search.engine.speech.recogniser import LONGEST_S, Heard, ModelProblem, Recogniser
from desktop_search.engine.speech.sound import Piece, sound_of
from desktop_search.engine.speech.utterances import utterances_of
from desktop_search.engine.speech.voice import Stretch, speech_in

_NO_SOUND = "The sound of this video could not be read."
_REPORT_EVERY_MS = 10_000
_log = logging.getLogger(__name__)


def listen(
    path: Path, model: InstalledModel | None, *, duration_ms: int, report: Callable[[int], None], token: CancelToken
) -> Said:
    """What is said, by the model or else by pocketsphinx. Music, noise and silence give nothing.

    A model that fails leaves a note, and pocketsphinx listens in its place. `report` gets 0 to 999. Raises Cancelled.
    """
    if model is not None:
        try:
            return listen_with(model, path, duration_ms=duration_ms, report=report, token=token)
        except ModelProblem as problem:
            _log.warning("%s", problem)
            rough = _Listener(None, token).listen(path, duration_ms, report)
            return replace(rough, notes=(*rough.notes, f"{problem} The transcript is a rough one."))
    return _Listener(None, token).listen(path, duration_ms, report)


def listen_with(
    model: InstalledModel, path: Path, *, duration_ms: int, report: Callable[[int], None], token: CancelToken
) -> Said:
    """As `listen`, by this model or not at all. Raises ModelProblem and Cancelled."""
    return _Listener(model, token).listen(path, duration_ms, report)


class _Listener:
    """Listens to one file."""

    def __init__(self, model: InstalledModel | None, token: CancelToken) -> None:
        self._model, self._token = model, token
        self._recogniser: Recogniser | None = None
        self._language = ""
        self._has_sound = False

    def listen(self, path: Path, duration_ms: int, report: Callable[[int], None]) -> Said:
        words: list[Word] = []
        notes: tuple[str, ...] = ()
        longest_s = sphinx.LONGEST_S if self._model is None else LONGEST_S
        try:
            for stretch in speech_in(self._reporting(path, duration_ms, report), longest_s=longest_s):
                words += self._words_of(stretch)
        except ModelProblem:
            raise
        except FileProblem:
            notes = (_NO_SOUND,)
        source = sphinx.SOURCE if self._model is None else self._model.identity
        found = tuple(utterances_of(words, source))
        return Said(found, source if self._has_sound else "", self._language_of(found), notes)

    def _language_of(self, found: Sequence[Utterance]) -> str:
        """As the model says, else as its words look. pocketsphinx hears English words in everything."""
        if self._model is None or not found:
            return ""
        return self._language or language_of(one.text for one in found)

    def _words_of(self, stretch: Stretch) -> Iterator[Word]:
        """With their times in the video."""
        if self._recogniser is None:  # not before somebody speaks: most footage is without words
            self._recogniser = sphinx.Sphinx() if self._model is None else recogniser_of(self._model)
        heard = self._heard(self._recogniser, stretch)
        self._language = self._language or heard.language
        for word in heard.words:
            yield replace(word, start_ms=stretch.start_ms + word.start_ms, end_ms=stretch.start_ms + word.end_ms)

    def _heard(self, recogniser: Recogniser, stretch: Stretch) -> Heard:
        try:
            return recogniser.hear(stretch.samples, self._language, self._token)
        except Cancelled:
            raise
        except Exception as error:
            if self._model is None:
                raise
            raise ModelProblem(self._model, "does not work", error) from error

    def _reporting(self, path: Path, duration_ms: int, report: Callable[[int], None]) -> Iterator[Piece]:
        next_ms = 0
        for piece in sound_of(path, self._token):
            self._has_sound = True
            if piece.at_ms >= next_ms:
                next_ms = piece.at_ms + _REPORT_EVERY_MS
                report(min(999, max(0, 1000 * piece.at_ms // max(1, duration_ms))))
            yield piece
