"""All ranges of the list played in their order, across clips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from desktop_search.core.hits import Hit
from desktop_search.core.language import _
from desktop_search.core.selects import Select
from desktop_search.core.timecode import Timebase
from desktop_search.models.selects_words import last_frame, timebase_of
from desktop_search.player.port import Player, PlayerState
from desktop_search.ui.selects.selects_tab import SelectsTab
from desktop_search.ui.selects.trimming import Trimming
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


class PlayingAll(QObject):
    """From one range to the next as the out points are reached; ends as soon as something else is shown.

    The last frame of a range is held until the next one is there, so that nothing behind its out point is seen. Both
    frames are read while the range plays.
    """

    def __init__(
        self,
        tab: SelectsTab,
        trimming: Trimming,
        watch: WatchController,
        pane: PlayerPane,
        player: Player | None,
    ) -> None:
        super().__init__(tab)
        self._tab, self._trimming, self._watch, self._pane, self._player = tab, trimming, watch, pane, player
        self._select: Select | None = None  # the one that plays, or is about to
        self._hit: Hit | None = None
        self._path: Path | None = None  # of the file that plays
        self._out_ms = 0  # in the time of the file that plays
        self._is_there = False
        watch.opened.connect(self._on_opened)
        watch.shown.connect(self._on_shown)
        if player is not None:
            player.position_changed.connect(self._on_position)
            player.state_changed.connect(self._on_state)

    @property
    def is_on(self) -> bool:
        """Whether a list is being played."""
        return self._select is not None

    def start(self) -> None:
        """From the current row on; where the file is away, the next one."""
        current = self._tab.view.current()
        self._play_from(0 if current is None else self._tab.model.row_of(current.select_id))

    def stop(self) -> None:
        """Hold the picture that is there."""
        was_on = self.is_on
        self._end()
        if was_on and self._player is not None:
            self._player.pause()

    def why_not(self) -> str:
        """Why it cannot be played; "" when it can."""
        if self._player is None:
            return _("Clips cannot be played yet.")
        return "" if self._tab.model.selects else _("No range was taken yet.")

    def _play_from(self, row: int) -> None:
        model = self._tab.model
        rest = [select for select in model.selects[row:] if not model.is_away(select)]
        if not rest:
            self._end()
            return
        self._select, self._is_there = rest[0], False
        self._hit = self._trimming.expect(rest[0])
        model.set_playing(rest[0].select_id)
        if not self._tab.view.is_written_in:  # else the note would end there, and what is typed be keys of commands
            self._tab.view.choose([rest[0].select_id])
            self._tab.view.scrollTo(self._tab.view.currentIndex())
        self._watch.play(self._hit)

    def _end(self) -> None:
        self._select = self._hit = None
        self._is_there = False
        self._tab.model.set_playing(0)

    def _on_opened(self, moment: Hit, path: Path, _timebase: object) -> None:
        if self._select is None:
            return
        if self._watch.hit is not self._hit:
            self._end()
            return
        self._path = path
        self._out_ms = moment.start_ms + self._select.end_ms - self._select.start_ms
        self._is_there = True

    def _on_shown(self, hit: Hit) -> None:
        if self._select is not None and hit is self._hit:
            last = replace(hit, start_ms=self._last_ms(self._select), end_ms=None)
            self._watch.make_ready([*(one.as_hit for one in self._rest(self._select)[:1]), last], while_playing=True)

    def _on_position(self, at_ms: int) -> None:
        is_playing = self._player is not None and self._player.state is PlayerState.PLAYING
        if self._is_there and is_playing and at_ms >= self._out_ms:
            self._go_on()

    def _on_state(self, state: PlayerState) -> None:
        if self._is_there and state is PlayerState.ENDED:
            self._go_on()
        elif self._is_there and state in (PlayerState.FAILED, PlayerState.IDLE):
            self._end()

    def _go_on(self) -> None:
        """To the next range; at the end of the list its last frame is held."""
        select = self._select
        if select is None or self._player is None or self._path is None:
            return
        self._is_there = False
        last_ms = self._out_ms - select.end_ms + self._last_ms(select)
        self._player.cue(self._path, last_ms)
        if self._rest(select):
            self._play_from(self._tab.model.row_of(select.select_id) + 1)
        else:
            self._end()
            self._pane.seek(last_ms)  # which ends a faster speed too

    def _rest(self, select: Select) -> list[Select]:
        """What comes after it, as far as the files are here."""
        model = self._tab.model
        row = model.row_of(select.select_id)
        return [one for one in model.selects[row + 1 :] if not model.is_away(one)] if row >= 0 else []

    def _last_ms(self, select: Select) -> int:
        """When its last frame begins, in the time of the original."""
        base = timebase_of(select, self._tab.model.timebases) or Timebase()
        return base.time_ms(last_frame(select, base))
