"""What the user says about footage that is added from now on: namespace, tags, camera, capture time, place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop_search.core.footage import FootageDetails
from desktop_search.core.language import _
from desktop_search.ui.uploads.details_fields import DetailsFields

_TITLE = _("Details for new footage")


class DetailsForm(QWidget):
    """The fields, opened and closed by a button.

    Signals:
        edited(): a field has another text now.
        tags_asked(): the tags that were used before would be of use now.
    """

    edited = Signal()
    tags_asked = Signal()

    def __init__(self, used_tags: Callable[[], Iterable[str]] = tuple) -> None:
        super().__init__()
        self.fields = DetailsFields(used_tags)
        self.fields.edited.connect(self._on_edited)
        self.fields.tags_asked.connect(self.tags_asked)
        self._opener = QToolButton()
        self._opener.setText(_TITLE)
        self._opener.setAccessibleName(_TITLE)
        self._opener.setCheckable(True)
        self._opener.setAutoRaise(True)
        self._opener.setArrowType(Qt.ArrowType.RightArrow)
        self._opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._opener.setToolTip(_("Applies to footage that you add from now on"))
        self._opener.toggled.connect(self._on_opener_toggled)
        self._opener.setProperty("role", "opener")
        clear = QPushButton(_("Clear details"))
        clear.setProperty("role", "quiet")
        clear.clicked.connect(self.reset)
        inside = QWidget()
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.addWidget(self.fields)
        fields.addWidget(clear)
        # In a low window the fields scroll instead of pushing the list out of sight.
        self._body = QScrollArea()
        self._body.setFrameShape(QScrollArea.Shape.NoFrame)
        self._body.setWidgetResizable(True)
        self._body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._body.setMinimumHeight(72)
        self._body.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._opener)
        column.addWidget(self._body)
        self._body.hide()

    @property
    def is_open(self) -> bool:
        """Whether the fields show."""
        return self._opener.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the fields."""
        self._opener.setChecked(is_open)

    def field(self, name: str) -> QLineEdit:
        """The field of that name: one of `FootageDetails`."""
        return self.fields.field(name)

    def problem(self, name: str) -> str:
        """What stands below that field; "" when it is in order."""
        return self.fields.problem(name)

    def details(self) -> FootageDetails | None:
        """What was entered, or `None` while something in it cannot be used; the problems then show."""
        return self.fields.details()

    def focus_problem(self) -> None:
        """Open, with the cursor in the first field that cannot be used."""
        self.set_open(True)
        name = self.fields.first_problem() or "namespace"
        field, label = self.fields.field(name), self.fields.problem_label(name)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._body.ensureWidgetVisible(label))  # once laid out
        field.selectAll()

    def reset(self) -> None:
        """Back to nothing said."""
        self.fields.reset()

    def _on_edited(self) -> None:
        used = self.details()
        said = used is None or used != FootageDetails()
        self._opener.setText(f"{_TITLE} ●" if said else _TITLE)
        self._opener.setAccessibleName(_("Details for new footage, some are set") if said else _TITLE)
        self.edited.emit()

    def _on_opener_toggled(self, is_open: bool) -> None:
        self._opener.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._body.setVisible(is_open)
