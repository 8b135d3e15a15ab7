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
