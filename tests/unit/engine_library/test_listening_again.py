"""Footage that was heard roughly gets its transcript by a model in the background, by real worker processes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desktop_search.engine.indexing.results import Meant, Said, Utterance, Word
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.listening_again import ListeningAgain
from desktop_search.engine.library.worker import Worker
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.store import Store
from tests.clips import Clip, Scene, Spoken
from tests.clips.fixtures import ClipCache
from tests.support.logs import ExpectedLogs
from tests.support.tiny_models import make_tiny_text
from tests.support.tiny_speech import SENTENCE, tiny_parakeet
from tests.support.tiny_whisper import tiny_whisper
from tests.support.waiting import wait_until
from tests.unit.engine_library.handlers import behave
from tests.unit.engine_library.test_search import VIDEO, analysis

ROUGH = "the boat is weaving the harbor"


@dataclass
class Bench:
    """A store with an indexer and the pass; `chosen` are the models in use."""

    store: Store
    files: Files
    clip: Clip
    chosen: ChosenModels = field(default_factory=ChosenModels)

    def __post_init__(self) -> None:
        self.indexer = Indexer(self.store, self.files, video_workers=1, models=lambda: self.chosen)
        self.listening = self.make()

    def make(self) -> ListeningAgain:
        return ListeningAgain(self.store, self.indexer, models=lambda: self.chosen, look_every_s=0.05)

    def add_video(
        self, video_id: int, said_by: str = "pocketsphinx", file: Path | None = None, name: str = "clip"
    ) -> None:
        """Indexed without a model."""
        words = (Utterance(0, 2000, ROUGH, said_by),) if said_by else ()
        found = replace(analysis(["red"], ""), utterances=words, said_by=said_by)
        self.store.videos.add(replace(VIDEO, video_id=video_id, file=file or self.clip.path, name=name))
        assert self.store.moments.keep(video_id, found)

    def said(self, video_id: int) -> list[str]:
        return [line.text for line in self.store.moments.spoken_in([video_id])]

    def row(self, video_id: int) -> tuple[str, str]:
        found = self.store.database.reading().execute("SELECT * FROM videos WHERE id = ?", (video_id,)).fetchone()
        return found["said_by"], found["language"]

    def is_done(self) -> bool:
        done, total = self.listening.progress() or (0, 0)
        return done == total > 0

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        wait_until(condition, what, 60)


@pytest.fixture
def bench(tmp_path: Path, clips: ClipCache) -> Iterator[Bench]:
    clip = clips.get("once.mp4", [Scene(5, "gray")], speech=[Spoken(SENTENCE, 1.0)], size=(320, 180))
    store, files = Store(tmp_path / "library.db"), Files(tmp_path)
    files.create()
    store.namespaces.ensure("default", 1)
    made = Bench(store, files, clip)
    yield made
    made.listening.close()
    made.indexer.close()
    store.close()


@pytest.fixture
def parakeet(tmp_path: Path) -> InstalledModel:
    return tiny_parakeet(tmp_path / "models" / "tiny-parakeet")


def test_what_was_heard_roughly_is_heard_again(bench: Bench, tmp_path: Path) -> None:
    whisper = tiny_whisper(tmp_path / "models" / "tiny-whisper")
    for video_id, said_by in ((1, "pocketsphinx"), (2, "subtitles"), (3, "sidecar"), (4, "other@1"), (5, "")):
        bench.add_video(video_id, said_by)
    assert bench.listening.progress() is None
    bench.listening.start()
    bench.chosen = ChosenModels(speech=whisper)
    bench.wait(lambda: bench.row(1)[0] == whisper.identity, "the first is heard again")
    assert bench.said(1) == [SENTENCE]
    assert bench.row(1) == (whisper.identity, "en")
    assert bench.is_done()
    assert bench.listening.progress() == (2, 2)
    for video_id in (2, 3, 4):
        assert bench.said(video_id) == [ROUGH]
    assert bench.row(5) == ("", "")


def test_what_another_model_heard_is_heard_again_when_asked(bench: Bench, parakeet: InstalledModel) -> None:
    bench.add_video(1, "other@1")
    bench.add_video(2, "subtitles")
    assert bench.listening.ask() == 0
    bench.chosen = ChosenModels(speech=parakeet)
    bench.listening.start()
    assert bench.listening.ask() == 1
    bench.wait(lambda: bench.said(1) == [SENTENCE], "it is heard again")
    assert bench.said(2) == [ROUGH]
    assert bench.listening.ask() == 0


def test_a_text_model_in_use_gives_the_new_words_their_vectors_at_once(
    bench: Bench, parakeet: InstalledModel, tmp_path: Path
) -> None:
    text = make_tiny_text(tmp_path / "models" / "tiny-text")
    bench.add_video(1)
    old = np.ones((1, 4), np.float16)
    assert bench.store.meanings.keep(1, "said", text.identity, old)
    bench.chosen = ChosenModels(text=text, speech=parakeet)
    bench.listening.start()
    bench.wait(lambda: bench.said(1) == [SENTENCE], "it is heard again")
    (heard,) = bench.store.meanings.rows([1], "said", text.identity)
    vectors = heard.vectors.exact()
    assert vectors.shape != old.shape
    assert len(vectors) == 1


def test_what_cannot_be_heard_keeps_its_words_and_is_left_alone(
    bench: Bench, parakeet: InstalledModel, tmp_path: Path, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("listening again: nothing for VI2")
    gone = tmp_path / "gone.mp4"
    bench.add_video(1)
    bench.add_video(2, file=gone)
    bench.chosen = ChosenModels(speech=parakeet)
    bench.listening.start()
    bench.wait(bench.is_done, "all is heard that can be")
    assert (bench.said(1), bench.said(2)) == ([SENTENCE], [ROUGH])


def test_a_crash_while_listening_costs_nothing_but_the_new_words(
    bench: Bench, parakeet: InstalledModel, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("listening again: nothing for VI1: Reading this file made the decoder crash")
    crashing = Indexer(bench.store, bench.files, video_workers=1, make_worker=lambda: Worker(behave))
    bench.add_video(1, name="crash")
    bench.chosen = ChosenModels(speech=parakeet)
    bench.listening = ListeningAgain(bench.store, crashing, models=lambda: bench.chosen, look_every_s=0.05)
    bench.listening.start()
    bench.wait(bench.is_done, "it is given up")
    assert (bench.said(1), bench.row(1)) == ([ROUGH], ("pocketsphinx", ""))
    bench.listening.close()
    crashing.close()


def test_a_model_that_fails_every_time_is_not_tried_for_ever(
    bench: Bench, parakeet: InstalledModel, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect(": The speech model “tiny-parakeet” is not complete")
    (parakeet.folder / "vocab.txt").unlink()
    for video_id in range(1, 8):
        bench.add_video(video_id)
    bench.chosen = ChosenModels(speech=parakeet)
    asked: list[ChosenModels] = []

    def models() -> ChosenModels:
        asked.append(bench.chosen)
        return bench.chosen

    bench.listening = ListeningAgain(bench.store, bench.indexer, models=models, look_every_s=0.02)
    bench.listening.start()
    bench.wait(lambda: (bench.listening.progress() or (0,))[0] == 5, "five were tried")
    looks = len(asked)
    bench.wait(lambda: len(asked) >= looks + 5, "it has looked around several times since")
    assert (bench.listening.progress() or (0,))[0] == 5
    assert [bench.said(video_id) for video_id in range(1, 8)] == [[ROUGH]] * 7


def test_it_goes_on_after_a_restart_and_the_old_words_answer_until_then(
    bench: Bench, parakeet: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def never(task: Task, *, stopped: Callable[[], bool]) -> Future[Any]:
        begun.set()
        return Future()

    bench.add_video(1)
    bench.chosen = ChosenModels(speech=parakeet)
    with monkeypatch.context() as patch:
        patch.setattr(bench.indexer, "later", never)
        bench.listening.start()
        assert begun.wait(30)
        assert bench.said(1) == [ROUGH]
        bench.listening.close()
    bench.listening = bench.make()
    bench.listening.start()
    bench.wait(lambda: bench.said(1) == [SENTENCE], "it is heard after all")


def test_new_footage_deleting_and_another_model_void_what_is_under_way(
    bench: Bench, parakeet: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Callable[[], bool]] = []
    begun = threading.Event()

    def never(task: Task, *, stopped: Callable[[], bool]) -> Future[Any]:
        asked.append(stopped)
        begun.set()
        return Future()

    monkeypatch.setattr(bench.indexer, "later", never)
    bench.add_video(1)
    bench.chosen = ChosenModels(speech=parakeet)
    bench.listening.start()
    assert begun.wait(30)
    assert not asked[0]()
    with monkeypatch.context() as patch:
        patch.setattr(Indexer, "waiting", 1)
        assert asked[0]()
    bench.chosen = ChosenModels()
    assert asked[0]()
    bench.chosen = ChosenModels(speech=parakeet)
    bench.store.videos.delete([1], "default")
    assert asked[0]()


def test_a_replacement_is_whole_or_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.add_video(1)
    new = Said((Utterance(0, 900, "Cast off.", "m@1", (Word(0, 300, " Cast"), Word(400, 900, " off."))),), "m@1", "en")
    broken = Meant("t@1", np.zeros((1, 3), np.float16))
    with monkeypatch.context() as patch:
        patch.setattr("desktop_search.engine.store.transcripts.write_meaning", _fails)
        with pytest.raises(sqlite3.OperationalError):
            bench.store.transcripts.replace(1, new, broken)
    assert (bench.said(1), bench.row(1)) == ([ROUGH], ("pocketsphinx", ""))
    assert bench.store.transcripts.replace(1, new, broken)
    assert (bench.said(1), bench.row(1)) == (["Cast off."], ("m@1", "en"))
    assert bench.store.phrases.find("cast off", "default", page=1, size=9)[1] == 1
    assert bench.store.phrases.find("weaving", "default", page=1, size=9)[1] == 0
    assert not bench.store.transcripts.replace(99, new)


def test_vectors_of_the_words_before_are_not_kept_for_the_new_ones(bench: Bench) -> None:
    bench.add_video(1)
    vectors = np.ones((1, 4), np.float16)
    before = tuple(bench.said(1))
    assert bench.store.transcripts.replace(1, Said((Utterance(0, 900, "Cast off.", "m@1"),), "m@1"))
    assert not bench.store.meanings.keep(1, "said", "t@1", vectors, texts=before)
    assert bench.store.meanings.keep(1, "said", "t@1", vectors, texts=("Cast off.",))


def _fails(*_: object) -> None:
    raise sqlite3.OperationalError("disk full")
