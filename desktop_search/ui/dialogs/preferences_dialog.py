"""The few choices: appearance, a server of one's own, keys, and where the program keeps its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.language import _
from desktop_search.core.library import Library
from desktop_search.settings.preferences import Preferences
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.shortcuts_page import ShortcutsPage
from desktop_search.ui.dialogs.dressing import FittingDialog, close_box, scrolled
from desktop_search.ui.dialogs.language_box import LanguageBox
from desktop_search.ui.dialogs.player_page import PlayerPage
from desktop_search.ui.dialogs.search_page import SearchPage
from desktop_search.ui.dialogs.transfers_page import TransfersPage
from desktop_search.ui.style.labels import wrapped_label

_THEMES = {"dark": _("Dark"), "light": _("Light"), "system": _("As the system")}


class PreferencesDialog(FittingDialog):
    """Each choice applies at once; there is nothing to confirm, and the window behind stays usable.

    Signals:
        theme_chosen(str): "dark", "light" or "system".
        language_chosen(str): "en", "de"; "" for the system's.
        notify_chosen(bool): announce by the desktop what became of uploads.
        servers_asked(), keys_asked(): the user wants to see to the servers, to all keys.
        transfers_chosen(): the page `transfers` says something else now.
        shortcuts_chosen(): the commands have other keys now.
        key_asked(str): id of the library whose key the user wants to see to.
    """

    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    notify_chosen = Signal(bool)
    servers_asked = Signal()
    keys_asked = Signal()
    transfers_chosen = Signal()
    shortcuts_chosen = Signal()
    key_asked = Signal(str)

    def __init__(
        self, preferences: Preferences, folders: Mapping[str, Path], commands: CommandSet, parent: QWidget | None = None
    ) -> None:
        """What is chosen, the folders of the program by their names, and the commands whose keys are shown."""
        super().__init__(parent)
        self.setWindowTitle(_("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        self._keys = QVBoxLayout()
        self.search = SearchPage(remembers=preferences.recent_searches, keeps=preferences.keep_answers)
        self.player = PlayerPage(
            preferences.picture_way,
            hardware=preferences.hardware_decoding,
            handles=preferences.handles,
            drag_trimmed=preferences.drag_trimmed,
        )
        self.transfers = TransfersPage(preferences.transfers)
        self.transfers.changed.connect(self.transfers_chosen)
        self.shortcuts = ShortcutsPage(commands)
        self.shortcuts.changed.connect(self.shortcuts_chosen)
        self.pages = QTabWidget()
        self.pages.setAccessibleName(_("Kinds of preferences"))
        self.pages.addTab(self._general(preferences, folders), _("General"))
        self.pages.addTab(self.search, _("Search"))
        self.pages.addTab(self.player, _("Player"))
        self.pages.addTab(scrolled(self.transfers), _("Transfers"))
        self.pages.addTab(self.shortcuts, _("Shortcuts"))
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addWidget(self.pages, 1)
        whole.addWidget(close_box(self))

    def show_theme(self, theme: str) -> None:
        """The theme that is on."""
        self.theme_box.setCurrentIndex(max(0, self.theme_box.findData(theme)))

    def set_keys(self, hints: Sequence[tuple[Library, str]]) -> None:
        """Show for each library which key is kept; "" for none."""
        while (taken := self._keys.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for library, hint in hints:
            self._keys.addWidget(self._key_row(library, hint))

    def _general(self, preferences: Preferences, folders: Mapping[str, Path]) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._desktop(preferences.theme, preferences.language, preferences.notify))
        column.addWidget(self._keys_group())
        column.addWidget(_folders_group(folders))
        column.addStretch(1)
        return page

    def _desktop(self, theme: str, language: str, notify: bool) -> QWidget:
        self.theme_box = QComboBox()
        self.theme_box.setAccessibleName(_("Theme"))
        for name, title in _THEMES.items():
            self.theme_box.addItem(title, name)
        self.show_theme(theme)
        self.theme_box.activated.connect(self._on_theme_activated)
        self.notify_box = QCheckBox(_("&Announce what became searchable or failed while the window is not active"))
        self.notify_box.setToolTip(_("By a notification of the desktop, several clips in one"))
        self.notify_box.setChecked(notify)
        self.notify_box.toggled.connect(self.notify_chosen)
        group = QGroupBox(_("Appearance"))
        form = QFormLayout(group)
        form.addRow(_("&Theme"), self.theme_box)
        self.language = LanguageBox(language)
        self.language.chosen.connect(self.language_chosen)
        form.addRow(_("&Language"), self.language)
        form.addRow(self.notify_box)
        return group

    def _keys_group(self) -> QWidget:
        group = QGroupBox(_("Servers and keys"))
        column = QVBoxLayout(group)
        about = wrapped_label(
            "caption", _("Keys are kept in this system's keyring. The library “This computer” needs none.")
        )
        column.addWidget(about)
        self._keys.addWidget(wrapped_label("caption", _("Asking this system's keyring…")))
        column.addLayout(self._keys)
        self.servers, self.all_keys = QPushButton(_("Servers of your own…")), QPushButton(_("All keys…"))
        self.servers.clicked.connect(self.servers_asked)
        self.all_keys.clicked.connect(self.keys_asked)
        line = QHBoxLayout()
        for button in (self.servers, self.all_keys):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        return group

    def _key_row(self, library: Library, hint: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        label = QLabel(": ".join((library.title, hint or _("no key"))))
        label.setTextFormat(Qt.TextFormat.PlainText)
        button = QPushButton(_("Change or remove…") if hint else _("Enter key…"))
        button.setAutoDefault(False)
        button.setAccessibleName(_("Key for {library}").format(library=library.title))
        button.clicked.connect(lambda: self.key_asked.emit(library.library_id))
        line.addWidget(label, 1)
        line.addWidget(button)
        return row

    def _on_theme_activated(self, place: int) -> None:
        self.theme_chosen.emit(self.theme_box.itemData(place))


def _folders_group(folders: Mapping[str, Path]) -> QWidget:
    group = QGroupBox(_("Folders"))
    form = QFormLayout(group)
    for title, folder in folders.items():
        path = QLineEdit(str(folder))
        path.setReadOnly(True)
        path.setAccessibleName(_("Folder: {title}").format(title=title))
        path.setCursorPosition(0)
        show = QPushButton(_("Show"))
        show.setAutoDefault(False)
        show.setAccessibleName(_("Show the folder: {title}").format(title=title))
        show.clicked.connect(
            lambda _checked=False, place=folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
        )
        line = QHBoxLayout()
        line.addWidget(path, 1)
        line.addWidget(show)
        form.addRow(title, line)
    return group
