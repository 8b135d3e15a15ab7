"""What rows of the result list say, on the screen and to a screen reader."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_search.core.arranging import Entry
from desktop_search.core.hits import Found, Hit, ImageHit
from desktop_search.core.query import Scope, Strictness
from desktop_search.core.result_rows import MomentRow, Opener
from desktop_search.core.timecode import Timebase

_REASONS = {
    Scope.SEEN: "seen",
    Scope.SAID: "said",
    Scope.PHRASE: "said",
    Scope.CAPTION: "seen",
    Scope.PUBLIC: "public",
    None: "picture",
}


def one_line(text: str) -> str:
    """Names and excerpts may hold line breaks; a row has one line for each."""
    return " ".join(text.split())


def clock(time_ms: int) -> str:
    """A time without frames, for clips whose rate is not known: 0:04.5, 1:02:03.0."""
    seconds, tenth = divmod(round(time_ms / 100), 10)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    start = f"{hours}:{minute:02d}" if hours else f"{minute}"
    return f"{start}:{second:02d}.{tenth}"


def name_of(found: Found) -> str:
    """Its name in one line."""
    return one_line(found.name) or "(no name)"


def times_of(found: Found, timebase: Timebase | None) -> str:
    """In and out: timecode where it is known how the clip counts, else seconds; "" for a still image."""
    if isinstance(found, ImageHit):
        return ""
    say = timebase.format if timebase else clock
    return f"{say(found.start_ms)} – {say(found.out_ms)}"


def badges(*moments: Found) -> tuple[str, ...]:
    """Why these are there, in one word for each reason."""
    reasons: dict[str, None] = {}
    for found in moments:
        scopes = (found.found_by, *found.also_found_by) if isinstance(found, Hit) else ()
        reasons |= dict.fromkeys(_REASONS.get(scope, "picture") for scope in scopes)
        if isinstance(found, ImageHit):
            reasons["image"] = None
        elif found.is_public:
            reasons["public"] = None
    return tuple(reasons)


def stands_for(entry: Entry) -> str:
    """What an entry holds besides its best moment, in words; "" for nothing."""
    parts = [f"{len(entry.beside)} next to it"] if entry.beside else []
    if entry.copies:
        parts.append(f"{len(entry.copies)} that {'look' if len(entry.copies) > 1 else 'looks'} the same")
    return ", ".join(parts)


def floor_words(floor: float) -> str:
    """The floor by the name of its level, if it has one: "Medium (0.225)", else "0.31"."""
    level = next((level for level in Strictness if level.floor == floor), None)
    return f"{floor:g}" if level is None else f"{level.value.capitalize()} ({level.floor:g})"


def opener_words(opener: Opener, floor: float) -> str:
    """What an opener says."""
    if opener.clip_name:
        name = one_line(opener.clip_name)
        return f"Fewer of {name}" if opener.is_open else f"+{opener.count} more of {name}"
    return f"{'' if opener.is_open else f'{opener.count} '}below {floor_words(floor)}"


def spoken(row: MomentRow, timebase: Timebase | None) -> str:
    """The whole row, for a screen reader."""
    found = row.found
    score = "" if found.score is None else f", score {found.score:.2f}"
    excerpt = f", “{one_line(found.excerpt)}”" if isinstance(found, Hit) and found.excerpt else ""
    others = stands_for(row.entry) if not row.is_inner else ""
    state = ", below the floor" if row.is_below else ""
    times = times_of(found, timebase)
    named = f"{name_of(found)} {times}".rstrip()
    where = f" in {' and '.join(found.found_in)}" if found.found_in else ""
    return (
        f"{', '.join(badges(*_told(row)))}{where}: {named}{score}{excerpt}{f', with {others}' if others else ''}{state}"
    )


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
