"""The contact sheet: stills over the whole clip in a window beside the main one; a click leads the player there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.language import _, number
from desktop_search.models.sheet_model import SheetModel, SheetRole
from desktop_search.ui.style.theme import tokens

_CELL, _PICTURE = QSize(176, 122), QSize(160, 90)
_INSET_PX = 8
_Index = QModelIndex | QPersistentModelIndex


class _StillDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, cell, image = tokens(), QRect(option.rect), index.data(SheetRole.PICTURE)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_current:
            painter.fillRect(cell, theme.selection)
        picture = QRect(cell.topLeft(), _PICTURE).translated(_INSET_PX, _INSET_PX)
        painter.fillRect(picture, theme.video)
        if isinstance(image, QImage):
            target = QRect(picture.topLeft(), image.size().scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio))
            target.moveCenter(picture.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, image)
        has_hit = bool(index.data(SheetRole.HAS_HIT))
        if has_hit:
            painter.fillRect(QRect(picture.left(), picture.bottom() + 1, picture.width(), 3), theme.accent)
        words = QRect(picture.left(), picture.bottom() + 4, picture.width(), cell.bottom() - picture.bottom() - 4)
        painter.setPen(theme.accent_text if has_hit else theme.text if is_current else theme.muted)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.accent)
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
        painter.restore()


class _StillsView(QListView):
    """Arrows go from still to still; Enter and a click on the one that is current count too."""

    gone_to = Signal(object)

    def __init__(self, model: SheetModel) -> None:
        super().__init__()
        self.has_gone = False  # to a still of this clip, by the user; Qt makes the first one current by itself
        self.setModel(model)
        self.setItemDelegate(_StillDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(_("Contact sheet"))
        self.setAccessibleDescription(_("Arrows and clicks lead the player to the still."))
        self.clicked.connect(self._go_to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_to(self.currentIndex())

    def choose(self, row: int) -> None:
        """Make a still the current one; the player is led nowhere by it."""
        self.setCurrentIndex(self.model().index(row, 0))
        self.scrollTo(self.currentIndex())

    def _go_to(self, index: QModelIndex) -> None:
        if index.isValid():
            self.has_gone = True
            self.gone_to.emit(index.data(SheetRole.AT_MS))


class ContactSheet(QWidget):
    """Signals:
    gone_to(ms): the player is wanted there.
    stop_asked(), go_on_asked(): make no more stills; make the rest.
    closed(): it is put away.
    """

    gone_to = Signal(object)
    stop_asked = Signal()
    go_on_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(5 * _CELL.width() + 30, 620)
        self.setMinimumSize(2 * _CELL.width() + 30, 260)
        self._model = SheetModel(self)
        self.view = _StillsView(self._model)
        self.view.gone_to.connect(self.gone_to)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "caption")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("How many stills are there"))
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(160)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_button)
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 6)
        head.addWidget(self.words, 1)
        head.addWidget(self.progress)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    @property
    def model(self) -> SheetModel:
        """The stills."""
        return self._model

    def begin(self, name: str) -> None:
        """Stills of this clip are on their way."""
        self.view.has_gone = False
        self.setWindowTitle(_("Contact sheet: {name}").format(name=name))
        self.progress.setRange(0, 0)
        self.progress.show()
        self.words.setText(_("Looking into the clip…"))
        self._offer(_("Stop"))

    def choose_at(self, at_ms: int) -> None:
        """Begin at the still that shows this time, unless the user has gone to one already."""
        row = self._model.row_at(at_ms)
        if row is not None and not self.view.has_gone:
            self.view.choose(row)

    def show_progress(self, done: int, count: int) -> None:
        """So many of so many have come."""
        self.progress.setRange(0, count)
        self.progress.setValue(done)
        self.words.setText(_("{done} of {total}").format(done=number(done), total=number(count)))

    def end(self, words: str, *, can_go_on: bool = False) -> None:
        """No more come: what there is, or why there are none."""
        self.progress.hide()
        self.words.setText(words)
        self._offer(_("Go on") if can_go_on else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is made for a sheet that nobody sees."""
        super().closeEvent(event)
        self.closed.emit()

    def _offer(self, words: str) -> None:
        self.button.setText(words)
        self.button.setVisible(bool(words))

    def _on_button(self) -> None:
        (self.stop_asked if self.button.text() == _("Stop") else self.go_on_asked).emit()
