"""What is copied of results: timecodes, names, paths, one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_search.core.hits import ClipKey, Found, Hit
from desktop_search.core.timecode import Timebase, teller
from desktop_search.models.result_words import one_line


def timecodes(found: Sequence[Found], timebases: Mapping[ClipKey, Timebase]) -> str:
    """In and out of each moment as its clip counts; of several, each line begins with the clip's name and a tab.

    Clips of which nobody knows how they count are told in minutes and seconds. Pictures have no times and are left out.
    """
    hits = [each for each in found if isinstance(each, Hit)]
    lines = []
    for hit in hits:
        say = teller(timebases.get(hit.clip))
        times = f"{say(hit.start_ms)} – {say(hit.out_ms)}"
        lines.append(times if len(hits) == 1 else f"{one_line(hit.file_name)}\t{times}")
    return "\n".join(lines)


def dragged_lines(found: Sequence[Found], timebases: Mapping[ClipKey, Timebase]) -> str:
    """A line for each: its name, and for moments in and out behind a tab."""
    lines = []
    for each in found:
        times = timecodes([each], timebases)
        lines.append(f"{one_line(each.name)}\t{times}" if times else one_line(each.name))
    return "\n".join(lines)


def names(found: Sequence[Found]) -> str:
    """The names, each once."""
    return "\n".join(dict.fromkeys(one_line(each.name) for each in found))
