"""The keys of the libraries by name: which there are, which is in use, one more; and the pages of the console."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.accounts import NAME_MAX_CHARS, KeptKey
from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID, Library
from desktop_search.ui.account.key_row import KeyRow
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog, list_area, rows_below, ruled_line, thin_bar
from desktop_search.ui.library.library_words import unencrypted_words
from desktop_search.ui.list_parts import refill
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.web_pages import WebPage

_ABOUT = _(
    "Keys are kept in this system's keyring, each under its name, and are sent to their library alone. Another key may "
    "speak for another account: what is searched and what is charged follow the key in use."
)
_EMPTY = _("There is no key for this library yet.")


class KeysDialog(QDialog):
    """Acts on nothing by itself; the window behind stays usable.

    Signals:
        library_chosen(str): show the keys of the library of this id.
        add_asked(str, str): keep a key under this name, once the library takes it.
        add_cancelled(): stop asking the library.
        use_asked(str), test_asked(str), remove_asked(str): the key of this name is to be used, tested, removed.
        page_asked(object): open this `WebPage` in the browser.
    """

    library_chosen = Signal(str)
    add_asked = Signal(str, str)
    add_cancelled = Signal()
    use_asked = Signal(str)
    test_asked = Signal(str)
    remove_asked = Signal(str)
    page_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Keys"), size=(640, 560), least=(560, 440))
        self._rows: list[KeyRow] = []
        self._shown_id = ""  # of the library whose keys they are
        self._group, self._busy = QButtonGroup(self), False
        self._list = rows_below()
        self._empty = wrapped_label("caption", _EMPTY)
        self.library_box = QComboBox()
        self.library_box.setAccessibleName(_("Library"))
        self.library_box.activated.connect(lambda: self.library_chosen.emit(self.library_id))
        self.name, self.key = QLineEdit(), QLineEdit()
        self.name.setMaxLength(NAME_MAX_CHARS)
        self.name.setAccessibleName(_("Name of the key"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setAccessibleName(_("API key"))
        self.add, self.stop = QPushButton(_("Check and add")), QPushButton(_("Stop"))
        self.add.setProperty("role", "primary")
        self.add.clicked.connect(self._on_add_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.pages = {page: QPushButton(title) for page, title in _page_titles().items()}
        for page, button in self.pages.items():
            button.clicked.connect(lambda _checked=False, page=page: self.page_asked.emit(page))
        for button in (self.add, self.stop, *self.pages.values()):
            button.setAutoDefault(False)
        for field in (self.name, self.key):
            field.textChanged.connect(self._on_text_changed)
            field.returnPressed.connect(self._on_add_clicked)
        self._progress = thin_bar(_("Checking the key"))
        self._problem, self._warning = wrapped_label("problem"), wrapped_label("problem")
        self._lay_out()
        self.set_busy(False)
        self.show_problem("")

    @property
    def library_id(self) -> str:
        """The library whose keys are shown."""
        return str(self.library_box.currentData() or CLOUD_ID)

    @property
    def rows(self) -> tuple[KeyRow, ...]:
        """The keys in the order of the list."""
        return tuple(self._rows)

    @property
    def problem(self) -> str:
        """Why a key was not taken; "" for nothing."""
        return self._problem.text()

    def set_libraries(self, libraries: Sequence[Library], chosen: str) -> None:
        """The libraries that have keys, and the one to show."""
        refill(self.library_box, [(library.title, library.library_id) for library in libraries])
        self.library_box.setCurrentIndex(max(0, self.library_box.findData(chosen)))

    def set_keys(self, library: Library, keys: Sequence[KeptKey]) -> None:
        """Show the keys of this library and no others; what was said of one stays while it is the same."""
        if (library.library_id, tuple(keys)) != (self._shown_id, tuple(row.key for row in self._rows)):
            self._shown_id = library.library_id
            self._put_rows(keys)
        self._empty.setVisible(not self._rows)
        self.name.setPlaceholderText(_("Name, such as a client's") if self._rows else _("First key"))
        self._console.setVisible(library.library_id == CLOUD_ID)
        say(self._warning, unencrypted_words(library))

    def _put_rows(self, keys: Sequence[KeptKey]) -> None:
        for row in self._rows:
            self._group.removeButton(row.use)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [KeyRow(key) for key in keys]
        for place, row in enumerate(self._rows):
            self._group.addButton(row.use)
            row.use_asked.connect(self.use_asked)
            row.test_asked.connect(self.test_asked)
            row.remove_asked.connect(self.remove_asked)
            self._list.insertWidget(place, row)

    def clear_form(self) -> None:
        """The key was taken."""
        self.name.clear()
        self.key.clear()
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Show that a key is being checked, or no longer is."""
        self._busy = busy
        self._progress.setVisible(busy)
        self.stop.setVisible(busy)
        self.library_box.setEnabled(not busy)
        for field in (self.name, self.key):
            field.setReadOnly(busy)
        self.add.setEnabled(not busy and bool(self.key.text().strip()))

    def show_problem(self, words: str) -> None:
        """Say why something did not work; "" for nothing."""
        self.set_busy(False)
        say(self._problem, words)

    def show_tested(self, name: str, words: str, *, is_problem: bool) -> None:
        """Say beside its key what became of the test."""
        for row in self._rows:
            if row.key.name == name:
                row.show_state(words, is_problem=is_problem)

    def _on_text_changed(self) -> None:
        say(self._problem, "")
        self.add.setEnabled(not self._busy and bool(self.key.text().strip()))

    def _on_add_clicked(self) -> None:
        key = self.key.text().strip()
        if not key or self._busy:
            return
        if not key.isascii() or any(sign.isspace() for sign in key):
            self.show_problem(_("A key has no spaces and no special signs. Copy it again, whole."))
            return
        say(self._problem, "")
        self.set_busy(True)
        self.add_asked.emit(self.name.text(), key)

    def _on_stop_clicked(self) -> None:
        self.set_busy(False)
        self.add_cancelled.emit()

    def _lay_out(self) -> None:
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        form = QFormLayout()
        form.addRow(_("&Name"), self.name)
        form.addRow(_("API &key"), self.key)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.add)
        self._console = QWidget()
        console = QHBoxLayout(self._console)
        console.setContentsMargins(0, 0, 0, 0)
        console.addWidget(
            wrapped_label("caption", _("In the console of memories.ai, in your browser:")),
            1,
        )
        for button in self.pages.values():
            console.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.library_box)
        column.addWidget(wrapped_label("caption", _ABOUT))
        column.addWidget(list_area(self._list, least_height_px=110), 1)
        column.addWidget(ruled_line())
        column.addLayout(form)
        for widget in (self._progress, self._problem, self._warning):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self._console)
        column.addWidget(close_box(self))


def _page_titles() -> dict[WebPage, str]:
    return {WebPage.KEYS: _("Keys"), WebPage.BILLING: _("Billing"), WebPage.WEBHOOKS: _("Webhooks")}
