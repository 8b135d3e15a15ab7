"""A hundred hours of footage and more, with vectors of meaning: answers, starts, room on the disk and in memory."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from desktop_search.engine.encoders.look_vector import look_vector
from desktop_search.engine.model_store.installed import InstalledModel
from tests.benchmarks.footage import MadeFootage
from tests.benchmarks.measuring import Measured, compare, seconds
from tests.benchmarks.searching import Floors
from tests.clips.scenes import Scene, Shape, draw_scene
from tests.contract.engine_child import EngineChild
from tests.support.tiny_models import install, make_tiny_seen
from tests.support.waiting import wait_until

_SEEN, _SAID, _PHRASE = "red ball on a green meadow", "the red ball", "red ball"
_DIM = 768
_SEGMENT_MS, _MARKS = 2_000, 2  # 180,000 of these are 100 hours
_STARTS, _RUNS = 5, 15
_LOADED_S = 1_200.0
_IDLE_S, _IDLE_TICKS = 12.0, 10  # longer than it rests between two looks at what has changed
_MB = 1e6


def big_library(folder: Path, segments: int, huge_segments: int) -> Iterator[Measured]:
    """Searches and starts with so many segments, what they take on the disk, and what very many take in memory."""
    model = make_tiny_seen(folder / "model", dim=_DIM)
    if segments:
        big = _made(folder / "big", segments, model)
        yield from _starts_and_searches(big, segments, folder / "empty")
        yield _on_disk(big, segments)
    if huge_segments:
        yield from _in_memory(_made(folder / "huge", huge_segments, model), huge_segments)


def _made(data_dir: Path, segments: int, model: InstalledModel) -> Path:
    MadeFootage(_look(), model, segment_ms=_SEGMENT_MS, marks=_MARKS).fill(data_dir, segments)
    install(data_dir / "models", model)
    return data_dir


def _look() -> Any:
    return look_vector(np.asarray(_picture()))


def _picture() -> Any:
    return draw_scene(Scene(4, "skyblue", "#1050a0", Shape.BOAT, "white"), 0.5, (640, 360))


def _starts_and_searches(data_dir: Path, segments: int, empty: Path) -> Iterator[Measured]:
    def start(folder: Path) -> EngineChild:
        engine = EngineChild(folder)
        wait_until(lambda: _answers(engine), "it answers", _LOADED_S)
        return engine

    def start_and_stop(folder: Path) -> float:
        engines: list[EngineChild] = []
        took = seconds(lambda: engines.append(start(folder)))
        engines[0].stop()
        return took

    floor = median(start_and_stop(empty) for _ in range(_STARTS))
    what, least = f"{segments:,} segments: first answer after a start", "the same with an empty library"
    engines: list[EngineChild] = []
    first = seconds(lambda: engines.append(start(data_dir)))
    yield Measured(f"{what}, caches missing", first, first, least, floor)
    with engines[0] as engine:
        _wait_loaded(engine)
        yield from _searches(engine, segments)
    starts = [start_and_stop(data_dir) for _ in range(_STARTS)]
    yield Measured(what, median(starts), max(starts), least, floor)


def _answers(engine: EngineChild) -> bool:
    try:
        return bool(engine.search(_SEEN) or True)
    except TimeoutError:  # a busy computer takes longer than a client waits
        return False


def _processor_ms(engine: EngineChild, ask: Callable[[], object]) -> float:
    """What the engine needs for one answer however busy the computer is; Linux alone says so."""
    ask()
    before = _ticks(engine)
    for _ in range(_RUNS):
        ask()
    return 1000 * (_ticks(engine) - before) / os.sysconf("SC_CLK_TCK") / _RUNS


def _ticks(engine: EngineChild) -> int:
    """Of the processor, that the engine's process has used."""
    fields = Path(f"/proc/{engine.process.pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _wait_loaded(engine: EngineChild) -> None:
    """Until the words are kept in their file, and nothing is done any longer."""
    words = engine.data_dir / "cache" / "videos.words"
    wait_until(words.exists, "the words are loaded", _LOADED_S)
    since, used = time.monotonic(), _ticks(engine)

    def is_idle() -> bool:
        nonlocal since, used
        now = _ticks(engine)
        if now > used + _IDLE_TICKS:
            since, used = time.monotonic(), now
        return time.monotonic() - since > _IDLE_S

    wait_until(is_idle, "the engine does nothing more", _LOADED_S)


def _searches(engine: EngineChild, segments: int) -> Iterator[Measured]:
    floors = Floors(engine.data_dir / "library.db")
    by_words = "SQLite alone chooses the segments with those words"
    ids = sorted({hit["videoNo"] for hit in engine.search(_SEEN, top_k=100)})[:20]
    filters: list[tuple[str, dict[str, Any]]] = [
        ("", {}),
        (", tag", {"tag": "day 3"}),
        (", camera", {"camera_tag": "camera 1"}),
        (", place", {"latitude": 53.0, "longitude": 4.0}),
        (f", {len(ids)} videos", {"video_nos": ids}),
        (", only what meets it well", {"filtering_level": "high"}),
    ]
    asks: list[tuple[str, Callable[[], Any], str, Callable[[], object]]] = [
        (f"seen{name}", partial(engine.search, _SEEN, **fields), by_words, floors.seen) for name, fields in filters
    ]
    asks += [
        (f"said{name}", partial(engine.search, _SAID, search_type="BY_AUDIO", **fields), _READS, floors.said)
        for name, fields in filters[:3]
    ]
    data = io.BytesIO()
    _picture().save(data, "PNG")
    parts = [("file", ("picture.png", data.getvalue(), "image/png"))]
    asks += [
        ("exact phrase", lambda: engine.get("/search_audio_transcripts", query=_PHRASE).data,
         "SQLite alone looks the phrase up", floors.phrase),
        ("picture", lambda: engine.post_parts("/search_similar_images", parts).data,
         "NumPy alone multiplies the same matrix", lambda: floors.picture(_look())),
    ]  # fmt: skip
    for what, ours, floor, least in asks:
        assert ours(), what
        processor_ms = _processor_ms(engine, ours)
        what = f"{segments:,} segments: {what} ({processor_ms:.0f} ms of processor time)"
        yield compare(what, ours, floor, least, _RUNS)
    floors.connection.close()


_READS = "SQLite alone reads the sentences"


def _on_disk(data_dir: Path, segments: int) -> Measured:
    def taken(pattern: str) -> float:
        return sum(file.stat().st_size for file in data_dir.glob(pattern) if file.is_file()) / _MB

    record, caches = taken("library.db*"), taken("cache/**/*")
    what = f"{segments:,} segments on the disk: record {record:,.0f} MB, caches {caches:,.0f} MB"
    least = segments * _DIM * 2 / _MB
    return Measured(what, record + caches, record + caches, "their vectors of meaning in float16", least, unit="MB")


def _in_memory(data_dir: Path, segments: int) -> Iterator[Measured]:
    """Twice: working out what is held, and with the caches of that."""
    least = segments * _DIM / _MB
    for when in ("while the caches are made", "with the caches"):
        with EngineChild(data_dir) as engine:
            _wait_loaded(engine)
            for _ in _searches_once(engine):
                pass
            now = _memory_mb(engine.process.pid, "smaps_rollup")
            most = _memory_mb(engine.process.pid, "status")["VmHWM"]
            parts = f"PSS {now['Pss']:,.0f}, anonymous {now['Anonymous']:,.0f}, at most {most:,.0f} MB"
            what = f"{segments:,} segments in memory {when} ({parts})"
            yield Measured(what, now["Rss"], most, "their vectors of meaning in 8 bits", least, unit="MB")


def _searches_once(engine: EngineChild) -> Iterator[Any]:
    yield engine.search(_SEEN)
    yield engine.search(_SAID, search_type="BY_AUDIO")
    yield engine.get("/search_audio_transcripts", query=_PHRASE).data
    data = io.BytesIO()
    _picture().save(data, "PNG")
    yield engine.post_parts("/search_similar_images", [("file", ("picture.png", data.getvalue(), "image/png"))]).data


def _memory_mb(pid: int, file: str) -> dict[str, float]:
    """What the system says of a process, in megabytes. Linux alone does."""
    lines = (line.split() for line in Path(f"/proc/{pid}/{file}").read_text().splitlines())
    return {line[0].rstrip(":"): int(line[1]) * 1024 / _MB for line in lines if line[-1] == "kB"}
