"""What the keys of the two thumbnail loaders stand for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

from PySide6.QtGui import QPixmap

from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.media.frames import jpeg_thumbnail, picture_thumbnail
from desktop_search.models.thumbnails import Early, LoadThumbnail, ReadKept, ThumbnailLoader
from desktop_search.transfers.downloads import FootageFiles

_INTO_THE_CLIP_MS = 1000  # the first frames of footage are often black, or a slate that is not yet held still


def of_results(files: FootageFiles) -> LoadThumbnail:
    """Keys are hits and images."""

    def load(key: Hashable, max_side_px: int, token: CancelToken, early: Early) -> bytes:
        assert isinstance(key, Hit | ImageHit)
        return files.thumbnail(key, max_side_px, token, early)

    return load


def kept_of_results(files: FootageFiles) -> ReadKept:
    """Thumbnails that are on the disk already."""

    def read(key: Hashable, max_side_px: int) -> bytes | None:
        assert isinstance(key, Hit | ImageHit)
        return files.kept_thumbnail(key, max_side_px)

    return read


def of_footage(key: Hashable, max_side_px: int, _token: CancelToken, _early: Early) -> bytes:
    """Keys are `(path, kind)` of files in the upload queue."""
    assert isinstance(key, tuple)
    path, kind = key
    assert isinstance(path, Path)
    if kind is MediaKind.IMAGE:
        return picture_thumbnail(path, max_side_px)
    return jpeg_thumbnail(path, _INTO_THE_CLIP_MS, max_side_px)


def of_upload(loader: ThumbnailLoader) -> Callable[[UploadItem], QPixmap | None]:
    """What the rows of the upload queue ask for."""

    def thumbnail(item: UploadItem) -> QPixmap | None:
        image = loader.image((item.path, item.kind))
        return None if image is None else QPixmap.fromImage(image)

    return thumbnail
