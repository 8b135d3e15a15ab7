"""The row of buttons below the picture."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from desktop_search.core.language import _
from desktop_search.player.port import PlayerState
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.tips import KeyTip
from desktop_search.ui.style.icons import icon

_ICON_PX, _VOLUME_WIDTH_PX = 18, 84
_BUTTONS = (
    ("prev", _("Previous hit"), "player.previous-hit"),
    ("step-back", _("One frame back"), "player.frame-back"),
    ("play", _("Play"), "player.toggle"),
    ("step-forward", _("One frame forward"), "player.frame-forward"),
    ("next", _("Next hit"), "player.next-hit"),
)
_MARKING = (
    ("mark-in", _("Mark in"), "player.mark-in"),
    ("mark-out", _("Mark out"), "player.mark-out"),
    ("add", _("Take the range into the selects"), "player.select"),
)
_ROOM_FOR_VOLUME_PX, _ROOM_FOR_MARKING_PX = 450, 360


class Transport(QWidget):
    """Buttons and volume. Where there is little room, the slider and then the buttons for marking give way.

    Signals:
        previous_hit_asked(), next_hit_asked(), toggle_asked(), step_asked(frames)
        like_this_asked()
        loop_changed(bool), volume_changed(percent), muted_changed(bool)
    """

    previous_hit_asked = Signal()
    next_hit_asked = Signal()
    toggle_asked = Signal()
    step_asked = Signal(int)
    like_this_asked = Signal()
    loop_changed = Signal(bool)
    volume_changed = Signal(int)
    muted_changed = Signal(bool)

    def __init__(self, commands: CommandSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tips: dict[str, KeyTip] = {}
        self._commands = commands
        self._playing = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.buttons = {name: self._button(title, command_id) for name, title, command_id in _BUTTONS}
        for button in self.buttons.values():
            row.addWidget(button)
        row.addSpacing(8)
        self.marking = {name: self._button(title, command_id) for name, title, command_id in _MARKING}
        for (_name, _title, command_id), button in zip(_MARKING, self.marking.values(), strict=True):
            button.clicked.connect(partial(commands.run, command_id))
            row.addWidget(button)
        self.loop = self._button(_("Loop the marked range, or the clip"), "player.loop")
        self.loop.setCheckable(True)
        row.addWidget(self.loop)
        self.like_this = self._button(_("More like this frame"), "player.like-this")
        row.addWidget(self.like_this)
        row.addSpacing(8)
        self.mute = self._button(_("Mute"), "player.mute")
        self.mute.setCheckable(True)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setValue(80)
        self.volume.setMaximumWidth(_VOLUME_WIDTH_PX)
        self.volume.setAccessibleName(_("Volume"))
        self.volume.setToolTip(_("Volume"))
        self.volume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self.mute)
        row.addWidget(self.volume)
        row.addStretch(1)
        self.full_screen = self._button(_("Full screen"), "player.full-screen")
        row.addWidget(self.full_screen)
        self._wire()
        self._draw()

    def show_state(self, state: PlayerState) -> None:
        """Play becomes pause while playing; nothing can be pressed while there is no clip."""
        self._playing = state is PlayerState.PLAYING
        steps = (self.buttons[name] for name in ("play", "step-back", "step-forward"))
        for button in (*steps, *self.marking.values(), self.loop):
            button.setEnabled(state not in {PlayerState.IDLE, PlayerState.FAILED})
        title = _("Pause") if self._playing else _("Play")
        self.buttons["play"].setAccessibleName(title)
        self._tips["player.toggle"].set_words(title)
        self._draw()

    def set_hits(self, has_hits: bool) -> None:
        """Whether there is a list to go through."""
        for name in ("prev", "next"):
            self.buttons[name].setEnabled(has_hits)

    def minimumSizeHint(self) -> QSize:
        """Qt: what gives way needs no room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: show what there is room for."""
        super().resizeEvent(event)
        self.volume.setVisible(self.width() >= _ROOM_FOR_VOLUME_PX)
        for button in (*self.marking.values(), self.full_screen):
            button.setVisible(self.width() >= _ROOM_FOR_MARKING_PX)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme colours the icons anew."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _wire(self) -> None:
        self.buttons["prev"].clicked.connect(self.previous_hit_asked)
        self.buttons["next"].clicked.connect(self.next_hit_asked)
        self.buttons["play"].clicked.connect(self.toggle_asked)
        self.buttons["step-back"].clicked.connect(lambda: self.step_asked.emit(-1))
        self.buttons["step-forward"].clicked.connect(lambda: self.step_asked.emit(1))
        self.like_this.clicked.connect(self.like_this_asked)
        self.full_screen.clicked.connect(partial(self._commands.run, "player.full-screen"))
        self.loop.toggled.connect(self.loop_changed)
        self.mute.toggled.connect(self._on_muted)
        self.volume.valueChanged.connect(self.volume_changed)

    def _on_muted(self, muted: bool) -> None:
        self.muted_changed.emit(muted)
        self.mute.setAccessibleName(_("Sound on") if muted else _("Mute"))
        self._draw()

    def _draw(self) -> None:
        if not hasattr(self, "mute"):
            return  # Qt tells of the palette while this is being made
        for name, button in self.buttons.items():
            button.setIcon(icon("pause" if name == "play" and self._playing else name))
        for name, button in self.marking.items():
            button.setIcon(icon(name))
        self.full_screen.setIcon(icon("full-screen"))
        self.loop.setIcon(icon("loop"))
        self.like_this.setIcon(icon("by-picture"))
        self.mute.setIcon(icon("mute" if self.mute.isChecked() else "volume"))

    def _button(self, title: str, command_id: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setProperty("dense", "true")
        button.setAccessibleName(title)
        self._tips[command_id] = KeyTip(button, self._commands, command_id, title)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
