"""What was seen in a file, in one line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from desktop_search.core.library import CLOUD_ID
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem
from desktop_search.models.facts_words import facts_words, row_tip

FACTS = MediaFacts("MOV", "prores", "pcm_s24le", 80_000, 1920, 1080, Fraction(30000, 1001), "10:04:13;05")


def test_all_that_is_known() -> None:
    words = facts_words(FACTS)
    assert words == "MOV · ProRes · 1920 × 1080 · 29.97 fps · 1:20 · PCM · starts at 10:04:13;05"
    silent = MediaFacts("MP4", "h264", "", 3_661_000, 640, 360, Fraction(25))
    assert facts_words(silent) == "MP4 · H.264 · 640 × 360 · 25 fps · 1:01:01 · no sound"
    assert facts_words(MediaFacts("JPEG", width=640, height=480), MediaKind.IMAGE) == "JPEG · 640 × 480"


def test_what_is_not_known_takes_no_line() -> None:
    item = UploadItem(1, CLOUD_ID, Path("/card/a\n.mov"), MediaKind.VIDEO)
    assert row_tip(item, "waits") == "/card/a�.mov\nwaits"
    told = UploadItem(1, CLOUD_ID, Path("/a.mov"), MediaKind.VIDEO, facts=FACTS, proxy_reason="A proxy is sent.")
    assert row_tip(told, "waits").splitlines() == ["/a.mov", "waits", facts_words(FACTS), "A proxy is sent."]
