"""Footage gets its vectors with its analysis, in one task and one transaction."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.engine.indexing.results import Meant, Utterance, VideoAnalysis
from desktop_search.engine.library.worker_process import Task, analyse
from desktop_search.engine.meaning.embedding import Embedder
from desktop_search.engine.meaning.encoders import pictures_of, texts_of
from desktop_search.engine.meaning.material import Material
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel
from desktop_search.engine.store.store import Store
from tests.clips import Scene, make_picture
from tests.clips.fixtures import ClipCache
from tests.support.logs import ExpectedLogs
from tests.support.tiny_models import SEEN_DIM, TEXT_DIM
from tests.unit.engine_library.test_search import IMAGE, VIDEO


class Reports:
    """What a task told of itself."""

    def __init__(self) -> None:
        self.permille: list[int] = []

    def __call__(self, permille: int) -> None:
        self.permille.append(permille)

    def length(self, length_ms: int) -> None:
        del length_ms


def indexed(path: Path, models: ChosenModels, reports: Reports | None = None) -> VideoAnalysis:
    found = analyse(Task("video", path, path.name, models), reports or Reports(), CancelToken())
    assert isinstance(found, VideoAnalysis)
    return found


def test_a_video_gets_a_vector_for_each_segment_and_sentence(
    film: Path, seen_model: InstalledModel, text_model: InstalledModel
) -> None:
    reports = Reports()
    found = indexed(film, ChosenModels(seen_model, text_model), reports)
    assert found.seen_meant is not None
    assert found.said_meant is not None
    assert found.seen_meant.model == "tiny-seen@1"
    pictures = [Image.open(io.BytesIO(segment.keyframe_jpeg)) for segment in found.segments]
    expected = pictures_of(seen_model).encode(pictures)
    assert found.seen_meant.vectors == pytest.approx(expected.astype(np.float16), abs=1e-3)
    said = texts_of(text_model).passages([each.text for each in found.utterances])
    assert found.said_meant.vectors == pytest.approx(said.astype(np.float16), abs=1e-3)
    assert reports.permille == sorted(reports.permille)
    assert reports.permille[-1] == 1000
    assert 950 in reports.permille


def later(model: InstalledModel, *texts: str) -> Meant:
    models = ChosenModels(text=model)
    said = Embedder().later(Material(texts=texts), models, lambda _: None, CancelToken()).said
    assert said is not None
    return said


def test_without_models_there_are_no_vectors(clips: ClipCache) -> None:
    found = indexed(clips.silent().path, ChosenModels())
    assert (found.seen_meant, found.said_meant) == (None, None)


def test_where_nothing_is_said_there_are_no_rows(clips: ClipCache, text_model: InstalledModel) -> None:
    found = indexed(clips.silent().path, ChosenModels(text=text_model))
    assert found.said_meant is not None
    assert found.said_meant.vectors.shape == (0, TEXT_DIM)


def test_a_broken_model_costs_the_vectors_alone(
    clips: ClipCache, tmp_path: Path, seen_model: InstalledModel, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("no vectors by tiny-seen: A file of the model is damaged.*vision_model")
    (seen_model.folder / "onnx" / "vision_model_quantized.onnx").write_bytes(b"nonsense")
    found = indexed(clips.silent().path, ChosenModels(seen_model))
    assert found.segments
    assert found.seen_meant is None
    picture = make_picture(tmp_path / "a.png", Scene(1, "red"))
    image = analyse(Task("image", picture, "a.png", ChosenModels(seen_model)), Reports(), CancelToken())
    assert getattr(image, "meant", "") is None


def test_later_is_the_same_as_at_once(
    film: Path, tmp_path: Path, seen_model: InstalledModel, text_model: InstalledModel
) -> None:
    models = ChosenModels(seen_model, text_model)
    found = indexed(film, models)
    files = [tmp_path / f"{number}.jpg" for number in range(len(found.segments))]
    for file, segment in zip(files, found.segments, strict=True):
        file.write_bytes(segment.keyframe_jpeg)
    picture = make_picture(tmp_path / "a.png", Scene(1, "red"))
    at_once = analyse(Task("image", picture, "a.png", models), Reports(), CancelToken())
    material = Material(tuple(files), tuple(each.text for each in found.utterances), (picture, picture))
    again = Embedder().later(material, models, lambda _: None, CancelToken())
    assert again.seen is not None
    assert again.said is not None
    assert found.seen_meant is not None
    assert found.said_meant is not None
    assert np.array_equal(again.seen.vectors, found.seen_meant.vectors)
    assert np.array_equal(again.said.vectors, found.said_meant.vectors)
    for image in again.images:
        assert image is not None
        assert np.array_equal(image.vectors, at_once.meant.vectors)  # type: ignore[attr-defined]
    files[1].unlink()
    with pytest.raises(FileProblem):
        Embedder().later(Material(tuple(files)), models, lambda _: None, CancelToken())


def test_an_image_that_cannot_be_read_later_has_no_vector(
    tmp_path: Path, seen_model: InstalledModel, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("no vectors by tiny-seen")
    good = make_picture(tmp_path / "a.png", Scene(1, "red"))
    material = Material(images=(tmp_path / "gone.png", good))
    first, second = Embedder().later(material, ChosenModels(seen_model), lambda _: None, CancelToken()).images
    assert first is None
    assert second is not None
    assert second.vectors.shape == (1, SEEN_DIM)


def test_vectors_are_stored_with_the_analysis_in_order_of_time(
    film: Path, tmp_path: Path, seen_model: InstalledModel, text_model: InstalledModel
) -> None:
    found = indexed(film, ChosenModels(seen_model, text_model))
    said = tuple(
        Utterance(1000 * start, 1000 * start + 500, text, "subtitles") for start, text in ((3, "car"), (1, "dog"))
    )
    found = replace(found, utterances=said, said_meant=later(text_model, "car", "dog"))
    store = Store(tmp_path / "library.db")
    store.namespaces.ensure("default", 1)
    store.videos.add(VIDEO)
    assert store.moments.keep(1, found)
    (seen,) = store.meanings.rows([1], "seen", "tiny-seen@1")
    assert found.seen_meant is not None
    assert seen.vectors.exact() == pytest.approx(found.seen_meant.vectors, abs=1e-3)
    (spoken,) = store.meanings.rows([1], "said", "tiny-text@1")
    in_order = texts_of(text_model).passages([line.text for line in store.moments.spoken_in([1])])
    assert spoken.vectors.exact() == pytest.approx(in_order.astype(np.float16), abs=1e-3)
    assert store.meanings.missing("seen", "tiny-seen@1") == []
    assert store.moments.keep(1, replace(found, seen_meant=None, said_meant=None))  # indexed again without models
    assert store.meanings.missing("seen", "tiny-seen@1") == store.meanings.missing("said", "tiny-text@1") == [1]
    store.close()


def test_the_vector_of_an_image_goes_with_the_image(tmp_path: Path, seen_model: InstalledModel) -> None:
    picture = make_picture(tmp_path / "a.png", Scene(1, "red"))
    found = analyse(Task("image", picture, "a.png", ChosenModels(seen_model)), Reports(), CancelToken())
    store = Store(tmp_path / "library.db")
    store.namespaces.ensure("default", 1)
    store.images.keep(1, found)  # type: ignore[arg-type]  # deleted before its analysis ended
    store.images.add([(IMAGE, 1)])
    store.images.keep(1, found)  # type: ignore[arg-type]
    (image,) = store.meanings.image_rows([1], "tiny-seen@1")
    assert image.vectors.exact()[0] == pytest.approx(found.meant.vectors[0], abs=1e-3)  # type: ignore[attr-defined]
    assert store.meanings.models("seen") == {"tiny-seen@1": 1}
    store.images.delete([IMAGE])
    assert store.meanings.models("seen") == {}
    store.close()
