"""The clips of the circle that is chosen on the map, as a list; Enter or a double click shows one."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QVBoxLayout, QWidget

from desktop_search.core.language import _
from desktop_search.core.map_points import Cluster
from desktop_search.core.query import ClipKey
from desktop_search.models.placed_clips import PlacedClipsModel
from desktop_search.ui.places.map_canvas import cluster_words

_LEAST_PX = 72


class ChosenClips(QWidget):
    """Signals:
    clip_opened(PlacedClip): show this clip.
    """

    clip_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("role", "strong")
        self._model = PlacedClipsModel()
        self.view = QListView()
        self.view.setModel(self._model)
        self.view.setUniformItemSizes(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the date is at the end
        self.view.setMinimumHeight(_LEAST_PX)  # else a splitter that had no room for it gives it none
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName(_("Clips of the chosen place"))
        self.view.activated.connect(self._on_activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 4)
        column.setSpacing(4)
        column.addWidget(self._words)
        column.addWidget(self.view, 1)
        self.hide()

    def show_cluster(self, cluster: Cluster | None, hits: Collection[ClipKey]) -> None:
        """Be about these clips; nothing is shown for none."""
        self.setVisible(cluster is not None)
        if cluster is not None:
            self._words.setText(cluster_words(cluster))
            self._model.show(cluster.clips, hits)
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self._model.index(0, 0))

    def _on_activated(self, index: QModelIndex) -> None:
        self.clip_opened.emit(self._model.clip(index.row()))
