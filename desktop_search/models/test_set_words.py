"""The user's own test set, and what came of asking two models, in words."""

from __future__ import annotations

from desktop_search.core.language import _, ngettext
from desktop_search.core.test_set import Asked, Comparison, TrialState
from desktop_search.models.upload_words import plain_line

_LINES_MAX, _WORDS_MAX = 12, 60


def set_words(searches: int, verdicts: int) -> str:
    """ "7 verdicts on 3 searches"; "" for none."""
    if not verdicts:
        return ""
    said = ngettext("{count} verdict", "{count} verdicts", verdicts)
    return _("{verdicts} on {searches}").format(
        verdicts=said, searches=ngettext("{count} search", "{count} searches", searches)
    )


def state_words(state: TrialState) -> str:
    """How far a model is that is on trial; "" while none is."""
    if not state.is_on:
        return ""
    before, after = _names(state.before), _names(state.after)
    if before == after:
        return _("The model before has left nothing to compare with.")
    words = _("{after} is on trial: until you decide, {before} goes on answering.").format(after=after, before=before)
    if state.is_whole:
        return words
    going = _("It has gone through {done} of {total}.").format(done=state.done, total=state.total)
    return f"{words} {going}"


def report_words(comparison: Comparison) -> str:
    """ "Better on 3 of 5 searches, worse on 1, the same on 1.", and then each search."""
    count = len(comparison.searches)
    if not count:
        return _("There is no search in the test set.")
    same = count - comparison.better - comparison.worse
    searches = ngettext("{count} search", "{count} searches", count)
    first = _("The new model is better on {better} of {searches}, worse on {worse}, the same on {same}.").format(
        better=comparison.better, searches=searches, worse=comparison.worse, same=same
    )
    lines = [first, *map(_line, comparison.searches[:_LINES_MAX])]
    if count > _LINES_MAX:
        lines.append("…")
    if not comparison.state.is_whole:
        lines.append(_("It has not gone through everything yet: compare again later."))
    return "\n".join(lines)


def _line(asked: Asked) -> str:
    words = plain_line(" ".join(asked.words.split()))
    shown = words if len(words) <= _WORDS_MAX else f"{words[:_WORDS_MAX]}…"
    if asked.after > asked.before:
        return _("“{words}”: better").format(words=shown)
    if asked.after < asked.before:
        return _("“{words}”: worse").format(words=shown)
    return _("“{words}”: the same").format(words=shown)


def _names(ids: tuple[str, ...]) -> str:
    return ", ".join(plain_line(each) for each in ids if each) or _("no model")
