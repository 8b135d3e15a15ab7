"""Which addresses are whose."""

from __future__ import annotations

import re

import pytest

from desktop_search.engine.scraping.platforms import InHouse, Platforms, in_house_of

IN_HOUSE = Platforms([InHouse("media.lan", 8080, "TIKTOK"), InHouse("127.0.0.1", 80, "YOUTUBE")])


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://www.tiktok.com/@a/video/1", "TIKTOK"),
        ("https://vm.tiktok.com/abc/", "TIKTOK"),
        ("https://youtu.be/abc123DEF45", "YOUTUBE"),
        ("https://m.youtube.com:443/watch?v=abc123DEF45", "YOUTUBE"),
        ("http://INSTAGRAM.com/p/abc/", "INSTAGRAM"),
        ("http://media.lan:8080/a.mp4", "TIKTOK"),
        ("http://127.0.0.1/a.mp4", "YOUTUBE"),
        ("https://media.lan/a.mp4", None),
        ("https://127.0.0.1/a.mp4", None),
        ("https://nottiktok.com/@a/video/1", None),
        ("https://tiktok.com.evil.example/", None),
        ("https://tiktok.com@evil.example/", None),
        ("https://www.tiktok.com:22/", None),
        ("ftp://www.tiktok.com/", None),
        ("www.tiktok.com/@a", None),
        ("https://[::1/", None),
        ("https://www.tiktok.com:x/", None),
        ("", None),
    ],
)
def test_an_address_belongs_to_a_platform_or_is_not_fetched(address: str, platform: str | None) -> None:
    assert IN_HOUSE.of(address) == platform
    assert bool(IN_HOUSE.extractors(address)) is (platform is not None)


@pytest.mark.parametrize(
    "text", ["a", "a:1", "a:0=TIKTOK", "a:65536=TIKTOK", "a=TIKTOK", ":1=TIKTOK", "a:1=VIMEO", "a:x=TIKTOK"]
)
def test_what_is_no_server_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        in_house_of(text)


def test_a_server_is_read() -> None:
    assert in_house_of("Media.lan:8080=TIKTOK") == InHouse("media.lan", 8080, "TIKTOK")


def test_profiles_lead_to_their_posts() -> None:
    for address in ("https://www.youtube.com/@harbour", "https://www.youtube.com/@harbour/?si=1"):
        assert IN_HOUSE.profile_address(address) == "https://www.youtube.com/@harbour/videos"
    assert (
        IN_HOUSE.profile_address("https://www.youtube.com/channel/UC1") == "https://www.youtube.com/channel/UC1/videos"
    )
    for address in ("https://www.youtube.com/@a/shorts", "https://www.tiktok.com/@a", "http://127.0.0.1/@a"):
        assert IN_HOUSE.profile_address(address) == address


def test_hashtags_are_listed_by_tiktok_or_what_stands_for_it() -> None:
    assert IN_HOUSE.tag_address("fog & rain") == "http://media.lan:8080/tag/fog%20%26%20rain"
    assert Platforms().tag_address("ﬀ/..") == "https://www.tiktok.com/tag/%EF%AC%80%2F.."


def test_the_extractors_exist_and_none_looks_anywhere_else() -> None:
    from yt_dlp.extractor import gen_extractor_classes

    names = {extractor.IE_NAME.lower() for extractor in gen_extractor_classes()}
    for address, kinds in (
        ("https://www.tiktok.com/@a", {"tiktok", "tiktok:user", "tiktok:tag", "vm.tiktok"}),
        ("https://youtu.be/a", {"youtube", "youtube:tab", "youtube:playlist"}),
        ("https://instagram.com/a", {"instagram", "instagram:user"}),
        ("http://media.lan:8080/a", {"generic"}),
    ):
        allowed = {name for name in names if any(re.fullmatch(each, name) for each in IN_HOUSE.extractors(address))}
        assert kinds <= allowed
        assert ("generic" in allowed) is (kinds == {"generic"})
