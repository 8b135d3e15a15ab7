"""What is dropped is expanded without hanging, looping or losing anything."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from desktop_search.core.drops import Found, Skipped, expand, kind_of
from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind


def taken(*paths: Path) -> list[Path]:
    return [one.path for one in expand(paths, CancelToken()) if isinstance(one, Found)]


def skipped(*paths: Path) -> dict[str, str]:
    return {one.path.name: one.reason for one in expand(paths, CancelToken()) if isinstance(one, Skipped)}


def touched(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.MP4", MediaKind.VIDEO),
        ("a.b.MkV", MediaKind.VIDEO),
        ("a.JPEG", MediaKind.IMAGE),
        ("a.txt", None),
        ("mp4", None),
    ],
)
def test_the_name_says_the_kind(name: str, kind: MediaKind | None) -> None:
    assert kind_of(Path(name)) is kind


def test_a_tree_comes_sorted_with_sizes(tmp_path: Path) -> None:
    for name in ("b.mp4", "A.mov", "c/d/e.png", "c/a.avi"):
        touched(tmp_path / name, b"12345")
    found = [one for one in expand([tmp_path], CancelToken()) if isinstance(one, Found)]
    assert [str(one.path.relative_to(tmp_path)) for one in found] == ["A.mov", "b.mp4", "c/a.avi", "c/d/e.png"]
    assert {one.size_bytes for one in found} == {5}


def test_links_are_followed_but_never_in_circles(tmp_path: Path) -> None:
    outside = touched(tmp_path / "outside" / "boat.mp4").parent
    inside = tmp_path / "inside"
    touched(inside / "deep" / "ball.mp4")
    (inside / "deep" / "up").symlink_to(inside)
    (inside / "self").symlink_to(inside / "self")
    (inside / "other").symlink_to(outside)
    (inside / "again").symlink_to(outside)
    assert [path.name for path in taken(inside)] == ["boat.mp4", "ball.mp4"]
    assert skipped(inside) == {
        "up": "This folder was looked into already.",
        "self": "The link leads in a circle.",
        "other": "This folder was looked into already.",
    }


def test_a_very_deep_tree(tmp_path: Path) -> None:
    file = touched(tmp_path.joinpath(*["folder"] * 400, "boat.mp4"))
    assert taken(tmp_path) == [file]


def test_the_same_file_is_found_once(tmp_path: Path) -> None:
    file = touched(tmp_path / "boat.mp4")
    (tmp_path / "link.mp4").symlink_to(file)
    assert taken(file, tmp_path, tmp_path / "." / "boat.mp4") == [file]
    assert set(skipped(file, tmp_path).values()) == {"The same file is in this selection already."}


def test_hidden_files_are_left_out_unless_dropped_themselves(tmp_path: Path) -> None:
    hidden = touched(tmp_path / "._boat.mp4")
    touched(tmp_path / ".DS_Store")
    touched(tmp_path / ".cache" / "boat.mp4")
    assert taken(tmp_path) == []
    assert skipped(tmp_path) == {"._boat.mp4": "Hidden files are left out."}
    assert taken(hidden) == [hidden]


def test_reasons(tmp_path: Path) -> None:
    for name in ("notes.txt", "boom.WAV", "A001.R3D", "A001M01.XML"):
        touched(tmp_path / name)
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "dangling.mov").symlink_to(tmp_path / "nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.mkv"))
        reasons = skipped(tmp_path, tmp_path / "missing.mp4", Path("/dev/null"), Path("/x\0y.mp4"))
    assert "Not a kind of file that can be searched" in reasons["notes.txt"]
    assert "Sound" in reasons["boom.WAV"]
    assert "export it first" in reasons["A001.R3D"]
    assert "beside the footage" in reasons["A001M01.XML"]
    assert "pipe" in reasons["pipe.mp4"]
    assert "pipe" in reasons["socket.mkv"]
    assert "pipe" in reasons["null"]
    assert "leads nowhere" in reasons["dangling.mov"]
    assert "not there" in reasons["missing.mp4"]
    assert "not there" in reasons["x\0y.mp4"]


def test_a_folder_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touched(tmp_path / "open" / "boat.mp4")
    touched(tmp_path / "closed" / "ball.mp4")
    scandir = os.scandir

    def refuse(path: Path) -> object:  # permissions do not bind the administrator, who may run the tests
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("os.scandir", refuse)
    assert [path.name for path in taken(tmp_path)] == ["boat.mp4"]
    assert skipped(tmp_path) == {"closed": "You may not open this folder."}


@pytest.mark.parametrize("name", ["ümläut 🎬", "line\nbreak", "100% #1?", "quote'\"`", os.fsdecode(b"caf\xe9")])
def test_any_name(tmp_path: Path, name: str) -> None:
    file = touched(tmp_path / name / f"{name}.mp4")
    assert taken(tmp_path) == [file]


def test_too_many_files_are_said(tmp_path: Path) -> None:
    for number in range(12):
        touched(tmp_path / f"{number:02}.mp4")
    found = list(expand([tmp_path], CancelToken(), files_max=10))
    assert sum(isinstance(one, Found) for one in found) == 10
    assert isinstance(found[-1], Skipped)
    assert "files at once" in found[-1].reason


def test_it_can_be_cancelled(tmp_path: Path) -> None:
    for number in range(5):
        touched(tmp_path / f"{number}.mp4")
    token = CancelToken()
    walk = expand([tmp_path], token)
    next(walk)
    token.cancel()
    with pytest.raises(Cancelled):
        next(walk)
