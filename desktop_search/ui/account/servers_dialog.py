"""The user's own servers: which there are, whom each is trusted to be, and one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.accounts import NAME_MAX_CHARS, Server, ServerLook
from desktop_search.core.language import _
from desktop_search.ui.account.server_row import ServerRow
from desktop_search.ui.account.server_words import accept_words, certificate_words
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog, list_area, rows_below, ruled_line, thin_bar
from desktop_search.ui.style.labels import say, wrapped_label

_ABOUT = _(
    "Another computer that runs Desktop Search's engine, or any server with the same interface. Each has keys of its "
    "own; nothing is sent to a server before it has shown who it is."
)
_EMPTY = _("There is no server of your own yet.")


class ServersDialog(QDialog):
    """Acts on nothing by itself; the window behind stays usable.

    Signals:
        check_asked(str, str, str): look at the server of this address, to be kept under this name; the third is the
            address of the server that it takes the place of, "" for none.
        check_cancelled(): stop looking.
        accept_asked(): trust the certificate that is shown.
        remove_asked(str): remove the server of this address.
        keys_asked(str): the keys of the server of this address.
    """

    check_asked = Signal(str, str, str)
    check_cancelled = Signal()
    accept_asked = Signal()
    remove_asked = Signal(str)
    keys_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Servers"), size=(660, 560), least=(560, 420))
        self._rows: list[ServerRow] = []
        self._edited, self._busy = "", False
        self._list = rows_below()
        self._empty = wrapped_label("caption", _EMPTY)
        self.name, self.address = QLineEdit(), QLineEdit()
        self.name.setMaxLength(NAME_MAX_CHARS)
        self.name.setAccessibleName(_("Name of the server"))
        self.name.setPlaceholderText(_("Workstation"))
        self.address.setAccessibleName(_("Server address"))
        self.address.setPlaceholderText("https://192.168.1.20:8443")
        self.address.textChanged.connect(self._on_address_changed)
        for field in (self.name, self.address):
            field.returnPressed.connect(self._on_check_clicked)
        self.check, self.cancel, self.accept_button = QPushButton(), QPushButton(_("Cancel")), QPushButton()
        self.check.setProperty("role", "primary")
        self.check.clicked.connect(self._on_check_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.accept_button.clicked.connect(self.accept_asked)
        for button in (self.check, self.cancel, self.accept_button):
            button.setAutoDefault(False)
        self._progress = thin_bar(_("Looking at the server"))
        self._certificate, self._problem = wrapped_label("caption"), wrapped_label("problem")
        self._certificate.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.begin_new()

    @property
    def rows(self) -> tuple[ServerRow, ...]:
        """The servers in the order of the list."""
        return tuple(self._rows)

    @property
    def problem(self) -> str:
        """Why a server was not taken; "" for nothing."""
        return self._problem.text()

    @property
    def certificate(self) -> str:
        """What is said about the certificate that waits to be accepted; "" for none."""
        return self._certificate.text()

    @property
    def warning(self) -> str:
        """What there is to know of the address in the field; "" for nothing."""
        return self._warning.text()

    @property
    def is_busy(self) -> bool:
        """Whether a server is being looked at."""
        return self._busy

    def set_servers(self, servers: Sequence[Server]) -> None:
        """Show these and no others."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [ServerRow(server) for server in servers]
        for place, row in enumerate(self._rows):
            row.edit_asked.connect(self.edit)
            row.remove_asked.connect(self.remove_asked)
            row.keys_asked.connect(self.keys_asked)
            self._list.insertWidget(place, row)
        self._empty.setVisible(not self._rows)

    def begin_new(self) -> None:
        """Empty the form, for one more server."""
        self._edited = ""
        self.name.clear()
        self.address.clear()
        self._settle()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self, server: Server) -> None:
        """Take a server into the form."""
        self._edited = server.address
        self.name.setText(server.name)
        self.address.setText(server.address)
        self._settle()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_check(self) -> None:
        """As by the button."""
        self._on_check_clicked()

    def set_busy(self, busy: bool) -> None:
        """Show that a server is being looked at, or no longer is."""
        self._busy = busy
        self._progress.setVisible(busy)
        self.name.setReadOnly(busy)
        self.address.setReadOnly(busy)
        self._show_buttons()

    def show_problem(self, words: str) -> None:
        """Say why the server was not taken; "" for nothing."""
        self.set_busy(False)
        say(self._problem, words)
        if words:
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_certificate(self, look: ServerLook, kept: str) -> None:
        """Ask whether this certificate is that of the server; `kept` is the one accepted before, "" for none."""
        self.show_problem("")
        self._certificate.setProperty("role", "problem" if kept else "caption")
        self._certificate.style().polish(self._certificate)
        say(self._certificate, certificate_words(look, kept))
        self.accept_button.setText(accept_words(kept))
        self.accept_button.show()
        self.accept_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        self._forget_certificate()
        self.show_problem("")
        self.check.setText(_("Check and save") if self._edited else _("Check and add"))

    def _forget_certificate(self) -> None:
        say(self._certificate, "")
        self.accept_button.hide()

    def _show_buttons(self) -> None:
        self.check.setEnabled(not self._busy and bool(self.address.text().strip()))
        self.accept_button.setEnabled(not self._busy)
        self.cancel.setText(_("Stop") if self._busy else _("Cancel"))
        self.cancel.setVisible(self._busy or bool(self._edited))

    def _on_address_changed(self) -> None:
        self._forget_certificate()
        say(self._problem, "")
        typed = self.address.text().strip().lower()
        plain_outside = typed.startswith("http://") and not typed.startswith(
            ("http://localhost", "http://127.0.0.1", "http://[::1]")
        )
        words = _("Without TLS others on the network can read the key and the footage. Use https where you can.")
        say(self._warning, words if plain_outside else "")
        self._show_buttons()

    def _on_check_clicked(self) -> None:
        typed = self.address.text().strip()
        if typed and not self._busy:
            self._forget_certificate()
            say(self._problem, "")
            self.set_busy(True)
            self.check_asked.emit(typed, " ".join(self.name.text().split()), self._edited)

    def _on_cancel_clicked(self) -> None:
        if self._busy:
            self.set_busy(False)
            self.check_cancelled.emit()
        else:
            self.begin_new()

    def _lay_out(self) -> None:
        self._warning = wrapped_label("problem")
        say(self._warning, "")
        self._list.addWidget(self._empty)
        self._list.addStretch(1)
        form = QFormLayout()
        form.addRow(_("&Name"), self.name)
        form.addRow(_("&Address"), self.address)
        buttons = QHBoxLayout()
        buttons.addWidget(self.accept_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.check)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(wrapped_label("caption", _ABOUT))
        column.addWidget(list_area(self._list, least_height_px=120), 1)
        column.addWidget(ruled_line())
        column.addLayout(form)
        for widget in (self._progress, self._warning, self._problem, self._certificate):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(close_box(self))
