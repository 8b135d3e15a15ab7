"""Paths, file names and servers are made short wherever they stand; what helps to find a fault stays."""

from __future__ import annotations

import pytest

from desktop_search.services.shortening import Shortener, without_credentials

NAMES = ("My secret film.mov", "plain.mov")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("read “/home/ada/Client X/My secret film.mov” in 3 s", ["ada", "Client", "secret"]),
        ("/Volumes/Card/A001_secret.mxf: no frames", ["Card", "secret"]),
        ("the clip My secret film.mov failed", ["My secret", "film"]),
        ('"folder": "C:\\\\Users\\\\Ada\\\\Footage"', ["Ada", "Footage"]),
        ("took A001_secret.mp4, then B2_secret.JPG", ["secret"]),
        ("file:///srv/secret/a%20b.mov is away", ["secret"]),
        ('File "/home/ada/.venv/lib/desktop_search/api/client.py", line 3', ["ada"]),
        ("Workstation https://nas.secret.lan:8443 did not answer", ["nas.secret.lan"]),
        ('"name": "Client A"', ["Client A"]),
    ],
)
def test_what_tells_of_footage_and_people_is_gone(text: str, gone: list[str]) -> None:
    short = Shortener(NAMES, ["https://nas.secret.lan:8443"], ["Client A"])(text)
    assert not [word for word in gone if word in short]


def test_what_helps_stays_and_one_file_can_be_followed() -> None:
    shorten = Shortener(NAMES, [])
    text = "2026-11-03 14:20:11,123 INFO uploads desktop_search.transfers: POST /serve/api/v1/upload took 3/4 s: 0429"
    assert shorten(text) == text
    first, second = shorten("/a/b/one.mov read"), shorten("“/a/b/one.mov” sent")
    assert first.split()[0] in second
    assert first.startswith("…/")
    assert ".mov" in first
    assert Shortener(NAMES, [])("/a/b/one.mov read") != first  # and in another report it is another sign
    assert shorten('"/x/y/desktop_search/api/client.py", line 3') == '"…/desktop_search/api/client.py", line 3'


def test_addresses_lose_who_asks() -> None:
    text = "GET https://ada:pass@host/a/b?token=abc&x=1 and http://h/p"
    assert without_credentials(text) == "GET https://host/a/b?… and http://h/p"
