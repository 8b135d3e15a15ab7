"""Coverage in words: "41 of 48 h searched", "7 h still indexing"."""

from __future__ import annotations

from desktop_search.core.coverage import Amount, Coverage, Gap

_MINUTE_MS, _HOUR_MS = 60_000, 3_600_000
_WORDS = {
    Gap.INDEXING: "still indexing",
    Gap.QUEUED: "not sent yet",
    Gap.FAILED: "failed",
    Gap.OFFLINE: "offline",
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
        return f"{searched.count:,} of {whole.count:,} {_clips(whole.count)} searched"
    unit_ms, unit = _unit(whole.duration_ms)
    all_of_it = round(whole.duration_ms / unit_ms)
    if whole.count == searched.count:
        return f"All {all_of_it:,} {unit} searched"
    return f"{searched.duration_ms // unit_ms:,} of {all_of_it:,} {unit} searched"  # never more than there is


def gap_words(coverage: Coverage, gap: Gap) -> str:
    """How much is missing for this reason; "" for nothing."""
    amount = coverage.gap(gap)
    if not amount.count:
        return ""
    return f"{_amount_words(amount, gap)} {_WORDS[gap]}"


def _amount_words(amount: Amount, gap: Gap) -> str:
    if gap in {Gap.FAILED, Gap.OFFLINE} or not amount.duration_ms:
        return f"{amount.count:,} {_clips(amount.count)}"
    unit_ms, unit = _unit(amount.duration_ms)
    return f"{max(1, round(amount.duration_ms / unit_ms)):,} {unit}"


def _clips(count: int) -> str:
    return "clip" if count == 1 else "clips"


def _unit(duration_ms: int) -> tuple[int, str]:
    if duration_ms >= 5 * _HOUR_MS:
        return _HOUR_MS, "h"
    return (_MINUTE_MS, "min") if duration_ms >= 2 * _MINUTE_MS else (1000, "s")
