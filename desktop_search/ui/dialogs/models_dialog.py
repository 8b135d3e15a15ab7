"""The models of *This computer*: fetch them, choose them, remove them. Without any, searching works all the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.language import _
from desktop_search.core.search_models import FetchProgress, ModelKind, SearchModel, disk_use_bytes
from desktop_search.ui.dialogs.choosing import choose_folder
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog, rows_below
from desktop_search.ui.dialogs.model_row import ModelRow
from desktop_search.ui.dialogs.model_words import KIND_TITLES, WITHOUT, progress_words, size_words
from desktop_search.ui.style.labels import say, wrapped_label

_ABOUT = _(
    "Models let “This computer” understand what is seen and said. They are fetched once and then work without a "
    "network; your footage never leaves this computer. Clips that are searchable already are gone through once more, "
    "in the background."
)


class ModelsDialog(QDialog):
    """Stays open beside the window if wanted. It acts on nothing by itself.

    Signals:
        fetch_asked(str), use_asked(str), leave_asked(str), remove_asked(str): with a model's id.
        import_asked(object): the path of a folder that holds a model.
        stop_asked(): end what is under way.
    """

    fetch_asked = Signal(str)
    use_asked = Signal(str)
    leave_asked = Signal(str)
    remove_asked = Signal(str)
    import_asked = Signal(object)
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("Models for this computer"), size=(660, 700), least=(560, 420))
        self._rows: dict[str, ModelRow] = {}
        self._foot = QVBoxLayout()
        self._list = rows_below()
        self._disk_use = QLabel()
        self._disk_use.setProperty("role", "caption")
        self._under_way, self._problem = wrapped_label("caption"), wrapped_label("problem")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Copying a model"))
        self.import_button = _button(_("Import from a folder…"), _("Import a model from a folder"))
        self.import_button.clicked.connect(self._on_import_clicked)
        self.stop = _button(_("Cancel"), _("Cancel copying the model"))
        self.stop.clicked.connect(self.stop_asked)
        self._lay_out()
        self.show_import(None)
        say(self._problem, "")

    @property
    def problem(self) -> str:
        """What is said at the foot about something that failed."""
        return self._problem.text()

    @property
    def disk_use(self) -> str:
        """How much room all models take."""
        return self._disk_use.text()

    def row(self, model_id: str) -> ModelRow:
        """The row of that model. Raises `KeyError`."""
        return self._rows[model_id]

    def show_models(self, models: Sequence[SearchModel]) -> None:
        """Show these, by what they are for."""
        self._clear()
        for kind in ModelKind:
            if self._rows:
                self._list.addSpacing(8)
            self._list.addWidget(_heading(KIND_TITLES[kind]))
            of_kind = [model for model in models if model.kind is kind]
            if not any(model.is_used for model in of_kind):
                self._list.addWidget(wrapped_label("caption", WITHOUT[kind]))
            for model in of_kind:
                self._list.addWidget(self._new_row(model))
        self._list.addStretch(1)
        used = disk_use_bytes(models)
        self._disk_use.setText(
            _("{used} on the disk").format(used=size_words(used)) if used else _("No model is on this computer yet.")
        )

    def put_at_foot(self, widget: QWidget) -> None:
        """Show something more below the list."""
        self._foot.addWidget(widget)

    def set_locked(self, locked: bool) -> None:
        """While something is under way with one model, nothing else is begun."""
        for row in self._rows.values():
            row.show_idle(locked=locked)
        self.import_button.setEnabled(not locked)

    def show_import(self, progress: FetchProgress | None) -> None:
        """A model is being copied from a folder; `None` when it no longer is."""
        for widget in (self._under_way, self._bar, self.stop):
            widget.setVisible(progress is not None)
        if progress is not None:
            self._under_way.setText(
                _("The model from the folder — {progress}").format(progress=progress_words(progress))
            )
            self._bar.setRange(0, 1000 if progress.total_bytes else 0)
            self._bar.setValue(progress.done_bytes * 1000 // max(1, progress.total_bytes))

    def show_problem(self, words: str, model_id: str = "") -> None:
        """Say what failed, in the row of that model if there is one, else at the foot; "" for nothing."""
        row = self._rows.get(model_id)
        if row is not None:
            row.show_problem(words or row.model.problem)
        say(self._problem, words if row is None else "")

    def _new_row(self, model: SearchModel) -> ModelRow:
        row = self._rows[model.model_id] = ModelRow(model)
        row.fetch_asked.connect(self.fetch_asked)
        row.use_asked.connect(self.use_asked)
        row.leave_asked.connect(self.leave_asked)
        row.remove_asked.connect(self.remove_asked)
        row.stop_asked.connect(self.stop_asked)
        return row

    def _clear(self) -> None:
        self._rows.clear()
        while (taken := self._list.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _on_import_clicked(self) -> None:
        choose_folder(self, _("Choose the folder of a model"), self.import_asked.emit)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(self._list)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._list.addWidget(wrapped_label("caption", _("Reading what is here…")))
        self._list.addStretch(1)
        copying = QHBoxLayout()
        copying.addWidget(self._under_way, 1)
        copying.addWidget(self.stop)
        close = close_box(self)
        foot = QHBoxLayout()
        foot.addWidget(self.import_button)
        foot.addWidget(self._disk_use, 1, Qt.AlignmentFlag.AlignCenter)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(wrapped_label("caption", _ABOUT))
        column.addWidget(area, 1)
        column.addLayout(self._foot)
        column.addLayout(copying)
        column.addWidget(self._bar)
        column.addWidget(self._problem)
        column.addLayout(foot)


def _button(text: str, accessible_name: str) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setAccessibleName(accessible_name)
    return button


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "heading")
    return label
