"""Where somebody speaks: Silero's model of voice activity, over sound of any length."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from desktop_search.engine.onnx_runtime import onnxruntime
from desktop_search.engine.speech.sound import RATE_HZ, Piece, Samples

_WINDOW: Final = 512  # samples the model judges at a time, 32 ms
_CONTEXT = 64  # samples before them that it wants to see
_BLOCK = 32  # windows judged in one call
_SPEECH, _SILENCE = 0.5, 0.35  # from which probability on speech begins, below which it may end
_PAUSE = 25  # windows of silence after which a stretch is over; shorter ones belong to it
_MARGIN = 6  # windows kept before and after: a soft first sound is not heard as voice
_FEWEST = 8  # windows of voice in a stretch, a quarter of a second, below which it was a click or a note
_HOLE_MS = 300  # a time stamp further off than that means that sound is missing


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of sound in which somebody speaks; `start_ms` as in `Piece`."""

    start_ms: int
    samples: Samples

    @property
    def end_ms(self) -> int:
        """When it ends."""
        return self.start_ms + len(self.samples) * 1000 // RATE_HZ


def speech_in(pieces: Iterator[Piece], *, longest_s: float) -> Iterator[Stretch]:
    """The stretches of speech in a sound track, each at most `longest_s`; no more than that of it is held in memory."""
    ears: Ears | None = None
    for piece in pieces:
        if ears is None or abs(piece.at_ms - ears.next_ms) > _HOLE_MS:
            if ears is not None:
                yield from ears.finish()
            ears = Ears(piece.at_ms, longest_s=longest_s)
        yield from ears.hear(piece)
    if ears is not None:
        yield from ears.finish()


class Ears:
    """Finds speech in sound without holes, from `zero_ms` on."""

    def __init__(self, zero_ms: int, *, longest_s: float) -> None:
        self._zero_ms, self._longest = zero_ms, int(longest_s * RATE_HZ / _WINDOW)
        self._voice = _Voice()
        self._rest = np.zeros(0, np.int16)
        self._held: list[Samples] = []  # windows: of a stretch, or the last few of a silence
        self._first = 0  # number of the first sample held
        self._heard = self._voiced = self._quiet = 0
        self._speaking = False

    @property
    def next_ms(self) -> int:
        """When the next sample is expected."""
        return self._zero_ms + self._heard * 1000 // RATE_HZ

    def hear(self, piece: Piece) -> Iterator[Stretch]:
        """Take the next samples; gives the stretches that end in them."""
        if not self._speaking:
            self._zero_ms += piece.at_ms - self.next_ms  # a clock that runs a little off must not add up
        self._heard += len(piece.samples)
        self._rest = np.concatenate([self._rest, piece.samples])
        size = _WINDOW * _BLOCK
        while len(self._rest) >= size:
            block, self._rest = self._rest[:size], self._rest[size:]
            yield from self._judge(block)

    def finish(self) -> Iterator[Stretch]:
        """The sound is over."""
        yield from self._judge(self._rest)
        if self._speaking:
            yield from self._ended(len(self._held))

    def _judge(self, block: Samples) -> Iterator[Stretch]:
        whole = np.concatenate([block, np.zeros(-len(block) % _WINDOW, np.int16)])
        for number, probability in enumerate(self._voice.of(whole)):
            self._held.append(block[number * _WINDOW : (number + 1) * _WINDOW])
            yield from self._speech(probability) if self._speaking else self._silence(probability)

    def _silence(self, probability: float) -> Iterator[Stretch]:
        if probability >= _SPEECH:
            self._speaking, self._voiced, self._quiet = True, 1, 0
        else:
            self._forget(len(self._held) - _MARGIN)
        return iter(())

    def _speech(self, probability: float) -> Iterator[Stretch]:
        if probability >= _SPEECH:
            self._voiced, self._quiet = self._voiced + 1, 0
        elif probability < _SILENCE or self._quiet:
            self._quiet += 1
        if self._quiet >= _PAUSE:
            yield from self._ended(len(self._held) - self._quiet + _MARGIN)
            self._forget(len(self._held) - _MARGIN)
        elif len(self._held) >= self._longest:
            at = _quietest(self._held)
            yield from self._ended(at)
            self._speaking, self._voiced, self._quiet = True, _FEWEST, min(self._quiet, len(self._held))

    def _ended(self, count: int) -> Iterator[Stretch]:
        """The first `count` windows are a stretch, or were nothing."""
        if self._voiced >= _FEWEST and count > 0:
            start_ms = self._zero_ms + self._first * 1000 // RATE_HZ
            yield Stretch(start_ms, np.concatenate(self._held[:count]))
        self._forget(count)
        self._speaking = False

    def _forget(self, count: int) -> None:
        if count > 0:
            self._first += sum(map(len, self._held[:count]))
            del self._held[:count]


class _Voice:
    """How probably there is a voice in each window of a sound; remembers what came before."""

    def __init__(self) -> None:
        self._session = voice_session()
        self._h = self._c = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)

    def of(self, samples: Samples) -> npt.NDArray[np.float32]:
        """One probability for each window of `samples`, which are whole windows."""
        if not len(samples):
            return np.zeros(0, np.float32)
        sound = np.concatenate([self._context, samples.astype(np.float32) / 32768])
        self._context = sound[-_CONTEXT:]
        windows = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW + _CONTEXT)[::_WINDOW]
        inputs = {"input": np.ascontiguousarray(windows), "h": self._h, "c": self._c}
        found, self._h, self._c = self._session.run(None, inputs)
        return np.asarray(found, np.float32).reshape(-1)


@cache
def voice_session() -> Any:  # noqa: ANN401 - the binding has no types
    """The model that faster-whisper's wheel brings. Not imported: that would load a recogniser too."""
    package = importlib.util.find_spec("faster_whisper")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("faster_whisper")
    model = Path(package.origin).with_name("assets") / "silero_vad_v6.onnx"
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _quietest(windows: list[Samples]) -> int:
    """Where to cut: in the quietest fifth of a second of the later half."""
    half = len(windows) // 2
    loudness = np.array([np.abs(window.astype(np.float32)).mean() for window in windows[half:]])
    return half + int(np.argmin(np.convolve(loudness, np.ones(_MARGIN), "valid"))) + _MARGIN // 2
