"""DaVinci Resolve's scripting interface: ranges at the end of its timeline, or marked on its clips.

Written after the interface's documentation ("README.txt" of its Developer/Scripting folder), and tried with a stand-in
alone. Runs in a process of its own: the program's library is not ours, and its calls take as long as they take.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_search.core.editors import EditorEvent
from desktop_search.core.errors import AppError
from desktop_search.core.language import _

_MODULE = "DaVinciResolveScript"
_COLOURS = {"blue", "cyan", "green", "yellow", "red", "pink", "purple", "fuchsia", "rose", "lavender", "sky"}


class EditorUnavailable(AppError):
    """The editing program is not there, or does not want to be spoken to."""


@dataclass(frozen=True, slots=True)
class ResolveJob:
    """What to hand over, and the folder of Resolve's scripting module. `on_sources`: as markers on the clips."""

    scripting: Path
    library: Path
    timeline: str
    events: tuple[EditorEvent, ...]
    on_sources: bool = False


def places(system: str, environment: Mapping[str, str]) -> tuple[Path, Path]:
    """Where Resolve's scripting folder and library are: as its variables say, else where its installer puts them."""
    match system:
        case "darwin":
            scripting = "/Library/Application Support/Blackmagic Design/DaVinci Resolve/Developer/Scripting"
            library = "/Applications/DaVinci Resolve/DaVinci Resolve.app/Contents/Libraries/Fusion/fusionscript.so"
        case "win32":
            data = environment.get("PROGRAMDATA", r"C:\ProgramData")
            scripting = rf"{data}\Blackmagic Design\DaVinci Resolve\Support\Developer\Scripting"
            library = r"C:\Program Files\Blackmagic Design\DaVinci Resolve\fusionscript.dll"
        case _:
            scripting = "/opt/resolve/Developer/Scripting"
            library = "/opt/resolve/libs/Fusion/fusionscript.so"
    said = environment.get("RESOLVE_SCRIPT_API", scripting), environment.get("RESOLVE_SCRIPT_LIB", library)
    return Path(said[0]), Path(said[1])


def find_resolve() -> tuple[Path, Path]:
    """The two places on this computer. Raises `EditorUnavailable` where Resolve is not installed."""
    scripting, library = places(sys.platform, os.environ)
    if not (scripting / "Modules" / f"{_MODULE}.py").is_file():
        said = _("DaVinci Resolve was not found on this computer: there is no {place}.")
        raise EditorUnavailable(
            said.format(place=scripting / "Modules" / f"{_MODULE}.py"),
            hint=_("Where it is installed elsewhere, RESOLVE_SCRIPT_API says where; or export an FCPXML instead."),
        )
    return scripting, library


def hand_to_resolve(job: ResolveJob, on_permille: Callable[[int], None]) -> tuple[str, ...]:
    """Do it, and return what is not as it was meant; for a process of its own. Raises `EditorUnavailable`."""
    project = _project(job)
    pool = project.GetMediaPool()
    items = _items(pool, [event.path for event in job.events])
    if job.on_sources:
        return tuple(filter(None, (_mark(items[event.path], event) for event in job.events)))
    timeline = project.GetCurrentTimeline() or pool.CreateEmptyTimeline(job.timeline)
    if not timeline:
        raise EditorUnavailable(_("DaVinci Resolve made no timeline."), hint=_("Open one there, then try again."))
    appending, problems = _Appending(pool, timeline), []
    for number, event in enumerate(job.events, 1):
        if problem := appending.append(items[event.path], event):
            problems.append(f"{number} ({event.name}): {problem}")
        on_permille(number * 1000 // len(job.events))
    return tuple(problems)


def _project(job: ResolveJob) -> Any:  # noqa: ANN401 - objects of a library without types
    os.environ["RESOLVE_SCRIPT_API"], os.environ["RESOLVE_SCRIPT_LIB"] = str(job.scripting), str(job.library)
    sys.path.append(str(job.scripting / "Modules"))
    try:
        resolve = importlib.import_module(_MODULE).scriptapp("Resolve")
    except (ImportError, OSError) as error:
        said = _("DaVinci Resolve's scripting module cannot be used.")
        raise EditorUnavailable(said, hint=_("Install DaVinci Resolve anew."), details=str(error)) from error
    if not resolve:
        raise EditorUnavailable(
            _("DaVinci Resolve does not answer."),
            hint=_("Start it, and allow “External scripting using: Local” in its preferences; that needs Studio."),
        )
    project = resolve.GetProjectManager().GetCurrentProject()
    if not project:
        raise EditorUnavailable(_("No project is open in DaVinci Resolve."), hint=_("Open one, then try again."))
    return project


def _items(pool: Any, paths: list[str]) -> dict[str, Any]:  # noqa: ANN401
    """The clips of the media pool by their files; those that are not there yet are brought in."""
    there = {item.GetClipProperty("File Path"): item for item in pool.GetCurrentFolder().GetClipList() or []}
    lacking = [path for path in dict.fromkeys(paths) if path not in there]
    for item in (pool.ImportMedia(lacking) or []) if lacking else []:
        there[item.GetClipProperty("File Path")] = item
    for path in lacking:
        if path not in there:
            said = _("DaVinci Resolve did not take {path}; nothing was put into its timeline.")
            raise EditorUnavailable(said.format(path=path))
    return there


class _Appending:
    """Puts ranges at the end of the timeline, and looks at what came of it.

    Up to version 18 `endFrame` was the last frame, later the one after it: the first range tells which.
    """

    def __init__(self, pool: Any, timeline: Any) -> None:  # noqa: ANN401
        self._pool, self._timeline = pool, timeline
        self._after_last: int | None = None

    def append(self, item: Any, event: EditorEvent) -> str:  # noqa: ANN401
        """What is wrong; "" for nothing."""
        placed = self._place(item, event, self._after_last or 0)
        if placed and self._after_last is None:
            self._after_last = -1 if int(placed.GetDuration()) == event.frames + 1 else 0
            if self._after_last:
                self._timeline.DeleteClips([placed])
                placed = self._place(item, event, self._after_last)
        if not placed:
            return _("DaVinci Resolve did not take it.")
        if event.note:
            at = int(placed.GetStart()) - int(self._timeline.GetStartFrame())
            self._timeline.AddMarker(at, _colour(event), event.name, event.note, 1)
        lasts, begins = int(placed.GetDuration()), int(placed.GetLeftOffset())
        if begins != event.in_frame or (event.is_even and lasts != event.frames):
            said = _("It begins at frame {begins} and is {lasts} frames long there, not {in_frame} and {frames}.")
            return said.format(begins=begins, lasts=lasts, in_frame=event.in_frame, frames=event.frames)
        return ""

    def _place(self, item: Any, event: EditorEvent, after_last: int) -> Any:  # noqa: ANN401
        end = event.out_frame + after_last
        placed = self._pool.AppendToTimeline([{"mediaPoolItem": item, "startFrame": event.in_frame, "endFrame": end}])
        return placed[0] if placed else None


def _mark(item: Any, event: EditorEvent) -> str:  # noqa: ANN401
    words = event.note or event.name
    if item.AddMarker(event.in_frame, _colour(event), words, event.note, event.frames):
        return ""
    return _("{name}: there is a marker at frame {frame} already.").format(name=event.name, frame=event.in_frame)


def _colour(event: EditorEvent) -> str:
    return event.colour.capitalize() if event.colour in _COLOURS else "Blue"
