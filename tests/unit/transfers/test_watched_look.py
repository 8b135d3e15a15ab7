from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_search.core.errors import FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.media.completeness import ends_too_early
from desktop_search.transfers import watched_look
from desktop_search.transfers.watched_look import FolderLook

Footage = Callable[[str], Path]


@pytest.fixture
def look(tmp_path: Path, footage: Footage) -> FolderLook:
    del footage  # it makes the folder
    return FolderLook(tmp_path / "footage", {})


def ready(look: FolderLook) -> list[str]:
    found = look.ready(CancelToken())
    look.done_with(found)
    return sorted(found)


def test_a_file_is_ready_at_the_second_look_and_only_once(look: FolderLook, footage: Footage) -> None:
    footage("day 1/take.mp4")
    assert ready(look) == []
    assert look.growing == 1
    assert ready(look) == ["day 1/take.mp4"]
    assert look.growing == 0
    assert ready(look) == ready(look) == []


def test_a_file_that_grows_is_waited_for(look: FolderLook, footage: Footage) -> None:
    path = footage("take.mp4")
    whole = path.read_bytes()
    for share in (1, 2, 3):
        path.write_bytes(whole[: len(whole) * share // 4])
        assert ready(look) == []
    assert ready(look) == []  # still, but not whole
    assert look.growing == 1
    path.write_bytes(whole)
    assert ready(look) == []
    assert ready(look) == ["take.mp4"]


def test_a_file_that_is_cut_off_is_opened_only_when_it_changed(
    look: FolderLook, footage: Footage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ends(path: Path) -> bool:
        asked.append(path.name)
        return ends_too_early(path)

    monkeypatch.setattr(watched_look, "ends_too_early", ends)
    path = footage("take.mp4")
    path.write_bytes(path.read_bytes()[:-100])
    for _ in range(5):
        assert ready(look) == []
    assert asked == ["take.mp4"]


def test_a_file_that_was_written_anew_is_new(look: FolderLook, footage: Footage) -> None:
    path = footage("take.mp4")
    ready(look)
    assert ready(look) == ["take.mp4"]
    os.utime(path, ns=(1, 1))
    assert ready(look) == []
    assert ready(look) == ["take.mp4"]


def test_what_is_no_finished_footage_is_passed_over(look: FolderLook, footage: Footage, tmp_path: Path) -> None:
    passed_over = (".hidden.mp4", "._take.mp4", "take.mp4.part", "take.part.mp4", "take.mp4.crdownload", "notes.txt")
    for name in (*passed_over, ".Trash/take.mp4"):
        footage(name)
    (tmp_path / "footage" / "empty.mp4").touch()
    os.mkfifo(tmp_path / "footage" / "pipe.mp4")
    (tmp_path / "footage" / "circle").symlink_to(tmp_path / "footage", target_is_directory=True)
    (tmp_path / "footage" / "nowhere.mp4").symlink_to(tmp_path / "gone.mp4")
    footage("good.mp4")
    ready(look)
    assert ready(look) == ["good.mp4"]


def test_a_folder_that_is_away_is_said_and_comes_back(look: FolderLook, footage: Footage, tmp_path: Path) -> None:
    footage("old.mp4")
    ready(look)
    ready(look)
    (tmp_path / "footage").rename(tmp_path / "away")
    with pytest.raises(FileProblem, match="away"):
        look.ready(CancelToken())
    (tmp_path / "footage").touch()
    with pytest.raises(FileProblem, match=watched_look.NO_FOLDER):
        look.ready(CancelToken())
    (tmp_path / "footage").unlink()
    (tmp_path / "away").rename(tmp_path / "footage")
    footage("new.mp4")
    ready(look)
    assert ready(look) == ["new.mp4"]


def test_a_look_opens_none_of_ten_thousand_files_that_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(100):
        (tmp_path / f"day {number}").mkdir()
        for take in range(100):
            (tmp_path / f"day {number}" / f"take {take}.mp4").touch()
    look = FolderLook(tmp_path, {})
    look.done_with(look.everything(CancelToken()))
    monkeypatch.setattr(Path, "open", None)
    assert len(look.everything(CancelToken())) == 10_000
    assert look.ready(CancelToken()) == look.ready(CancelToken()) == {}
