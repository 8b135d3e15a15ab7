"""What is kept of vectors for the next start is used as far as it holds, and thrown away otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from desktop_search.engine.library import meaning_memory
from desktop_search.engine.library.meaning_memory import MeaningMemory, MeaningSearch
from desktop_search.engine.meaning.queries import EncodedQuery
from desktop_search.engine.store.store import Store
from desktop_search.engine.vectors import packed
from desktop_search.engine.vectors.block import ItemRows
from desktop_search.engine.vectors.codes import coded
from tests.unit.engine_library.test_meaning_search import DIM, SEEN, Words, add, index, means, toward

DOG = EncodedQuery(SEEN.identity, SEEN.family, toward("dog", 1.0))


class Reading:
    """A memory as searches have it, that tells which videos it has read from the record."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.videos: set[int] = set()
        read = store.meanings.rows

        def rows(video_ids: list[int], **others: str) -> Iterator[ItemRows]:
            self.videos.update(video_ids)
            return read(video_ids, **others)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(store.meanings, "rows", rows)
            self.memory: MeaningMemory = MeaningSearch(store, Words())._memory("seen", SEEN.identity, DIM)

    def dogs(self) -> list[tuple[int, int]]:
        found = self.memory.best(DOG, range(1, 200), floor=0.15, limit=50)
        return sorted((hit.item_id, hit.start_ms) for hit in found)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library.db")
    made.namespaces.ensure("default", 1)
    yield made
    made.close()


@pytest.fixture
def start(store: Store, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Reading]:
    return lambda: Reading(store, monkeypatch)


@pytest.fixture(autouse=True)
def files_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning_memory, "FILES_FROM", 1)


@pytest.fixture(params=[3, 65_536])
def block_rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    for module in (packed, meaning_memory):
        monkeypatch.setattr(module, "BLOCK_ROWS", request.param)
    monkeypatch.setattr(meaning_memory, "_BATCH", 2)
    return int(request.param)


def fill(store: Store) -> None:
    for video_id in range(11, 21):
        add(store, video_id, ["red", "blue"], {video_id % 2: ("dog", 0.12)})


def files(store: Store) -> list[Path]:
    return [each for each in store.database.file.with_name("cache").rglob("*") if each.is_file()]


ALL_DOGS = [(video_id, video_id % 2 * 1000) for video_id in range(11, 21)]


def test_a_restart_reads_only_what_changed_since(store: Store, start: Callable[[], Reading], block_rows: int) -> None:
    fill(store)
    first = start()
    assert first.dogs() == ALL_DOGS
    assert first.videos == set(range(11, 21))
    first.memory.write(at_end=True)
    second = start()
    assert second.dogs() == ALL_DOGS
    assert second.videos == set()
    add(store, 21, ["red"], {0: ("dog", 0.12)})
    index(store, 12, ["green"])
    means(store, 12, [toward("car", 0.12)])
    store.videos.delete([13], "default")
    third = start()
    expected = [each for each in ALL_DOGS if each[0] not in (12, 13)] + [(21, 0)]
    assert third.dogs() == second.dogs() == expected
    assert third.videos == {12, 13, 21}
    third.memory.write(at_end=True)
    assert start().dogs() == expected


def test_what_was_deleted_is_in_no_file(store: Store, start: Callable[[], Reading], block_rows: int) -> None:
    fill(store)
    mark = toward("boat", 0.123)
    index(store, 15, ["red"])
    means(store, 15, [mark])
    memory = start().memory
    memory.keep_up()
    memory.write(at_end=True)
    secret = coded(mark[None]).codes.tobytes()
    assert any(secret in file.read_bytes() for file in files(store))
    store.videos.delete([15], "default")
    memory.keep_up()
    memory.write(at_end=True)
    assert not any(secret in file.read_bytes() for file in files(store))
    assert start().dogs() == [each for each in ALL_DOGS if each[0] != 15]


@pytest.mark.parametrize("part", [".rows", ".fine"])
@pytest.mark.parametrize("damage", ["cut short", "other bytes", "gone", "another list"])
def test_damaged_files_are_not_used(
    store: Store, start: Callable[[], Reading], damage: str, part: str, block_rows: int
) -> None:
    fill(store)
    first = start()
    assert first.dogs() == ALL_DOGS
    first.memory.write(at_end=True)
    for file in files(store):
        if damage == "another list":
            if file.name == "blocks":
                file.write_bytes(b"nothing of the kind")
        elif file.suffix == part:
            content = file.read_bytes()
            file.unlink()
            if damage == "cut short":
                file.write_bytes(content[:-100])
            elif damage == "other bytes":
                file.write_bytes(content[:-100] + bytes(100))
    again = start()
    assert again.dogs() == ALL_DOGS
    assert again.videos == set(range(11, 21))


def test_files_of_another_record_or_model_are_not_used(
    store: Store, start: Callable[[], Reading], tmp_path: Path
) -> None:
    fill(store)
    first = start()
    assert first.dogs() == ALL_DOGS
    first.memory.write(at_end=True)
    (tmp_path / "other").mkdir()
    other = Store(tmp_path / "other" / "library.db")
    try:
        (tmp_path / "cache").rename(tmp_path / "other" / "cache")
        other.namespaces.ensure("default", 1)
        add(other, 31, ["red"], {0: ("dog", 0.12)})
        memory = MeaningSearch(other, Words())._memory("seen", SEEN.identity, DIM)
        assert [hit.item_id for hit in memory.best(DOG, range(100), floor=0.15, limit=50)] == [31]
        memory.write(at_end=True)
        assert files(other)
        another = MeaningSearch(other, Words())._memory("seen", "another@1", DIM)
        assert another.best(DOG, range(100), floor=0.15, limit=50) == []
        another.write(at_end=True)
        assert files(other) == []  # those of a model that is in use no more are gone
    finally:
        other.close()


def test_a_disk_that_takes_nothing_costs_nothing_but_the_cache(
    store: Store, start: Callable[[], Reading], block_rows: int
) -> None:
    fill(store)
    (store.database.file.with_name("cache")).write_bytes(b"a file where the folder should be")
    first = start()
    assert first.dogs() == ALL_DOGS
    first.memory.write(at_end=True)
    assert start().dogs() == ALL_DOGS


def test_it_is_written_when_enough_has_changed(store: Store, start: Callable[[], Reading]) -> None:
    fill(store)
    first = start()
    first.memory.write(at_end=True)
    assert files(store) == []  # nothing was read yet
    assert first.dogs() == ALL_DOGS
    first.memory.write()
    assert start().videos == set()
    written = {file.name: file.stat().st_mtime_ns for file in files(store)}
    assert len(written) == 3
    first.memory.write()
    first.memory.write(at_end=True)
    assert {file.name: file.stat().st_mtime_ns for file in files(store)} == written
    assert np.array_equal(sorted(written), ["1.fine", "1.rows", "blocks"])


def test_few_rows_are_in_no_file_and_none_stays_behind(
    store: Store, start: Callable[[], Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    first = start()
    assert first.dogs() == ALL_DOGS
    first.memory.write(at_end=True)
    assert files(store)
    monkeypatch.setattr(meaning_memory, "FILES_FROM", 20)
    store.videos.delete([11], "default")
    assert first.dogs() == ALL_DOGS[1:]
    first.memory.write(at_end=True)
    assert files(store) == []
    again = start()
    assert again.dogs() == ALL_DOGS[1:]
    again.memory.write(at_end=True)
    assert files(store) == []
