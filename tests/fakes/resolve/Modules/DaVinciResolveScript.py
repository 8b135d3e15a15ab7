"""A stand-in for DaVinci Resolve's scripting module, by its documentation. Writes down what was done, as JSON.

The file named by RESOLVE_STAND_IN says how it behaves ("running", "project", "inclusive", …), and gets what was "done".
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

_FILE = Path(os.environ["RESOLVE_STAND_IN"])
_STATE: dict[str, Any] = json.loads(_FILE.read_text())
_DONE: dict[str, list[Any]] = _STATE.setdefault("done", {"imported": [], "appended": [], "markers": [], "on_clips": []})


def _note(kind: str, what: Any) -> None:
    _DONE[kind].append(what)
    _FILE.write_text(json.dumps(_STATE))


class MediaPoolItem:
    def __init__(self, path: str) -> None:
        self.path = path

    def GetClipProperty(self, name: str) -> str:  # noqa: N802
        return self.path if name == "File Path" else ""

    def AddMarker(self, frame: float, color: str, name: str, note: str, duration: float) -> bool:  # noqa: N802
        if any(each[:2] == [self.path, frame] for each in _DONE["on_clips"]):
            return False
        _note("on_clips", [self.path, frame, color, name, note, duration])
        return True


class TimelineItem:
    def __init__(self, start: int, left: int, frames: int) -> None:
        self.start, self.left, self.frames = start, left, frames

    def GetStart(self) -> float:  # noqa: N802
        return float(self.start)

    def GetDuration(self) -> float:  # noqa: N802
        return float(self.frames)

    def GetLeftOffset(self) -> float:  # noqa: N802
        return float(self.left)


class Timeline:
    items: list[TimelineItem]

    def __init__(self, name: str) -> None:
        self.name, self.items = name, []

    def GetStartFrame(self) -> int:  # noqa: N802
        return 86_400

    def DeleteClips(self, items: list[TimelineItem], ripple: bool = False) -> bool:  # noqa: N802
        for item in items:
            self.items.remove(item)
            _DONE["appended"].pop()
        return True

    def AddMarker(self, frame: float, color: str, name: str, note: str, duration: float) -> bool:  # noqa: N802
        _note("markers", [frame, color, name, note, duration])
        return True


class Folder:
    def GetClipList(self) -> list[MediaPoolItem]:  # noqa: N802
        return [MediaPoolItem(path) for path in _STATE.get("there", [])]


class MediaPool:
    def __init__(self) -> None:
        self.timeline: Timeline | None = None

    def GetCurrentFolder(self) -> Folder:  # noqa: N802
        return Folder()

    def ImportMedia(self, paths: list[str]) -> list[MediaPoolItem]:  # noqa: N802
        taken = [path for path in paths if path not in _STATE.get("refuses", [])]
        _note("imported", taken)
        return [MediaPoolItem(path) for path in taken]

    def CreateEmptyTimeline(self, name: str) -> Timeline:  # noqa: N802
        self.timeline = Timeline(name)
        _STATE["timeline"] = name
        return self.timeline

    def AppendToTimeline(self, infos: list[dict[str, Any]]) -> list[TimelineItem]:  # noqa: N802
        assert self.timeline is not None
        made = []
        for info in infos:
            frames = info["endFrame"] - info["startFrame"] + int(_STATE.get("inclusive", False))
            start = 86_400 + sum(item.frames for item in self.timeline.items)
            made.append(TimelineItem(start, info["startFrame"], frames))
            self.timeline.items.append(made[-1])
            _note("appended", [info["mediaPoolItem"].path, info["startFrame"], frames])
        return made


class Project:
    def __init__(self) -> None:
        self.pool = MediaPool()

    def GetMediaPool(self) -> MediaPool:  # noqa: N802
        return self.pool

    def GetCurrentTimeline(self) -> Timeline | None:  # noqa: N802
        return self.pool.timeline


class ProjectManager:
    def GetCurrentProject(self) -> Project | None:  # noqa: N802
        return Project() if _STATE.get("project", True) else None


class Resolve:
    def GetProjectManager(self) -> ProjectManager:  # noqa: N802
        return ProjectManager()


def scriptapp(name: str) -> Resolve | None:
    assert name == "Resolve"
    if _STATE.get("crashes"):
        os._exit(3)
    return Resolve() if _STATE.get("running", True) else None
