"""A watched folder in words that a person reads."""

from __future__ import annotations

from desktop_search.core.footage import FootageDetails
from desktop_search.core.language import _, ngettext, number
from desktop_search.core.watched import WatchReport, WatchState
from desktop_search.models.import_words import library_words
from desktop_search.models.upload_words import plain_line


def watched_place(report: WatchReport) -> str:
    """Where its footage goes, and with what: "to this computer, namespace “default”, tags fog, day 3"."""
    details: FootageDetails = report.folder.details
    words = _("to {library}, namespace “{namespace}”").format(
        library=library_words(report.folder.library_id), namespace=plain_line(details.namespace)
    )
    if details.tags:
        tags = ", ".join(plain_line(tag) for tag in details.tags)
        return _("{place}, tags {tags}").format(place=words, tags=tags)
    return words


def watched_state_words(report: WatchReport) -> str:
    """How it is: "watched · 3 added · 1 still grows", or why it cannot be looked into."""
    if report.state is WatchState.STARTING:
        return _("looking into it for the first time…")
    if report.state is WatchState.AWAY:
        return report.cause
    parts = [_("watched")]
    if report.added:
        parts.append(_("{count} added since the program began").format(count=number(report.added)))
    if report.growing:
        parts.append(ngettext("{count} file still grows", "{count} files still grow", report.growing))
    return " · ".join(parts)
