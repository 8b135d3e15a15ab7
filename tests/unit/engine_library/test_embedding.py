"""Footage that was indexed before its model gets its vectors in the background, by real worker processes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from desktop_search.engine.indexing.results import VideoAnalysis
from desktop_search.engine.library import embedding_jobs
from desktop_search.engine.library.embedding import Embedding
from desktop_search.engine.library.embedding_jobs import VideoJob
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.worker_process import Task
from desktop_search.engine.meaning.encoders import pictures_of, texts_of
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel, Kind
from desktop_search.engine.store.meanings import Part
from desktop_search.engine.store.store import Store
from tests.clips.fixtures import ClipCache
from tests.support.logs import ExpectedLogs
from tests.support.tiny_models import TEXT_DIM, make_tiny_seen, make_tiny_text
from tests.support.waiting import wait_until
from tests.unit.engine_library.test_search import IMAGE, VIDEO, analysis


@dataclass
class Bench:
    """A store with an indexer and the pass; `chosen` are the models in use."""

    store: Store
    files: Files
    chosen: ChosenModels = field(default_factory=ChosenModels)
    installed: list[InstalledModel] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.indexer = Indexer(
            self.store, self.files, video_workers=1, models=lambda: self.chosen, on_ended=lambda: self.embedding.wake()
        )
        self.embedding = Embedding(
            self.store,
            self.files,
            self.indexer,
            models=lambda: self.chosen,
            installed=lambda: self.installed,
            look_every_s=0.05,
        )

    def add_video(self, video_id: int, *colours: str, said: str = "") -> VideoAnalysis:
        """Indexed without a model; one segment for each colour."""
        found = analysis(colours, said)
        segments = tuple(
            replace(segment, keyframe_jpeg=jpeg(colour))
            for segment, colour in zip(found.segments, colours, strict=True)
        )
        found = replace(found, segments=segments)
        self.store.videos.add(replace(VIDEO, video_id=video_id))
        self.files.keep_keyframes(video_id, segments)
        assert self.store.moments.keep(video_id, found)
        return found

    def vectors(self, video_id: int, model: InstalledModel) -> npt.NDArray[np.float32] | None:
        part: Part = "seen" if model.kind is Kind.SEEN else "said"
        return next((each.vectors.exact() for each in self.store.meanings.rows([video_id], part, model.identity)), None)

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        wait_until(condition, what, 60)

    def is_done(self) -> bool:
        counts = self.embedding.progress().values()
        return all(done == total for done, total in counts) and len(counts) > 0


def jpeg(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (48, 27), colour).save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    store, files = Store(tmp_path / "library.db"), Files(tmp_path)
    files.create()
    store.namespaces.ensure("default", 1)
    made = Bench(store, files)
    yield made
    made.embedding.close()
    made.indexer.close()
    store.close()


@pytest.fixture
def seen(tmp_path: Path) -> InstalledModel:
    return make_tiny_seen(tmp_path / "models" / "tiny-seen")


@pytest.fixture
def text(tmp_path: Path) -> InstalledModel:
    return make_tiny_text(tmp_path / "models" / "tiny-text")


def test_what_was_indexed_before_gets_its_vectors(bench: Bench, seen: InstalledModel, text: InstalledModel) -> None:
    bench.add_video(11, "red", "blue", said="a boat")
    bench.add_video(12, "green")
    bench.store.images.add([(IMAGE, 1)])
    Image.new("RGB", (30, 20), "red").save(bench.files.image(1, ".jpg"))
    with bench.store.database.writing() as connection:
        connection.execute("UPDATE images SET status = 'PARSE'")
    assert bench.embedding.progress() == {}
    bench.embedding.start()
    bench.chosen = ChosenModels(seen, text)
    assert bench.embedding.progress().keys() == {Kind.SEEN, Kind.TEXT}
    bench.wait(bench.is_done, "all is embedded")
    expected = pictures_of(seen).encode([Image.new("RGB", (9, 9), each) for each in ("red", "blue")])
    assert bench.vectors(11, seen) == pytest.approx(expected, abs=0.02)
    assert bench.vectors(11, text) == pytest.approx(texts_of(text).passages(["a boat"]), abs=2e-3)
    silence = bench.vectors(12, text)
    assert silence is not None
    assert silence.shape == (0, TEXT_DIM)
    (image,) = bench.store.meanings.image_rows([1], seen.identity)
    assert image.vectors.exact()[0] == pytest.approx(expected[0], abs=0.02)


def test_a_new_model_takes_over_once_it_has_everything(bench: Bench, seen: InstalledModel, tmp_path: Path) -> None:
    other = make_tiny_seen(tmp_path / "models" / "other", model_id="other", seed=2)
    bench.installed = [seen, other]
    for video_id in (11, 12, 13):
        bench.add_video(video_id, "red")
    bench.chosen = ChosenModels(seen)
    bench.embedding.start()
    bench.wait(bench.is_done, "the first model has everything")
    bench.indexer.set_paused(True)
    bench.chosen = ChosenModels(other)
    assert bench.embedding.answering().seen == seen
    assert bench.embedding.progress() == {Kind.SEEN: (0, 3)}
    bench.installed = [other]  # removed from this computer: nobody can ask it any longer
    bench.embedding.wake()
    assert bench.embedding.answering().seen == other
    bench.installed = [seen, other]
    bench.embedding.wake()
    assert bench.embedding.answering().seen == seen
    bench.indexer.set_paused(False)
    bench.wait(bench.is_done, "the second model has everything")
    bench.wait(lambda: bench.store.meanings.models("seen") == {"other@1": 3}, "the first one is forgotten")
    assert bench.embedding.answering().seen == other
    bench.chosen = ChosenModels()
    assert bench.embedding.answering() == ChosenModels()
    assert bench.embedding.progress() == {}


def test_a_long_video_is_done_in_pieces_between_which_others_go_first(
    bench: Bench, seen: InstalledModel, text: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_jobs, "_KEYFRAMES_AT_ONCE", 2)
    colours = ("red", "green", "blue", "white", "black")
    bench.add_video(11, *colours, said="a boat")
    tasks: list[Task] = []
    later = bench.indexer.later

    def spied(task: Task, *, stopped: Callable[[], bool]) -> Future[Any]:
        tasks.append(task)
        return later(task, stopped=stopped)

    monkeypatch.setattr(bench.indexer, "later", spied)
    bench.chosen = ChosenModels(seen, text)
    bench.embedding.start()
    bench.wait(bench.is_done, "all is embedded")
    materials = [task.material for task in tasks]
    assert [len(each.keyframes or ()) for each in materials if each is not None] == [2, 2, 1]
    assert [each.texts for each in materials if each is not None] == [("a boat",), None, None]
    expected = pictures_of(seen).encode([Image.new("RGB", (9, 9), each) for each in colours])
    assert bench.vectors(11, seen) == pytest.approx(expected, abs=0.02)


def test_a_video_that_was_indexed_again_meanwhile_is_left_alone(bench: Bench, seen: InstalledModel) -> None:
    bench.add_video(11, "red")
    job = VideoJob(bench.store, bench.files, 11, ChosenModels(seen))
    assert job.is_wanted()
    bench.store.meanings.keep(11, "seen", seen.identity, np.ones((1, 64), np.float16))
    assert not job.is_wanted()
    assert job.tasks() == []


def test_a_deleted_video_is_not_embedded(bench: Bench, seen: InstalledModel) -> None:
    bench.add_video(11, "red")
    bench.add_video(12, "blue")
    bench.indexer.set_paused(True)
    bench.chosen = ChosenModels(seen)
    bench.embedding.start()
    bench.wait(lambda: bench.indexer._videos._jobs != [], "the first one, the newest, waits for its turn")
    bench.store.videos.delete([12], "default")
    bench.files.drop_keyframes(12)
    bench.indexer.set_paused(False)
    bench.wait(bench.is_done, "the other one is embedded")
    assert bench.store.meanings.models("seen") == {seen.identity: 1}
    assert bench.vectors(11, seen) is not None


def test_lost_key_frames_are_made_anew_where_the_file_is_there(
    bench: Bench, seen: InstalledModel, tmp_path: Path, clips: ClipCache, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("no vectors for")
    bench.add_video(11, "red")
    bench.add_video(12, "blue")
    with bench.store.database.writing() as connection:
        connection.execute("UPDATE videos SET file = ? WHERE id = 12", (str(clips.silent().path).encode(),))
    for video_id in (11, 12):
        bench.files.drop_keyframes(video_id)
    bench.chosen = ChosenModels(seen)
    bench.embedding.start()
    bench.wait(lambda: bench.vectors(12, seen) is not None, "the video was indexed again")
    bench.wait(bench.is_done, "the other one was given up")
    assert bench.vectors(11, seen) is None
    assert next(bench.store.moments.segments_of([12])).end_ms == clips.silent().duration_ms


def test_a_broken_model_is_left_alone_after_some_failures(
    bench: Bench, seen: InstalledModel, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("no vectors for .*damaged")
    for video_id in range(11, 21):
        bench.add_video(video_id, "red")
    file = seen.folder / "onnx" / "vision_model_quantized.onnx"
    good = file.read_bytes()
    file.write_bytes(b"nonsense")
    bench.chosen = ChosenModels(seen)
    bench.embedding.start()
    bench.wait(lambda: bench.embedding.progress() == {Kind.SEEN: (5, 10)}, "it was given up after five")
    file.write_bytes(good)
    bench.embedding.wake()
    bench.wait(bench.is_done, "the rest is embedded")
    assert bench.store.meanings.models("seen") == {seen.identity: 5}
