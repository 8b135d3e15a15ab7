"""The main job done by itself, in a real window: for a first look, and for proof.

Adds the sample footage through the upload queue, waits until it is searchable, searches by what is seen, by what is
said and by a picture, jumps to a hit of each, and saves a picture of the screen per step. Every frame of the samples
carries its number in a strip (`media/frame_code.py`): what the player shows is read back from the screen's own pixels
and compared with the number in the frame that PyAV decodes at the hit's start.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from desktop_search import __version__, resources
from desktop_search.bootstrap.compose import Composition
from desktop_search.bootstrap.screen import frame_on_screen, is_blank, paint, save_screen
from desktop_search.bootstrap.waiting import until
from desktop_search.bootstrap.window import open_window
from desktop_search.core.errors import AppError
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.language import _
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.uploads import UploadState
from desktop_search.media import frame_code
from desktop_search.media.frames import frame_at
from desktop_search.settings.folders import Folders

_INDEX_DEADLINE_S, _STEP_DEADLINE_S = 300.0, 30.0


@dataclass
class Step:
    """One line of `tour.json`. Frames are counted from 0; `hit` is what the library answered."""

    number: int
    name: str
    picture: str
    wall_s: float
    ok: bool = True
    query: str = ""
    hit: dict[str, Any] | None = None
    expected_frame: int | None = None
    shown_frame: int | None = None


@dataclass
class Report:
    """What `tour.json` holds."""

    app: str = __version__
    ok: bool = False
    problem: str = ""
    steps: list[Step] = field(default_factory=list)


def run_tour(folders: Folders, target: Path) -> int:
    """Run the tour into the folder `target`; 0 only when every shown frame is the hit's."""
    with open_window(folders) as composition:
        tour = Tour(composition, target)
        try:
            tour.run()
        except AppError as error:
            tour.report.problem = str(error)
            save_screen(composition.window, target / "problem.png")
    report = tour.report
    report.ok = not report.problem and all(step.ok for step in report.steps)
    content = json.dumps(asdict(report), indent=2, ensure_ascii=False, default=str)  # paths of hits
    (target / "tour.json").write_text(f"{content}\n", encoding="utf-8")
    sys.stdout.write(f"{_summary(report)}\n{target / 'tour.json'}\n")
    return 0 if report.ok else 1


class Tour:
    """Acts on the window as a user would, one step after the other."""

    def __init__(self, composition: Composition, target: Path) -> None:
        self.report = Report()
        self._all = composition
        self._target = target
        self._samples: dict[str, Any] = json.loads(resources.read_text("sample/samples.json"))
        self._shown: list[object] = []
        self._began = time.monotonic()
        composition.watch.shown.connect(self._shown.append)
        composition.watch.image_shown.connect(self._shown.append)

    def run(self) -> None:
        """All steps, in order. Raises `AppError` where one cannot be done at all."""
        until(lambda: not is_blank(self._all.window), "the window is on the screen", _STEP_DEADLINE_S)
        self._note("the window")
        if not self._all.player_pane.has_player:
            raise AppError(
                _("There is no player to jump with."), hint=_("The window's player pane says what to install.")
            )
        self._add_footage()
        searches = {search["kind"]: search for search in reversed(self._samples["searches"])}
        self._find_moment(searches["seen"], SearchQuery(searches["seen"]["words"]))
        self._find_moment(searches["said"], SearchQuery(searches["said"]["words"], Scope.SAID))
        picture = resources.path(f"sample/{searches['picture']['picture']}")
        self._find_moment(searches["picture"], SearchQuery(picture=picture))
        self._find_image(searches["image"])

    def _add_footage(self) -> None:
        names = [sample["file"] for sample in self._samples["clips"] + self._samples["pictures"]]
        self._all.uploads.add_paths([resources.path(f"sample/{name}") for name in names])
        queue = self._all.services.queue
        until(lambda: len(queue.items()) == len(names), "the footage is in the upload queue", _STEP_DEADLINE_S)
        self._note("footage added")
        done = {UploadState.SEARCHABLE, UploadState.KNOWN, UploadState.FAILED}
        until(lambda: all(item.state in done for item in queue.items()), "it is searchable", _INDEX_DEADLINE_S)
        failed = [f"{item.path.name}: {item.cause}" for item in queue.items() if item.state is UploadState.FAILED]
        if failed:
            raise AppError(_("Some of the sample footage could not be indexed."), hint="; ".join(failed))
        self._note("footage searchable")

    def _find_moment(self, search: dict[str, Any], query: SearchQuery) -> None:
        self._shown.clear()
        hits = self._ask(query, self._all.results.hits)
        self._note(f"searched: {search['kind']}", query=_asked(query))
        hit = hits[0]
        self._all.results.select(0)
        until(lambda: hit in self._shown, "the player shows the hit", _STEP_DEADLINE_S)
        path = self._sample_path(hit)
        wanted = frame_code.find(np.asarray(frame_at(path, hit.start_ms)))[0]
        seen = frame_on_screen(self._all.player_pane)
        step = self._note(f"jumped: {search['kind']}", query=_asked(query))
        step.hit = asdict(hit) | {"found_by": query.scope.name if query.picture is None else "PICTURE"}
        step.expected_frame, step.shown_frame = wanted.frame, seen.frame if seen else None
        same_frame = seen is not None and (seen.clip, seen.frame) == (wanted.clip, wanted.frame)
        step.ok = same_frame and self._is_expected(search, path, hit)

    def _find_image(self, search: dict[str, Any]) -> None:
        query = SearchQuery(search["words"], Scope.IMAGE)
        self._shown.clear()
        images: tuple[ImageHit, ...] = self._ask(query, self._all.results.images)
        self._all.results.select(0)
        until(lambda: images[0] in self._shown, "the image is shown", _STEP_DEADLINE_S)
        step = self._note("searched: image", query=_asked(query))
        step.hit = asdict(images[0])
        step.ok = Path(images[0].name).stem == Path(search["file"]).stem

    def _ask(self, query: SearchQuery, found: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
        answered: list[object] = []
        connection = self._all.search.answered.connect(lambda asked, _answer: answered.append(asked))
        self._all.search_pane.run_query(query)
        until(lambda: bool(answered), f"“{_asked(query)}” is answered", _STEP_DEADLINE_S)
        self._all.search.answered.disconnect(connection)
        if not found():
            raise AppError(_("“{query}” found nothing in the sample footage.").format(query=_asked(query)))
        return found()

    def _sample_path(self, hit: Hit) -> Path:
        names = [clip["file"] for clip in self._samples["clips"] if Path(clip["file"]).stem == Path(hit.name).stem]
        if not names:
            raise AppError(f"The hit is in “{hit.name}”, which is not of the sample footage.")
        return resources.path(f"sample/{names[0]}")

    def _is_expected(self, search: dict[str, Any], path: Path, hit: Hit) -> bool:
        """Whether the hit begins where the recipe put what was asked for."""
        clip = next(clip for clip in self._samples["clips"] if clip["file"] == search["file"])
        begins = hit.start_ms * clip["rate"] / 1000
        return bool(path.name == clip["file"] and search["start_frame"] <= begins < search["end_frame"])

    def _note(self, name: str, *, query: str = "") -> Step:
        """Save a picture of the screen, once all of it is painted, and a line about it."""
        until(lambda: self._all.has_all_thumbnails, "the thumbnails are there", _STEP_DEADLINE_S)
        paint(self._all.window)
        number = len(self.report.steps) + 1
        picture = f"{number:02d}-{name.replace(': ', '-').replace(' ', '-')}.png"
        save_screen(self._all.window, self._target / picture)
        now = time.monotonic()
        step = Step(number, name, picture, round(now - self._began, 2), query=query)
        self._began = now
        self.report.steps.append(step)
        return step


def _asked(query: SearchQuery) -> str:
    return query.picture.name if query.picture else query.words


def _summary(report: Report) -> str:
    lines = [
        f"{'ok  ' if step.ok else 'FAIL'} {step.wall_s:7.2f} s  {step.name}  {step.query}" for step in report.steps
    ]
    return "\n".join([*lines, "every shown frame is the hit's" if report.ok else report.problem])
