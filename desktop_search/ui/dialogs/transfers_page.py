"""How uploads go: how many at once, how fast at which hours, and how often the service may be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.calls import CallKind
from desktop_search.core.language import _
from desktop_search.core.transfer_settings import DOCUMENTED_LIMITS, RateLimit, TransferSettings
from desktop_search.ui.dialogs.hours_table import HoursTable
from desktop_search.ui.dialogs.rate_spin import RateSpin
from desktop_search.ui.style.labels import wrapped_label
from desktop_search.ui.style.spins import NumberSpin, indent

_KINDS = {
    CallKind.UPLOAD: _("Uploads"),
    CallKind.IMPORT: _("Imports"),
    CallKind.SEARCH: _("Searches"),
    CallKind.TRANSCRIPT: _("Transcripts"),
    CallKind.LIST: _("Lists"),
    CallKind.TASK: _("States of tasks"),
    CallKind.DELETE: _("Deletions"),
    CallKind.DOWNLOAD: _("Downloads"),
}
_AT_ONCE_MAX, _CALLS_MAX, _SECONDS_MAX = 16, 10_000, 86_400.0


class TransfersPage(QWidget):
    """Each choice applies at once. Prices and the budget have their own place; they are left as they are.

    Signals:
        changed(): a choice is other than before.
    """

    changed = Signal()

    def __init__(self, settings: TransferSettings) -> None:
        super().__init__()
        self.at_once = QSpinBox()
        self.at_once.setRange(1, _AT_ONCE_MAX)
        self.at_once.setKeyboardTracking(False)
        self.at_once.setAccessibleName(_("Uploads at once"))
        indent(self.at_once)
        self.limit = RateSpin(_("Bandwidth limit"))
        self.hours = HoursTable(settings.hours)
        self.calls: dict[CallKind, QSpinBox] = {}
        self.seconds: dict[CallKind, QDoubleSpinBox] = {}
        self.documented = QPushButton(_("As documented"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._speed_group())
        column.addWidget(self._limits_group())
        column.addStretch(1)
        self.at_once.setValue(settings.at_once)
        self.limit.set_bytes_s(settings.limit_bytes_s)
        self._show_limits(settings.limits)
        for whole in (self.at_once, *self.calls.values()):
            whole.valueChanged.connect(self.changed)
        for spin in (self.limit, *self.seconds.values()):
            spin.valueChanged.connect(self.changed)
        self.hours.changed.connect(self.changed)

    def choice(self) -> Callable[[TransferSettings], TransferSettings]:
        """What makes of any settings those with the choices of this page as they are now."""
        limits = {
            kind: RateLimit(self.calls[kind].value(), self.seconds[kind].value())
            for kind in _KINDS
            if self.calls[kind].value()
        }
        return partial(
            replace,
            at_once=self.at_once.value(),
            limit_bytes_s=self.limit.bytes_s(),
            hours=self.hours.spans(),
            limits=limits,
        )

    def _speed_group(self) -> QWidget:
        group = QGroupBox(_("Uploads"))
        form = QFormLayout(group)
        form.addRow(_("&At once, to each library"), self.at_once)
        form.addRow(_("&Bandwidth, for all together"), self.limit)
        form.addRow(wrapped_label("caption", _("Limits for hours go before that; the first that holds counts.")))
        form.addRow(self.hours)
        return group

    def _limits_group(self) -> QWidget:
        group = QGroupBox(_("Calls that memories.ai allows"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, (kind, title) in enumerate(_KINDS.items()):
            calls, seconds = QSpinBox(), NumberSpin()
            calls.setRange(0, _CALLS_MAX)
            calls.setSpecialValueText(_("no limit"))
            seconds.setRange(0.1, _SECONDS_MAX)
            seconds.setDecimals(1)
            seconds.setSuffix(_(" s"))
            for spin, name in (
                (calls, _("{title}: calls").format(title=title)),
                (seconds, _("{title}: seconds").format(title=title)),
            ):
                spin.setKeyboardTracking(False)
                spin.setAccessibleName(name)
                indent(spin)
            self.calls[kind], self.seconds[kind] = calls, seconds
            label = QLabel(title)
            label.setBuddy(calls)
            for place, widget in enumerate((label, calls, QLabel(_("in")), seconds)):
                grid.addWidget(widget, row, place)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.documented.setAutoDefault(False)
        self.documented.setAccessibleName(_("Limits as documented"))
        self.documented.setToolTip(_("The limits that the service documents"))
        self.documented.clicked.connect(lambda: self._show_limits(DOCUMENTED_LIMITS))
        foot = QHBoxLayout()
        foot.addWidget(self.documented)
        foot.addStretch(1)
        column = QVBoxLayout(group)
        column.addWidget(wrapped_label("caption", _("The program waits rather than ask more often.")))
        column.addLayout(grid)
        column.addLayout(foot)
        return group

    def _show_limits(self, limits: Mapping[CallKind, RateLimit]) -> None:
        for kind in _KINDS:
            limit = limits.get(kind)
            self.calls[kind].setValue(limit.calls if limit else 0)
            if limit:
                self.seconds[kind].setValue(limit.seconds)
