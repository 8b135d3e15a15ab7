"""Looking for files that moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.core.token import CancelToken
from desktop_search.engine.library import finding
from desktop_search.engine.library.finding import Neighbourhood, common_move, is_same, nearest_folder, remember, walk
from desktop_search.engine.store.places import Place, stamp_of
from desktop_search.media.fingerprint import fingerprint


def _file(path: Path, content: bytes = b"film") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _place(path: Path, content: bytes = b"film") -> Place:
    """What is known of a file that was there, with that content, and is away."""
    _file(path, content)
    found = Place(1, path.stem, path, 1, stamp_of(path), fingerprint(path, CancelToken()), offline=True)
    path.unlink()
    return found


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("/shoot/day 1/a.mp4", "/archive/day 1/a.mp4", ("/shoot", "/archive")),
        ("/shoot/day 1/a.mp4", "/shoot/first day/a.mp4", ("/shoot/day 1", "/shoot/first day")),
        ("/mnt/x/shoot/day 1/a.mp4", "/media/y/z/shoot/day 1/b.mp4", ("/mnt/x", "/media/y/z")),
        ("/shoot/a.mp4", "/shoot/b.mp4", None),
        ("/a.mp4", "/shoot/a.mp4", ("/", "/shoot")),
    ],
)
def test_the_outermost_folder_that_moved(old: str, new: str, moved: tuple[str, str] | None) -> None:
    found = common_move(Path(old), Path(new))
    assert (None if found is None else tuple(map(str, found))) == moved


def test_moves_are_remembered_the_newest_first_and_not_for_ever() -> None:
    moves: list[tuple[Path, Path]] = []
    for number in (*range(30), 25):
        remember(moves, (Path(f"/{number}"), Path("/new")))
    remember(moves, None)
    assert [int(old.name) for old, _ in moves] == [25, 29, 28, 27, 26, *range(24, 13, -1)]


def test_only_files_of_the_right_size_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = _place(tmp_path / "a.mp4")
    same, other, larger = (
        _file(tmp_path / name, content) for name, content in (("b", b"film"), ("c", b"mlif"), ("d", b"films"))
    )
    read: list[Path] = []

    def noted(path: Path, token: CancelToken) -> str:
        read.append(path)
        return fingerprint(path, token)

    monkeypatch.setattr(finding, "fingerprint", noted)
    found = [is_same(place, each, CancelToken()) for each in (same, other, larger, tmp_path / "nowhere", tmp_path)]
    assert found == [stamp_of(same), None, None, None, None]
    assert read == [same, other]


def test_a_folder_that_may_not_be_read_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = _place(tmp_path / "locked" / "day" / "a.mp4")

    def refuse(path: Path) -> bool:
        if path.name in ("locked", "day"):
            raise PermissionError(path)
        return True

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert nearest_folder(place.file) == tmp_path
    assert list(Neighbourhood([]).candidates(place)) == [tmp_path / "locked" / "day" / "a.mp4"]


def test_candidates_are_in_the_folder_in_renamed_folders_and_where_neighbours_went(tmp_path: Path) -> None:
    place = _place(tmp_path / "shoot" / "day 1" / "a.mp4")
    twin = _file(tmp_path / "shoot" / "day 1" / "b.MOV")
    _file(tmp_path / "shoot" / "day 1" / "b.txt")
    _file(tmp_path / "shoot" / "day 1" / "larger.mov", b"films")
    moves = [(tmp_path / "shoot", tmp_path / "archive"), (tmp_path / "other", tmp_path / "archive")]
    around = Neighbourhood(moves)
    assert list(around.candidates(place)) == [tmp_path / "archive" / "day 1" / "a.mp4", twin]
    (tmp_path / "shoot" / "day 1").rename(tmp_path / "shoot" / "first day")
    (tmp_path / "shoot" / "day 2").mkdir()
    found = set(Neighbourhood([]).candidates(place))
    assert found == {tmp_path / "shoot" / "first day" / "a.mp4", tmp_path / "shoot" / "day 2" / "a.mp4"}


def test_a_walk_is_bounded_and_follows_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _file(tmp_path / "a.mp4"), _file(tmp_path / "x" / "y" / "b.mov")
    (tmp_path / "x" / "round").symlink_to(tmp_path)
    (tmp_path / "x" / "dangling.mp4").symlink_to(tmp_path / "nowhere")
    files, looked_at, complete = walk(tmp_path, lambda: False)
    assert ({size: set(paths) for size, paths in files.items()}, looked_at) == ({4: {first, second}}, 6)
    assert complete
    monkeypatch.setattr(finding, "WALKED_MAX", 3)
    assert walk(tmp_path, lambda: False)[2] is False
    assert walk(tmp_path, lambda: True)[2] is False
    assert walk(tmp_path / "nowhere", lambda: False) == ({}, 0, True)


def test_a_file_without_a_fingerprint_is_not_known_again(tmp_path: Path) -> None:
    unread = replace(_place(tmp_path / "a.mp4"), fingerprint="")
    assert is_same(unread, _file(tmp_path / "b.mp4"), CancelToken()) is None


def test_a_place_that_was_never_read_is_looked_for_nowhere_near(tmp_path: Path) -> None:
    unread = replace(_place(tmp_path / "a.mp4"), stamp=None)
    _file(tmp_path / "b.mp4")
    assert list(Neighbourhood([]).candidates(unread)) == []
