"""Indexing clips as cameras and the web deliver them: decoding alone, with the look index, and with encoders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import av
from av.codec.context import ThreadType

from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.analysis import analyse_video
from desktop_search.engine.indexing.decoding import Copier, Decoder
from desktop_search.engine.indexing.segments import PAIR_APART_MS
from desktop_search.engine.indexing.sparse import LONGEST_UNSEEN_MS, STEP_MS
from desktop_search.engine.indexing.videos import raw_segments
from desktop_search.engine.library.worker_process import Task, analyse
from desktop_search.engine.model_store.installed import ChosenModels
from desktop_search.media.opening import open_video
from desktop_search.media.probe import MediaInfo, probe
from tests.benchmarks.clips import DENSE, HEVC, HEVC_CUT, PRORES, SPARSE, Kind, clip
from tests.benchmarks.encoder_models import make_costly
from tests.benchmarks.measuring import Measured, compare

_RUNS = 3
_FLOOR = "PyAV alone decodes the same sample frames"


def indexing(folder: Path, seconds: float) -> Iterator[Measured]:
    """Footage with little but grain and a moving camera in it, without sound, with a cut now and then."""
    models = {f"B/{patch}": ChosenModels(seen=make_costly(folder / str(patch), patch=patch)) for patch in (32, 16)}
    for kind in (DENSE, SPARSE, HEVC, HEVC_CUT, PRORES):
        path = clip(kind, seconds)
        ways: dict[str, Callable[[], object]] = {
            "decode": partial(_decode, path, probe(path)),
            "look index": partial(_index, path),
        }
        for name, chosen in models.items():
            ways[f"look index and {name}"] = partial(_with_encoder, path, chosen)
        for what, ours in ways.items():
            yield compare(f"{what}, {kind.name}", ours, _FLOOR, partial(_alone, kind, path), _RUNS, footage_s=seconds)


def _decode(path: Path, info: MediaInfo) -> None:
    """Everything up to the samples that are looked at: chosen, decoded, cut into segments, scaled."""
    token = CancelToken()
    with open_video(path) as (container, stream):
        decoder, copier = Decoder(container, stream, token, path), Copier(stream.sample_aspect_ratio)
        assert list(raw_segments(decoder, copier, info.duration_ms, info.rate, token))


def _index(path: Path) -> None:
    analyse_video(path, name="clip", report=lambda done: None, token=CancelToken())


def _with_encoder(path: Path, models: ChosenModels) -> None:
    analyse(Task("video", path, "clip", models), _Unheard(), CancelToken())


class _Unheard:
    def __call__(self, permille: int) -> None:
        """Nobody asks."""

    def length(self, length_ms: int) -> None:
        """Nobody asks."""


def _alone(kind: Kind, path: Path) -> None:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        if kind is PRORES:
            _seek(container, stream)
        elif kind is SPARSE:  # key frames are farther apart than LONGEST_UNSEEN_MS
            stream.thread_type = ThreadType.AUTO
            assert all(frame.width for frame in container.decode(stream))
        else:
            _skip(container, stream)


def _skip(container: av.container.InputContainer, stream: av.VideoStream) -> None:
    """A key frame about every two seconds, and a frame shortly after it."""
    assert stream.time_base is not None
    begun_ms, waiting = -float(LONGEST_UNSEEN_MS), False
    for packet in container.demux(stream):
        if packet.pts is None:
            continue
        at_ms = float(packet.pts * stream.time_base * 1000)
        if packet.is_keyframe and at_ms - begun_ms >= STEP_MS - 250:
            begun_ms, waiting = at_ms, True
        if waiting:
            stream.decode(packet)
            if at_ms - begun_ms >= PAIR_APART_MS:
                waiting = False
                stream.decode(None)
                stream.codec_context.flush_buffers()


def _seek(container: av.container.InputContainer, stream: av.VideoStream) -> None:
    assert stream.time_base is not None
    assert stream.duration is not None
    stream.thread_type = ThreadType.SLICE
    for start_ms in range(0, int(stream.duration * stream.time_base * 1000), STEP_MS):
        for at_ms in (start_ms, start_ms + PAIR_APART_MS):
            container.seek(round(at_ms / 1000 / stream.time_base), stream=stream)
            stream.decode(next(container.demux(stream)))
