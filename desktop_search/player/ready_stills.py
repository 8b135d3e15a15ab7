"""Pictures that are likely to be wanted soon, in memory. Used on one thread."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtGui import QImage

MOST_BYTES = 160 * 1024**2  # four pictures of a 4K screen, more than twenty of a small one
_Key = tuple[Path, int, int, int, int]


class ReadyStills:
    """The newest pictures, as many as fit. A file that was changed since is another file."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._images: OrderedDict[_Key, QImage] = OrderedDict()

    @property
    def size_bytes(self) -> int:
        """What the pictures take."""
        return sum(image.sizeInBytes() for image in self._images.values())

    def find(self, path: Path, at_ms: int, max_side_px: int) -> QImage | None:
        """The picture, if it is there and the file is still the same."""
        key = _key(path, at_ms, max_side_px)
        if key is None or key not in self._images:
            return None
        self._images.move_to_end(key)
        return self._images[key]

    def keep(self, path: Path, at_ms: int, max_side_px: int, image: QImage) -> None:
        """Have it at hand until newer ones need the room."""
        key = _key(path, at_ms, max_side_px)
        if key is None:
            return
        self._images[key] = image
        self._images.move_to_end(key)
        while self.size_bytes > self._most_bytes:
            self._images.popitem(last=False)


def _key(path: Path, at_ms: int, max_side_px: int) -> _Key | None:
    """`None` when there is no such file any more."""
    try:
        status = path.stat()
    except OSError:
        return None
    return path, at_ms, max_side_px, status.st_size, status.st_mtime_ns
