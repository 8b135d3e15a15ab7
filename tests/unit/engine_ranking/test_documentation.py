from __future__ import annotations

from pathlib import Path

from desktop_search.engine.ranking.vocabulary import LOOK, REGION_WORDS

PAGE = (Path(__file__).parents[3] / "docs" / "look-index.md").read_text(encoding="utf-8")


def test_every_word_of_the_vocabulary_is_told_to_users() -> None:
    told = {
        word for line in PAGE.splitlines() if line.startswith("| ") for word in line.split(" | ")[0][2:].split(", ")
    }
    assert set(LOOK) <= told
    assert told - set(LOOK) <= {"you can write", "---", "score", ".6 and more", "about .3", ".15 to .25", "0"}


def test_place_words_are_told() -> None:
    assert [word for word in REGION_WORDS if word not in PAGE] == []


def test_what_each_word_looks_for_is_told() -> None:
    told: dict[str, dict[str, bool]] = {}
    for line in PAGE.splitlines():
        cells = line.removeprefix("| ").removesuffix(" |").split(" | ")
        if line.startswith("| ") and len(cells) == 2 and set(cells[0].split(", ")) <= set(LOOK):
            terms = {term.removesuffix(" (less)"): term.endswith(" (less)") for term in cells[1].split(", ")}
            told |= dict.fromkeys(cells[0].split(", "), terms)
    assert told == {word: {_spelt(term): quality < 1 for term, quality in look.items()} for word, look in LOOK.items()}


def _spelt(term: str) -> str:
    """`blue.top` as users read it."""
    name, _, region = term.partition(".")
    return f"{name} at the {region}" if region else name
