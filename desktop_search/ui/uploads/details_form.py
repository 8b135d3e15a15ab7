"""What the user says about footage that is added from now on: namespace, tags, camera, capture time, place."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.footage import FootageDetails
from desktop_search.core.query import DEFAULT_NAMESPACE, TAKEN_FORMAT

_TITLE = "Details for new footage"
_FIELDS = {
    "namespace": ("Namespace", DEFAULT_NAMESPACE, "A part of the library that is searched on its own"),
    "tags": ("Tags", "harbour, day 3", "Separated by commas, 20 at most"),
    "camera": ("Camera", "X100", "Empty: taken from the file where it says so"),
    "taken": ("Taken (UTC)", "2026-03-14 09:20:00", "Date and time in UTC; empty: taken from the file"),
    "latitude": ("Latitude", "53.5461", "Degrees, north positive; together with a longitude"),
    "longitude": ("Longitude", "9.9661", "Degrees, east positive; together with a latitude"),
}


class DetailsForm(QWidget):
    """A form that opens and closes; each problem stands below its field.

    Signals:
        edited(): a field has another text now.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields: dict[str, QLineEdit] = {}
        self._problems: dict[str, QLabel] = {}
        self._opener = QToolButton()
        self._opener.setText(_TITLE)
        self._opener.setAccessibleName(_TITLE)
        self._opener.setCheckable(True)
        self._opener.setAutoRaise(True)
        self._opener.setArrowType(Qt.ArrowType.RightArrow)
        self._opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._opener.setToolTip("Applies to footage that you add from now on")
        self._opener.toggled.connect(self._on_opener_toggled)
        self._opener.setProperty("role", "opener")
        # In a low window the fields scroll instead of pushing the list out of sight.
        self._body = QScrollArea()
        self._body.setFrameShape(QScrollArea.Shape.NoFrame)
        self._body.setWidgetResizable(True)
        self._body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._body.setMinimumHeight(140)
        self._body.setWidget(self._make_body())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._opener)
        column.addWidget(self._body)
        self._body.hide()
        self._fields["namespace"].setText(DEFAULT_NAMESPACE)

    @property
    def is_open(self) -> bool:
        """Whether the fields show."""
        return self._opener.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the fields."""
        self._opener.setChecked(is_open)

    def field(self, name: str) -> QLineEdit:
        """The field of that name: one of `FootageDetails`."""
        return self._fields[name]

    def problem(self, name: str) -> str:
        """What stands below that field; "" when it is in order."""
        return self._problems[name].text()

    def details(self) -> FootageDetails | None:
        """What was entered, or `None` while something in it cannot be used; the problems then show."""
        read, found = _read({name: field.text().strip() for name, field in self._fields.items()})
        problems = {**read.problems(), **found}
        for name, label in self._problems.items():
            label.setText(problems.get(name, ""))
            label.setVisible(bool(label.text()))
        return None if problems else read

    def focus_problem(self) -> None:
        """Open, with the cursor in the first field that cannot be used."""
        self.set_open(True)
        name = next((name for name, label in self._problems.items() if label.text()), "namespace")
        self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._body.ensureWidgetVisible(self._problems[name]))  # once laid out
        self._fields[name].selectAll()

    def reset(self) -> None:
        """Back to nothing said."""
        for name, field in self._fields.items():
            field.setText(DEFAULT_NAMESPACE if name == "namespace" else "")

    def _make_body(self) -> QWidget:
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(4, 0, 8, 4)
        form.setVerticalSpacing(4)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, (title, example, tip) in _FIELDS.items():
            field = QLineEdit()
            field.setPlaceholderText(example)
            field.setToolTip(tip)
            field.setAccessibleName(title)
            field.setAccessibleDescription(tip)
            field.setMinimumWidth(60)
            field.textChanged.connect(self._on_text_changed)
            problem = QLabel()
            problem.setProperty("role", "problem")
            problem.setTextFormat(Qt.TextFormat.PlainText)
            problem.setWordWrap(True)
            problem.hide()
            self._fields[name], self._problems[name] = field, problem
            form.addRow(title, field)
            form.addRow(problem)
        clear = QPushButton("Clear details")
        clear.setProperty("role", "quiet")
        clear.clicked.connect(self.reset)
        form.addRow(clear)
        return body

    def _on_text_changed(self) -> None:
        used = self.details()
        said = used is None or used != FootageDetails()
        self._opener.setText(f"{_TITLE} ●" if said else _TITLE)
        self._opener.setAccessibleName(f"{_TITLE}, some are set" if said else _TITLE)
        self.edited.emit()

    def _on_opener_toggled(self, is_open: bool) -> None:
        self._opener.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._body.setVisible(is_open)


def _read(texts: dict[str, str]) -> tuple[FootageDetails, dict[str, str]]:
    """What the texts mean, and which of them mean nothing."""
    problems: dict[str, str] = {}
    taken: datetime | None = None
    if texts["taken"]:
        try:
            taken = datetime.strptime(texts["taken"], TAKEN_FORMAT)  # noqa: DTZ007 - wall time in UTC by contract
        except ValueError:
            problems["taken"] = "Like 2026-03-14 09:20:00."
    place: dict[str, float | None] = {}
    for name in ("latitude", "longitude"):
        try:
            place[name] = float(texts[name].replace(",", ".")) if texts[name] else None
        except ValueError:
            place[name] = 0.0
            problems[name] = "A number of degrees, like 53.5461."
    tags = tuple(dict.fromkeys(tag.strip() for tag in texts["tags"].split(",") if tag.strip()))
    details = FootageDetails(
        namespace=texts["namespace"],
        tags=tags,
        camera=texts["camera"],
        taken=taken,
        latitude=place["latitude"],
        longitude=place["longitude"],
    )
    return details, problems
