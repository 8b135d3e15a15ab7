"""One import in the dialog's list: what was asked, how far it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop_search.core.imports import ImportItem, ImportState
from desktop_search.core.known_texts import localised
from desktop_search.core.language import _
from desktop_search.models.import_words import import_place, import_state_words, import_title
from desktop_search.ui.style.labels import breakable, say, wrapped_label


class ImportRow(QFrame):
    """Shows one import; whoever made it acts on what is asked.

    Signals:
        retry_asked(int), remove_asked(int): with the row's id.
    """

    retry_asked = Signal(int)
    remove_asked = Signal(int)

    def __init__(self, item: ImportItem) -> None:
        super().__init__()
        self.item = item
        self.setProperty("role", "card")
        self._title, self._place = wrapped_label(""), wrapped_label("caption")
        self._state, self._cause = wrapped_label(""), wrapped_label("problem")
        self.retry = _button(_("Retry"), _("Ask the library once more; it may charge for that"))
        self.retry.clicked.connect(lambda: self.retry_asked.emit(self.item.item_id))
        self.remove = _button(_("Remove"), _("Take it off this list; what the library was asked for goes on there"))
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self.item.item_id))
        self._lay_out()
        self.show_item(item)

    @property
    def state(self) -> str:
        """How far it is, in words."""
        return self._state.text()

    @property
    def cause(self) -> str:
        """Why it failed, or what it waits for."""
        return self._cause.text()

    def show_item(self, item: ImportItem) -> None:
        """Show the import as it is now."""
        self.item = item
        title = import_title(item.wish)
        self._title.setText(breakable(title))
        self.setAccessibleName(_("Import of {title}").format(title=title))
        self._place.setText(_("to {library}").format(library=import_place(item.wish)))
        self._state.setText(import_state_words(item))
        self._cause.setProperty("role", "caption" if not item.is_over else "problem")
        self._cause.style().polish(self._cause)
        said = item.state is ImportState.WAITING  # the state tells what it waits for
        say(self._cause, "" if said else breakable(localised(item.cause)))
        self.retry.setVisible(item.is_over and (item.state is ImportState.FAILED or bool(item.cause)))
        self.retry.setAccessibleName(_("Retry the import of {title}").format(title=title))
        self.remove.setAccessibleName(_("Remove the import of {title}").format(title=title))

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self._state, 1)
        foot.addWidget(self.retry)
        foot.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        for widget in (self._title, self._place):
            column.addWidget(widget)
        column.addLayout(foot)
        column.addWidget(self._cause)


def _button(text: str, tool_tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setToolTip(tool_tip)
    return button
