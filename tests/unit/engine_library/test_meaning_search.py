"""Searches by meaning keep up with the store, respect filters, and go together with words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop_search.engine.indexing.results import ImageAnalysis, Segment, Utterance, VideoAnalysis, VideoInfo
from desktop_search.engine.library.search import Moment, Search
from desktop_search.engine.meaning.queries import EncodedQuery
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel, Kind
from desktop_search.engine.store.filters import Filters
from desktop_search.engine.store.store import Store
from tests.unit.engine_library.test_search import ALL, IMAGE, VIDEO

DIM = 32
SEEN = InstalledModel("eyes", Kind.SEEN, "siglip2", Path("/models/eyes"), "1", {"dim": DIM})
TEXT = InstalledModel("ears", Kind.TEXT, "e5", Path("/models/ears"), "1", {"dim": DIM})
_AXES = {word: number for number, word in enumerate(("dog", "car", "money", "boat"))}


def toward(word: str, cosine: float) -> np.ndarray:
    """A vector of length 1 with that cosine to a word, and to no other."""
    vector = np.zeros(DIM, np.float32)
    vector[_AXES[word]] = cosine
    vector[-1] = np.sqrt(1 - cosine**2)
    return vector


@dataclass
class Words:
    """Knows the words of `_AXES`; anything else means nothing. Answers as the models in use say."""

    models: ChosenModels = field(default_factory=lambda: ChosenModels(seen=SEEN, text=TEXT))

    def seen(self, text: str) -> EncodedQuery | None:
        return self._of(self.models.seen, text)

    def said(self, text: str) -> EncodedQuery | None:
        return self._of(self.models.text, text)

    @staticmethod
    def _of(model: InstalledModel | None, text: str) -> EncodedQuery | None:
        if model is None:
            return None
        vector = np.zeros(DIM, np.float32)
        vector[_AXES.get(text.split(maxsplit=1)[0], -2)] = 1.0
        return EncodedQuery(model.identity, model.family, vector)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library.db")
    made.namespaces.ensure("default", 1)
    made.namespaces.ensure("other", 2)
    yield made
    made.close()


@pytest.fixture
def search(store: Store) -> Search:
    return Search(store, Words())


def index(store: Store, video_id: int, looks: Sequence[str], said: Sequence[str] = ()) -> None:
    """One segment a second."""
    segments = tuple(Segment(n * 1000, n * 1000 + 1000, {look: 0.9}, "", n * 1000, b"") for n, look in enumerate(looks))
    utterances = tuple(Utterance(n * 1000, n * 1000 + 900, text, "subtitles") for n, text in enumerate(said))
    info = VideoInfo(1000 * len(looks), 320, 180, Fraction(25), has_audio=bool(said))
    assert store.moments.keep(video_id, VideoAnalysis(info, segments, (), utterances))


def means(store: Store, video_id: int, vectors: Sequence[np.ndarray], part: str = "seen") -> None:
    model = SEEN if part == "seen" else TEXT
    matrix = np.stack(vectors).astype(np.float16)
    assert store.meanings.keep(video_id, part, model.identity, matrix)  # type: ignore[arg-type]


def add(
    store: Store, video_id: int, looks: Sequence[str], cosines: Mapping[int, tuple[str, float]], **details: object
) -> None:
    """A video; `cosines` says to which word a segment comes near. The others come near to none."""
    store.videos.add(replace(VIDEO, video_id=video_id, **details))  # type: ignore[arg-type]
    index(store, video_id, looks)
    means(store, video_id, [toward(*cosines.get(n, ("car", 0.0))) for n in range(len(looks))])


def places(hits: Sequence[Moment]) -> list[tuple[int, int]]:
    return [(hit.video.video_id, hit.start_ms) for hit in hits]


def seen(
    search: Search, query: str, filters: Filters = ALL, floor: float = 0.0, limit: int = 100
) -> list[tuple[int, int]]:
    return places(search.seen(query, filters, floor=floor, limit=limit))


def test_an_unknown_word_finds_little_of_what_is_said_in_a_large_library(store: Store, search: Search) -> None:
    random = np.random.default_rng(5)
    for video_id in range(11, 31):
        cosines = np.clip(random.normal(0.79, 0.03, 200), 0, 1)
        vectors = np.zeros((200, DIM), np.float32)
        vectors[:, -2], vectors[:, -1] = cosines, np.sqrt(1 - cosines**2)  # "zebra" has the last axis but one
        store.videos.add(replace(VIDEO, video_id=video_id))
        index(store, video_id, ["red"] * 200, ["Nothing of the kind."] * 200)
        means(store, video_id, list(vectors), "said")
    assert len(places(search.said("zebra", ALL, floor=0.0, limit=300))) <= 20


def test_what_no_word_says_is_found_by_meaning(store: Store, search: Search) -> None:
    add(store, 11, ["red", "blue", "green"], {0: ("dog", 0.1), 2: ("dog", 0.14)})
    assert seen(search, "dog") == [(11, 2000), (11, 0)]
    assert seen(search, "car") == seen(search, "zebra") == []
    assert seen(Search(store), "dog") == []


def test_levels_of_strictness_hold_before_anything_is_cut(store: Store, search: Search) -> None:
    add(store, 11, ["red"] * 4, {0: ("dog", 0.061), 1: ("dog", 0.09), 2: ("dog", 0.13), 3: ("dog", 0.05)})
    assert seen(search, "dog") == [(11, 2000), (11, 1000), (11, 0)]
    assert seen(search, "dog", floor=0.15) == [(11, 2000), (11, 1000), (11, 0)]
    assert seen(search, "dog", floor=0.225) == [(11, 2000), (11, 1000)]
    assert seen(search, "dog", floor=0.4) == [(11, 2000)]
    assert seen(search, "dog", limit=1) == [(11, 2000)]


def test_words_and_meaning_together(store: Store, search: Search) -> None:
    add(store, 11, ["red"], {}, name="dog show")
    add(store, 12, ["blue"], {0: ("dog", 0.15)})
    add(store, 13, ["green"], {0: ("dog", 0.14)}, name="my dog")
    hits = search.seen("dog", ALL, floor=0.0, limit=10)
    assert places(hits)[0] == (13, 0)
    assert set(places(hits)) == {(11, 0), (12, 0), (13, 0)}
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_filters_come_before_ranking(store: Store, search: Search) -> None:
    for video_id in range(11, 31):
        add(store, video_id, ["red"], {0: ("dog", 0.15)}, camera="B")
    add(store, 5, ["red"], {0: ("dog", 0.1)}, camera="A")
    add(store, 6, ["red"], {0: ("dog", 0.1)}, namespace="other")
    assert seen(search, "dog", Filters("default", camera="A"), limit=1) == [(5, 0)]
    assert seen(search, "dog", Filters("default", video_ids=(5, 6, 14))) == [(14, 0), (5, 0)]
    assert seen(search, "dog", Filters("other")) == [(6, 0)]


def test_it_keeps_up_with_what_is_indexed_again_and_deleted(store: Store, search: Search) -> None:
    add(store, 11, ["red"], {0: ("dog", 0.12)})
    assert seen(search, "dog") == [(11, 0)]
    index(store, 11, ["blue", "blue"])  # its vectors went with its segments
    assert seen(search, "dog") == []
    means(store, 11, [toward("car", 0.12), toward("dog", 0.12)])
    assert seen(search, "dog") == [(11, 1000)]
    store.videos.delete([11], "default")
    assert seen(search, "dog") == []


def test_an_answer_never_takes_an_old_row_for_a_new_one(
    store: Store, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, 11, ["red", "red"], {1: ("dog", 0.12)})
    assert seen(search, "dog") == [(11, 1000)]
    read = store.moments.segments

    def segments_after_a_change(ids: object) -> object:
        monkeypatch.undo()
        index(store, 11, ["blue"])
        return read(ids)  # type: ignore[arg-type]

    monkeypatch.setattr(store.moments, "segments", segments_after_a_change)
    assert seen(search, "dog") == []


@pytest.mark.parametrize("times", [1, 99])
def test_an_answer_never_mixes_two_indexes_of_one_video(
    store: Store, search: Search, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Here a video is indexed again, with the same ids and times, after the search by meaning and before the words."""
    add(store, 11, ["red", "blue"], {0: ("dog", 0.12)})
    add(store, 12, ["green"], {0: ("dog", 0.12)})
    assert set(seen(search, "dog blue")) == {(11, 0), (11, 1000), (12, 0)}
    best, left = search._meaning.best, times

    def best_then_a_change(*asked: Any, **more: Any) -> object:
        nonlocal left
        found = best(*asked, **more)
        if left:
            left -= 1
            index(store, 11, ["blue", "red"])
            means(store, 11, [toward("car", 0.12), toward("dog", 0.12)])
        return found

    monkeypatch.setattr(search._meaning, "best", best_then_a_change)
    found = seen(search, "dog blue")
    assert set(found) == {(12, 0)} | ({(11, 0), (11, 1000)} if times == 1 else set())


def test_vectors_of_another_model_are_not_looked_at(store: Store) -> None:
    add(store, 11, ["red"], {0: ("dog", 0.12)})
    words = Words()
    search = Search(store, words)
    assert seen(search, "dog") == [(11, 0)]
    words.models = ChosenModels(seen=replace(SEEN, revision="2"))
    assert seen(search, "dog") == []
    words.models = ChosenModels()
    assert seen(search, "dog") == []
    words.models = ChosenModels(seen=SEEN)
    assert seen(search, "dog") == [(11, 0)]


def test_what_is_said_by_meaning_and_literal_matches_first(store: Store, search: Search) -> None:
    store.videos.add(replace(VIDEO, video_id=11))
    index(store, 11, ["red"] * 4, ["we talk of costs", "the money is gone", "a fine day", "money"])
    vectors = [toward("money", cosine) for cosine in (0.97, 0.83, 0.5, 0.6)]
    means(store, 11, vectors, "said")
    hits = search.said("money", ALL, floor=0.0, limit=10)
    assert [hit.text for hit in hits][2:] == ["we talk of costs"]
    assert {hit.text for hit in hits[:2]} == {"the money is gone", "money"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert [hit.text for hit in Search(store).said("money", ALL, floor=0.0, limit=10)] == ["the money is gone", "money"]


def test_images_by_meaning(store: Store, search: Search) -> None:
    seen_in = ImageAnalysis(64, 64, None, "", None, None, {"red": 0.9}, "", np.zeros(4, np.float16))
    for image_id, cosine in ((1, 0.12), (2, 0.02), (3, 0.15)):
        store.images.add([(replace(IMAGE, image_id=image_id), 1)])
        store.images.keep(image_id, seen_in)
        assert store.meanings.keep_image(image_id, SEEN.identity, toward("dog", cosine).astype(np.float16))
    assert [hit.image.image_id for hit in search.images("dog", ALL, floor=0.0, limit=10)] == [3, 1]
    store.images.delete([replace(IMAGE, image_id=3)])
    assert [hit.image.image_id for hit in search.images("dog", ALL, floor=0.0, limit=10)] == [1]


def test_what_is_in_use_is_loaded_ahead(store: Store) -> None:
    add(store, 11, ["red"], {0: ("dog", 0.12)})
    words = Words()
    search = Search(store, words, lambda: words.models)
    search.start_loading()
    search.close()
    assert seen(search, "dog") == [(11, 0)]
