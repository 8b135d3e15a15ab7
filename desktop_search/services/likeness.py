"""Pictures to search by, made of what is on show: a frame of a clip, or what a result looks like."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from desktop_search.core.byte_source import SourceOf
from desktop_search.core.errors import FileProblem
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.media.frames import frame_at

_MAX_SIDE_PX = 1920  # more is of no use to a search; as PNG well below the 20 MB of the service (contract §17)
_KEPT = 100
_NAME_MAX = 60
_NO_NAME = re.compile(r"[^\w .,()\-]+")


class Thumbnails(Protocol):
    """Gives pictures of results; may take long."""

    def thumbnail(self, found: Hit | ImageHit, max_side_px: int, token: CancelToken) -> bytes:
        """JPEG bytes of a hit's first frame, or of an image."""
        ...


class Likeness:
    """Writes each picture into a file of its own, named for what it shows, and keeps the newest of them.

    Not for the GUI thread. Every method raises an `AppError`, or `Cancelled`.
    """

    def __init__(self, thumbnails: Thumbnails, folder: Path, source_of: SourceOf = lambda _path: None) -> None:
        """`source_of` tells what is on its way to a path, which is read from there then."""
        self._thumbnails, self._folder, self._source_of = thumbnails, folder, source_of

    def frame(self, path: Path, at_ms: int, token: CancelToken) -> Path:
        """The very frame of a file that is on screen at `at_ms`."""
        picture = frame_at(self._source_of(path) or path, at_ms, _MAX_SIDE_PX, token)
        return self._keep(
            path.stem, at_ms, str(path), ".png", lambda place: picture.save(place, "PNG", compress_level=1)
        )

    def found(self, found: Hit | ImageHit, token: CancelToken) -> Path:
        """The first frame of a hit, from its file where that is on this computer, else its key frame; or an image."""
        data = self._thumbnails.thumbnail(found, _MAX_SIDE_PX, token)
        at_ms = found.start_ms if isinstance(found, Hit) else 0
        remote_id = found.video_no if isinstance(found, Hit) else found.image_id
        whose = f"{found.library_id}\0{found.namespace}\0{remote_id}"
        return self._keep(Path(found.name).stem, at_ms, whose, ".jpg", lambda place: place.write_bytes(data))

    def _keep(self, name: str, at_ms: int, whose: str, suffix: str, write: Callable[[Path], object]) -> Path:
        digest = hashlib.sha256(f"{whose}\0{at_ms}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
        readable = _NO_NAME.sub(" ", name)[:_NAME_MAX].strip() or "frame"
        place = self._folder / f"like {readable} {at_ms / 1000:.3f} s {digest}{suffix}"
        part = place.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write(part)
            part.replace(place)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise FileProblem(
                _("The picture could not be kept."), hint=_("Is there room in {folder}?").format(folder=self._folder)
            ) from error
        self._forget_oldest()
        return place

    def _forget_oldest(self) -> None:
        with suppress(OSError):
            kept = sorted(self._folder.glob("like *"), key=lambda place: place.stat().st_mtime_ns)
            for old in kept[:-_KEPT]:
                old.unlink(missing_ok=True)
