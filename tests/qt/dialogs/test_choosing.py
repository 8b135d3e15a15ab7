"""Where the dialogs that write files begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.ui.dialogs.choosing import documents_folder


def test_files_go_into_the_documents_or_into_the_home_where_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert documents_folder() == tmp_path
    (tmp_path / "Documents").mkdir()
    assert documents_folder() == tmp_path / "Documents"
