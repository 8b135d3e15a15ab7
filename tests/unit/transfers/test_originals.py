"""Originals saved from a library: checked, gone on with, never over another file."""

from __future__ import annotations

import errno
from collections import namedtuple
from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled, DiskFull, FileProblem, NetworkError, NotFound, ServerError
from desktop_search.core.hits import BlobRef, ImageHit
from desktop_search.core.library_items import ItemKind, LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.transfers.originals import Originals
from tests.fakes.library import CHUNK_BYTES, FakeLibrary

DATA = bytes(range(256)) * 64
USAGE = namedtuple("USAGE", "total used free")


class Making:
    """A library with one file, and the folder it is saved in."""

    def __init__(self, folder: Path) -> None:
        self.library, self.folder = FakeLibrary(), folder
        self.library.files["VI1"] = DATA
        self.originals = Originals(self.library.clients, self._image_path)
        self.token = CancelToken()
        self.received: list[int] = []

    def _image_path(self, image: ImageHit, _token: CancelToken) -> Path:
        path = self.folder.parent / f"cached {image.image_id}"
        path.write_bytes(b"picture")
        return path

    def save(self, name: str = "harbour", size_bytes: int | None = len(DATA), stop_at: int | None = None) -> Path:
        item = LibraryItem(
            "x", ItemKind.VIDEO, "default", "VI1", name, size_bytes=size_bytes, blob=BlobRef("b", "VI1.mov")
        )

        def report(told: tuple[int, int | None]) -> None:
            self.received.append(told[0])
            if stop_at is not None and told[0] >= stop_at:
                self.token.cancel()

        return self.originals.save(item, self.folder, self.token, report)

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def making(tmp_path: Path) -> Making:
    folder = tmp_path / "chosen"
    folder.mkdir()
    return Making(folder)


def test_a_file_is_saved_under_its_name_and_never_over_another(making: Making) -> None:
    (making.folder / "harbour.mov").write_bytes(b"mine")
    (making.folder / "harbour (2).mov").write_bytes(b"mine too")
    saved = making.save()
    assert (saved.name, saved.read_bytes()) == ("harbour (3).mov", DATA)
    assert (making.folder / "harbour.mov").read_bytes() == b"mine"
    assert making.names == ["harbour (2).mov", "harbour (3).mov", "harbour.mov"]


def test_what_came_before_it_was_stopped_is_not_asked_for_again(making: Making) -> None:
    with pytest.raises(Cancelled):
        making.save(stop_at=2 * CHUNK_BYTES)
    assert making.names == [".VI1.part"]
    making.token, making.received = CancelToken(), []
    assert making.save().read_bytes() == DATA
    assert min(making.received) > 2 * CHUNK_BYTES
    assert making.names == ["harbour.mov"]


def test_a_part_that_cannot_be_of_this_file_is_begun_anew(making: Making) -> None:
    (making.folder / ".VI1.part").write_bytes(b"x" * (len(DATA) + 5))
    assert making.save().read_bytes() == DATA


def test_a_full_disk_is_told_before_anything_is_written(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: USAGE(1, 1, 100 * 1000**2))
    with pytest.raises(DiskFull):
        making.save()
    assert making.names == []


def test_a_disk_that_is_full_on_the_way_keeps_no_part(making: Making, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull):
        making.save()
    assert making.names == []


def test_a_folder_that_is_gone_is_told(making: Making) -> None:
    making.folder.rmdir()
    with pytest.raises(FileProblem):
        making.save()


@pytest.mark.parametrize("error", [NetworkError("broken"), ServerError("out of order")])
def test_what_fails_on_the_way_can_be_gone_on_with(making: Making, error: Exception) -> None:
    making.library.fail_next["download_video"] = [error]  # type: ignore[list-item]
    with pytest.raises(type(error)):
        making.save()
    assert making.save().read_bytes() == DATA


def test_a_file_that_the_library_has_no_more_is_told(making: Making) -> None:
    making.library.files.clear()
    with pytest.raises(NotFound):
        making.save()


def test_a_name_cannot_lead_out_of_the_folder(making: Making) -> None:
    assert making.save("../../harbour\n.mov").parent == making.folder


def test_an_image_is_copied_under_its_own_name(making: Making) -> None:
    image = LibraryItem("x", ItemKind.IMAGE, "default", "17", "dusk.png")
    saved = making.originals.save(image, making.folder, CancelToken(), lambda _told: None)
    assert (saved.name, saved.read_bytes()) == ("dusk.png", b"picture")
