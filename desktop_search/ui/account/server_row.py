"""One server of the user's own in the dialog's list."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop_search.core.accounts import Server
from desktop_search.core.language import _
from desktop_search.models.upload_words import plain_line
from desktop_search.ui.account.server_words import trust_words
from desktop_search.ui.style.labels import breakable, wrapped_label


class ServerRow(QFrame):
    """Shows one server.

    Signals:
        edit_asked(object): change this `Server`.
        remove_asked(str): remove the server of this address.
        keys_asked(str): the keys of the server of this address.
    """

    edit_asked = Signal(object)
    remove_asked = Signal(str)
    keys_asked = Signal(str)

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server
        self.setProperty("role", "card")
        title = plain_line(server.name) or urlsplit(server.address).netloc
        self.setAccessibleName(_("Server {name}").format(name=title))
        self.keys, self.edit, self.remove = (
            QPushButton(_("Keys…")),
            QPushButton(_("Change")),
            QPushButton(_("Remove")),
        )
        self.keys.setAccessibleName(_("Keys of {name}").format(name=title))
        self.edit.setAccessibleName(_("Change {name}").format(name=title))
        self.remove.setAccessibleName(_("Remove {name}").format(name=title))
        self.keys.clicked.connect(lambda: self.keys_asked.emit(server.address))
        self.edit.clicked.connect(lambda: self.edit_asked.emit(server))
        self.remove.clicked.connect(lambda: self.remove_asked.emit(server.address))
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(wrapped_label("", title))
        column.addWidget(wrapped_label("caption", breakable(server.address)))
        trust = wrapped_label("caption", trust_words(server).replace(":", ":\u200b"))
        column.addWidget(trust)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.addLayout(column, 1)
        for button in (self.keys, self.edit, self.remove):
            button.setAutoDefault(False)
            row.addWidget(button)
