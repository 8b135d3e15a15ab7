"""Words put together to utterances: sentences, cut at pauses, short enough to be read at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_search.engine.indexing.results import Utterance, Word

_PAUSE_MS = 800
_LONGEST_MS, _MOST_WORDS = 12_000, 20
_FEWEST_WORDS = 3  # "Dr." and "Yes." end no utterance
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
_CLAUSE_ENDS = (",", ";", ":", "–", "，", "、")


def utterances_of(words: Iterable[Word], source: str) -> list[Utterance]:
    """Utterances in order. One ends with its sentence, before a pause, or where it grew too long."""
    found: list[Utterance] = []
    held: list[Word] = []
    for word in words:
        if not word.text.strip():
            continue
        if held and (word.start_ms - held[-1].end_ms > _PAUSE_MS or _is_sentence(held)):
            found.append(_utterance(held, source))
            held = []
        held.append(word)
        if len(held) > _MOST_WORDS or held[-1].end_ms - held[0].start_ms > _LONGEST_MS:
            at = _best_cut(held)
            found.append(_utterance(held[:at], source))
            held = held[at:]
    if held:
        found.append(_utterance(held, source))
    return found


def _is_sentence(words: Sequence[Word]) -> bool:
    return len(words) >= _FEWEST_WORDS and words[-1].text.rstrip("\"'”’» ").endswith(_SENTENCE_ENDS)


def _best_cut(words: Sequence[Word]) -> int:
    """How many words go first: up to the last clause of the later half, else up to the longest pause there."""
    later = range(max(1, len(words) // 2), len(words))
    clauses = [at for at in later if words[at - 1].text.rstrip().endswith(_CLAUSE_ENDS)]
    if clauses:
        return clauses[-1]
    return max(later, key=lambda at: words[at].start_ms - words[at - 1].end_ms, default=1)


def _utterance(words: Sequence[Word], source: str) -> Utterance:
    text = "".join(word.text for word in words).strip()
    return Utterance(words[0].start_ms, max(word.end_ms for word in words), text, source, tuple(words))
