"""A select in the player: its range is marked there, and another in or out trims it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop_search.core.hits import Hit
from desktop_search.core.language import _
from desktop_search.core.selects import Select
from desktop_search.core.timecode import Timebase
from desktop_search.models.selects_words import timebase_of
from desktop_search.ui.selects.selects_controller import SelectsController
from desktop_search.ui.selects.selects_tab import SelectsTab
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController

_SETTLED_MS = 300  # a range that is dragged on the timeline is one change, not one for each pixel


class Trimming(QObject):
    """Follows the marked range as long as the select is what was chosen last for the player."""

    def __init__(self, selects: SelectsController, tab: SelectsTab, watch: WatchController, pane: PlayerPane) -> None:
        super().__init__(tab)
        self._selects, self._tab, self._watch, self._pane = selects, tab, watch, pane
        self._hit: Hit | None = None
        self._select: Select | None = None  # once it is on show
        self._offset_ms = 0  # from the time of the file that is shown to that of the original
        self._changes = 0  # on their way
        self._timer = QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._timer.timeout.connect(self._keep)
        selects.opened.connect(self.show)
        selects.shown.connect(self._on_list)
        watch.opened.connect(self._on_opened)
        pane.marking.changed.connect(self._on_marked)

    def show(self, select: Select) -> None:
        """Show its first frame, held."""
        self._watch.cue(self.expect(select))

    def expect(self, select: Select) -> Hit:
        """The hit that is about to be shown for it; where its file is away, a library may still have a copy."""
        self._keep_now()
        hit = select.as_hit
        self._select, self._hit = select, replace(hit, here=None) if self._tab.model.is_away(select) else hit
        return self._hit

    def step(self, in_frames: int, out_frames: int) -> None:
        """Let the chosen ones begin or end so many frames later."""
        model = self._tab.model

        def stepped(one: Select) -> Select:
            path = one.path
            timebase = timebase_of(one, model.timebases)
            length_ms = model.lengths_ms.get(path, 0) if path is not None else 0
            return one.stepped(in_frames, out_frames, timebase or Timebase(), length_ms)

        self._selects.change_chosen(stepped, _("trimming"))

    def mark(self, end: int) -> None:
        """Let the select on show begin (0) or end (1) at the picture that is there."""
        self._pane.marking.mark(end, self._pane.position_ms)

    def why_not_shown(self) -> str:
        """Why `mark` cannot be used; "" when it can."""
        current = self._tab.view.current()
        is_shown = self._is_followed and current is not None and current.select_id == self._shown_id
        return "" if is_shown else _("Show the range in the player first.")

    @property
    def _is_followed(self) -> bool:
        return self._hit is not None and self._watch.hit is self._hit

    @property
    def _shown_id(self) -> int:
        return 0 if self._select is None else self._select.select_id

    def _on_opened(self, moment: Hit, _path: object, _timebase: object) -> None:
        if self._is_followed and self._select is not None:
            self._offset_ms = self._select.start_ms - moment.start_ms
            self._mark_range(self._select)

    def _on_list(self, _shown: object) -> None:
        """The list was read anew: somebody may have undone what was trimmed, or trimmed it by keys."""
        row = self._tab.model.row_of(self._shown_id)
        if not self._is_followed or row < 0 or self._changes or self._timer.isActive():
            return
        was, now = self._select, self._tab.model.selects[row]
        self._select = now
        if was is None or (was.start_ms, was.end_ms) == (now.start_ms, now.end_ms):
            return
        self._mark_range(now)
        if was.start_ms != now.start_ms:
            self._pane.seek(now.start_ms - self._offset_ms)
        else:
            base = timebase_of(now, self._tab.model.timebases) or Timebase()
            last = max(base.frame_at(now.start_ms), base.frame_at(now.end_ms) - 1)
            self._pane.seek(base.time_ms(last) - self._offset_ms)

    def _mark_range(self, select: Select) -> None:
        self._pane.marking.set_range(select.start_ms - self._offset_ms, select.end_ms - self._offset_ms)

    def _on_marked(self) -> None:
        if self._is_followed and self._trimmed() is not None:
            self._timer.start()

    def _trimmed(self) -> Select | None:
        """The select as it is marked now; `None` where that is no range, or the same."""
        start_ms, end_ms = self._pane.marking.range
        if self._select is None or start_ms is None or end_ms is None:
            return None
        trimmed = self._select.trimmed(start_ms + self._offset_ms, end_ms + self._offset_ms)
        return None if trimmed == self._select else trimmed

    def _keep_now(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _keep(self) -> None:
        trimmed = self._trimmed()
        if trimmed is None:
            return
        self._select = trimmed
        self._changes += 1
        self._selects.change_these([trimmed.select_id], partial(_with_ends, trimmed), _("trimming"), done=self._on_kept)

    def _on_kept(self, _nothing: object) -> None:
        self._changes -= 1


def _with_ends(trimmed: Select, one: Select) -> Select:
    return one.trimmed(trimmed.start_ms, trimmed.end_ms)
