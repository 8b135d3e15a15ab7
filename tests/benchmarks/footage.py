"""A large library that was never filmed: made rows, stored through the store's own doors."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np

from desktop_search.engine.encoders.look_vector import VECTOR_DIM
from desktop_search.engine.encoders.terms import TERMS
from desktop_search.engine.indexing.results import (
    FrameMark,
    Meant,
    Segment,
    Utterance,
    Vector,
    VideoAnalysis,
    VideoInfo,
)
from desktop_search.engine.library.captioning import Captioning
from desktop_search.engine.library.embedding import Embedding
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.library import Library
from desktop_search.engine.library.listening_again import ListeningAgain
from desktop_search.engine.library.people import PeopleInFootage
from desktop_search.engine.library.tidying import Tidying
from desktop_search.engine.library.watching import Watch
from desktop_search.engine.meaning.settings import dim_of
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.store.rows import Details
from desktop_search.engine.store.store import Store

SEGMENT_MS = 3_000
SEGMENTS_PER_VIDEO = 100
_WORDS_PER_SEGMENT = 24
_SPOKEN_WORDS = 9
_CONE = 0.83  # makes a cosine of about .41 between any two
_NAMES = ("harbour", "market", "interview", "drone", "kitchen", "station", "meadow", "workshop")
_SIGNS = ("SCENE 12 | TAKE 3", "EXIT", "OPEN DAILY", "PLATFORM 4", "NO ENTRY")
_COMMON = [
    "the",
    "red",
    "ball",
    "boat",
    "harbor",
    "field",
    "leaves",
    "sunset",
    "across",
    "we",
    "of",
    "to",
    "light",
    "people",
]


class MadeFootage:
    """Makes the same library every time.

    Attributes:
        picture: the look of the picture that will be searched for; one frame in 500 looks much like it.
        model: with it, each segment has a vector of that model.
        segment_ms: how long a segment is, with one sentence.
        marks: how many look vectors each has.
    """

    def __init__(
        self, picture: Vector, model: InstalledModel | None = None, *, segment_ms: int = SEGMENT_MS, marks: int = 3
    ) -> None:
        self.picture, self.model, self.segment_ms, self.marks = picture, model, segment_ms, marks
        self._random = np.random.default_rng(20)
        self._terms = sorted(TERMS)
        syllables = [first + vowel for first in "bdfgklmnprst" for vowel in "aeiou"]
        rare = ["".join(self._random.choice(syllables, 3)) for _ in range(8_000)]
        self._spoken = np.array(_COMMON + rare)
        odds = 1.0 / np.arange(1, len(self._spoken) + 1)
        self._odds = odds / odds.sum()

    def fill(self, data_dir: Path, segments: int) -> None:
        """Write a library of so many segments into an engine's folder."""
        files = Files(data_dir)
        data_dir.mkdir(parents=True)
        files.create()
        store = Store(data_dir / "library.db")
        indexer = Indexer(store, files, video_workers=1)
        indexer.close()  # nothing is to be decoded: what was found in the footage is made below
        embedding, listening = Embedding(store, files, indexer), ListeningAgain(store, indexer)
        captioning = Captioning(store, files, indexer)
        tidying = Tidying(store)
        people = PeopleInFootage(store, files, indexer, tidying)
        library = Library(
            store, files, indexer, Watch(store, indexer), tidying, embedding, listening, captioning, people
        )
        for number in range(segments // SEGMENTS_PER_VIDEO):
            named = data_dir / f"{_NAMES[number % len(_NAMES)]}_{number:04d}.mp4"
            named.write_bytes(b"")
            tags, camera, latitude = (f"day {number % 9}",), f"camera {number % 3}", 50.0 + number % 9
            details = Details(tags=tags, camera=camera, latitude=latitude, longitude=4.0)
            video = library.add_in_place(named, details)
            store.moments.keep(video.video_id, self._analysis())
        store.close()

    def _analysis(self) -> VideoAnalysis:
        info = VideoInfo(SEGMENTS_PER_VIDEO * self.segment_ms, 1920, 1080, Fraction(25), has_audio=True)
        segments = tuple(self._segment(number * self.segment_ms) for number in range(SEGMENTS_PER_VIDEO))
        said = self._random.choice(self._spoken, SEGMENTS_PER_VIDEO * _SPOKEN_WORDS, p=self._odds)
        utterances = tuple(
            Utterance(number * self.segment_ms, (number + 1) * self.segment_ms, " ".join(words), "subtitles")
            for number, words in enumerate(said.reshape(-1, _SPOKEN_WORDS))
        )
        return VideoAnalysis(info, segments, self._marks(), utterances, seen_meant=self._meant())

    def _meant(self) -> Meant | None:
        """All in one cone; otherwise each for itself."""
        if self.model is None:
            return None
        vectors = self._random.normal(size=(SEGMENTS_PER_VIDEO, dim_of(self.model)))
        vectors[:, 0] = np.linalg.norm(vectors[:, 1:], axis=1) * _CONE
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return Meant(self.model.identity, vectors.astype(np.float16))

    def _segment(self, start_ms: int) -> Segment:
        chosen = self._random.choice(len(self._terms), _WORDS_PER_SEGMENT, replace=False)
        weights = self._random.uniform(0.05, 1.0, _WORDS_PER_SEGMENT).round(3)
        words = {self._terms[term]: float(weight) for term, weight in zip(chosen, weights, strict=True)}
        sign = str(self._random.choice(_SIGNS)) if self._random.random() < 0.1 else ""
        return Segment(start_ms, start_ms + self.segment_ms, words, sign, start_ms, b"")

    def _marks(self) -> tuple[FrameMark, ...]:
        count = SEGMENTS_PER_VIDEO * self.marks
        vectors = self._random.normal(size=(count, VECTOR_DIM))
        alike = self._random.random(count) < 1 / 500
        vectors[alike] = self.picture + self._random.normal(scale=0.02, size=(int(alike.sum()), VECTOR_DIM))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        step_ms = self.segment_ms // self.marks
        return tuple(FrameMark(n * step_ms, vector) for n, vector in enumerate(vectors.astype(np.float16)))
