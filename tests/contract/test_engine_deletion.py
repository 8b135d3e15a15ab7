"""Deleting leaves nothing behind: no row, no file, not a word in any byte of the data folder."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.clips import Scene
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.tiny_models import install, make_tiny_seen, make_tiny_text

WORD = "zwiebelkuchen"  # in the name, the folder, the tags, the prompt, the callback, and what is said
KEPT = "quarzuhr"
SAID = "1\n00:00:00,100 --> 00:00:01,800\nThere is {} on the table.\n"
GRAM = b"\x03zwi"  # how the index of phrases keeps the beginning of the word: nothing else begins with a z
MEANT = bytes(range(7, 135))


def _film(tmp_path: Path, clips: ClipCache, word: str) -> Path:
    film = tmp_path / f"{word} folder" / f"{word}.mp4"
    film.parent.mkdir()
    shutil.copy(clips.silent().path, film)
    film.with_suffix(".srt").write_text(SAID.format(word))
    return film


def _upload(engine: EngineChild, film: Path) -> str:
    content = film.read_bytes()
    parts = [("file", (film.name, content, "video/mp4")), ("video_transcription_prompt", WORD)]
    return str(engine.post_parts("/upload", parts).data["videoNo"])


def _record(engine: EngineChild) -> sqlite3.Connection:
    return sqlite3.connect(engine.data_dir / "library.db")


def _fill(engine: EngineChild, tmp_path: Path, clips: ClipCache) -> tuple[list[str], list[bytes]]:
    """Videos that will be deleted, and one that stays; their ids, and bytes that stand for their vectors."""
    film, kept = _film(tmp_path, clips, WORD), _film(tmp_path, clips, KEPT)
    callback = f"http://127.0.0.1:9/{WORD}"
    videos = [engine.add_in_place(film, tags=WORD, camera_model=WORD, callback=callback), _upload(engine, film)]
    for video_no in (*videos, engine.add_in_place(kept)):
        assert engine.wait_indexed(video_no)["status"] == "PARSE"
    assert engine.search(WORD)
    assert engine.search(WORD, search_type="BY_AUDIO")
    with closing(_record(engine)) as record, record:
        ids = [int(video_no[2:]) for video_no in videos]
        record.execute("INSERT INTO tasks VALUES ('a task', '', (SELECT id FROM namespaces), '360', 1, '', 'DONE', 0)")
        record.execute(
            "INSERT INTO task_items (task_id, listing, address, state, video_id) VALUES ('a task', 0, ?, 'DONE', ?)",
            (WORD, ids[0]),
        )
        record.execute("INSERT INTO meanings VALUES (?, 'seen', 'a model', 64, ?)", (ids[0], MEANT))
        # The looks of a kept copy of the same frames would be the same: make these unlike any other.
        looks = [number.to_bytes(8, "big") * 40 for number in ids]
        record.executemany("UPDATE frame_marks SET vectors = ? WHERE video_id = ?", zip(looks, ids, strict=True))
    return videos, [GRAM, MEANT, *looks]


def _traces(data_dir: Path, wanted: list[bytes]) -> list[str]:
    """Which of these bytes, in any case of letters, are in which file, or its name."""
    return [
        f"{each!r} in {file.relative_to(data_dir)}"
        for file in sorted(data_dir.rglob("*"))
        for each in wanted
        if each.lower() in bytes(file).lower() or (file.is_file() and each.lower() in file.read_bytes().lower())
    ]


def _assert_nothing_is_left(data_dir: Path, videos: list[str], vectors: list[bytes]) -> None:
    wanted = [WORD.encode(), *vectors, *(video_no.encode() for video_no in videos)]
    assert _traces(data_dir, wanted) == []
    ids = {int(video_no[2:]) for video_no in videos}
    with closing(sqlite3.connect(data_dir / "library.db")) as record:
        names = [row[0] for row in record.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert len(names) > 12
        names.remove("changes")  # keeps the bare number of what is gone, for caches that were not there to hear of it
        for name in names:
            rows = record.execute(f"SELECT * FROM {name}").fetchall()
            assert not [row for row in rows if ids.intersection(value for value in row if isinstance(value, int))], name
        record.execute("CREATE VIRTUAL TABLE temp.grams USING fts5vocab (main, utterance_grams, row)")
        grams = {row[0] for row in record.execute("SELECT term FROM temp.grams")}
        assert {KEPT[at : at + 3] for at in range(len(KEPT) - 2)} <= grams
        assert record.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        record.execute("INSERT INTO utterance_grams (utterance_grams) VALUES ('integrity-check')")


def test_what_the_test_looks_for_is_there_before(tmp_path: Path, clips: ClipCache) -> None:
    with EngineChild(tmp_path / "data", "--allow-private-callbacks") as engine:
        videos, vectors = _fill(engine, tmp_path, clips)
    found = " ".join(_traces(engine.data_dir, [WORD.encode(), *vectors, *(each.encode() for each in videos)]))
    assert all(repr(each) in found for each in (WORD.encode(), *vectors, *(each.encode() for each in videos)))


def test_nothing_is_left_of_what_was_deleted(tmp_path: Path, clips: ClipCache) -> None:
    with EngineChild(tmp_path / "data", "--allow-private-callbacks") as engine:
        videos, vectors = _fill(engine, tmp_path, clips)
        assert engine.post_json("/delete_videos", videos).data is None
        assert len(engine.search(KEPT)) == len(engine.search(KEPT, search_type="BY_AUDIO")) == 1
    _assert_nothing_is_left(engine.data_dir, videos, vectors)


def test_an_engine_that_was_killed_leaves_nothing_once_it_ran_again(tmp_path: Path, clips: ClipCache) -> None:
    with EngineChild(tmp_path / "data", "--allow-private-callbacks") as engine:
        videos, vectors = _fill(engine, tmp_path, clips)
        engine.post_json("/delete_videos", videos)
        engine.process.kill()
        engine.process.wait(30)
    with EngineChild(tmp_path / "data"):
        pass
    _assert_nothing_is_left(engine.data_dir, videos, vectors)


def test_caches_forget_what_is_deleted_right_before_the_end(tmp_path: Path, clips: ClipCache) -> None:
    models = tmp_path / "data" / "models"
    install(models, make_tiny_seen(tmp_path / "made" / "seen"))
    install(models, make_tiny_text(tmp_path / "made" / "text"))
    orange = clips.get("orange.mp4", [Scene(1, "orange")], size=(320, 180), clip_id=3).path
    with EngineChild(tmp_path / "data") as engine:
        gone, kept = _film(tmp_path, clips, WORD), _film(tmp_path, clips, KEPT)
        shutil.copy(orange, kept)
        kept.with_suffix(".srt").write_text(SAID.format(f"a red boat, a dog and a {KEPT}"))
        video_no, kept_no = engine.add_in_place(gone), engine.add_in_place(kept)
        for each in (video_no, kept_no):
            assert engine.wait_indexed(each)["status"] == "PARSE"
        assert engine.search(WORD)
        assert engine.search(WORD, search_type="BY_AUDIO")
    vectors = _meant(engine, video_no)
    assert vectors
    assert not set(vectors) & set(_meant(engine, kept_no))
    for wanted, place in ((WORD.encode(), "cache/"), *((vector, "library.db") for vector in vectors)):
        assert any(place in trace for trace in _traces(engine.data_dir, [wanted])), f"{wanted!r} is not in {place}"
    with EngineChild(tmp_path / "data") as engine:
        engine.post_json("/delete_videos", [video_no])
    _assert_nothing_is_left(engine.data_dir, [video_no], vectors)
    with EngineChild(tmp_path / "data") as engine:
        assert [hit["videoNo"] for hit in engine.search(KEPT)] == [kept_no]


def _meant(engine: EngineChild, video_no: str) -> list[bytes]:
    """The beginning of each matrix of vectors of a video: 8-bit numbers. So few of them are in no cache."""
    with closing(_record(engine)) as record:
        statement = "SELECT substr(vectors, 1, dim) FROM meanings WHERE video_id = ?"
        return [row[0] for row in record.execute(statement, (int(video_no[2:]),))]


@pytest.mark.parametrize(
    "name", ["videos/VI7.mp4", "images/7.png", "incoming/half.mp4", "keyframes/VI7/keyframe-0.jpg"]
)
def test_what_a_crash_left_is_removed_at_the_next_start(tmp_path: Path, clips: ClipCache, name: str) -> None:
    with EngineChild(tmp_path / "data") as engine:
        kept = _upload(engine, _film(tmp_path, clips, KEPT))
        engine.wait_indexed(kept)
    left = engine.data_dir / name
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"left")
    with closing(_record(engine)) as record, record:
        record.execute("INSERT INTO leftovers VALUES (?)", (left.name,))
    with EngineChild(tmp_path / "data") as engine:
        assert not left.exists()
        assert engine.post_json("/download", {"video_no": kept}).body == clips.silent().path.read_bytes()
        assert list(engine.data_dir.glob(f"keyframes/{kept}/*.jpg"))
    with closing(_record(engine)) as record:
        assert record.execute("SELECT * FROM leftovers").fetchall() == []
