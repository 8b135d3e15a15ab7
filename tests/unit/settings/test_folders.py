from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from desktop_search.core.errors import FileProblem
from desktop_search.settings.folders import Folders


def test_a_profile_holds_everything(tmp_path: Path) -> None:
    folders = Folders.for_user(tmp_path / "profile")
    folders.create()
    assert folders.problems() == {}
    for field in fields(Folders):
        assert getattr(folders, field.name).is_relative_to(tmp_path / "profile")
        assert getattr(folders, field.name).is_dir()
    assert folders.engine_data.parent == folders.catalog_file.parent == folders.preferences_file.parent == folders.data
    assert folders.thumbnails.is_dir()
    assert folders.downloads.is_dir()


def test_the_users_folders_are_the_systems(profile_home: Path) -> None:
    folders = Folders.for_user()
    assert folders.data == profile_home / ".local/share/desktop-search"
    assert folders.cache == profile_home / ".cache/desktop-search"
    assert folders.logs.is_relative_to(profile_home)


def test_folders_that_cannot_be_made_are_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a file where a folder should be")
    folders = Folders.for_user(tmp_path)
    assert set(folders.problems()) == {"data"}
    with pytest.raises(FileProblem, match="could not be made") as caught:
        folders.create()
    assert "--profile-dir" in caught.value.hint


def test_checking_leaves_nothing_behind(tmp_path: Path) -> None:
    folders = Folders.for_user(tmp_path)
    assert folders.problems() == {}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["cache", "data", "logs"]
