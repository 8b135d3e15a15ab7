"""The picture that is searched by, in the place of the words, with how alike a frame must be."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from desktop_search.core.language import _
from desktop_search.core.query import SIMILARITY_DEFAULT, picture_name
from desktop_search.models.result_words import one_line
from desktop_search.ui.style.buttons import close_button
from desktop_search.ui.style.spins import NumberSpin, indent

_HEIGHT_PX = 24


class PictureChip(QFrame):
    """Hidden while there is no picture.

    Signals:
        changed(): another picture, or none.
        search_asked(): Enter in the similarity field.
        words_begun(str): words are typed where a number belongs; this is their first letter.
        thumbnail_needed(Path): read this picture off the GUI thread and answer with `set_thumbnail`.
    """

    changed = Signal()
    thumbnail_needed = Signal(object)
    search_asked = Signal()
    words_begun = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._path: Path | None = None
        self.setProperty("role", "card")
        self._thumbnail = QLabel()
        self._thumbnail.setAccessibleName(_("Picture to search by"))
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._similarity = NumberSpin()
        self._similarity.setAccessibleName(_("Similarity"))
        self._similarity.setToolTip(_("How alike a frame must be, 0 to 1"))
        self._similarity.setRange(0, 1)
        self._similarity.setSingleStep(0.05)
        self._similarity.setValue(SIMILARITY_DEFAULT)
        self._similarity.setFixedWidth(76)
        indent(self._similarity)
        self._similarity.lineEdit().returnPressed.connect(self.search_asked)
        self._similarity.installEventFilter(self)
        self.setFocusProxy(self._similarity)
        remove = close_button(_("Remove the picture"), _("Search by words again"))
        remove.clicked.connect(lambda: self.set_picture(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 2, 0)
        row.setSpacing(6)
        row.addWidget(self._thumbnail)
        row.addWidget(self._name, 1)
        alike = QLabel(_("alike"))
        alike.setProperty("role", "caption")
        for part in (alike, self._similarity, remove):
            row.addWidget(part)
        self.hide()

    @property
    def path(self) -> Path | None:
        """The picture, or `None` when words are searched for."""
        return self._path

    @property
    def similarity(self) -> float:
        """The lowest score to be shown, 0 to 1."""
        return round(self._similarity.value(), 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a letter begins a query in words."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.text()[:1].isalpha():
            self.words_begun.emit(event.text())
            return True
        return super().eventFilter(watched, event)

    def set_alike_counts(self, counts: bool) -> None:
        """Whether the likeness means something; with words inside a clip the library judges both together."""
        self._similarity.setEnabled(counts)

    def set_picture(self, path: Path | None, similarity: float | None = None) -> None:
        """Show this picture, or nothing."""
        if similarity is not None:
            self._similarity.setValue(similarity)
        if path == self._path:
            return
        self._path = path
        self.setVisible(path is not None)
        if path is not None:
            self._name.setText(one_line(picture_name(path)))
            self._name.setToolTip(str(path))
            self._thumbnail.clear()
            self.thumbnail_needed.emit(path)
        self.changed.emit()

    def set_thumbnail(self, path: Path, image: QImage) -> None:
        """The picture itself, when it has been read."""
        if path == self._path and not image.isNull():
            ratio = self.devicePixelRatioF()
            height_px = round(_HEIGHT_PX * ratio)
            small = QPixmap.fromImage(image.scaledToHeight(height_px, Qt.TransformationMode.SmoothTransformation))
            small.setDevicePixelRatio(ratio)
            self._thumbnail.setPixmap(small)
