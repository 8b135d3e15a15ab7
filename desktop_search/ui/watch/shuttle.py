"""J K L: forward ever faster by the player, backward by exact frames, since libVLC cannot play backward."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_search.player.port import FASTEST_RATE, Player, PlayerState

_BACK_STEP_MS = 120


class Shuttle(QObject):
    """Turns the three keys into speed; `speed` is negative while going backward and 0 while held.

    Signals:
        speed_changed(speed)
    """

    speed_changed = Signal(float)

    def __init__(self, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._back = 0
        self._rate = 1.0
        self._told = 0.0
        self._timer = QTimer(self, interval=_BACK_STEP_MS)
        self._timer.timeout.connect(self._on_back)
        player.state_changed.connect(lambda _state: self._tell())

    @property
    def speed(self) -> float:
        """How many times as fast as normal; negative is backward."""
        if self._back:
            return -float(self._back)
        return self._rate if self._player.state is PlayerState.PLAYING else 0.0

    def forward(self) -> None:
        """L: play; pressed again, twice as fast."""
        playing = self._player.state is PlayerState.PLAYING
        self._end_back()
        self._set_rate(min(FASTEST_RATE, self._rate * 2) if playing else 1.0)
        self._player.play()

    def hold(self) -> None:
        """K: stand still."""
        self._end_back()
        self._player.pause()
        self._set_rate(1.0)

    def backward(self) -> None:
        """J: go back; pressed again, twice as fast."""
        if not self._back:
            self._player.pause()
            self._set_rate(1.0)
        self._back = min(int(FASTEST_RATE), self._back * 2) if self._back else 1
        self._timer.start()
        self._tell()

    def toggle(self) -> None:
        """Space: hold or play at normal speed."""
        if self._back:
            self.hold()
            return
        self._set_rate(1.0)
        self._player.toggle()

    def end(self) -> None:
        """Forget about going backward; another clip or time was chosen."""
        self._end_back()

    def _end_back(self) -> None:
        self._back = 0
        self._timer.stop()
        self._tell()

    def _set_rate(self, rate: float) -> None:
        if rate != self._rate:
            self._rate = rate
            self._player.set_rate(rate)
            self._tell()

    def _tell(self) -> None:
        if self.speed != self._told:
            self._told = self.speed
            self.speed_changed.emit(self._told)

    def _on_back(self) -> None:
        if self._player.state is PlayerState.LOADING:
            return  # the last frame is still being read
        position = self._player.position_ms
        if position <= 0 or self._player.state in {PlayerState.IDLE, PlayerState.FAILED}:
            self._end_back()
            return
        self._player.seek(max(0, position - self._back * _BACK_STEP_MS))
