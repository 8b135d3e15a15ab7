"""Texts in the language that was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop_search.core import language
from desktop_search.core.language import _, begun, ngettext, number, pgettext, short_number


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Translations into German and into the Portuguese of Brazil; English again at the end."""
    for name in ("de", "pt_BR"):
        catalog = Catalog(locale=name)
        catalog.add("{name} is away.", f"{name}: {{name}} ist fort.")
        catalog.add(
            ("{count} clip of {name}", "{count} clips of {name}"), ("{count} Clip von {name}", "{name}: {count} Clips")
        )
        catalog.add("Open", "Öffnen", context="a file")
        target = tmp_path / name / "LC_MESSAGES" / "desktop_search.mo"
        target.parent.mkdir(parents=True)
        with target.open("wb") as file:
            write_mo(file, catalog)
    yield tmp_path
    language.use(tmp_path, [])


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        (["de"], "de"),
        (["de-AT", "en-GB"], "de"),
        (["fr_FR", "pt-BR"], "pt_BR"),
        (["pt"], "en"),
        (["en-GB", "en", "de-DE"], "en"),
        (["fr", "C", "", "../de"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_is_known_is_chosen(folder: Path, wanted: list[str], got: str) -> None:
    assert language.use(folder, wanted) == language.chosen() == got
    assert _("{name} is away.") == ("{name} is away." if got == "en" else f"{got}: {{name}} ist fort.")


@pytest.mark.parametrize("content", [b"", b"no translation", b"\xde\x12\x04\x95\0\0"])
def test_a_damaged_translation_is_none(folder: Path, content: bytes) -> None:
    (folder / "de" / "LC_MESSAGES" / "desktop_search.mo").write_bytes(content)
    assert language.use(folder, ["de"]) == "en"
    assert _("{name} is away.") == "{name} is away."


def test_counts_contexts_and_numbers_are_those_of_the_language(folder: Path) -> None:
    language.use(folder, ["de"])
    assert ngettext("{count} clip of {name}", "{count} clips of {name}", 1, name="A") == "1 Clip von A"
    assert ngettext("{count} clip of {name}", "{count} clips of {name}", 1234, name="A") == "A: 1.234 Clips"
    assert pgettext("a file", "Open") == "Öffnen"
    assert pgettext("a door", "Open") == "Open"
    assert (number(1234567), number(1234.567, 1), number(-0.5, 2)) == ("1.234.567", "1.234,6", "-0,50")
    assert (short_number(25), short_number(29.97), short_number(12_000.5)) == ("25", "29,97", "12.000,5")


def test_english_needs_no_translation(folder: Path) -> None:
    assert ngettext("{count} clip", "{count} clips", 1) == "1 clip"
    assert ngettext("{count} clip", "{count} clips", 20_000) == "20,000 clips"
    assert (number(1234567), number(0.256, 2)) == ("1,234,567", "0.26")
    assert (short_number(1000), short_number(23.976), short_number(0.225, 2)) == ("1,000", "23.976", "0.23")
    assert _("") == ""


def test_a_sentence_goes_on_in_small_letters_in_english_alone(folder: Path) -> None:
    assert [begun(text) for text in ("The disk is full.", "FCPXML is meant.", "")] == [
        "the disk is full.",
        "FCPXML is meant.",
        "",
    ]
    language.use(folder, ["de"])
    assert begun("Platte voll.") == "Platte voll."
