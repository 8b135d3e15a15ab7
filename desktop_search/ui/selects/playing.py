"""All ranges of the list played in their order, across clips."""

from __future__ import annotations

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
    """From one range to the next as the out points are reached; ends as soon as something else is shown."""

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
        self._out_ms = 0  # in the time of the file that plays
        self._is_there = False
        watch.opened.connect(self._on_opened)
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
        self._tab.view.choose([rest[0].select_id])
        self._tab.view.scrollTo(self._tab.view.currentIndex())
        self._watch.play(self._hit)
        self._watch.make_ready([select.as_hit for select in rest[1:2]])

    def _end(self) -> None:
        self._select = self._hit = None
        self._is_there = False
        self._tab.model.set_playing(0)

    def _on_opened(self, moment: Hit, _path: object, _timebase: object) -> None:
        if self._select is None:
            return
        if self._watch.hit is not self._hit:
            self._end()
            return
        self._out_ms = moment.start_ms + self._select.end_ms - self._select.start_ms
        self._is_there = True

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
        select, model = self._select, self._tab.model
        if select is None:
            return
        self._is_there = False
        row = model.row_of(select.select_id)
        if row >= 0 and any(not model.is_away(one) for one in model.selects[row + 1 :]):
            self._play_from(row + 1)
            return
        self._end()
        base = timebase_of(select, model.timebases) or Timebase()
        self._pane.go_and_hold(self._out_ms - select.end_ms + base.time_ms(last_frame(select, base)))
