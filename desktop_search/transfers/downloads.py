"""Footage to look at: the original on this computer where there is one, else fetched into a bounded cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.byte_source import ByteSink, ByteSource
from desktop_search.core.calls import CallKind
from desktop_search.core.errors import AppError, FileProblem, NotFound, OriginalAway
from desktop_search.core.footage import IMAGE_SUFFIXES, VIDEO_SUFFIXES
from desktop_search.core.hits import BlobRef, Hit, ImageHit
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.token import CancelToken
from desktop_search.media.fingerprint import fingerprint
from desktop_search.media.frames import jpeg_thumbnail, picture_thumbnail
from desktop_search.transfers.arrivals import Arrivals
from desktop_search.transfers.disk_cache import DiskCache
from desktop_search.transfers.fetching import Fetcher, OnReceived
from desktop_search.transfers.ports import Clients, LibraryClient, Report

_DOWNLOADS_MAX_BYTES = 20 * 1000**3
_THUMBNAILS_MAX_BYTES = 300 * 1000**2
_DOWNLOADS_LEFT = 4  # of the 12 that the service gives out in a minute (contract §15)


def _unheard(progress: object) -> None:
    """Progress that nobody shows."""


class FootageFiles:
    """Paths and thumbnails for hits. Safe from any thread; every method may take long and can be cancelled."""

    def __init__(
        self,
        catalog: Catalog,
        clients: Clients,
        downloads_dir: Path,
        thumbnails_dir: Path,
        *,
        downloads_max_bytes: int = _DOWNLOADS_MAX_BYTES,
        thumbnails_max_bytes: int = _THUMBNAILS_MAX_BYTES,
    ) -> None:
        self._links, self._clients = LocalFilesTable(catalog), clients
        self._downloads = DiskCache(downloads_dir, downloads_max_bytes)
        self._thumbnails = DiskCache(thumbnails_dir, thumbnails_max_bytes)
        self._fetcher = Fetcher(self._downloads)
        self._arrivals = Arrivals(self._fetcher)

    def video(self, hit: Hit, token: CancelToken) -> Path | ByteSource:
        """The video's file: the original, a copy in the cache, or one that `video_path` brings; it can be read then.

        Raises `AppError` subclasses and `Cancelled`.
        """
        here = self.path_here(hit)
        if here is not None:
            return here
        client = self._clients(hit.library_id, token)
        return self._arrivals.expect(self._video_place(hit), lambda: _may_ask(client))

    def arriving(self, path: Path) -> ByteSource | None:
        """What will be at this path, while it is on its way."""
        return self._arrivals.find(path)

    def is_arriving(self, path: Path) -> bool:
        """Whether the file at this path is on its way."""
        return self._arrivals.find(path) is not None

    def video_path(self, hit: Hit, token: CancelToken, report: Report) -> Path:
        """The video's whole file: the original, or a copy fetched now, with `report((received, total | None))`.

        Raises `AppError` subclasses (`NotFound` where the library keeps no file, `DiskFull`, …) and `Cancelled`.
        """
        original = self._original(hit)
        if original is not None:
            return original
        client = self._clients(hit.library_id, token)

        def bring(sink: ByteSink, on_received: OnReceived) -> None:
            try:
                client.download_video(hit.video_no, hit.namespace, sink, token=token, on_received=on_received)
            except NotFound as error:
                raise self._missed(hit, error) from error

        return self._arrivals.bring(self._video_place(hit), bring, lambda: _may_ask(client), token, report)

    def originals(self, found: Iterable[Hit | ImageHit]) -> tuple[Path, ...]:
        """The files of this computer that these come from and that are there, each once, in this order."""
        asked = dict.fromkeys((each.library_id, _remote_id(each)) for each in found)
        paths = (self._links.path_of(library_id, remote_id) for library_id, remote_id in asked)
        return tuple(dict.fromkeys(path for path in paths if path is not None))

    def path_here(self, hit: Hit) -> Path | None:
        """The video's file, where it is on this computer already: the original, or a copy that was fetched."""
        return self._original(hit) or self._downloads.find(self._video_place(hit))

    @property
    def pictures(self) -> DiskCache:
        """Where thumbnails and other small pictures are kept."""
        return self._thumbnails

    def found_at(self, hit: Hit, path: Path, token: CancelToken) -> None:
        """The original of the hit's video is there now: its content is compared, and the place remembered.

        Raises `FileProblem` for another file, or one that cannot be read; `Cancelled`.
        """
        key = (hit.library_id, hit.video_no)
        known = self._links.fingerprints_of([key]).get(key)
        if known is None or fingerprint(path, token) != known:
            raise FileProblem(
                _("“{name}” is not the file that this video was made from.").format(name=path.name),
                hint=_("Choose the file itself; a copy that was converted has other content."),
            )
        status = path.stat()
        self._links.relocate(*key, path, status.st_size, status.st_mtime_ns)

    def in_file(self, hit: Hit, path: Path) -> Hit:
        """The hit in the time of a file that `video_path` gave: of the original, or of the part that was fetched."""
        return hit.in_its_video if self._downloads.holds(path) else hit

    def image_path(self, image: ImageHit, token: CancelToken) -> Path:
        """The image's file, fetched if it is not on this computer. Raises `AppError` subclasses, `Cancelled`."""
        original = self._links.path_of(image.library_id, image.image_id)
        if original is not None:
            return original
        suffix = _suffix(image.name, IMAGE_SUFFIXES, ".jpg")
        place = self._downloads.place(image.library_id, "image", image.namespace, image.image_id, suffix=suffix)
        if found := self._downloads.find(place):
            return found
        client = self._clients(image.library_id, token)

        def fetch(place: Path, on_received: OnReceived) -> None:
            if image.blob is not None:
                client.download_blob(image.blob, place, token=token, on_received=on_received)
            elif image.image_url:
                client.fetch_url(image.image_url, place, token=token, on_received=on_received)
            else:
                raise NotFound(_("The library does not say where this picture is kept."))

        return self._fetcher.fetch(place, fetch, token, _unheard)

    def kept_thumbnail(self, found: Hit | ImageHit, max_side_px: int) -> bytes | None:
        """What `thumbnail` gave before, if it is still on the disk."""
        return self._thumbnails.read(self._thumbnail_place(found, max_side_px))

    def thumbnail(
        self,
        found: Hit | ImageHit,
        max_side_px: int,
        token: CancelToken,
        early: Callable[[bytes], None] = _unheard,
    ) -> bytes:
        """JPEG bytes, at most `max_side_px` wide and high: of the hit's first frame, or of the picture.

        Where the key frame of the hit is at hand, `early` gets that before the exact frame is decoded. Never fetches a
        whole video for it. Raises `AppError` subclasses, `Cancelled`.
        """
        data = self.kept_thumbnail(found, max_side_px)
        if data is None:
            token.check()
            data = self._make_thumbnail(found, max_side_px, token, early)
            self._thumbnails.write(self._thumbnail_place(found, max_side_px), data)
        return data

    def _thumbnail_place(self, found: Hit | ImageHit, max_side_px: int) -> Path:
        at_ms = found.start_ms if isinstance(found, Hit) else 0
        key = (found.library_id, found.namespace, _remote_id(found), str(at_ms), str(max_side_px))
        return self._thumbnails.place(*key, suffix=".jpg")

    def _make_thumbnail(
        self, found: Hit | ImageHit, max_side_px: int, token: CancelToken, early: Callable[[bytes], None]
    ) -> bytes:
        if isinstance(found, ImageHit):
            return picture_thumbnail(self.image_path(found, token), max_side_px)
        video = self.path_here(found)
        if video is not None:
            self._show_keyframe(found, max_side_px, token, early)
            try:
                return jpeg_thumbnail(video, self.in_file(found, video).start_ms, max_side_px)
            except FileProblem:
                if found.keyframe is None:
                    raise
        if found.keyframe is None:
            raise NotFound(_("There is no picture of this moment."))
        return picture_thumbnail(self._keyframe(found.library_id, found.keyframe, token), max_side_px)

    def _show_keyframe(self, hit: Hit, max_side_px: int, token: CancelToken, early: Callable[[bytes], None]) -> None:
        """Of this computer's own library, or fetched before: a service counts its downloads."""
        if hit.keyframe is None:
            return
        try:
            path = self._downloads.find(self._blob_place(hit.library_id, hit.keyframe))
            if path is None and hit.library_id == LOCAL_ID:
                path = self._keyframe(hit.library_id, hit.keyframe, token)
            if path is not None:
                early(picture_thumbnail(path, max_side_px))
        except AppError:  # the exact frame follows
            return

    def _blob_place(self, library_id: str, blob: BlobRef) -> Path:
        return self._downloads.place(library_id, "blob", blob.bucket, blob.blob, suffix=".jpg")

    def _keyframe(self, library_id: str, blob: BlobRef, token: CancelToken) -> Path:
        place = self._blob_place(library_id, blob)
        if kept := self._downloads.find(place):
            return kept
        client = self._clients(library_id, token)
        # A list full of key frames must not make the clip wait that the user opens next.
        while (wait_s := client.wait_s(CallKind.DOWNLOAD, _DOWNLOADS_LEFT)) > 0:
            token.wait(wait_s)
        return self._fetcher.fetch(
            place,
            lambda place, on_received: client.download_blob(blob, place, token=token, on_received=on_received),
            token,
            _unheard,
        )

    def _original(self, hit: Hit) -> Path | None:
        if hit.here is not None and hit.here.is_file():
            return hit.here
        return self._links.path_of(hit.library_id, hit.video_no)

    def _missed(self, hit: Hit, error: NotFound) -> NotFound:
        """The same error, with the place where the original was, if it was on this computer, or what else to do."""
        if hit.is_public:
            return NotFound(
                _("The library gives out no file of this post, so it cannot be played here."),
                hint=_("Its name is its caption: look for that on the platform."),
                details=error.message,
            )
        place = self._links.last_path_of(hit.library_id, hit.video_no)
        if place is None:
            return error
        return OriginalAway(
            _("The original of this video is not where it was, or it was changed."),
            hint=_("It was {file}. Plug in its disk, or put it back.").format(file=place),
            details=error.message,
        )

    def _video_place(self, hit: Hit) -> Path:
        suffix = _suffix(hit.name, VIDEO_SUFFIXES, ".mp4")
        return self._downloads.place(hit.library_id, "video", hit.namespace, hit.video_no, suffix=suffix)


def _remote_id(found: Hit | ImageHit) -> str:
    return found.video_no if isinstance(found, Hit) else found.image_id


def _may_ask(client: LibraryClient) -> bool:
    """Whether a download more can be begun at once, and some are left for others."""
    return client.wait_s(CallKind.DOWNLOAD, _DOWNLOADS_LEFT) <= 0


def _suffix(name: str, allowed: frozenset[str], otherwise: str) -> str:
    suffix = Path(name.replace("\0", "")).suffix.lower()
    return suffix if suffix in allowed else otherwise
