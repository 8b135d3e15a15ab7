"""Details of rows that are in the queue already, edited together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from desktop_search.core.footage import TAGS_MAX_IMAGE, TAGS_MAX_VIDEO
from desktop_search.core.language import _, number
from desktop_search.core.uploads import MediaKind, UploadItem
from desktop_search.models.upload_actions import QueueAction, applies
from desktop_search.models.upload_words import row_name
from desktop_search.ui.dialogs.dressing import FittingDialog, make_plain
from desktop_search.ui.style.labels import wrapped_label
from desktop_search.ui.uploads.details_fields import DetailsFields

_NAMED_MAX = 3
_WIDTH = 440


class RowsEditor(FittingDialog):
    """A window of its own; the queue goes on meanwhile. What is not touched stays as each file has it.

    Signals:
        details_chosen(object, object): ids of rows, and the `DetailsChange` that they get.
        tags_asked(): the tags that were used before would be of use now.
    """

    details_chosen = Signal(object, object)
    tags_asked = Signal()

    def __init__(self, chosen: Sequence[UploadItem], used_tags: Callable[[], Iterable[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._items = [item for item in chosen if applies(QueueAction.EDIT, item)]
        count = len(self._items)
        title = _("Details of {file}").format(file=row_name(self._items[0])) if count == 1 else _several(count)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.fields = DetailsFields(used_tags)
        self.fields.show_files([item.details for item in self._items])
        self.fields.tags_asked.connect(self.tags_asked)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        box.accepted.connect(self._on_save)
        box.rejected.connect(self.reject)
        make_plain(box)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        about = _("Where the files differ, “several” stays as each file has it, unless you type something else.")
        if count > 1:
            column.addWidget(wrapped_label("caption", about))
        self.left_out = _left_out_words([item for item in chosen if not applies(QueueAction.EDIT, item)])
        if self.left_out:
            column.addWidget(wrapped_label("caption", self.left_out))
        column.addWidget(self.fields)
        column.addStretch(1)
        column.addWidget(box)
        self.fields.field("tags").setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_save(self) -> None:
        change = self.fields.change()
        if change is None:
            self.fields.field(self.fields.first_problem()).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        problems: dict[str, str] = {}
        for item in self._items:
            tags_max = TAGS_MAX_VIDEO if item.kind is MediaKind.VIDEO else TAGS_MAX_IMAGE
            for name, words in change.applied_to(item.details).problems(tags_max=tags_max).items():
                problems.setdefault(name, words if len(self._items) == 1 else f"{row_name(item)}: {words}")
        self.fields.show_problems(problems)
        if not problems:
            self.details_chosen.emit(tuple(item.item_id for item in self._items), change)
            self.accept()


def _left_out_words(items: Sequence[UploadItem]) -> str:
    if not items:
        return ""
    names = ", ".join(row_name(item) for item in items[:_NAMED_MAX])
    if len(items) == 1:
        return _("{file} was sent already and keeps its details.").format(file=names)
    if more := max(0, len(items) - _NAMED_MAX):
        names = _("{files} and {count} more").format(files=names, count=number(more))
    return _("{files} were sent already and keep their details.").format(files=names)


def _several(count: int) -> str:
    return _("Details of {count} files").format(count=number(count))
