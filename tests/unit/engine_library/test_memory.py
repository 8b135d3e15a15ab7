"""What is held in memory is what the record says, whatever happened to it and to the file it is kept in."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_search.engine.library import memory as memory_module
from desktop_search.engine.library.held_rows import HeldRows
from desktop_search.engine.library.memory import VideoLooks, VideoMemory
from desktop_search.engine.library.search import Search
from desktop_search.engine.library.shelf import Shelf
from desktop_search.engine.ranking import plan_query
from desktop_search.engine.store.store import Store
from tests.unit.engine_library.test_search import add, analysis, look

LOOKS = ["red", "blue", "red.left", "dark", "face"]
SAID = ["", "the boat", "mind the harbor wall", "boats leave the harbour", "zeppelin zeppelim"]
QUERIES = ["red", "red on the left", "dark blue boat", "clip", "harbour wall", "the boat", "zeppelin"]
IDS = range(11, 17)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    store = Store(tmp_path / "library.db")
    store.namespaces.ensure("default", 1)
    store.close()
    return tmp_path / "library.db"


def cache_of(file: Path) -> Path:
    return file.with_name("cache") / "videos.words"


def answers(memory: VideoMemory) -> list[object]:
    """All that a memory says."""
    seen = [memory.seen(plan_query(query), IDS, floor=0, limit=100) for query in QUERIES]
    said = [memory.said(query, IDS, floor=0, limit=100) for query in QUERIES]
    at = [(memory.segment_at(each, 1500), memory.lines_between(each, 0, 9000)) for each in IDS]
    alike = [memory.alike(look(each), IDS, similarity=0.5, limit=9) for each in IDS]
    return [*seen, *said, *at, *alike]


def change(store: Store, video_id: int, looks: list[str], said: str) -> None:
    """Delete a video when nothing is to be seen in it, else index it (again)."""
    if not looks:
        store.videos.delete([video_id], "default")
    elif store.videos.get(video_id) is None:
        add(store, video_id, analysis(looks, said, look(video_id)))
    else:
        assert store.moments.keep(video_id, analysis(looks, said, look(video_id)))


changes = st.tuples(st.sampled_from(IDS), st.lists(st.sampled_from(LOOKS), max_size=4), st.sampled_from(SAID))
runs = st.lists(st.tuples(st.lists(changes, max_size=6), st.booleans()), min_size=1, max_size=4)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=runs)
def test_across_restarts_it_is_what_would_be_loaded_anew(
    runs: list[tuple[list[tuple[int, list[str], str]], bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("library") / "library.db"
    for events, written in runs:
        store = Store(file)
        store.namespaces.ensure("default", 1)
        memory = VideoMemory(store)
        for event in events:
            change(store, *event)
            memory.words.keep_up()
        after = answers(memory)
        if written:
            memory.words.write(at_end=True)
            assert answers(memory) == after
        store.close()
    anew = Store(file)
    kept = answers(VideoMemory(anew))
    cache_of(file).unlink(missing_ok=True)
    assert kept == after == answers(VideoMemory(anew))
    anew.close()


@pytest.fixture
def kept(file: Path) -> Iterator[Store]:
    """A library with two videos, and what was held of them."""
    store = Store(file)
    for video_id in (11, 12):
        change(store, video_id, ["red", "blue"], "the boat")
    memory = VideoMemory(store)
    assert memory.words.keep_up()
    memory.words.write()
    yield store
    store.close()


def loads(store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[VideoMemory, list[int]]:
    """A new memory, and the videos that were read from the record for it."""
    read: list[int] = []
    spoken_in = store.moments.spoken_in

    def noting(video_ids):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        read.extend(video_ids)
        return spoken_in(video_ids)

    monkeypatch.setattr(store.moments, "spoken_in", noting)
    memory = VideoMemory(store)
    memory.words.keep_up()
    return memory, sorted(read)


def test_what_is_in_the_file_is_not_read_from_the_record(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    change(kept, 12, ["dark"], "")
    change(kept, 13, ["red"], "")
    memory, read = loads(kept, monkeypatch)
    assert read == [12, 13]
    found = memory.seen(plan_query("red"), IDS, floor=0, limit=9)
    assert [(hit.item_id, hit.start_ms) for hit in found] == [(13, 0), (11, 0)]


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flip(at: float) -> Callable[[bytes], bytes]:
    def flipped(data: bytes) -> bytes:
        place = int(len(data) * at)
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    return flipped


@pytest.mark.parametrize(
    "damage",
    [_cut, _flip(0.001), _flip(0.03), _flip(0.2), _flip(0.5), _flip(0.999), lambda data: b"", lambda data: data + b"x"],
)
def test_a_damaged_file_is_thrown_away(
    kept: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, damage: Callable[[bytes], bytes]
) -> None:
    cache = cache_of(kept.database.file)
    whole = cache.read_bytes()
    cache.write_bytes(damage(whole))
    with caplog.at_level(logging.INFO):
        memory, read = loads(kept, monkeypatch)
    assert read == [11, 12]
    assert "videos.words is not used" in caplog.text
    assert not cache.exists()
    memory.words.write()
    assert cache.read_bytes()[:100] == whole[:100]


def test_the_file_of_another_library_is_thrown_away(
    kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    other = Store(tmp_path / "other" / "library.db")
    other.namespaces.ensure("default", 1)
    add(other, 11, analysis(["dark"]))
    cache_of(other.database.file).parent.mkdir()
    cache_of(kept.database.file).rename(cache_of(other.database.file))
    memory, read = loads(other, monkeypatch)
    assert read == [11]
    assert memory.seen(plan_query("red"), IDS, floor=0, limit=9) == []
    assert not cache_of(other.database.file).exists()
    other.close()


def test_a_file_from_after_the_record_is_not_used(file: Path, kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record was put back as it was on an earlier day, and its cache was not."""
    with kept.database.writing() as connection:
        connection.execute("DELETE FROM changes")
    _, read = loads(kept, monkeypatch)
    assert read == [11, 12]


def test_what_was_deleted_is_in_the_file_no_longer(file: Path) -> None:
    store = Store(file)
    change(store, 11, ["red"], "a zeppelin")
    change(store, 12, ["red"], "the boat")
    memory = VideoMemory(store)
    memory.words.keep_up()
    memory.words.write()
    assert b"zeppelin" in cache_of(file).read_bytes()
    store.videos.delete([11], "default")
    memory.words.keep_up()
    memory.words.write()
    assert b"zeppelin" not in cache_of(file).read_bytes()
    store.close()


def test_nothing_is_written_where_little_changed(file: Path, kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, _ = loads(kept, monkeypatch)
    before = cache_of(file).stat()
    memory.words.write()
    memory.words.write(at_end=True)
    assert cache_of(file).stat().st_ino == before.st_ino


def test_searches_go_on_while_the_file_is_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(file)
    change(store, 11, ["red"], "the boat")
    change(store, 12, ["red"], "the boat")
    memory = VideoMemory(store)
    memory.words.keep_up()
    reached, go_on = threading.Event(), threading.Event()
    tidied = Shelf.tidied

    def slowly(shelf, blocks):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        reached.set()
        assert go_on.wait(30)
        return tidied(shelf, blocks)

    monkeypatch.setattr(Shelf, "tidied", slowly)
    writing = threading.Thread(target=memory.words.write)
    writing.start()
    assert reached.wait(30)
    change(store, 12, [], "")
    change(store, 13, ["red"], "the boat")
    during = answers(memory)
    go_on.set()
    writing.join(30)
    assert answers(memory) == during == answers(VideoMemory(store))
    assert {hit.item_id for hit in memory.seen(plan_query("red"), IDS, floor=0, limit=9)} == {11, 13}
    store.close()


def test_a_disk_that_takes_nothing_costs_no_answer(file: Path, kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    change(kept, 13, ["red"], "")
    memory, _ = loads(kept, monkeypatch)
    before = cache_of(file).read_bytes()
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    memory.words.write(at_end=True)
    assert cache_of(file).read_bytes() == before
    assert len(memory.seen(plan_query("red"), IDS, floor=0, limit=9)) == 3
    assert [each.name for each in cache_of(file).parent.iterdir()] == ["videos.words"]


_KILLED = """
import os, sys
from pathlib import Path
from desktop_search.engine.library.held_rows import HeldRows
from desktop_search.engine.library.memory import VideoLooks, VideoMemory
from desktop_search.engine.library.search import Search
from desktop_search.engine.store.store import Store
from tests.unit.engine_library.test_memory import change
store = Store(Path(sys.argv[1]))
change(store, 13, ["red"], "the boat")
memory = VideoMemory(store)
memory.words.keep_up()
write, written = os.fsync, 0
def die(*_):
    os.kill(os.getpid(), 9)
os.fsync = die
memory.words.write(at_end=True)
"""


def test_killed_while_writing_the_next_start_has_all(file: Path, kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(file)], check=False)
    assert ended.returncode == -9
    memory, read = loads(kept, monkeypatch)
    assert read == [13]
    assert {hit.item_id for hit in memory.seen(plan_query("red"), IDS, floor=0, limit=9)} == {11, 12, 13}


def test_many_blocks_answer_as_one(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(file)
    random = np.random.default_rng(3)
    for _ in range(60):
        looks = [str(each) for each in random.choice(LOOKS, random.integers(0, 5))]
        change(store, int(random.choice(IDS)), looks, str(random.choice(SAID)))
    monkeypatch.setattr(memory_module, "_WORDS_MERGED", 3)
    many = VideoMemory(store)
    for each in IDS:
        many.words.keep_up()
        change(store, each, ["red", "dark"], "the boat")
    many.words.keep_up()
    assert len(many.words.segments.blocks) > 2
    monkeypatch.undo()
    assert answers(many) == answers(VideoMemory(store))
    store.close()


def test_looks_that_an_earlier_version_stored_are_found(file: Path) -> None:
    store = Store(file)
    change(store, 11, ["red"], "")
    (marks,) = store.moments.marks([11])
    with store.database.writing() as connection:
        connection.execute("UPDATE frame_marks SET vectors = ?", (look(11).tobytes(),))
    (before,) = store.moments.marks([11])
    assert np.allclose(before.looks.vectors, marks.looks.vectors, atol=1e-6)
    assert np.allclose(before.looks.vectors, look(11), atol=0.002)
    store.close()


def test_moments_without_ids_of_their_own_take_little_memory() -> None:
    one = HeldRows.of([(7, [(0, 0, 0), (0, 900, 900)]), (9, [(0, 400, 400)])])
    all_files, all_rows = np.ones(2, bool), np.ones(3, bool)
    for rows in (one, HeldRows.merged([(one, all_files, all_rows), (one, all_files, all_rows)])):
        assert rows.row_ids.strides == (0,)
        assert rows.ends_ms is rows.starts_ms
        assert not rows.row_ids.any()
        assert rows.starts_ms.tolist() == [0, 900, 400] * (len(rows.items) // 2)
    segments = HeldRows.of([(7, [(5, 0, 900), (6, 900, 900)])])
    assert (segments.row_ids.tolist(), segments.ends_ms.tolist()) == ([5, 6], [900, 900])


def test_what_is_whole_is_kept_before_the_rest_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(file)
    add(store, 11, analysis(["red"]))
    reached, wait = threading.Event(), threading.Event()

    def slow(self: VideoLooks, *, batches: int | None = None) -> bool:
        reached.set()
        wait.wait(30)
        return True

    monkeypatch.setattr(VideoLooks, "keep_up", slow)
    search = Search(store)
    search.start_loading()
    try:
        assert reached.wait(30)
        assert cache_of(file).exists()
    finally:
        wait.set()
        search.close()
        store.close()
