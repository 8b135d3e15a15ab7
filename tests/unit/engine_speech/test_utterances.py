from __future__ import annotations

from desktop_search.engine.indexing.results import Word
from desktop_search.engine.speech.utterances import utterances_of


def words(text: str, *, at_ms: int = 0, each_ms: int = 300, apart_ms: int = 50) -> list[Word]:
    step = each_ms + apart_ms
    return [Word(at_ms + i * step, at_ms + i * step + each_ms, f" {word}") for i, word in enumerate(text.split())]


def test_sentences_become_utterances_with_the_times_of_their_words() -> None:
    found = utterances_of(words("The boat is leaving. Where does it go?", at_ms=1000), "model@1")
    assert [(one.text, one.start_ms, one.end_ms, one.source) for one in found] == [
        ("The boat is leaving.", 1000, 2350, "model@1"),
        ("Where does it go?", 2400, 3750, "model@1"),
    ]
    assert [word.text for word in found[1].words] == [" Where", " does", " it", " go?"]


def test_a_pause_ends_an_utterance_and_a_breath_does_not() -> None:
    later = words("at sunset", at_ms=1000 + 4 * 350 - 50 + 801)
    found = utterances_of([*words("the boat is leaving", at_ms=1000), *later], "x")
    assert [one.text for one in found] == ["the boat is leaving", "at sunset"]
    soon = words("at sunset", at_ms=1000 + 4 * 350 - 50 + 800)
    assert len(utterances_of([*words("the boat is leaving", at_ms=1000), *soon], "x")) == 1


def test_short_answers_and_titles_end_nothing() -> None:
    assert [one.text for one in utterances_of(words("Yes. Dr. Miller is here. Come in now."), "x")] == [
        "Yes. Dr. Miller is here.",
        "Come in now.",
    ]


def test_talk_without_end_is_cut_after_clauses() -> None:
    talk = words(("we walked on and on, " * 9).strip())
    found = utterances_of(talk, "x")
    assert all(len(one.words) <= 20 and one.end_ms - one.start_ms <= 12_000 for one in found)
    assert all(one.text.endswith("on,") for one in found)
    assert " ".join(one.text for one in found) == ("we walked on and on, " * 9).strip()


def test_slow_talk_is_cut_by_its_length() -> None:
    found = utterances_of(words("la " * 30, each_ms=1500), "x")
    assert all(one.end_ms - one.start_ms <= 12_000 for one in found)
    assert sum(len(one.words) for one in found) == 30


def test_words_without_spaces_between_them_are_joined_as_they_came() -> None:
    found = utterances_of(
        [Word(0, 300, "船"), Word(300, 600, "が"), Word(600, 900, "出る。"), Word(900, 990, " ")], "x"
    )
    assert [one.text for one in found] == ["船が出る。"]
    assert utterances_of([], "x") == []


def test_one_endless_word_is_an_utterance() -> None:
    assert [one.text for one in utterances_of([Word(0, 60_000, " oooh"), Word(60_000, 60_100, " yes")], "x")] == [
        "oooh",
        "yes",
    ]
