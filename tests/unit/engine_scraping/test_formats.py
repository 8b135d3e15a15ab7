"""Which files of a post are fetched."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_search.engine.scraping.formats import Format, chosen


def _file(name: str, height: int | None = None, ext: str = "mp4", **more: Any) -> Format:
    return {"format_id": name, "height": height, "ext": ext} | more


SOUND = _file("sound", ext="m4a", vcodec="none", acodec="mp4a")
WEBM_SOUND = _file("webm sound", ext="webm", vcodec="none", acodec="opus")
WHOLE = _file("whole", 360, vcodec="avc1", acodec="mp4a")
HIGH = [_file(f"high {height}", height, vcodec="avc1", acodec="none") for height in (480, 720, 1080)]
YOUTUBE = [SOUND, WEBM_SOUND, WHOLE, *HIGH, _file("webm", 2160, ext="webm", vcodec="vp9", acodec="none")]


@pytest.mark.parametrize(
    ("formats", "height", "names"),
    [
        (YOUTUBE, 360, ["whole"]),
        (YOUTUBE, 720, ["high 720", "sound"]),
        (YOUTUBE, 1000, ["high 720", "sound"]),
        (YOUTUBE, None, ["high 1080", "sound"]),
        (HIGH, 480, ["high 480"]),
        (HIGH, 100, ["high 480"]),
        ([_file("tiktok")], None, ["tiktok"]),
        ([_file("tiktok")], 360, ["tiktok"]),
        ([_file("odd", 720, ext="webm"), _file("plain", 480)], None, ["plain"]),
        ([_file("odd", 720, ext="webm")], None, ["odd"]),
        ([SOUND], 360, []),
        ([], None, []),
    ],
)
def test_the_highest_that_fits_is_chosen(formats: list[Format], height: int | None, names: list[str]) -> None:
    assert [each["format_id"] for each in chosen(formats, height)] == names
