"""Pictures to search by: the very frame, under a name that any disk takes, and only the newest of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from desktop_search.core.errors import AppError, Cancelled, FileProblem, NotFound
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.token import CancelToken
from desktop_search.services.likeness import Likeness
from desktop_search.transfers.arrival import Arrival
from tests.clips import read_frame_number
from tests.clips.fixtures import ClipCache

HIT = Hit("VI1", "../../etc/boat\n<b>%s</b> 名前 🎬" + "x" * 300 + ".mov", 1500, library_id="local")


class Pictures:
    """Gives out what it was made with, or raises it."""

    def __init__(self, given: bytes | AppError = b"jpeg") -> None:
        self.given = given

    def thumbnail(self, found: Hit | ImageHit, max_side_px: int, token: CancelToken) -> bytes:
        token.check()
        if isinstance(self.given, AppError):
            raise self.given
        return self.given


def test_the_frame_on_screen_at_that_time_is_kept(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.harbour()
    likeness = Likeness(Pictures(), tmp_path / "pictures")
    for frame in (0, clip.starts[1] - 1, clip.starts[1]):
        at_ms = round(frame * 1000 / clip.rate)
        place = likeness.frame(clip.path, at_ms, CancelToken())
        with Image.open(place) as picture:
            assert read_frame_number(picture.convert("RGB")) == frame
        assert place.suffix == ".png"
    assert likeness.frame(clip.path, 0, CancelToken()) == likeness.frame(clip.path, 0, CancelToken())


def test_a_frame_of_a_clip_that_is_still_on_its_way(clips: ClipCache, tmp_path: Path) -> None:
    data, arrival = clips.harbour().path.read_bytes(), Arrival(tmp_path / "clip.mp4", lambda: True)
    arrival.start()
    arrival.begin(0, len(data), ranges=True)
    arrival.take(data)
    likeness = Likeness(Pictures(), tmp_path / "pictures", {arrival.path: arrival}.get)
    with Image.open(likeness.frame(arrival.path, 1000, CancelToken())) as picture:
        assert read_frame_number(picture.convert("RGB")) == 25
    assert not arrival.path.exists()
    arrival.give_up(Cancelled())
    with pytest.raises(Cancelled):
        likeness.frame(arrival.path, 2000, CancelToken())


def test_any_name_makes_a_name_for_a_file(tmp_path: Path) -> None:
    likeness = Likeness(Pictures(), tmp_path)
    for name in (HIT.name, "", "..", "/", "\0", "CON", ".hidden", "a" * 5000):
        place = likeness.found(Hit("VI1", name, 0, library_id="local"), CancelToken())
        assert place.parent == tmp_path
        assert len(place.name) < 120
        assert place.name.isprintable()
        assert place.read_bytes() == b"jpeg"


def test_results_that_are_called_alike_have_pictures_of_their_own(tmp_path: Path) -> None:
    likeness = Likeness(Pictures(), tmp_path)
    found: list[Hit | ImageHit] = [
        Hit("VI1", "boat", 0, library_id="local"),
        Hit("VI1", "boat", 40, library_id="local"),
        Hit("VI1", "boat", 0, library_id="memories.ai"),
        Hit("VI2", "boat", 0, library_id="local"),
        ImageHit("7", "boat", library_id="local"),
    ]
    assert len({likeness.found(each, CancelToken()) for each in found}) == len(found)


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    likeness = Likeness(Pictures(), tmp_path)
    kept = [likeness.found(Hit("VI1", "boat", at_ms), CancelToken()) for at_ms in range(120)]
    assert set(tmp_path.iterdir()) == set(kept[-100:])


def test_what_is_not_there_is_said(clips: ClipCache, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Likeness(Pictures(NotFound("There is no picture of this moment.")), tmp_path).found(HIT, CancelToken())
    likeness = Likeness(Pictures(), tmp_path)
    with pytest.raises(FileProblem):
        likeness.frame(tmp_path / "gone.mp4", 0, CancelToken())
    empty = tmp_path / "empty.mp4"
    empty.touch()
    with pytest.raises(FileProblem):
        likeness.frame(empty, 0, CancelToken())
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        likeness.frame(clips.harbour().path, 0, token)
    assert not list(tmp_path.glob("like *"))


def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with pytest.raises(FileProblem, match="could not be kept"):
        Likeness(Pictures(), in_the_way).found(HIT, CancelToken())
