"""From one pane of the window to the next by one key; each pane gives the focus to what had it last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

_FIRST_OF_ALL = (QAbstractItemView, QLineEdit, QWidget)


class PaneRing(QObject):
    """The panes in the order in which they are walked; those that are hidden are passed over."""

    def __init__(self, panes: Sequence[QWidget], window: QWidget) -> None:
        super().__init__(window)
        self._panes = tuple(panes)

    def to_next(self) -> None:
        """Into the pane after the one with the focus."""
        self._go(1)

    def to_previous(self) -> None:
        """Into the pane before it."""
        self._go(-1)

    def _go(self, step: int) -> None:
        here = self._pane_of(QApplication.focusWidget())
        start = self._panes.index(here) if here is not None else (-1 if step > 0 else 0)
        for distance in range(1, len(self._panes) + 1):
            pane = self._panes[(start + step * distance) % len(self._panes)]
            target = self._target(pane)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _target(self, pane: QWidget) -> QWidget | None:
        for widget in (pane.focusWidget(), pane):  # the first: what inside it had the focus last
            if _takes_focus(widget):
                return widget
        inside = [widget for widget in pane.findChildren(QWidget) if _takes_focus(widget)]
        return next((widget for kind in _FIRST_OF_ALL for widget in inside if isinstance(widget, kind)), None)

    def _pane_of(self, widget: QWidget | None) -> QWidget | None:
        if widget is None:
            return None
        return next((pane for pane in self._panes if pane is widget or pane.isAncestorOf(widget)), None)


def _takes_focus(widget: QWidget | None) -> bool:
    return (
        widget is not None
        and widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )
