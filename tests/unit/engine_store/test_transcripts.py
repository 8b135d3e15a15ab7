"""Words with their times, and what is known of transcripts that were made before that."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.engine.indexing.results import Utterance, Word
from desktop_search.engine.store.database import Database
from desktop_search.engine.store.migrations import MIGRATIONS
from desktop_search.engine.store.store import Store
from tests.unit.engine_library.test_search import VIDEO, analysis


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "library.db")
    made.namespaces.ensure("default", 1)
    yield made
    made.close()


def keep(store: Store, *words: str, text: str = "") -> None:
    """An utterance at 10 s whose words begin every 500 ms."""
    heard = tuple(Word(10_000 + n * 500, 10_400 + n * 500, word) for n, word in enumerate(words))
    said = Utterance(10_000, 19_000, text or "".join(words).strip(), "m@1", heard)
    store.videos.add(VIDEO)
    assert store.moments.keep(VIDEO.video_id, replace(analysis(["red"]), utterances=(said,), said_by="m@1"))


def start_ms(store: Store, phrase: str) -> list[int]:
    return [line.start_ms for line in store.phrases.find(phrase, "default", page=1, size=9)[0]]


@pytest.mark.parametrize(
    ("phrase", "expected_ms"),
    [
        ("the boat", 10_000),
        ("BOAT", 10_500),
        ("oat is", 10_500),
        (" is", 10_500),
        ("leaving the harbour", 11_500),
        ("the harbour", 12_000),
        (".", 12_500),
    ],
)
def test_a_phrase_begins_with_its_first_word(store: Store, phrase: str, expected_ms: int) -> None:
    keep(store, " The", " boat", " is", " leaving", " the", " harbour.")
    assert start_ms(store, phrase) == [expected_ms]


def test_letters_that_become_longer_and_scripts_without_blanks_are_counted_rightly(store: Store) -> None:
    keep(store, " Große", " Straße", " im", " Regen")
    assert start_ms(store, "regen") == [11_500]
    assert start_ms(store, "strasse") == [10_500]


def test_scripts_without_blanks(store: Store) -> None:
    keep(store, "船", "が", "港を", "出る。")
    assert start_ms(store, "港を出") == [11_000]


def test_words_that_are_not_in_the_text_are_passed_over(store: Store) -> None:
    keep(store, " The", " boot", " leaves", text="The boat leaves")
    assert start_ms(store, "boat") == [10_000]
    assert start_ms(store, "leaves") == [11_000]


def test_a_line_whose_words_have_no_times_begins_where_it_begins(store: Store) -> None:
    keep(store, text="The boat is leaving")
    assert start_ms(store, "leaving") == [10_000]


def test_transcripts_of_before_are_known_by_their_lines(tmp_path: Path) -> None:
    before = next(number for number, step in enumerate(MIGRATIONS) if "said_by" in step)
    file = tmp_path / "library.db"
    Database(file, MIGRATIONS[:before]).close()
    connection = sqlite3.connect(file)
    connection.execute("INSERT INTO namespaces VALUES (1, 'default')")
    videos = [(1, "PARSE", 1), (2, "PARSE", 1), (3, "PARSE", 0), (4, "UNPARSE", None), (5, "PARSE", 1)]
    connection.executemany(
        "INSERT INTO videos (id, namespace_id, name, file, in_place, retain, status, size_bytes, created_ms, has_audio)"
        " VALUES (?, 1, 'x', x'2f78', 1, 1, ?, 1, 1, ?)",
        videos,
    )
    line = "INSERT INTO utterances (video_id, start_ms, end_ms, text, folded, source) VALUES (?, 0, 1, 'a', 'a', ?)"
    connection.executemany(line, [(1, "sidecar"), (2, "pocketsphinx")])
    connection.commit()
    connection.close()
    store = Store(file)
    assert store.transcripts.sources() == {"sidecar": 1, "pocketsphinx": 2, "": 1}
    assert store.transcripts.waiting() == [5, 2]
    assert store.transcripts.heard() == 2
    store.close()
