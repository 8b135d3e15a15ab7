"""What to export, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop_search.core.clip_names import FIELDS, TEMPLATE_DEFAULT
from desktop_search.core.cutting import Cut
from desktop_search.core.editors import Editor
from desktop_search.core.exporting import (
    GOALS,
    ExportOrder,
    Goal,
    arrangements_of,
    default_target,
    goal_of,
    typed_target,
)
from desktop_search.core.handing_over import Arrangement, Form
from desktop_search.core.language import _
from desktop_search.ui.dialogs.choosing import choose_folder, choose_new_file
from desktop_search.ui.dialogs.dressing import FittingDialog
from desktop_search.ui.style.labels import say, wrapped_label

_WIDTH_PX = 560
_WORDS = {Arrangement.TIMELINE: _("In order, one after the other"), Arrangement.SOURCES: _("As markers on the clips")}


class ExportDialog(FittingDialog):
    """Signals:
    wanted(ExportOrder): export it.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Export selects"))
        self._title, self._is_file, self._folder = "", True, Path()
        self.goal, self.arrangement = QComboBox(), QComboBox()
        self.target, self.template = QLineEdit(), QLineEdit()
        self.choose, self.go, self.cancel = QPushButton(_("Choose…")), QPushButton(), QPushButton(_("Cancel"))
        self.about, self.fields = wrapped_label("caption"), wrapped_label("caption")
        self.problem = wrapped_label("problem")
        self._labels: dict[QWidget, QLabel] = {
            field: QLabel() for field in (self.goal, self.arrangement, self.target, self.template)
        }
        self._fill()
        self._lay_out()
        self.goal.currentIndexChanged.connect(self._on_goal)
        self.target.textEdited.connect(self._ask_for_no_replacing)
        self.choose.clicked.connect(self._choose)
        self.go.clicked.connect(self._go)
        self.cancel.clicked.connect(self.reject)

    def begin(self, title: str, about: str, order: ExportOrder) -> None:
        """Ask; `order` is what is there to begin with, and `about` says what would be exported."""
        self._title, self._is_file = title, isinstance(order.goal, Form)
        self._folder = order.target.parent if self._is_file else order.target
        self.about.setText(about)
        self.goal.setCurrentIndex(self.goal.findData(order.goal))
        self.arrangement.setCurrentIndex(max(0, self.arrangement.findData(order.arrangement)))
        self.target.setText(str(order.target))
        self.template.setText(order.template)
        self._on_goal()
        self.goal.setFocus()
        self.open()

    def offer_replacing(self, words: str) -> None:
        """Say that the file is there, and ask again; the same again replaces it."""
        self.open()
        say(self.problem, words)
        self.go.setText(_("Replace"))
        self.go.setProperty("replaces", True)
        self.go.setFocus()

    @property
    def chosen(self) -> Goal:
        """What is chosen."""
        return goal_of(self.goal.currentData().value)

    def _go(self) -> None:
        target = typed_target(self.target.text(), self._folder)
        if target is None:
            say(self.problem, _("Say where to first."))
            self.target.setFocus()
            return
        order = ExportOrder(
            self.chosen,
            target,
            self._title,
            self.arrangement.currentData() or Arrangement.TIMELINE,
            self.template.text().strip() or TEMPLATE_DEFAULT,
            bool(self.go.property("replaces")),
        )
        self.accept()
        self.wanted.emit(order)

    def _on_goal(self) -> None:
        goal, before = self.chosen, self.arrangement.currentData()
        self.arrangement.clear()
        for each in arrangements_of(goal):
            self.arrangement.addItem(_WORDS[each], each)
        self.arrangement.setCurrentIndex(max(0, self.arrangement.findData(before)))
        self._show(self.arrangement, len(arrangements_of(goal)) > 1)
        is_cut = isinstance(goal, Cut)
        self._show(self.target, not isinstance(goal, Editor))
        self.choose.setHidden(isinstance(goal, Editor))
        self._show(self.template, is_cut)
        self.fields.setVisible(is_cut)
        self._labels[self.target].setText(_("Folder") if is_cut else _("File"))
        was = Path(self.target.text())
        folder, stem = (was.parent, was.stem) if self._is_file else (was, self._title)
        self.target.setText(str(default_target(goal, folder, stem)))
        self._is_file = isinstance(goal, Form)
        self._ask_for_no_replacing()

    def _show(self, field: QWidget, is_shown: bool) -> None:
        field.setVisible(is_shown)
        self._labels[field].setVisible(is_shown)

    def _ask_for_no_replacing(self) -> None:
        self.go.setText(_("Hand over") if isinstance(self.chosen, Editor) else _("Export"))
        self.go.setProperty("replaces", False)
        say(self.problem, "")

    def _choose(self) -> None:
        def take(path: Path) -> None:
            self.target.setText(str(path))
            self._ask_for_no_replacing()

        now = Path(self.target.text())
        if isinstance(self.chosen, Cut):
            choose_folder(self, _("Folder for the clips"), take, now)
        else:
            choose_new_file(self, _("Export selects"), take, now)

    def _fill(self) -> None:
        for number, group in enumerate(GOALS):
            if number:
                self.goal.insertSeparator(self.goal.count())
            for goal in group:
                self.goal.addItem(goal.title, goal)
        self.fields.setText(_("Names can hold {fields}.").format(fields=" ".join(f"{{{name}}}" for name in FIELDS)))
        for field, words in (
            (self.goal, _("Form")),
            (self.arrangement, _("Ranges")),
            (self.target, _("File")),
            (self.template, _("Names")),
        ):
            self._labels[field].setText(words)
            self._labels[field].setBuddy(field)
            field.setAccessibleName(words)
        self.goal.setMinimumContentsLength(12)
        self.goal.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.choose.setProperty("role", "quiet")
        self.cancel.setProperty("role", "quiet")
        for button in (self.choose, self.cancel):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.about, 0, 0, 1, 3)
        for row, field in enumerate((self.goal, self.arrangement, self.target, self.template), 1):
            grid.addWidget(self._labels[field], row, 0)
            grid.addWidget(field, row, 1, 1, 1 if field is self.target else 2)
        grid.addWidget(self.choose, 3, 2)
        grid.addWidget(self.fields, 5, 1, 1, 2)
        grid.addWidget(self.problem, 6, 0, 1, 3)
        grid.setRowStretch(7, 1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.go)
        grid.addLayout(line, 8, 0, 1, 3)
        self.setMinimumWidth(_WIDTH_PX)
