"""Which library the window speaks to: always in sight, with what it means for privacy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMenu, QMenuBar, QToolButton, QWidget

from desktop_search.core.language import _, begun
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER, Library
from desktop_search.models.upload_words import tool_tip
from desktop_search.ui.library.library_words import charge_mark, privacy_words, search_words
from desktop_search.ui.style.icons import icon

_NAME_MAX_PX = 120


class LibrarySwitch(QWidget):
    """A privacy line and a button with the libraries as its menu. Choosing only asks; `set_library` shows the outcome.

    Signals:
        library_chosen(str): the id of the library that the user wants.
        key_asked(str): the id of the library whose key the user wants to see to.
        server_asked(): the user wants to see to the servers of their own.
        all_toggled(bool): searches are to go to all libraries together, or to this one alone.
    """

    library_chosen = Signal(str)
    key_asked = Signal(str)
    server_asked = Signal()
    all_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._library = THIS_COMPUTER
        self._asks_all = False
        self._available: tuple[Library, ...] = (THIS_COMPUTER, MEMORIES_AI)
        self._privacy = QLabel()
        self._privacy.setProperty("role", "caption")
        self._privacy.setTextFormat(Qt.TextFormat.PlainText)
        self._privacy.setAccessibleName(_("Privacy"))
        self._button = QToolButton()
        self._button.setProperty("role", "switch")
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setStyleSheet("QToolButton::menu-indicator { image: none; }")  # the text has its own
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self._button)
        self._menu.aboutToShow.connect(self._fill_menu)  # in the colours of the theme of now
        self._button.setMenu(self._menu)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 1, 8, 1)
        line.addWidget(self._privacy)
        line.addWidget(self._button)
        self.set_library(THIS_COMPUTER)

    @property
    def library(self) -> Library:
        """The library that is shown."""
        return self._library

    @property
    def privacy(self) -> str:
        """The privacy line."""
        return self._privacy.accessibleDescription()

    @property
    def menu(self) -> QMenu:
        """The menu with the libraries."""
        return self._menu

    def set_library(self, library: Library) -> None:
        """Show this one as the current library."""
        self._library = library
        self._button.setIcon(icon(_icon_name(library)))
        self._button.setText(f"{self._shortened(library).title} ▾")
        self._button.setAccessibleName(_("Library: {library}").format(library=library.title))
        self._button.setToolTip(_("Choose where footage is kept and searched"))
        words = search_words if self._asks_all else privacy_words
        self._privacy.setText(words(self._shortened(library)))
        self._privacy.setToolTip(tool_tip(words(library)) if self._shortened(library) != library else "")
        self._privacy.setAccessibleDescription(words(library))
        self._take_room()
        self._fill_menu()

    @property
    def asks_all(self) -> bool:
        """Whether searches go to all libraries together."""
        return self._asks_all

    def set_asks_all(self, asks_all: bool) -> None:
        """Searches go to all libraries together, or to this one alone. Tells who listens."""
        if asks_all != self._asks_all:
            self._asks_all = asks_all
            self.set_library(self._library)
            self.all_toggled.emit(asks_all)

    def set_available(self, libraries: Sequence[Library]) -> None:
        """The libraries to choose from."""
        self._available = tuple(libraries)
        if not self._menu.isVisible():  # else it would change under the pointer; it is filled when it is opened again
            self._fill_menu()

    def set_busy(self, library: Library) -> None:
        """The way to that library is being prepared."""
        self._button.setIcon(icon(_icon_name(library)))
        self._button.setText(f"{self._shortened(library).title} …")
        self._button.setAccessibleName(_("Library: {library}, connecting").format(library=library.title))
        self._take_room()

    def _shortened(self, library: Library) -> Library:
        """With as much of its name as leaves room for the menus beside it."""
        metrics = self._button.fontMetrics()
        return replace(library, title=metrics.elidedText(library.title, Qt.TextElideMode.ElideMiddle, _NAME_MAX_PX))

    def _take_room(self) -> None:
        """A menu bar gives its corner as much room as it needs whenever it is resized, and at no other time."""
        bar = self.parentWidget()
        if isinstance(bar, QMenuBar):
            QApplication.sendEvent(bar, QResizeEvent(bar.size(), bar.size()))

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for library in self._available:
            is_current = library.library_id == self._library.library_id
            name = "check" if is_current else _icon_name(library)
            action = QAction(icon(name), f"{library.title} — {begun(privacy_words(library))}", group)
            action.setCheckable(True)
            action.setChecked(is_current)
            action.setData(library.library_id)
            action.triggered.connect(self._on_library_triggered)
            self._menu.addAction(action)
        self._menu.addSeparator()
        words = _("Search all my libraries")
        together = self._menu.addAction(f"{words} {charge_mark(self._available)}".strip())
        together.setCheckable(True)
        together.setChecked(self._asks_all)
        together.toggled.connect(self.set_asks_all)
        self._menu.addSeparator()
        for library in self._available:
            if not library.is_local:
                action = self._menu.addAction(icon("key"), _("Key for {library}…").format(library=library.title))
                action.setData(library.library_id)
                action.triggered.connect(self._on_key_triggered)
        self._menu.addAction(icon("settings"), _("Servers of your own…")).triggered.connect(self.server_asked)

    def _on_library_triggered(self) -> None:
        chosen = self._sender_id()
        self._fill_menu()  # the mark stays where it is until the library is really there
        if chosen != self._library.library_id:
            self.library_chosen.emit(chosen)

    def _on_key_triggered(self) -> None:
        self.key_asked.emit(self._sender_id())

    def _sender_id(self) -> str:
        action = self.sender()
        return str(action.data()) if isinstance(action, QAction) else ""


def _icon_name(library: Library) -> str:
    return "computer" if library.is_local else "cloud"
