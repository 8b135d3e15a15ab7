"""The active filters as chips; a click or a key takes one away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop_search.core.language import _, ngettext, number
from desktop_search.core.places import Place, described, ground_in, with_ground
from desktop_search.core.query import SearchFilters
from desktop_search.core.when import Span, words_of
from desktop_search.models.result_words import STRICTNESS_TITLES, one_line
from desktop_search.models.upload_words import plain_line, tool_tip
from desktop_search.ui.style.flow_layout import FlowLayout
from desktop_search.ui.style.icons import icon

_LONGEST = 60
_VIDEOS_SHOWN = 8

Chip = tuple[str, SearchFilters]


def chips_of(filters: SearchFilters, names: Mapping[str, str] | None = None) -> list[Chip]:
    """What is on, in words, and the filters as they are without it. `names` are those of videos by their ids."""
    plain = SearchFilters()
    found: list[Chip] = []
    if filters.namespace != plain.namespace:
        found.append(
            (
                _("namespace: {namespace}").format(namespace=filters.namespace),
                replace(filters, namespace=plain.namespace),
            )
        )
    if filters.top_k != plain.top_k:
        found.append((_("best {count}").format(count=number(filters.top_k)), replace(filters, top_k=plain.top_k)))
    if filters.strictness is not None:
        level = STRICTNESS_TITLES[filters.strictness]
        found.append((_("strictness: {level}").format(level=level), replace(filters, strictness=None)))
    if filters.tag:
        found.append((_("tag: {tag}").format(tag=filters.tag), replace(filters, tag="")))
    for camera in filters.cameras:
        others = tuple(other for other in filters.cameras if other != camera)
        found.append((_("camera: {camera}").format(camera=camera), replace(filters, cameras=others)))
    if filters.taken_after is not None or filters.taken_before is not None:
        time = words_of(Span(filters.taken_after, filters.taken_before), None)
        said = _("taken: {words}, {time}") if filters.taken_words else _("taken: {time}")
        found.append((said.format(time=time, words=filters.taken_words), filters.with_taken(None, None)))
    ground = ground_in(filters)
    if isinstance(ground, Place):
        found.append((_("within 20 km of {place}").format(place=ground.described), with_ground(filters, None)))
    elif ground is not None:
        found.append((_("within {area}").format(area=described(ground)), with_ground(filters, None)))
    for name in filters.people:
        others = tuple(other for other in filters.people if other != name)
        found.append((_("person: {name}").format(name=name), replace(filters, people=others)))
    return found + _videos(filters, names or {})


def _videos(filters: SearchFilters, names: Mapping[str, str]) -> list[Chip]:
    """One for each of a few; of many, one for all that would else fill the pane."""
    chosen = filters.video_nos
    shown = chosen if len(chosen) <= _VIDEOS_SHOWN else chosen[: _VIDEOS_SHOWN - 1]
    found: list[Chip] = []
    for video_no in shown:
        others = tuple(other for other in chosen if other != video_no)
        words = _("in {video}").format(video=names.get(video_no, video_no))
        found.append((words, replace(filters, video_nos=others)))
    if len(shown) < len(chosen):
        found.append(
            (
                ngettext("in {count} more video", "in {count} more videos", len(chosen) - len(shown)),
                replace(filters, video_nos=shown),
            )
        )
    return found


class _Chip(QToolButton):
    """Delete and Backspace do what a click does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace; the rest is the button's."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
        else:
            super().keyPressEvent(event)


class FilterChips(QWidget):
    """Signals:
    removed(SearchFilters): the filters that stay when the chip is gone; none when all are cleared.
    emptied(): the last chip was taken away by a key, so that the focus must go elsewhere.
    """

    removed = Signal(object)
    emptied = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Active filters"))
        self._layout = FlowLayout(self)
        self._chips: list[_Chip] = []
        self._shown: list[Chip] = []
        self._clear = QPushButton(_("Clear all"))
        self._clear.setProperty("role", "clear")
        self._clear.setAccessibleName(_("Clear all filters"))
        self._clear.setAutoDefault(False)
        self._clear.clicked.connect(self._on_clear)
        self._layout.addWidget(self._clear)
        self.hide()

    def show_filters(self, filters: SearchFilters, names: Mapping[str, str] | None = None) -> None:
        """One chip for everything that is not as it is by itself."""
        chips = chips_of(filters, names)
        if chips == self._shown:
            return
        self._shown = chips
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, _Chip):
                widget.hide()
                widget.deleteLater()
        self._chips = [self._made(place, text, rest) for place, (text, rest) in enumerate(chips)]
        before: QWidget = self
        for chip in self._chips:
            self._layout.addWidget(chip)
            chip.show()  # now, as it may be given the focus
            QWidget.setTabOrder(before, chip)  # else Tab would come to what is new at last
            before = chip
        self._layout.addWidget(self._clear)
        QWidget.setTabOrder(before, self._clear)
        self._clear.setVisible(len(chips) > 1)
        self.setVisible(bool(chips))

    def _made(self, place: int, text: str, rest: SearchFilters) -> _Chip:
        chip = _Chip()
        chip.setProperty("role", "chip")
        shown = plain_line(one_line(text))
        short = shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
        chip.setText(short.replace("&", "&&"))
        chip.setIcon(icon("close"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setAccessibleName(_("Remove filter {filter}").format(filter=shown))
        chip.setToolTip(tool_tip(_("Remove “{filter}” (Delete)").format(filter=shown)))
        chip.clicked.connect(partial(self._on_removed, place, rest))
        return chip

    def _on_removed(self, place: int, rest: SearchFilters, *_checked: bool) -> None:
        had_focus = self._chips[place].hasFocus()
        self.removed.emit(rest)
        if had_focus and self._chips:
            self._chips[min(place, len(self._chips) - 1)].setFocus()
        elif had_focus:
            self.emptied.emit()

    def _on_clear(self) -> None:
        self.removed.emit(SearchFilters())
        self.emptied.emit()
