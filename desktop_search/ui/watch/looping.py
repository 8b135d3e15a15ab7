"""Playing the marked range, or the whole clip, again and again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_search.player.port import Player, PlayerState

Range = tuple[int | None, int | None]


class Looping(QObject):
    """Goes back to the in point when the out point, or the end of the clip, was reached while playing."""

    def __init__(self, player: Player, marked: Callable[[], Range], parent: QObject) -> None:
        super().__init__(parent)
        self._player, self._marked = player, marked
        self.is_on = False
        player.position_changed.connect(self._on_position)
        player.state_changed.connect(self._on_state)

    def _on_position(self, at_ms: int) -> None:
        start, end = self._marked()
        if self.is_on and end is not None and at_ms > end and self._player.state is PlayerState.PLAYING:
            self._player.seek(start or 0)

    def _on_state(self, state: PlayerState) -> None:
        if self.is_on and state is PlayerState.ENDED:
            self._player.seek(self._marked()[0] or 0)
            self._player.play()
