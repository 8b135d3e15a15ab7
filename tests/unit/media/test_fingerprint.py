"""A file's content has one short name, wherever the file is."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.token import CancelToken
from desktop_search.media.fingerprint import fingerprint

MIB = 1 << 20


def written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return fingerprint(path, CancelToken())


def test_it_belongs_to_the_content_not_to_the_name(tmp_path: Path) -> None:
    name = written(tmp_path / "a.mp4", b"footage" * 1000)
    assert len(name) == 32
    assert written(tmp_path / "moved and renamed.mov", b"footage" * 1000) == name
    assert written(tmp_path / "b.mp4", b"footagE" * 1000) != name


@pytest.mark.parametrize("size", [1, MIB, 2 * MIB + 5, 3 * MIB])
def test_every_byte_of_a_small_file_counts(tmp_path: Path, size: int) -> None:
    data = bytearray(size)
    name = written(tmp_path / "a", bytes(data))
    for position in (0, size // 3, size // 2, size * 2 // 3, size - 1):
        changed = bytearray(data)
        changed[position] = 1
        assert written(tmp_path / "b", bytes(changed)) != name


@pytest.mark.parametrize("position", [0, 10 * MIB, 20 * MIB - 1])
def test_head_middle_and_tail_of_a_large_file_count(tmp_path: Path, position: int) -> None:
    data = bytearray(20 * MIB)
    name = written(tmp_path / "a", bytes(data))
    data[position] = 1
    assert written(tmp_path / "b", bytes(data)) != name


def test_the_size_counts(tmp_path: Path) -> None:
    assert written(tmp_path / "a", bytes(9 * MIB)) != written(tmp_path / "b", bytes(9 * MIB + 1))


def test_it_can_be_cancelled_and_a_missing_file_is_said(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    (tmp_path / "a").write_bytes(b"x")
    with pytest.raises(Cancelled):
        fingerprint(tmp_path / "a", token)
    with pytest.raises(FileProblem, match="not there"):
        fingerprint(tmp_path / "missing", CancelToken())
