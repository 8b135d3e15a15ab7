"""The pane with the player: picture, timeline, timecode, buttons and keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.hits import Hit
from desktop_search.core.language import _, short_number
from desktop_search.core.outline import Outline
from desktop_search.core.timecode import Timebase
from desktop_search.player.port import Player, PlayerState
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.style.focus_line import FocusLine
from desktop_search.ui.watch import player_layout
from desktop_search.ui.watch.arrival_strip import ArrivalStrip
from desktop_search.ui.watch.looping import Looping
from desktop_search.ui.watch.marking import Marking
from desktop_search.ui.watch.message_page import MessagePage, PicturePage
from desktop_search.ui.watch.player_commands import connect_commands
from desktop_search.ui.watch.shuttle import Shuttle
from desktop_search.ui.watch.timecode_field import TimecodeField
from desktop_search.ui.watch.timeline import Timeline
from desktop_search.ui.watch.transport import Transport

_NO_PLAYER = _("Clips cannot be played yet")
_VOLUME_PER_PERCENT = 24  # of a mouse wheel's 120 a notch


class PlayerPane(QWidget):
    """Works without a player too: then it says what to install, and still images are shown all the same.

    Signals:
        previous_hit_asked(), next_hit_asked(): the user wants another hit of the list.
        stop_asked(): the clip need not be fetched.
        retry_asked(), find_asked(): show what could not be shown again; or first say where its file is now.
        list_asked(): Escape; the user wants to be back in the list.
        full_screen_asked(): the picture alone on the whole screen, or back.
        position_changed(ms): the time of the picture on screen.
        like_this_asked(Path, ms): more like the frame of this file that is shown at that time.
        like_picture_asked(QImage): more like the still image that is shown.
    """

    like_this_asked = Signal(object, object)
    like_picture_asked = Signal(object)
    full_screen_asked = Signal()
    position_changed = Signal(object)
    previous_hit_asked = Signal()
    stop_asked = Signal()
    retry_asked = Signal()
    find_asked = Signal()
    next_hit_asked = Signal()
    list_asked = Signal()

    def __init__(
        self,
        player: Player | None,
        advice: str = "",
        parent: QWidget | None = None,
        *,
        commands: CommandSet | None = None,
    ) -> None:
        """Without `commands` the pane has some of its own."""
        super().__init__(parent)
        self._commands = commands or CommandSet(self)
        self._player, self._advice = player, advice
        self._timebase = Timebase()
        self._path: Path | None = None
        self.marking = Marking(self)
        self._outline = Outline()
        self._is_actual_size = False
        self.setAccessibleName(_("Player"))
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages = QStackedWidget()
        self.message, self.picture = MessagePage(), PicturePage()
        self.surface: QWidget = player.surface() if player is not None else QWidget()
        for page in (self.message, self.surface, self.picture):
            self.pages.addWidget(page)
        self.title = player_layout.title_line(_("Name of the clip"))
        self.length_label = player_layout.caption(_("Length"))
        self.timecode = TimecodeField(self._read_typed)
        self.speed_label = player_layout.caption(_("Speed"))
        self.range_label = player_layout.caption(_("Marked range"))
        self.arrival, self.opening = ArrivalStrip(), player_layout.progress(_("Opening the clip"))
        self.timeline, self.transport = Timeline(), Transport(self._commands)
        below = player_layout.controls(self.timeline, self.timecode, self.speed_label, self.range_label, self.transport)
        player_layout.stack(self, self.title, self.length_label, self.pages, self.arrival, self.opening, below)
        self._wire()
        connect_commands(self._commands, self, self._shuttle)
        self.opening.hide()  # a layout shows what it is given
        FocusLine(self)
        self._show_nothing()

    @property
    def volume(self) -> int:
        """0 to 100, as the user set it."""
        return self.transport.volume.value()

    @property
    def player_facts(self) -> Mapping[str, str]:
        """What plays, draws and decodes, by name; nothing without a player."""
        return self._player.facts if self._player is not None else {}

    @property
    def has_player(self) -> bool:
        """Whether clips can be shown at all."""
        return self._player is not None

    @property
    def position_ms(self) -> int:
        """The time of the picture on screen."""
        return self._player.position_ms if self._player is not None else 0

    def set_volume(self, percent: int) -> None:
        """0 to 100."""
        self.transport.volume.setValue(percent)

    def change_volume(self, percent: int) -> None:
        """By so much louder, or quieter."""
        self.set_volume(self.volume + percent)

    def set_outline(self, outline: Outline) -> None:
        """Shots and speech of the clip that is shown."""
        self._outline = outline
        self.timeline.set_outline(outline)

    def set_hit(self, hit: Hit, path: Path, timebase: Timebase, marks: Sequence[int] = ()) -> None:
        """What the pane is about from now on: a hit of a clip, how the clip counts, and the starts of all its hits."""
        name = " ".join(hit.file_name.split())
        if self._player is None:
            self.show_message(_NO_PLAYER, self._advice)
            self.title.setText(name)
            return
        self._timebase, self._path = timebase, path
        self.title.setText(name)
        self.marking.choose(path, timebase, (hit.start_ms, hit.out_ms))
        self.timeline.set_format(timebase.format)
        self.timeline.set_marks([hit.start_ms, *marks])
        self._player.set_timebase(timebase)
        self._shuttle_ends()
        self.pages.setCurrentWidget(self.surface)
        self._on_position(hit.start_ms)

    def show_arriving(self, received_bytes: int, total_bytes: int | None, *, is_waiting: bool) -> None:
        """The rest of the clip that is shown is on its way; `is_waiting`: what is wanted now is not here yet."""
        self.arrival.show_progress(received_bytes, total_bytes, is_waiting=is_waiting)

    def show_arrived(self) -> None:
        """Nothing is on its way any more."""
        self.arrival.hide()

    def show_fetching(self, received_bytes: int, total_bytes: int | None) -> None:
        """The clip is on its way to this computer."""
        self._leave_clip()
        self.message.show_progress(received_bytes, total_bytes)
        self.pages.setCurrentWidget(self.message)

    def show_message(self, title: str, text: str, *, can_retry: bool = False, can_find: bool = False) -> None:
        """Words in the picture's place, with buttons for the next step."""
        self._leave_clip()
        self.message.show_message(title, text, can_retry=can_retry, can_find=can_find)
        self.pages.setCurrentWidget(self.message)

    def show_error(self, error: AppError) -> None:
        """What went wrong, and what to do."""
        self.show_message(error.message, error.hint, can_retry=True, can_find=error.findable)

    def show_pixmap(self, pixmap: QPixmap, name: str) -> None:
        """A still image that was read already."""
        self._leave_clip()
        self.title.setText(name)
        self.picture.set_pixmap(pixmap)
        self.pages.setCurrentWidget(self.picture)

    def toggle(self) -> None:
        """Hold or play."""
        if self._shuttle is not None and self._path is not None:
            self._shuttle.toggle()

    def seek(self, at_ms: int) -> None:
        """Go to another time of the clip that is shown."""
        if self._player is not None and self._path is not None:
            self._shuttle_ends()
            self._player.seek(at_ms)

    def step(self, frames: int) -> None:
        """Hold, and go by frames."""
        if self._player is not None and self._path is not None:
            self._shuttle_ends()
            self._player.step(frames)

    def go_by(self, span_ms: int) -> None:
        """Go so much further, or back."""
        self.seek(max(0, self.position_ms + span_ms))

    def toggle_actual_size(self) -> None:
        """The held picture at 100 %, or fitted again."""
        if self._player is not None and self._path is not None:
            self._shuttle_ends()
            self._is_actual_size = not self._is_actual_size
            self._player.set_actual_size(is_actual=self._is_actual_size)

    def go_to_shot(self, step: int) -> None:
        """To the beginning of the next shot (1), or of this or the previous one (-1)."""
        find = self._outline.next_shot_ms if step > 0 else self._outline.previous_shot_ms
        place = find(self.position_ms)
        if place is not None:
            self.seek(place)

    def ask_for_more(self) -> None:
        """Of what is shown; a clip that plays is held, so that the frame is the one that stays on screen."""
        if self.pages.currentWidget() is self.picture:
            self.like_picture_asked.emit(self.picture.pixmap.toImage())
        elif (shown := self.hold_frame()) is not None:
            self.like_this_asked.emit(*shown)

    def hold_frame(self) -> tuple[Path, int] | None:
        """Hold the clip: its file, and the time of the frame that stays on screen, in ms; `None` without a clip."""
        if self._path is None or self._player is None or self._shuttle is None:
            return None
        self._shuttle.hold()
        return self._path, self._player.position_ms

    def why_no_clip(self) -> str:
        """Why nothing can be done with a clip; "" when one is shown."""
        return "" if self._path is not None else _("Choose a moment first.")

    def why_no_picture(self) -> str:
        """Why nothing is shown; "" when there is a clip or a picture."""
        return "" if self.pages.currentWidget() is self.picture else self.why_no_clip()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Over the picture the wheel is for the volume."""
        over = self.pages.geometry().contains(event.position().toPoint())
        if over and event.angleDelta().y() and self.pages.currentWidget() is self.surface:
            self.change_volume(round(event.angleDelta().y() / _VOLUME_PER_PERCENT))
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits begin a timecode."""
        if event.text() and event.text() in "0123456789+-" and self._player is not None and self._path is not None:
            self.timecode.begin(event.text())
        else:
            super().keyPressEvent(event)

    def _wire(self) -> None:
        transport, player = self.transport, self._player
        self.arrival.stop_asked.connect(self.stop_asked)
        self.message.stop_asked.connect(self.stop_asked)
        self.message.retry_asked.connect(self.retry_asked)
        self.message.find_asked.connect(self.find_asked)
        self.marking.changed.connect(self._show_range)
        self.pages.currentChanged.connect(self._show_reach)
        transport.previous_hit_asked.connect(self.previous_hit_asked)
        transport.next_hit_asked.connect(self.next_hit_asked)
        transport.like_this_asked.connect(self.ask_for_more)
        self._shuttle = Shuttle(player, self) if player is not None else None
        self._looping = Looping(player, lambda: self.marking.range, self) if player is not None else None
        self.timecode.left.connect(self.setFocus)
        if player is None or self._shuttle is None:
            return
        self._shuttle.speed_changed.connect(self._on_speed)
        transport.toggle_asked.connect(self.toggle)
        transport.step_asked.connect(self.step)
        transport.volume_changed.connect(player.set_volume)
        transport.muted_changed.connect(player.set_muted)
        player.set_volume(transport.volume.value())
        transport.loop_changed.connect(self._set_looping)
        self.timeline.seek_asked.connect(self.seek)
        self.timeline.range_dragged.connect(self.marking.set_range)
        self.timecode.time_typed.connect(self.seek)
        player.state_changed.connect(self._on_state)
        player.position_changed.connect(self._on_position)
        player.duration_changed.connect(self.timeline.set_duration)
        player.duration_changed.connect(self.marking.set_duration)
        player.failed.connect(self._on_failed)

    def _read_typed(self, text: str) -> int:
        return self._timebase.typed(text, self.position_ms)

    def _set_looping(self, is_on: bool) -> None:
        if self._looping is not None:
            self._looping.is_on = is_on

    def _show_range(self) -> None:
        self.timeline.set_range(*self.marking.range)
        self.timeline.set_hit(self.marking.hit, self.marking.hit_with_handles)
        self.range_label.setText(self.marking.text)
        self.length_label.setText(self.marking.length_text)

    def _shuttle_ends(self) -> None:
        if self._shuttle is not None:
            self._shuttle.end()

    def _leave_clip(self) -> None:
        self._shuttle_ends()
        self._path = None
        self.marking.leave()
        if self._player is not None and self._player.state is not PlayerState.IDLE:
            self._player.stop()
        self.set_outline(Outline())
        self.timeline.set_marks(())
        self.timeline.set_duration(0)
        self.timecode.show_time("")
        self.title.setText("")

    def _show_nothing(self) -> None:
        self.transport.show_state(PlayerState.IDLE)
        if self._player is None:
            self.show_message(_NO_PLAYER, self._advice)
        else:
            self.show_message(_("Nothing chosen yet"), _("Choose a result to see its first frame here."))
        self._show_reach()

    def _on_speed(self, speed: float) -> None:
        """Only a speed that is not the usual one is worth a word."""
        sign = "−" if speed < 0 else ""
        self.speed_label.setText("" if speed in (0.0, 1.0) else f"{sign}{short_number(abs(speed))}×")

    def _on_state(self, state: PlayerState) -> None:
        self.transport.show_state(state)
        self._show_reach()

    def _show_reach(self) -> None:
        """More like this can be asked of a clip and of a still image."""
        is_idle = self._player is None or self._player.state in {PlayerState.IDLE, PlayerState.FAILED}
        self.transport.like_this.setEnabled(self.pages.currentWidget() is self.picture or not is_idle)

    def _on_position(self, at_ms: int) -> None:
        if self._path is not None:
            self.timeline.set_position(at_ms)
            self.timecode.show_time(self._timebase.format(at_ms))
            self.position_changed.emit(at_ms)

    def _on_failed(self, error: AppError) -> None:
        self.show_error(error)
