"""Key frames are described in the background, by real worker processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_search.engine.library.captioning import Captioning
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.store import Store
from tests.support.logs import ExpectedLogs
from tests.support.tiny_captions import make_tiny_captioner
from tests.support.waiting import wait_until
from tests.unit.engine_library.test_search import VIDEO, analysis

LOOKS = ["red", "blue"] * 10  # more than are described at one time


@dataclass
class Bench:
    """A store with an indexer and the pass; `chosen` are the models in use."""

    store: Store
    files: Files
    chosen: ChosenModels = field(default_factory=ChosenModels)

    def __post_init__(self) -> None:
        self.indexer = Indexer(self.store, self.files, video_workers=1, models=lambda: self.chosen)
        self.captioning = Captioning(
            self.store, self.files, self.indexer, models=lambda: self.chosen, look_every_s=0.05
        )

    def add_video(self, video_id: int, looks: list[str], *, frames: bool = True) -> None:
        """Indexed without a model; each segment is of one colour."""
        self.store.videos.add(replace(VIDEO, video_id=video_id))
        self.index(video_id, looks)
        for number, colour in enumerate(looks if frames else ()):
            file = self.files.keyframe(video_id, number * 1000)
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (64, 36), colour).save(file, "JPEG")

    def index(self, video_id: int, looks: list[str]) -> None:
        assert self.store.moments.keep(video_id, analysis(looks))

    def captions(self, video_id: int) -> list[str]:
        return [segment.caption for segment in self.store.moments.segments_of([video_id])]

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        wait_until(condition, what, 60)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    store, files = Store(tmp_path / "library.db"), Files(tmp_path)
    files.create()
    store.namespaces.ensure("default", 1)
    made = Bench(store, files)
    yield made
    made.captioning.close()
    made.indexer.close()
    store.close()


@pytest.fixture
def model(tmp_path: Path) -> InstalledModel:
    return make_tiny_captioner(tmp_path / "models" / "tiny-captions")


def test_what_was_indexed_before_is_described_once_a_model_is_in_use(bench: Bench, model: InstalledModel) -> None:
    bench.add_video(1, LOOKS)
    bench.add_video(2, ["yellow"])
    assert bench.captioning.progress() is None
    bench.captioning.start()
    bench.chosen = ChosenModels(caption=model)
    bench.wait(lambda: bench.captioning.progress() == (2, 2), "both are described")
    assert bench.captions(1) == [f"A {colour} picture." for colour in LOOKS]
    assert bench.captions(2) == ["A yellow picture."]


def test_what_is_indexed_again_and_another_model_are_described_anew(bench: Bench, model: InstalledModel) -> None:
    bench.add_video(1, ["red"])
    bench.chosen = ChosenModels(caption=model)
    bench.captioning.start()
    bench.wait(lambda: bench.captions(1) == ["A red picture."], "it is described")
    bench.add_video(2, ["blue", "red"])
    bench.index(1, ["red", "blue"])
    assert bench.captions(1) == ["", ""]
    Image.new("RGB", (64, 36), "blue").save(bench.files.keyframe(1, 1000), "JPEG")
    bench.wait(lambda: bench.captions(1) == ["A red picture.", "A blue picture."], "it is described again")
    bench.wait(lambda: bench.captioning.progress() == (2, 2), "all is described")
    bench.chosen = ChosenModels(caption=replace(model, revision="4" * 40))
    bench.wait(lambda: bench.captioning.progress() == (2, 2), "the other model has described all")
    assert bench.store.captions.waiting(bench.chosen.caption.identity if bench.chosen.caption else "") == []
    assert bench.store.captions.waiting(model.identity) == [2, 1]


def test_without_key_frames_the_rest_is_described_all_the_same(
    bench: Bench, model: InstalledModel, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("captioning: nothing for VI2: A key frame cannot be read.")
    bench.add_video(1, ["red"])
    bench.add_video(2, ["blue"], frames=False)
    bench.chosen = ChosenModels(caption=model)
    bench.captioning.start()
    bench.wait(lambda: bench.captioning.progress() == (2, 2), "all is done that can be")
    assert (bench.captions(1), bench.captions(2)) == (["A red picture."], [""])


def test_captions_of_segments_that_are_no_longer_there_are_dropped(bench: Bench, model: InstalledModel) -> None:
    bench.add_video(1, ["red", "blue"])
    ids = [segment.segment_id for segment in bench.store.moments.segments_of([1])]
    bench.index(1, ["red"])
    assert not bench.store.captions.keep(1, model.identity, dict.fromkeys(ids, "Old."))
    assert bench.captions(1) == [""]
    assert bench.store.captions.waiting(model.identity) == [1]
