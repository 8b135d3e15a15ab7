"""Proxies on the disk: made, divided, cancelled, discarded, and swept up after a crash."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled, FileProblem
from desktop_search.core.library import CLOUD_ID
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.media.probe import probe
from desktop_search.transfers.preparing import Part, Preparer
from tests.clips import Scene, Shape, make_picture
from tests.clips.fixtures import ClipCache

SCENES = [Scene(1, "purple", shape=Shape.BALL), Scene(1, "teal", shape=Shape.BOXES)]


@pytest.fixture
def proxies(tmp_path: Path) -> Path:
    return tmp_path / "proxies"


def row(path: Path, item_id: int = 7) -> UploadItem:
    return UploadItem(item_id, CLOUD_ID, path, MediaKind.VIDEO)


def files_in(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*"))


def test_a_proxy_is_made_beside_the_original_s_name_and_discarded(clips: ClipCache, proxies: Path) -> None:
    preparer, heard = Preparer(proxies), list[int]()
    clip = clips.get("A001 take.mov", SCENES, size=(320, 180), codec="prores_ks", pixel_format="yuv422p10le")
    (part,) = preparer.prepare(row(clip.path), CancelToken(), heard.append)
    assert part == Part(part.path)
    assert (part.path.name, part.path.parent.parent) == ("A001 take.mp4", proxies)
    assert part.path.is_file()
    assert heard == sorted(heard)
    assert heard[-1] >= 900
    (again,) = preparer.prepare(row(clip.path), CancelToken(), heard.append)
    preparer.discard(again.path)
    assert part.path.is_file()  # a second attempt has files of its own
    preparer.discard(clip.path)
    assert clip.path.is_file()
    preparer.discard(part.path)
    preparer.discard(part.path)
    assert files_in(proxies) == []


def test_what_is_made_is_on_the_disk(clips: ClipCache, proxies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: dict[int, int] = {}
    sync = os.fsync

    def noting(handle: int) -> None:
        sync(handle)
        status = os.fstat(handle)
        synced[status.st_ino] = status.st_size

    monkeypatch.setattr(os, "fsync", noting)
    (part,) = Preparer(proxies).prepare(row(clips.silent().path), CancelToken(), lambda _: None)
    made = part.path.stat()
    assert synced[made.st_ino] == made.st_size
    assert {part.path.parent.stat().st_ino, proxies.stat().st_ino} <= set(synced)


def test_cancelling_leaves_nothing(clips: ClipCache, proxies: Path) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        Preparer(proxies).prepare(row(clips.harbour().path), token, lambda _: token.cancel())
    assert files_in(proxies) == []


def test_what_is_no_video_leaves_nothing(proxies: Path, tmp_path: Path) -> None:
    file = tmp_path / "noise.mxf"
    file.write_bytes(b"no video" * 1000)
    with pytest.raises(FileProblem, match="not a video"):
        Preparer(proxies).prepare(row(file), CancelToken(), lambda _: None)
    assert files_in(proxies) == []


def test_tidying_keeps_what_rows_need(proxies: Path) -> None:
    for name in ("1/a.mp4", "1/b.mp4", "2/c.mp4", "3.part/1.mp4"):
        (proxies / name).parent.mkdir(parents=True, exist_ok=True)
        (proxies / name).write_bytes(b"x")
    preparer = Preparer(proxies)
    preparer.tidy({proxies / "1" / "a.mp4"})
    assert files_in(proxies) == ["1", "1/a.mp4"]
    preparer.tidy(set())
    assert files_in(proxies) == []
    Preparer(proxies / "missing").tidy(set())


def test_a_tiff_becomes_a_jpeg(proxies: Path, tmp_path: Path) -> None:
    picture = make_picture(tmp_path / "still.tif", Scene(1, "navy"), size=(5000, 200))
    (part,) = Preparer(proxies).prepare(replace(row(picture), kind=MediaKind.IMAGE), CancelToken(), lambda _: None)
    assert part.path.name == "still.jpg"
    facts = probe(part.path)
    assert (facts.container, facts.width, facts.height) == ("JPEG", 4096, 164)
    assert probe(picture).container == "TIFF"
    with pytest.raises(FileProblem, match="not a picture"):
        probe(picture.rename(tmp_path / "still.png"))
