"""Paints one file of the upload queue: picture, name, state in words, a thin bar, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QHelpEvent, QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_search.core.language import _
from desktop_search.core.uploads import MediaKind, Priority, UploadItem, UploadState
from desktop_search.models.facts_words import row_tip
from desktop_search.models.upload_actions import NOT_SENT, QueueAction, applies
from desktop_search.models.upload_words import progress_permille, row_name, tool_tip
from desktop_search.models.uploads_model import UploadRole
from desktop_search.ui.style.icons import icon
from desktop_search.ui.style.theme import tokens

ThumbnailOf = Callable[[UploadItem], QPixmap | None]

_ROW_HEIGHT, _MARGIN, _GAP = 54, 8, 8
_THUMB = QSize(64, 36)
_BUTTON, _BAR_HEIGHT, _RADIUS = 22, 3, 3


# What a row offers, the first that fits, beside taking it off the list; with the icon and the tip of each.
_STEPS = (QueueAction.RETRY, QueueAction.START, QueueAction.RESUME, QueueAction.INSIST, QueueAction.PAUSE)
_ICONS = {
    QueueAction.RETRY: "retry",
    QueueAction.START: "play",
    QueueAction.RESUME: "play",
    QueueAction.INSIST: "send",
    QueueAction.PAUSE: "pause",
    QueueAction.REMOVE: "remove",
}
_TIPS = {
    QueueAction.RETRY: _("Try again (R)"),
    QueueAction.START: _("Start (S)"),
    QueueAction.RESUME: _("Resume (P)"),
    QueueAction.INSIST: _("Send anyway"),
    QueueAction.PAUSE: _("Pause (P)"),
    QueueAction.REMOVE: _("Remove from the list (Delete)"),
}


class UploadDelegate(QStyledItemDelegate):
    """One row, without a widget of its own. Buttons show on the row under the mouse, on chosen and on failed rows.

    Signals:
        button_pressed(object QueueAction, object UploadItem): a row's button was clicked.
    """

    button_pressed = Signal(object, object)

    def __init__(self, thumbnail_of: ThumbnailOf | None = None) -> None:
        super().__init__()
        self._thumbnail_of = thumbnail_of

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high, so that ten thousand need no measuring."""
        return QSize(160, max(_ROW_HEIGHT, option.fontMetrics.height() * 2 + 2 * _MARGIN + _BAR_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row in the colours of the theme."""
        item: UploadItem = index.data(UploadRole.ITEM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        self._paint_thumbnail(painter, _thumbnail_rect(option.rect), item)
        self._paint_words(painter, option, item, index.data(UploadRole.WORDS))
        for button, rect in _buttons(option, item).items():
            icon(_ICONS[button]).paint(painter, rect.adjusted(3, 3, -3, -3))
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click on one of the row's buttons."""
        if not isinstance(event, QMouseEvent) or event.button() is not Qt.MouseButton.LeftButton:
            return super().editorEvent(event, model, option, index)
        item: UploadItem = index.data(UploadRole.ITEM)
        button = _button_at(option, item, event.position().toPoint())
        if button is None:
            return super().editorEvent(event, model, option, index)
        if event.type() is QEvent.Type.MouseButtonRelease:
            self.button_pressed.emit(button, item)
        return True

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """What a button does, or the whole path and state, which the row may have had to shorten, and what is in it."""
        item: UploadItem | None = index.data(UploadRole.ITEM)
        if item is None:
            return False
        button = _button_at(option, item, event.pos())
        text = _TIPS[button] if button else row_tip(item, index.data(UploadRole.WORDS))
        QToolTip.showText(event.globalPos(), tool_tip(text), view)
        return True

    def button_rect(self, option: QStyleOptionViewItem, item: UploadItem, button: QueueAction) -> QRect:
        """Where `button` is in a row; an empty rectangle when the row never has it."""
        return _places(option, item).get(button, QRect())

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tokens().selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, tokens().raised)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens().accent)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.setPen(tokens().line)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_thumbnail(self, painter: QPainter, rect: QRect, item: UploadItem) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().field)
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        picture = self._thumbnail_of(item) if self._thumbnail_of else None
        if picture is None or picture.isNull():
            name = "film" if item.kind is MediaKind.VIDEO else "picture"
            mode = QIcon.Mode.Disabled if item.state is UploadState.FAILED else QIcon.Mode.Normal
            icon(name).paint(painter, rect.adjusted(22, 8, -22, -8), mode=mode)
            return
        size = (
            picture.deviceIndependentSize().scaled(rect.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio).toSize()
        )
        target = QRect(QPoint(), size)
        target.moveCenter(rect.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, picture)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, item: UploadItem, state: str) -> None:
        words = _words_rect(option)
        height = option.fontMetrics.height()
        buttons = _buttons(option, item)
        first = QRect(words.left(), words.top(), words.width(), height)
        if buttons:
            first.setRight(min(rect.left() for rect in buttons.values()) - 2)
        painter.setPen(tokens().text)
        name = option.fontMetrics.elidedText(row_name(item), Qt.TextElideMode.ElideMiddle, first.width())
        painter.drawText(first, _LEFT, name)
        second = QRect(words.left(), first.bottom() + 1, words.width(), height)
        if item.state is UploadState.SEARCHABLE:
            sign = QRect(second.left(), second.top() + (height - 12) // 2, 12, 12)
            icon("check", tokens().good).paint(painter, sign)
            second.setLeft(second.left() + 16)
        if item.priority is not Priority.NORMAL and item.state in NOT_SENT:
            sign = QRect(second.left(), second.top() + (height - 12) // 2, 12, 12)
            icon("up" if item.priority is Priority.HIGH else "down", tokens().accent_text).paint(painter, sign)
            second.setLeft(second.left() + 16)
        painter.setPen(_state_colour(item))
        shown = option.fontMetrics.elidedText(state, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, _LEFT, shown)
        self._paint_bar(painter, QRect(words.left(), second.bottom() + 2, words.width(), _BAR_HEIGHT), item)

    def _paint_bar(self, painter: QPainter, rect: QRect, item: UploadItem) -> None:
        permille = progress_permille(item)
        if permille is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().line)
        painter.drawRoundedRect(rect, 1, 1)
        painter.setBrush(tokens().accent)
        painter.drawRoundedRect(QRect(rect.topLeft(), QSize(rect.width() * permille // 1000, rect.height())), 1, 1)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _state_colour(item: UploadItem) -> QColor:
    if item.state is UploadState.FAILED:
        return tokens().bad
    if item.state is UploadState.SEARCHABLE:
        return tokens().good
    return tokens().warn if item.state in {UploadState.KNOWN, UploadState.PAUSED} else tokens().muted


def _thumbnail_rect(row: QRect) -> QRect:
    return QRect(QPoint(row.left() + _MARGIN, row.top() + (row.height() - _THUMB.height()) // 2), _THUMB)


def _words_rect(option: QStyleOptionViewItem) -> QRect:
    left = _thumbnail_rect(option.rect).right() + 1 + _GAP
    height = option.fontMetrics.height() * 2 + 3 + _BAR_HEIGHT
    top = option.rect.top() + (option.rect.height() - height) // 2
    return QRect(left, top, option.rect.right() - _MARGIN - left, height)


def _buttons(option: QStyleOptionViewItem, item: UploadItem) -> dict[QueueAction, QRect]:
    """The row's buttons as they are shown now. None of them moves when another one comes or goes."""
    places = _places(option, item)
    if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
        return places
    return {button: rect for button, rect in places.items() if button is QueueAction.RETRY}


def _places(option: QStyleOptionViewItem, item: UploadItem) -> dict[QueueAction, QRect]:
    """Where the row's buttons are, from the right edge inwards."""
    step = next((action for action in _STEPS if applies(action, item)), None)
    offered = [QueueAction.REMOVE] if step is None else [step, QueueAction.REMOVE]
    words = _words_rect(option)
    top = words.top() - (_BUTTON - option.fontMetrics.height()) // 2
    right = words.right() + 4
    return {
        button: QRect(right - (place + 1) * (_BUTTON + 2), top, _BUTTON, _BUTTON)
        for place, button in enumerate(offered)
    }


def _button_at(option: QStyleOptionViewItem, item: UploadItem, at: QPoint) -> QueueAction | None:
    # The row under the mouse shows all its buttons, but the option of an event does not say that it is that row.
    return next((button for button, rect in _places(option, item).items() if rect.contains(at)), None)
