"""Texts that come in English are shown in German where they are known, and names in them stay as they are."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

import pytest

from desktop_search import resources
from desktop_search.core import language
from desktop_search.core.known_texts import localised, reason_of


@pytest.fixture
def german() -> Iterator[None]:
    """German while the test runs."""
    localised.cache_clear()
    assert language.use(resources.path("locale"), ["de"]) == "de"
    yield
    language.use(resources.path("locale"), [])
    localised.cache_clear()


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("", ""),
        ("The file is empty.", "Die Datei ist leer."),
        ("There is a folder “last” already.", "Es gibt schon einen Ordner „last“."),  # a word of the palette
        ("There is a folder “{name}” already.", "Es gibt schon einen Ordner „{name}“."),
        ("There is a folder “Show.” already.", "Es gibt schon einen Ordner „Show.“."),
        (
            "The file cannot be read: Permission denied.",
            "Die Datei kann nicht gelesen werden: Zugriff verweigert.",
        ),
        (
            "Reading this file got stuck: no progress for 10 min.",
            "Das Lesen dieser Datei kam nicht mehr voran: kein Fortschritt seit 10 min.",
        ),
        ("https://tiktok.com/@a: The file is empty.", "https://tiktok.com/@a: Die Datei ist leer."),
        ("a.mp4: The file is empty.\nb.mp4: nobody knows", "a.mp4: Die Datei ist leer.\nb.mp4: nobody knows"),
        ("The file is empty. Nobody knows this.", "Die Datei ist leer. Nobody knows this."),
        ("The speech model “small” does not work.", "Das Sprachmodell „small“ funktioniert nicht."),
        (
            "The speech model “small” could not be loaded (OSError: Permission denied).",
            "Das Sprachmodell „small“ konnte nicht geladen werden (OSError: Zugriff verweigert).",
        ),
        (
            "The speech model “small” is not complete: a.bin, b.bin is missing.",
            "Das Sprachmodell „small“ ist nicht vollständig: a.bin, b.bin fehlt.",
        ),
        ("Die Datei ist leer.", "Die Datei ist leer."),
        ("last", "last"),
        ("Selects", "Selects"),
        ("{}: { }", "{}: { }"),
        (". . .", ". . ."),
    ],
)
def test_what_is_known_is_german(said: str, shown: str) -> None:
    assert localised(said) == shown


@pytest.mark.usefixtures("german")
def test_why_the_system_refused_is_german() -> None:
    assert reason_of(OSError(errno.EACCES, os.strerror(errno.EACCES))) == "Zugriff verweigert"
    assert reason_of(OSError(errno.EL3HLT, os.strerror(errno.EL3HLT))) == os.strerror(errno.EL3HLT)


def test_english_stays() -> None:
    assert localised("The file is empty.") == "The file is empty."
