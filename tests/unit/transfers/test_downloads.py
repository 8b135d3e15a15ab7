"""Footage to look at comes from this computer where it can, else from a bounded cache that is never half full."""

from __future__ import annotations

import io
import multiprocessing
import os
import resource
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.local_files import LocalFilesTable
from desktop_search.core.calls import CallKind
from desktop_search.core.errors import Cancelled, DiskFull, FileProblem, NotFound, OriginalAway
from desktop_search.core.hits import BlobRef, Hit, ImageHit
from desktop_search.core.token import CancelToken
from desktop_search.media.fingerprint import fingerprint
from desktop_search.transfers.downloads import FootageFiles
from tests.clips import Scene, make_picture, read_frame_number
from tests.clips.fixtures import ClipCache
from tests.fakes.library import FakeLibrary

LIBRARY = "memories.ai"
HIT = Hit("VI1", "../../etc/boat.mov", 1000, 2000, library_id=LIBRARY)


class Desk:
    """The thing under test with its folders."""

    def __init__(self, folder: Path, catalog: Catalog, library: FakeLibrary) -> None:
        self.folder, self.library, self.links = folder, library, LocalFilesTable(catalog)
        self.files = FootageFiles(
            catalog,
            library.clients,
            folder / "downloads",
            folder / "thumbnails",
            downloads_max_bytes=200_000,
            thumbnails_max_bytes=20_000,
        )
        self.progress: list[tuple[int, int | None]] = []

    def video(self, hit: Hit = HIT, token: CancelToken | None = None) -> Path:
        return self.files.video_path(replace(hit, library_id=LIBRARY), token or CancelToken(), self.progress.append)

    def thumbnail(self, found: Hit | ImageHit, side: int = 64, library_id: str = LIBRARY) -> Image.Image:
        return Image.open(io.BytesIO(self.files.thumbnail(replace(found, library_id=library_id), side, CancelToken())))

    def link(self, remote_id: str, path: Path, library_id: str = "memories.ai") -> None:
        status = path.stat()
        self.links.link(library_id, remote_id, path, status.st_size, status.st_mtime_ns, "")

    def kept(self) -> list[Path]:
        return sorted(path for path in (self.folder / "downloads").rglob("*") if path.is_file())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        yield Desk(tmp_path, catalog, FakeLibrary())


def test_the_original_is_preferred_and_nobody_is_asked(desk: Desk, clips: ClipCache) -> None:
    desk.link("VI1", clips.silent().path)
    assert desk.video() == clips.silent().path
    assert desk.library.calls == []


def test_an_original_that_changed_its_size_is_not_it(desk: Desk, tmp_path: Path) -> None:
    original = tmp_path / "boat.mov"
    original.write_bytes(b"original")
    desk.link("VI1", original)
    original.write_bytes(b"something else")
    desk.library.files["VI1"] = b"original"
    assert desk.video().read_bytes() == b"original"


def test_a_download_is_made_once_inside_its_folder(desk: Desk) -> None:
    desk.library.files["VI1"] = b"v" * 10_000
    path = desk.video()
    assert path.read_bytes() == desk.library.files["VI1"]
    assert desk.kept() == [path]
    assert path.suffix == ".mov"
    assert desk.progress == [(4096, 10_000), (8192, 10_000), (10_000, 10_000)]
    assert desk.video() == path
    assert desk.library.calls.count("download_video") == 1


def test_two_who_want_the_same_file_wait_for_one_download(desk: Desk) -> None:
    desk.library.files["VI1"] = b"v" * 10_000
    with ThreadPoolExecutor(4) as pool:
        paths = [job.result() for job in [pool.submit(desk.video) for _ in range(8)]]
    assert len(set(paths)) == 1
    assert desk.library.calls.count("download_video") == 1


def test_the_cache_is_bounded_and_the_longest_unused_goes(desk: Desk) -> None:
    hits = [Hit(f"VI{number}", f"{number}.mp4", 0) for number in range(5)]
    for number, hit in enumerate(hits):
        desk.library.files[hit.video_no] = bytes(60_000)
        os.utime(desk.video(hit), (1_000_000 + number, 1_000_000 + number))
        if number == 2:
            desk.video(hits[0])  # looked at again, so it stays
    kept = {path.stat().st_size for path in desk.kept()}
    assert kept == {60_000}
    assert len(desk.kept()) == 3
    calls = desk.library.calls.count("download_video")
    desk.video(hits[0])
    desk.video(hits[4])
    assert desk.library.calls.count("download_video") == calls


def test_a_cancelled_download_leaves_nothing(desk: Desk) -> None:
    desk.library.files["VI1"] = bytes(100_000)
    token = CancelToken()

    def stop(progress: object) -> None:
        token.cancel()

    with pytest.raises(Cancelled):
        desk.files.video_path(HIT, token, stop)
    assert desk.kept() == []


def test_what_the_library_does_not_have(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.video()
    assert desk.kept() == []


def test_a_download_that_cannot_fit_is_not_begun(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.library.files["VI1"] = bytes(100_000)
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=5000))
    with pytest.raises(DiskFull, match="not enough room"):
        desk.video()
    assert desk.kept() == []


def fill_the_disk(folder: Path) -> None:
    """In a process of its own, whose files the system lets grow to 50 000 bytes and no further."""
    with closing(Catalog(folder / "catalog.db")) as catalog:
        desk = Desk(folder, catalog, FakeLibrary())
        desk.library.files["VI1"] = bytes(100_000)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        with pytest.raises(DiskFull):
            desk.video()
        assert len(desk.progress) > 5
        assert desk.kept() == []


def test_a_disk_that_fills_up_leaves_nothing_half(tmp_path: Path) -> None:
    child = multiprocessing.get_context("spawn").Process(target=fill_the_disk, args=(tmp_path,))
    child.start()
    child.join(60)
    assert child.exitcode == 0


def test_a_folder_that_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    desk.library.files["VI1"] = b"v"
    (tmp_path / "downloads").write_text("a file is in the way")
    with pytest.raises(FileProblem, match="could not be saved"):
        desk.video()


def test_pictures_come_from_here_a_blob_or_an_address(desk: Desk, tmp_path: Path) -> None:
    original = make_picture(tmp_path / "boat.png", Scene(1, "navy"))
    desk.link("1", original)
    desk.library.blobs = {"b/2.jpg": b"two", "https://x.example/3?sig=1": b"three"}
    token = CancelToken()
    assert desk.files.image_path(ImageHit("1", "boat.png", library_id=LIBRARY), token) == original
    two = ImageHit("2", "two.webp", "https://x.example/2", library_id=LIBRARY, blob=BlobRef("bucket", "b/2.jpg"))
    assert desk.files.image_path(two, token).read_bytes() == b"two"
    three = ImageHit("3", "three.jpg", "https://x.example/3?sig=1", library_id=LIBRARY)
    assert desk.files.image_path(three, token).read_bytes() == b"three"
    with pytest.raises(NotFound):
        desk.files.image_path(ImageHit("4", "four.jpg", library_id=LIBRARY), token)


def test_a_thumbnail_is_the_frame_where_the_hit_begins(desk: Desk, clips: ClipCache) -> None:
    desk.link("VI1", clips.silent().path)
    picture = desk.thumbnail(HIT, 320)
    assert picture.size == (320, 180)
    assert read_frame_number(picture) == 25
    assert desk.library.calls == []


def test_thumbnails_are_kept_per_place_and_size(desk: Desk, clips: ClipCache, tmp_path: Path) -> None:
    video = tmp_path / "boat.mp4"
    video.write_bytes(clips.silent().path.read_bytes())
    desk.link("VI1", video)
    first = desk.thumbnail(HIT, 320).tobytes()
    desk.thumbnail(HIT, 64)
    video.unlink()
    assert desk.thumbnail(HIT, 320).tobytes() == first
    assert desk.thumbnail(HIT, 64).size == (64, 36)
    with pytest.raises(NotFound, match="no picture of this moment"):
        desk.thumbnail(Hit("VI1", "boat.mp4", 1040), 64)


def test_a_thumbnail_of_a_video_elsewhere_is_its_key_frame(desk: Desk, tmp_path: Path) -> None:
    picture = make_picture(tmp_path / "key.jpg", Scene(1, "red"), size=(640, 360))
    desk.library.blobs["key.jpg"] = picture.read_bytes()
    hit = Hit("VI1", "boat.mp4", 1000, keyframe=BlobRef("bucket", "key.jpg"))
    assert desk.thumbnail(hit, 160).size == (160, 90)
    assert "download_video" not in desk.library.calls


def test_key_frames_wait_where_the_clip_that_is_opened_does_not(desk: Desk) -> None:
    hit = Hit("VI1", "boat.mp4", 1000, keyframe=BlobRef("bucket", "key.jpg"))
    desk.library.files["VI1"] = b"film"

    class Waiting(CancelToken):
        def wait(self, seconds: float, why: str = "") -> None:
            assert (seconds, desk.video(hit).read_bytes()) == (60.0, b"film")
            raise Cancelled

    desk.library.waits_s[CallKind.DOWNLOAD] = 60.0
    with pytest.raises(Cancelled):
        desk.files.thumbnail(Hit("VI2", "sea.mp4", 0, keyframe=hit.keyframe, library_id=LIBRARY), 64, Waiting())
    assert desk.library.calls.count("download_video") == 1
    assert "download_blob" not in desk.library.calls


def test_a_damaged_original_falls_back_to_the_key_frame(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "boat.mp4"
    broken.write_bytes(bytes(5000))
    desk.link("VI1", broken)
    desk.library.blobs["key.jpg"] = make_picture(tmp_path / "key.jpg", Scene(1, "red")).read_bytes()
    assert desk.thumbnail(Hit("VI1", "boat.mp4", 0, keyframe=BlobRef("b", "key.jpg"))).size == (64, 48)
    with pytest.raises(FileProblem):
        desk.thumbnail(Hit("VI1", "boat.mp4", 40))


def test_thumbnails_are_bounded_too(desk: Desk, clips: ClipCache, tmp_path: Path) -> None:
    desk.link("VI1", clips.silent().path)
    for at_ms in range(0, 2000, 40):
        desk.thumbnail(Hit("VI1", "boat.mp4", at_ms), 320)
    assert sum(path.stat().st_size for path in (tmp_path / "thumbnails").rglob("*.jpg")) <= 20_000


def test_a_full_disk_costs_no_thumbnail(desk: Desk, clips: ClipCache, tmp_path: Path) -> None:
    desk.link("VI1", clips.silent().path)
    (tmp_path / "thumbnails").write_text("a file is in the way")
    assert desk.thumbnail(HIT).size == (64, 36)


def test_a_picture_is_a_thumbnail_too(desk: Desk, tmp_path: Path) -> None:
    desk.link("1", make_picture(tmp_path / "boat.png", Scene(1, "navy"), size=(400, 300)))
    assert desk.thumbnail(ImageHit("1", "boat.png", library_id=LIBRARY), 100).size == (100, 75)


def test_a_hit_in_a_part_is_in_the_original_where_that_is_and_else_in_the_part(
    desk: Desk, clips: ClipCache, tmp_path: Path
) -> None:
    original = tmp_path / "boat.mp4"
    original.write_bytes(clips.silent().path.read_bytes())
    status = original.stat()
    desk.links.link("memories.ai", "VI1", original, status.st_size, status.st_mtime_ns, "", start_ms=1000)
    hit = Hit("VI1", "boat.mp4", 1200, 1400, part_start_ms=1000)
    assert desk.files.in_file(hit, desk.video(hit)) == hit
    assert read_frame_number(desk.thumbnail(hit, 320)) == 30
    original.unlink()
    desk.library.files["VI1"] = clips.silent().path.read_bytes()
    part = desk.video(hit)
    moment = desk.files.in_file(hit, part)
    assert (part != original, moment.start_ms, moment.end_ms) == (True, 200, 400)
    assert read_frame_number(desk.thumbnail(hit, 300)) == 5


def test_the_key_frame_comes_before_the_exact_frame(desk: Desk, clips: ClipCache, tmp_path: Path) -> None:
    key = make_picture(tmp_path / "key.jpg", Scene(1, "red"), size=(640, 360)).read_bytes()
    desk.library.blobs["key.jpg"] = key
    local = replace(HIT, library_id="local", keyframe=BlobRef("bucket", "key.jpg"))
    cloud = replace(local, library_id=LIBRARY)
    for library_id in ("local", LIBRARY):
        desk.link("VI1", clips.silent().path, library_id)
    early: list[bytes] = []
    exact = desk.files.thumbnail(local, 320, CancelToken(), early.append)
    assert read_frame_number(Image.open(io.BytesIO(exact))) == 25
    assert [Image.open(io.BytesIO(data)).getpixel((5, 5)) for data in early] == [(254, 0, 0)]
    desk.files.thumbnail(local, 320, CancelToken(), early.append)  # kept by now
    assert len(early) == 1
    desk.files.thumbnail(cloud, 320, CancelToken(), early.append)  # its downloads are counted
    assert (len(early), desk.library.calls.count("download_blob")) == (1, 1)


def test_a_key_frame_that_cannot_be_had_costs_nothing(desk: Desk, clips: ClipCache) -> None:
    desk.link("VI1", clips.silent().path, "local")
    hit = replace(HIT, library_id="local", keyframe=BlobRef("bucket", "gone.jpg"))
    picture = Image.open(io.BytesIO(desk.files.thumbnail(hit, 320, CancelToken())))
    assert read_frame_number(picture) == 25


def test_the_longest_unused_thumbnail_goes_first(desk: Desk, clips: ClipCache, tmp_path: Path) -> None:
    desk.link("VI1", clips.silent().path)
    hits = [replace(HIT, start_ms=at_ms) for at_ms in range(0, 2000, 40)]
    for number, hit in enumerate(hits):
        desk.files.thumbnail(hit, 320, CancelToken())
        for path in (tmp_path / "thumbnails").rglob("*.jpg"):
            if path.stat().st_mtime > 2_000_000:
                os.utime(path, (1_000_000 + number, 1_000_000 + number))
        desk.files.kept_thumbnail(hits[0], 320)  # looked at all the time
    assert desk.files.kept_thumbnail(hits[0], 320)
    assert desk.files.kept_thumbnail(hits[-1], 320)
    assert desk.files.kept_thumbnail(hits[1], 320) is None


def test_an_original_that_was_moved_is_found_where_the_user_says_and_nothing_else_is_taken_for_it(
    desk: Desk, clips: ClipCache, tmp_path: Path
) -> None:
    place, moved, other = tmp_path / "boat.mp4", tmp_path / "shelf.mp4", tmp_path / "other.mp4"
    place.write_bytes(clips.silent().path.read_bytes())
    other.write_bytes(bytes(len(place.read_bytes())))
    status, token = place.stat(), CancelToken()
    desk.links.link(LIBRARY, "VI1", place, status.st_size, status.st_mtime_ns, fingerprint(place, token))
    place.rename(moved)
    with pytest.raises(OriginalAway) as away:
        desk.video()
    assert away.value.findable
    for wrong in (other, place):
        with pytest.raises(FileProblem):
            desk.files.found_at(HIT, wrong, token)
    with pytest.raises(FileProblem, match="not the file"):
        desk.files.found_at(Hit("VI2", "sea.mp4", 0, library_id=LIBRARY), moved, token)
    desk.files.found_at(HIT, moved, token)
    assert desk.video() == moved
