"""What changed is numbered in the record itself, so that caches know across restarts what they lack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_search.engine.store.meanings import Matrix
from desktop_search.engine.store.places import Stamp
from desktop_search.engine.store.rows import Video
from desktop_search.engine.store.store import Store
from tests.unit.engine_library.test_search import IMAGE, add, analysis


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    made = Store(file)
    made.namespaces.ensure("default", 1)
    add(made, 11, analysis(["red"], "the boat"))
    add(made, 12, analysis(["red"], "the boat"))
    yield made
    made.close()


def _vectors(rows: int) -> Matrix:
    return np.eye(rows, 4, dtype=np.float16)


CHANGES: list[tuple[str, Callable[[Store], object], bool]] = [
    ("indexed again", lambda store: store.moments.keep(11, analysis(["blue"])), True),
    ("its file let go", lambda store: store.videos.forget_file(_video(store, 11)), True),
    ("moved", lambda store: store.places.move(11, Path("/films/day two/clip.mp4"), Stamp(1, 1)), True),
    ("deleted", lambda store: store.videos.delete([11], "default"), True),
    ("embedded", lambda store: store.meanings.keep(11, "seen", "a model", _vectors(1)), False),
]


def _video(store: Store, video_id: int) -> Video:
    video = store.videos.get(video_id)
    assert video is not None
    return video


@pytest.mark.parametrize(("_what", "change", "words"), CHANGES, ids=[each[0] for each in CHANGES])
def test_each_change_is_told_once(store: Store, _what: str, change: Callable[[Store], object], *, words: bool) -> None:
    before = store.video_changes.latest()
    change(store)
    changed, number = store.video_changes.since(before)
    assert (changed, number) == ({11}, store.video_changes.latest())
    assert number > before
    assert store.video_word_changes.since(before)[0] == ({11} if words else set())
    assert store.video_changes.since(number) == (set(), number)
    assert store.image_changes.since(0) == (set(), 0)


def test_numbers_go_on_after_a_restart(file: Path, store: Store) -> None:
    _, number = store.video_changes.since(0)
    store.videos.delete([12], "default")
    again = Store(file)
    assert again.identity == store.identity != ""
    changed, latest = again.video_changes.since(number)
    assert changed == {12}
    add(again, 13, analysis(["red"]))
    assert store.video_changes.since(latest)[0] == {13}
    assert store.video_changes.since(0)[0] == {11, 12, 13}
    again.close()


def test_a_change_that_was_rolled_back_is_not_told(store: Store) -> None:
    before = store.video_changes.latest()
    with suppress(RuntimeError), store.database.writing() as connection:
        store.video_changes.note(connection, [11])
        raise RuntimeError
    assert store.video_changes.since(before) == (set(), before)


def test_what_a_forgotten_model_made_is_told(store: Store) -> None:
    store.images.add([(replace(IMAGE, image_id=7), 1)])
    assert store.meanings.keep(12, "seen", "a model", _vectors(1))
    assert store.meanings.keep_image(7, "a model", _vectors(1)[0])
    before = store.video_changes.latest()
    store.meanings.forget_model("seen", "a model")
    assert store.video_changes.since(before)[0] == {12}
    assert store.image_changes.since(before)[0] == {7}
    assert store.image_word_changes.since(before)[0] == set()


def test_each_record_has_an_identity_of_its_own(tmp_path: Path, store: Store) -> None:
    other = Store(tmp_path / "other.db")
    assert len({store.identity, other.identity, ""}) == 3
    other.close()
