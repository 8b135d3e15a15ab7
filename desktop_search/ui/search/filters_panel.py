"""A control with its own validation for every filter of `POST /search`."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, QTimeZone, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.query import DEFAULT_NAMESPACE, TOP_K_DEFAULT, TOP_K_MAX, SearchFilters, Strictness

_PLACE = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$")


class FiltersPanel(QFrame):
    """Namespace, number of results, tag, camera, capture time, place and videos. Strictness has its place above.

    Signals:
        changed(): a control was changed by the user or by the program.
        search_asked(): Enter in a field.
        left(): Escape.
    """

    changed = Signal()
    search_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._problem_labels: dict[str, QLabel] = {}
        self._controls: dict[str, QWidget] = {}
        self._namespace = QComboBox()
        self._namespace.setEditable(True)
        self._namespace.addItem(DEFAULT_NAMESPACE)
        self._top_k = QSpinBox()
        self._top_k.setRange(0, 9999)  # wider than allowed, so that a wrong number is told and not silently changed
        self._top_k.setValue(TOP_K_DEFAULT)
        self._top_k.lineEdit().setTextMargins(5, 0, 0, 0)
        self._tag, self._camera = _line("any tag"), _line("any camera")
        self._taken_on = QCheckBox("Taken at or after (UTC)")
        self._taken = QDateTimeEdit(QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone.utc()))
        self._taken.setTimeZone(QTimeZone.utc())
        self._taken.setCalendarPopup(True)
        self._taken.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        self._taken.setEnabled(False)
        self._latitude, self._longitude = _line("latitude, e.g. 57.70"), _line("longitude, e.g. 11.97")
        self._videos = _line("all videos; or their ids, separated by commas")
        self._lay_out()
        self._connect()

    def filters(self, strictness: Strictness | None) -> SearchFilters:
        """What the controls say, with the strictness from above."""
        return SearchFilters(
            namespace=self._namespace.currentText().strip(),
            top_k=self._top_k.value(),
            strictness=strictness,
            video_nos=tuple(part for part in re.split(r"[\s,;]+", self._videos.text()) if part),
            tag=self._tag.text().strip(),
            cameras=tuple(part for part in [self._camera.text().strip()] if part),
            taken_after=self._taken_after(),
            latitude=_number(self._latitude.text()),
            longitude=_number(self._longitude.text()),
        )

    def set_filters(self, filters: SearchFilters) -> None:
        """Put the controls to these filters."""
        self._namespace.setCurrentText(filters.namespace)
        self._top_k.setValue(filters.top_k)
        self._videos.setText(", ".join(filters.video_nos))
        self._tag.setText(filters.tag)
        self._camera.setText(next(iter(filters.cameras), ""))
        self._taken_on.setChecked(filters.taken_after is not None)
        if filters.taken_after is not None:
            self._taken.setDateTime(
                QDateTime.fromString(f"{filters.taken_after:%Y-%m-%dT%H:%M:%S}Z", Qt.DateFormat.ISODate)
            )
        self._latitude.setText("" if filters.latitude is None else f"{filters.latitude}")
        self._longitude.setText("" if filters.longitude is None else f"{filters.longitude}")

    def set_namespaces(self, names: tuple[str, ...]) -> None:
        """Offer these namespaces; what is chosen stays."""
        chosen = self._namespace.currentText()
        self._namespace.blockSignals(True)
        self._namespace.clear()
        self._namespace.addItems(sorted({DEFAULT_NAMESPACE, *names}))
        self._namespace.setCurrentText(chosen)
        self._namespace.blockSignals(False)

    def problems(self) -> dict[str, str]:
        """What is wrong, by field; also shown beside the controls."""
        found = self.filters(None).problems()
        for name, field in (("latitude", self._latitude), ("longitude", self._longitude)):
            if field.text().strip() and _number(field.text()) is None:
                found[name] = "A number of degrees, such as 57.70."
        for name, label in self._problem_labels.items():
            label.setText(found.get(name, ""))
            label.setVisible(name in found)
            control = self._controls[name]
            if control.property("invalid") != (name in found):
                control.setProperty("invalid", name in found)
                control.style().polish(control)
        return found

    def focus_on(self, field: str) -> None:
        """Go to the control of a field."""
        if field in self._controls:
            self._controls[field].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; the rest is as ever."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _taken_after(self) -> datetime | None:
        if not self._taken_on.isChecked():
            return None
        return datetime.strptime(self._taken.dateTime().toString("yyyy-MM-dd HH:mm:ss"), "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 - wall time in UTC by the contract

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        cells: list[tuple[str, str, QWidget]] = [
            ("namespace", "Namespace", self._namespace),
            ("top_k", f"Results (1 to {TOP_K_MAX})", self._top_k),
            ("tag", "Tag", self._tag),
            ("camera", "Camera", self._camera),
            ("latitude", "Latitude", self._latitude),
            ("longitude", "Longitude", self._longitude),
            ("taken_after", "", self._taken),
            ("video_nos", "Videos", self._videos),
        ]
        for number, (name, title, control) in enumerate(cells):
            heading: QWidget = self._taken_on if name == "taken_after" else _caption(title, control)
            control.setAccessibleName(title or self._taken_on.text())
            grid.addWidget(self._cell(name, heading, control), number // 4, number % 4)
        for column in range(4):
            grid.setColumnStretch(column, 1)

    def _cell(self, name: str, heading: QWidget, control: QWidget) -> QWidget:
        problem = QLabel()
        problem.setProperty("role", "problem")
        problem.setWordWrap(True)
        problem.hide()
        self._problem_labels[name], self._controls[name] = problem, control
        control.setMinimumWidth(90)
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(heading)
        column.addWidget(control)
        column.addWidget(problem)
        column.addStretch(1)
        return cell

    def _connect(self) -> None:
        self._taken_on.toggled.connect(self._taken.setEnabled)
        self._namespace.currentTextChanged.connect(self._on_changed)
        self._top_k.valueChanged.connect(self._on_changed)
        self._taken_on.toggled.connect(self._on_changed)
        self._taken.dateTimeChanged.connect(self._on_changed)
        for field in (self._tag, self._camera, self._longitude, self._videos):
            field.textChanged.connect(self._on_changed)
        self._latitude.textChanged.connect(self._on_latitude_changed)
        for edit in self.findChildren(QLineEdit):
            edit.returnPressed.connect(self.search_asked)

    def _on_latitude_changed(self, text: str) -> None:
        """A pasted "57.70, 11.97" fills both fields."""
        pair = _PLACE.match(text)
        if pair is not None:
            self._longitude.setText(pair[2])
            self._latitude.setText(pair[1])
        self._on_changed()

    def _on_changed(self, *_value: object) -> None:
        self.problems()
        self.changed.emit()


def _line(placeholder: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(placeholder)
    field.setClearButtonEnabled(True)
    return field


def _caption(title: str, control: QWidget) -> QLabel:
    label = QLabel(title)
    label.setProperty("role", "caption")
    label.setBuddy(control)
    return label


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace("−", "-"))
    except ValueError:
        return None
