"""What rows of the result list say, on the screen and to a screen reader."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_search.core.arranging import Entry
from desktop_search.core.hits import Found, Hit, ImageHit
from desktop_search.core.language import _, ngettext, number, short_number
from desktop_search.core.query import Scope, Strictness
from desktop_search.core.result_rows import MomentRow, Opener
from desktop_search.core.timecode import Timebase, teller

_REASONS = {
    Scope.SEEN: "seen",
    Scope.SAID: "said",
    Scope.PHRASE: "said",
    Scope.CAPTION: "seen",
    Scope.PUBLIC: "public",
    None: "picture",
}
REASON_TITLES = {
    "seen": _("seen"),
    "said": _("said"),
    "read": _("read on the screen"),
    "picture": _("picture"),
    "image": _("image"),
    "public": _("public"),
}
STRICTNESS_TITLES = {
    Strictness.LOW: _("Low"),
    Strictness.MEDIUM: _("Medium"),
    Strictness.HIGH: _("High"),
}


def one_line(text: str) -> str:
    """Names and excerpts may hold line breaks; a row has one line for each."""
    return " ".join(text.split())


def name_of(found: Found) -> str:
    """Its name in one line."""
    return one_line(found.file_name) or _("(no name)")


def times_of(found: Found, timebase: Timebase | None) -> str:
    """In and out: timecode where it is known how the clip counts, else seconds; "" for a still image."""
    if isinstance(found, ImageHit):
        return ""
    say = teller(timebase)
    return f"{say(found.start_ms)} – {say(found.out_ms)}"


def badges(*moments: Found) -> tuple[str, ...]:
    """Why these are there, a key of `REASON_TITLES` for each reason."""
    reasons: dict[str, None] = {}
    for found in moments:
        scopes = (found.found_by, *found.also_found_by) if isinstance(found, Hit) else ()
        reasons |= dict.fromkeys(_REASONS.get(scope, "picture") for scope in scopes)
        if isinstance(found, ImageHit):
            reasons["image"] = None
        else:
            if found.read:
                reasons["read"] = None
            if found.is_public:
                reasons["public"] = None
    return tuple(reasons)


def stands_for(entry: Entry) -> str:
    """What an entry holds besides its best moment, in words; "" for nothing."""
    parts = [ngettext("{count} next to it", "{count} next to it", len(entry.beside))] if entry.beside else []
    if entry.copies:
        parts.append(ngettext("{count} that looks the same", "{count} that look the same", len(entry.copies)))
    return ", ".join(parts)


def floor_words(floor: float) -> str:
    """The floor by the name of its level, if it has one: "Medium (0.225)", else "0.31"."""
    level = next((level for level in Strictness if level.floor == floor), None)
    return short_number(floor) if level is None else f"{STRICTNESS_TITLES[level]} ({short_number(level.floor)})"


def opener_words(opener: Opener, floor: float) -> str:
    """What an opener says."""
    if opener.clip_name:
        name = one_line(opener.clip_name)
        words = _("Fewer of {name}") if opener.is_open else _("+{count} more of {name}")
        return words.format(count=number(opener.count), name=name)
    words = _("below {floor}") if opener.is_open else _("{count} below {floor}")
    return words.format(count=number(opener.count), floor=floor_words(floor))


def spoken(row: MomentRow, timebase: Timebase | None) -> str:
    """The whole row, for a screen reader."""
    found = row.found
    reasons = ", ".join(REASON_TITLES[reason] for reason in badges(*_told(row)))
    if found.found_in:
        reasons = _("{reasons} in {libraries}").format(reasons=reasons, libraries=_(" and ").join(found.found_in))
    parts = [f"{reasons}: {f'{name_of(found)} {times_of(found, timebase)}'.rstrip()}"]
    if found.score is not None:
        parts.append(_("score {score}").format(score=number(found.score, 2)))
    if isinstance(found, Hit) and found.words_there:
        parts.append(_("“{excerpt}”").format(excerpt=one_line(found.words_there)))
    if not row.is_inner and (others := stands_for(row.entry)):
        parts.append(_("with {others}").format(others=others))
    if row.is_below:
        parts.append(_("below the floor"))
    return ", ".join(parts)


def reasons_of(row: MomentRow) -> tuple[str, ...]:
    """The badges of a row: of all it stands for."""
    return badges(*_told(row))


def _told(row: MomentRow) -> tuple[Found, ...]:
    return (row.found,) if row.is_inner else (row.found, *row.entry.beside)


def about_image(image: ImageHit) -> tuple[str, ...]:
    """Camera and time of a picture, and its place, as far as they are known."""
    taken = "" if image.taken_ms is None else f"{datetime.fromtimestamp(image.taken_ms / 1000, UTC):%Y-%m-%d %H:%M}"
    place = ""
    if image.latitude is not None and image.longitude is not None:
        place = f"{image.latitude:.4f}, {image.longitude:.4f}"
    made = " · ".join(part for part in (image.camera, taken) if part)
    return tuple(line for line in (made, place) if line)
