"""What the window may know of a player. No Qt and no libVLC here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from desktop_search.core.timecode import Timebase

FASTEST_RATE = 8.0


class PlayerState(Enum):
    """What the player is doing, as the user sees it."""

    IDLE = "idle"
    LOADING = "loading"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    FAILED = "failed"


class Player(Protocol):
    """A player of one clip at a time. Every method returns at once; times are milliseconds from the clip's start.

    Signals:
        state_changed(PlayerState)
        position_changed(int): the time of the picture on screen.
        duration_changed(int)
        frame_ready(int): the exact frame that `cue` or `seek` asked for is on screen now.
        failed(AppError): the clip cannot be shown.
    """

    state_changed: Any
    position_changed: Any
    duration_changed: Any
    frame_ready: Any
    failed: Any

    @property
    def state(self) -> PlayerState:
        """The state that was last reported."""
        ...

    @property
    def facts(self) -> Mapping[str, str]:
        """What plays, draws and decodes, by name: for "About"."""
        ...

    @property
    def position_ms(self) -> int:
        """The time of the picture on screen."""
        ...

    def surface(self) -> Any:  # noqa: ANN401 - a QWidget, which this file may not name
        """The widget that shows the picture; always the same one. The player owns it until it is given a parent."""
        ...

    def set_timebase(self, timebase: Timebase) -> None:
        """How the clip counts frames: what `step` goes by. To be set before `cue`."""
        ...

    def cue(self, path: Path, at_ms: int) -> None:
        """Show exactly the frame on screen at `at_ms`, paused. A newer cue makes an older one void."""
        ...

    def play_from(self, path: Path, at_ms: int) -> None:
        """Like `cue`, and play on from there."""
        ...

    def make_ready(self, moments: Sequence[tuple[Path, int]], *, while_playing: bool = False) -> None:
        """Have the frames of these files and times at hand soon, the first ones first, in place of those named before.

        `cue` and `seek` are never kept waiting by it. While a clip plays it needs the processor: only what is wanted
        before it ends should be read then.
        """
        ...

    def play(self) -> None:
        """Play from the picture on screen; from the clip's start when it has ended."""
        ...

    def pause(self) -> None:
        """Hold the picture."""
        ...

    def toggle(self) -> None:
        """`pause` while playing, else `play`."""
        ...

    def seek(self, at_ms: int) -> None:
        """Go to `at_ms` of the same clip, and go on playing if it was playing."""
        ...

    def step(self, frames: int) -> None:
        """Hold, and go so many frames forward, or back when negative."""
        ...

    def set_actual_size(self, *, is_actual: bool) -> None:
        """Hold, and show held pictures pixel by pixel, or as large as fits; while playing they always fit."""
        ...

    def set_rate(self, rate: float) -> None:
        """Playing speed; 1.0 is normal. Only forward, at most `FASTEST_RATE`."""
        ...

    def set_volume(self, percent: int) -> None:
        """0 to 100."""
        ...

    def set_muted(self, muted: bool) -> None:
        """Sound off, the volume kept."""
        ...

    def stop(self) -> None:
        """Let go of the clip and show nothing."""
        ...

    def shut_down(self) -> None:
        """End for good, waiting until nothing of the player runs any more. Safe to call twice."""
        ...
