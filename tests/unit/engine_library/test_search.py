"""Searches see each change of the store at once, and only what passes the filters."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from desktop_search.engine.encoders.look_vector import VECTOR_DIM
from desktop_search.engine.indexing.results import (
    FrameMark,
    ImageAnalysis,
    Segment,
    Utterance,
    Vector,
    VideoAnalysis,
    VideoInfo,
)
from desktop_search.engine.library.memory import VideoMemory
from desktop_search.engine.library.search import Moment, Search
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.rows import UNPARSE, Image, Video
from desktop_search.engine.store.store import Store

ALL = Filters("default")
VIDEO = Video(
    1, "default", "clip", Path("/films/day one/clip.mp4"), in_place=True, retain=True, status=UNPARSE, cause="",
    size_bytes=1, created_ms=1, duration_ms=None, width=None, height=None, fps=None, taken_ms=None, camera="",
    latitude=None, longitude=None, tags=("api",),
)  # fmt: skip
IMAGE = Image(1, "default", "still.jpg", ".jpg", UNPARSE, 1, None, "", None, None, ("api",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library.db")
    made.namespaces.ensure("default", 1)
    made.namespaces.ensure("other", 2)
    yield made
    made.close()


def look(seed: int) -> Vector:
    vector = np.random.default_rng(seed).normal(size=VECTOR_DIM)
    return (vector / np.linalg.norm(vector)).astype(np.float16)


def analysis(looks: Sequence[str], said: str = "", vector: Vector | None = None) -> VideoAnalysis:
    """One segment a second."""
    segments = tuple(Segment(n * 1000, n * 1000 + 1000, {one: 0.9}, "", n * 1000, b"") for n, one in enumerate(looks))
    frames = (FrameMark(0, look(0) if vector is None else vector),)
    spoken = (Utterance(1200, 1800, said, "subtitles"),) if said else ()
    return VideoAnalysis(
        VideoInfo(1000 * len(looks), 320, 180, Fraction(25), has_audio=bool(said)), segments, frames, spoken
    )


def add(store: Store, video_id: int, found: VideoAnalysis, **details: object) -> None:
    store.videos.add(replace(VIDEO, video_id=video_id, **details))  # type: ignore[arg-type]
    assert store.moments.keep(video_id, found)


def places(hits: Sequence[Moment]) -> list[tuple[int, int]]:
    return [(hit.video.video_id, hit.start_ms) for hit in hits]


def seen(
    search: Search, query: str, filters: Filters = ALL, floor: float = 0.0, limit: int = 100
) -> list[tuple[int, int]]:
    return places(search.seen(query, filters, floor=floor, limit=limit))


def said(search: Search, query: str, filters: Filters = ALL) -> list[tuple[int, int]]:
    return places(search.said(query, filters, floor=0.0, limit=100))


def test_equals_come_newest_first_then_in_order_and_the_rest_is_left_out(store: Store) -> None:
    for video_id in (11, 12):
        add(store, video_id, analysis(["red", "blue", "red"]))
    search = Search(store)
    assert seen(search, "red") == [(12, 0), (12, 2000), (11, 0), (11, 2000)]
    assert seen(search, "red", limit=3) == [(12, 0), (12, 2000), (11, 0)]
    assert seen(search, "red", floor=0.95) == []
    assert seen(search, "api") == []


def test_a_hit_tells_what_is_said_in_it(store: Store) -> None:
    add(store, 11, analysis(["red", "blue"], "mind the harbor wall"))
    search = Search(store)
    assert [hit.text for hit in search.seen("blue", ALL, floor=0, limit=9)] == ["mind the harbor wall"]
    assert [hit.text for hit in search.seen("red", ALL, floor=0, limit=9)] == [""]
    assert said(search, "harbour") == [(11, 1200)]


def test_a_hit_tells_what_is_written_in_it_where_that_was_asked_for(store: Store) -> None:
    found = analysis(["red", "blue"])
    slate = replace(found.segments[0], screen_text="SCENE 12 take 3\nHarbours")
    add(store, 11, replace(found, segments=(slate, *found.segments[1:])))
    search = Search(store)

    def read(query: str) -> list[str]:
        return [hit.read for hit in search.seen(query, ALL, floor=0, limit=9)]

    assert read("harbour") == ["SCENE 12 take 3\nHarbours"]
    assert read("the scene, red") == ["SCENE 12 take 3\nHarbours"]
    assert read("red") == [""]
    assert read("blue") == [""]


def test_what_is_indexed_while_searching_is_found_at_once(store: Store) -> None:
    search = Search(store)
    assert seen(search, "red") == []
    add(store, 11, analysis(["red"]))
    assert seen(search, "red") == [(11, 0)]
    assert store.moments.keep(11, analysis(["blue", "red"], "the boat"))
    assert seen(search, "red") == [(11, 1000)]
    assert said(search, "boat") == [(11, 1200)]
    store.videos.delete([11], "default")
    assert seen(search, "red") == said(search, "boat") == []
    assert search.alike(look(0), ALL, 0.5) == []


def test_much_that_is_indexed_again_and_again_leaves_no_trace(store: Store) -> None:
    search = Search(store)
    add(store, 11, analysis(["blue"]))
    add(store, 12, analysis(["red"]))
    for _ in range(100):
        assert store.moments.keep(11, analysis(["red", "blue"]))
        assert seen(search, "blue") == [(11, 1000)]
    assert seen(search, "red") == [(12, 0), (11, 0)]


def test_names_folders_and_tags_are_words_until_the_file_is_let_go(store: Store) -> None:
    add(store, 11, analysis(["red"]), name="zeppelin", tags=("summer", "api"))
    search = Search(store)
    for query in ("zeppelin", "summer", "day one"):
        assert seen(search, query) == [(11, 0)]
    store.videos.forget_file(replace(VIDEO, video_id=11))
    assert seen(search, "day one") == []


def test_filters_come_before_ranking(store: Store) -> None:
    for video_id in range(11, 31):
        add(store, video_id, analysis(["red"]), camera="B")
    add(store, 5, analysis(["red"]), camera="A")
    add(store, 6, analysis(["red"]), namespace="other")
    search = Search(store)
    assert seen(search, "red", Filters("default", camera="A"), limit=1) == [(5, 0)]
    assert seen(search, "red", Filters("default", video_ids=(5, 6, 14))) == [(14, 0), (5, 0)]
    assert seen(search, "red", Filters("other")) == [(6, 0)]
    assert seen(search, "red", Filters("default", camera="C")) == []


@pytest.mark.parametrize("room", [0, 3, 100])
def test_pictures_are_found_in_memory_and_beyond_it(store: Store, room: int) -> None:
    for video_id in range(11, 21):
        add(store, video_id, analysis(["red"], vector=look(video_id)))
    memory = VideoMemory(store, looks_max_bytes=room * 4 * VECTOR_DIM)
    for video_id in (11, 15, 20):
        (hit,) = memory.alike(look(video_id), range(11, 21), similarity=0.85, limit=9)
        assert (hit.item_id, hit.start_ms) == (video_id, 0)
    assert memory.alike(look(11), range(12, 21), similarity=0.85, limit=9) == []
    assert len(memory.alike(look(11), range(11, 21), similarity=0.0, limit=4)) == 4


def test_a_frame_comes_with_its_segment(store: Store) -> None:
    add(store, 11, analysis(["red"], vector=look(3)))
    (hit,) = Search(store).alike(look(3), ALL, 0.85)
    assert hit.segment is not None
    assert (hit.at_ms, hit.segment.end_ms) == (0, 1000)


def test_images_keep_up_too(store: Store) -> None:
    search = Search(store)
    store.images.add([(replace(IMAGE, image_id=number), 1) for number in (7, 8)])
    assert search.images("red", ALL, floor=0, limit=9) == []
    for number in (7, 8):
        found = ImageAnalysis(320, 180, None, "", None, None, {"red": 0.9}, "", look(number))
        store.images.keep(number, found)
    assert [hit.image.image_id for hit in search.images("red", ALL, floor=0, limit=9)] == [8, 7]
    assert [hit.image.image_id for hit in search.images("red", ALL, floor=0, limit=1)] == [8]
    store.images.delete([replace(IMAGE, image_id=8)])
    assert [hit.image.image_id for hit in search.images("red still", ALL, floor=0, limit=9)] == [7]
    assert search.images("api", ALL, floor=0, limit=9) == []


def test_many_threads_search_while_footage_comes_and_goes(store: Store) -> None:
    search = Search(store)
    search.start_loading()
    over = threading.Event()
    wrong: list[Moment] = []

    def look_on() -> None:
        while not over.is_set():
            hits = (*search.seen("red", ALL, floor=0, limit=50), *search.said("boat", ALL, floor=0, limit=50))
            wrong.extend(hit for hit in hits if hit.segment is not None and "red" not in hit.segment.words)

    threads = [threading.Thread(target=look_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(40):
        add(store, 100 + number, analysis(["blue", "red"] if number % 2 else ["red", "blue"], "the boat"))
        if number % 3 == 0:
            store.videos.delete([100 + number], "default")
    over.set()
    for thread in threads:
        thread.join()
    search.close()
    assert wrong == []
    left = [(100 + n, 1000 if n % 2 else 0) for n in reversed(range(40)) if n % 3]
    assert seen(search, "red", limit=100) == left
