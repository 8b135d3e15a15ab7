from __future__ import annotations

import pytest

from desktop_search.core import web_addresses
from desktop_search.core.web_addresses import Site, read_address, read_tags


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.tiktok.com/@a/video/1", Site.TIKTOK),
        ("https://vm.tiktok.com/xyz", Site.TIKTOK),
        ("https://www.youtube.com/watch?v=abc", Site.YOUTUBE),
        ("HTTPS://YOUTU.BE/abc", Site.YOUTUBE),
        ("https://instagram.com/reel/abc/", Site.INSTAGRAM),
        ("https://tiktok.com.evil.example/a", Site.OTHER),
        ("https://mytiktok.com/a", Site.OTHER),
        ("https://media.example/clips/pier%20one.MP4?sig=a/b.txt", Site.FILE),
        ("http://192.168.0.7:8000/live.m3u8", Site.FILE),
        ("https://media.example/clips", Site.OTHER),
    ],
)
def test_an_address_is_known_by_host_and_ending(address: str, site: Site) -> None:
    read = read_address(f"  {address} ")
    assert (read.site, read.problem) == (site, "")
    assert read.text == address


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("pier.mp4", web_addresses.NOT_AN_ADDRESS),
        ("www.youtube.com/watch?v=abc", web_addresses.NOT_AN_ADDRESS),
        ("ftp://media.example/pier.mp4", web_addresses.NOT_AN_ADDRESS),
        ("https://", web_addresses.NOT_AN_ADDRESS),
        ("https://media.example:port/pier.mp4", web_addresses.NOT_AN_ADDRESS),
        ("https://[::1/pier.mp4", web_addresses.NOT_AN_ADDRESS),
        ("https://media.example/two words.mp4", web_addresses.NOT_AN_ADDRESS),
        ("https://media.example/\u202egnp.mp4", web_addresses.NOT_AN_ADDRESS),
        ("file:///home/anna/pier.mp4", web_addresses.A_FILE),
        ("/home/anna/pier.mp4", web_addresses.A_FILE),
        ("https://anna:secret@media.example/pier.mp4", web_addresses.WITH_PASSWORD),
        ("https://media.example/" + "a" * 2000, web_addresses.TOO_LONG),
    ],
)
def test_what_is_no_address_is_said(typed: str, problem: str) -> None:
    assert read_address(typed).problem == problem


def test_hashtags_are_read_with_or_without_their_sign() -> None:
    assert read_tags("#fog, harbour\n fog,,#été") == (("fog", "harbour", "été"), "")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("#", web_addresses.EMPTY_TAG),
        (" , ", web_addresses.EMPTY_TAG),
        ("fog, # ", web_addresses.EMPTY_TAG),
        ("two words", web_addresses.TAG_WITH_BLANK),
        ("#fog#harbour", web_addresses.TAG_WITH_BLANK),
        ("a" * 101, web_addresses.TAG_TOO_LONG),
    ],
)
def test_what_is_no_hashtag_is_said(typed: str, problem: str) -> None:
    assert read_tags(typed) == ((), problem)
