"""Coverage in words: "41 of 48 h searched", "7 h still indexing"."""

from __future__ import annotations

from desktop_search.core.coverage import Amount, Coverage, Gap
from desktop_search.core.language import _, ngettext, number

_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000
_WORDS = {
    Gap.INDEXING: _("still indexing"),
    Gap.QUEUED: _("not sent yet"),
    Gap.FAILED: _("failed"),
    Gap.OFFLINE: _("offline"),
}


def searched_words(coverage: Coverage) -> str:
    """How much of everything was searched; "" where there is nothing at all.

    In hours, minutes or seconds, and in clips as long as no length is known of some that are missing.
    """
    searched, whole = coverage.searched, coverage.whole
    if not whole.count:
        return ""
    missing = (coverage.indexing, coverage.queued, coverage.failed)
    if not searched.duration_ms or any(each.count and not each.duration_ms for each in missing):
        some = number(searched.count)
        return ngettext("{some} of {count} clip searched", "{some} of {count} clips searched", whole.count, some=some)
    unit_ms, unit = _unit(whole.duration_ms)
    all_of_it = number(round(whole.duration_ms / unit_ms))
    if whole.count == searched.count:
        return _("All {all} {unit} searched").format(all=all_of_it, unit=unit)
    some = number(searched.duration_ms // unit_ms)  # never more than there is
    return _("{some} of {all} {unit} searched").format(some=some, all=all_of_it, unit=unit)


def gap_words(coverage: Coverage, gap: Gap) -> str:
    """How much is missing for this reason; "" for nothing."""
    amount = coverage.gap(gap)
    if not amount.count:
        return ""
    return _("{amount} {state}").format(amount=_amount_words(amount, gap), state=_WORDS[gap])


def _amount_words(amount: Amount, gap: Gap) -> str:
    if gap in {Gap.FAILED, Gap.OFFLINE} or not amount.duration_ms:
        return ngettext("{count} clip", "{count} clips", amount.count)
    unit_ms, unit = _unit(amount.duration_ms)
    return f"{number(max(1, round(amount.duration_ms / unit_ms)))} {unit}"


def _unit(duration_ms: int) -> tuple[int, str]:
    if duration_ms >= 5 * _HOUR_MS:
        return _HOUR_MS, _("h")
    return (_MINUTE_MS, _("min")) if duration_ms >= 2 * _MINUTE_MS else (1000, _("s"))
