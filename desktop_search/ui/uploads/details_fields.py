"""The fields for what is said about footage: for footage to come, or for many files that are in the queue already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from desktop_search.core.details_change import KEEP, DetailsChange
from desktop_search.core.footage import CAMERA_MAX_CHARS, FootageDetails
from desktop_search.core.language import _
from desktop_search.core.query import DEFAULT_NAMESPACE, place_problems
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.uploads.tag_chips import TagChips
from desktop_search.ui.uploads.taken_field import PROBLEM, TakenField

_FIELDS = {
    "namespace": (_("Namespace"), DEFAULT_NAMESPACE, _("A part of the library that is searched on its own")),
    "tags": (_("Tags"), _("harbour, day 3"), _("A comma or Return makes a tag of what you type; 20 at most")),
    "camera": (_("Camera"), "X100", _("Empty: taken from the file where it says so")),
    "taken": (_("Taken"), "2026-03-14 09:20:00", _("Date and time in the zone below; empty: taken from the file")),
    "latitude": (_("Latitude"), "53.5461", _("Degrees, north positive; together with a longitude")),
    "longitude": (_("Longitude"), "9.9661", _("Degrees, east positive; together with a latitude")),
}
_SEVERAL, _NONE = _("several"), _("none")
_DEGREES = _("A number of degrees, like 53.5461.")


class DetailsFields(QWidget):
    """A form of fields; each problem stands below its field.

    Signals:
        edited(): something in it is other than before.
        tags_asked(): the tags that were used before would be of use now.
    """

    edited = Signal()
    tags_asked = Signal()

    def __init__(self, used_tags: Callable[[], Iterable[str]] = tuple) -> None:
        super().__init__()
        self.tags, self.taken = TagChips(used_tags), TakenField()
        self._fields: dict[str, QLineEdit] = {}
        self._problems: dict[str, QLabel] = {}
        self._several: set[str] = set()
        form = QFormLayout(self)
        form.setContentsMargins(4, 0, 8, 4)
        form.setVerticalSpacing(4)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name in _FIELDS:
            self._add_field(form, name)
        self.tags.changed.connect(self.edited)
        self.tags.asked.connect(self.tags_asked)
        self.taken.changed.connect(self.edited)
        self.reset()

    def field(self, name: str) -> QLineEdit:
        """Where that part of `FootageDetails` is typed."""
        return self._fields[name]

    def problem(self, name: str) -> str:
        """What stands below that field; "" when it is in order."""
        return self._problems[name].text()

    def problem_label(self, name: str) -> QLabel:
        """What stands below that field, as a widget."""
        return self._problems[name]

    def first_problem(self) -> str:
        """The first field with a problem; "" when all are in order."""
        return next((name for name, label in self._problems.items() if label.text()), "")

    def reset(self) -> None:
        """Back to nothing said."""
        self._several = set()
        for name, field in self._fields.items():
            field.setText(DEFAULT_NAMESPACE if name == "namespace" else "")
            field.setPlaceholderText(_FIELDS[name][1])
        self.tags.set_tags(())
        self.taken.set_taken(None)

    def details(self) -> FootageDetails | None:
        """What was entered, or `None` while something in it cannot be used; the problems then show."""
        found: dict[str, str] = {}
        taken, latitude, longitude = self._read(found)
        read = FootageDetails(
            namespace=self._text("namespace"),
            tags=self.tags.tags(),
            camera=self._text("camera"),
            taken=taken,
            latitude=latitude,
            longitude=longitude,
        )
        self.show_problems({**read.problems(), **found})
        return None if self.first_problem() else read

    def show_files(self, files: Sequence[FootageDetails]) -> None:
        """Show what these files have; where they differ, "several", which stays as it is unless something is typed."""
        self._show("namespace", {each.namespace for each in files})
        self._show("camera", {each.camera for each in files})
        self._show("latitude", {_degrees(each.latitude) for each in files})
        self._show("longitude", {_degrees(each.longitude) for each in files})
        times = {each.taken for each in files}
        self.taken.set_taken(next(iter(times)) if len(times) == 1 else None)
        self._mark("taken", is_several=len(times) > 1)
        self.tags.set_files([each.tags for each in files])

    def change(self) -> DetailsChange | None:
        """What was changed since `show_files`, or `None` while it cannot be used; the problems then show."""
        found: dict[str, str] = {}
        taken, latitude, longitude = self._read(found)
        is_place = self._is_changed("latitude") or self._is_changed("longitude")
        if is_place and {"latitude", "longitude"} & self._several and None in (latitude, longitude):
            blank = "latitude" if latitude is None else "longitude"
            if (latitude, longitude) != (None, None):
                found[blank] = _("Both are needed where the files differ.")
        elif is_place:
            found |= {name: words for name, words in place_problems(latitude, longitude).items() if name not in found}
        if self._is_changed("namespace") and not self._text("namespace"):
            found["namespace"] = _("A namespace cannot be empty.")
        if len(self._text("camera")) > CAMERA_MAX_CHARS:
            found["camera"] = _("At most {most} characters.").format(most=CAMERA_MAX_CHARS)
        self.show_problems(found)
        if found:
            return None
        place = None if latitude is None or longitude is None else (latitude, longitude)
        added, removed = self.tags.difference()
        return DetailsChange(
            namespace=self._text("namespace") if self._is_changed("namespace") else KEEP,
            camera=self._text("camera") if self._is_changed("camera") else KEEP,
            taken=taken if self._is_changed("taken") else KEEP,
            place=place if is_place else KEEP,
            tags_added=added,
            tags_removed=removed,
        )

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say these below their fields, and nothing below the others."""
        for name, label in self._problems.items():
            say(label, problems.get(name, ""))

    def _add_field(self, form: QFormLayout, name: str) -> None:
        title, example, tip = _FIELDS[name]
        parts: dict[str, TagChips | TakenField] = {"tags": self.tags, "taken": self.taken}
        part = parts.get(name)
        field = QLineEdit() if part is None else part.entry
        field.setPlaceholderText(example)
        field.setToolTip(tip)
        field.setAccessibleName(title)
        field.setAccessibleDescription(tip)
        field.setMinimumWidth(60)
        if part is None:
            field.textChanged.connect(self.edited)
        field.textEdited.connect(lambda: self._on_text_edited(name))
        problem = wrapped_label("problem")
        problem.hide()
        self._fields[name], self._problems[name] = field, problem
        label = QLabel(title)
        label.setBuddy(field)
        form.addRow(label, part or field)
        form.addRow(problem)

    def _on_text_edited(self, name: str) -> None:
        if name in self._several:
            self._fields[name].setPlaceholderText(_NONE)  # emptied by hand: taken away from all

    def _show(self, name: str, values: set[str]) -> None:
        self._fields[name].setText(next(iter(values)) if len(values) == 1 else "")
        self._mark(name, is_several=len(values) > 1)

    def _mark(self, name: str, *, is_several: bool) -> None:
        (self._several.add if is_several else self._several.discard)(name)
        self._fields[name].setPlaceholderText(_SEVERAL if is_several else "")
        self._fields[name].setModified(False)

    def _is_changed(self, name: str) -> bool:
        return self._fields[name].isModified()

    def _text(self, name: str) -> str:
        return self._fields[name].text().strip()

    def _read(self, found: dict[str, str]) -> tuple[datetime | None, float | None, float | None]:
        """Time and place; what cannot be understood is put into `found`."""
        taken = None
        try:
            taken = self.taken.taken()
        except ValueError:
            found["taken"] = PROBLEM
        place: list[float | None] = []
        for name in ("latitude", "longitude"):
            try:
                place.append(float(self._text(name).replace(",", ".")) if self._text(name) else None)
            except ValueError:
                place.append(0.0)
                found[name] = _DEGREES
        return taken, place[0], place[1]


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value}"
