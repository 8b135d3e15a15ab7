"""Pictures that are searched by, off the GUI thread: pasted ones kept as files, all of them read for their chip."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.search_pane import SearchPane

PICTURES_LANE, SAVING_LANE = "pictures", "pasted"
_SMALL = QSize(256, 256)
_PICTURES_KEPT = 20


class PictureJobs(QObject):
    """Serves the search pane, which it belongs to.

    Args:
        folder: where a picture without a file is kept, to be searched by.
    """

    def __init__(self, runner: JobRunner, search: SearchPane, results: ResultsPane, folder: Path) -> None:
        super().__init__(search)
        self._runner, self._search, self._results, self._folder = runner, search, results, folder
        search.image_given.connect(self._on_image_given)
        search.thumbnail_needed.connect(self._on_thumbnail_needed)

    def _on_image_given(self, image: QImage) -> None:
        """A large picture takes a moment: as with a search, the button stops it."""

        def done(picture: Path) -> None:
            self._search.set_busy(False)
            self._search.search_by(picture)

        def failed(error: AppError) -> None:
            self._search.set_busy(False)
            self._results.show_error(error)

        running = self._runner.start(
            partial(_save, image, self._folder), lane=SAVING_LANE, done=done, failed=failed, latest_wins=True
        )
        self._search.set_busy(True, running.token)

    def _on_thumbnail_needed(self, picture: Path) -> None:
        self._runner.start(
            lambda _token, _report: read_small(picture),
            lane=PICTURES_LANE,
            done=partial(self._search.set_thumbnail, picture),
        )


def _save(image: QImage, folder: Path, _token: CancelToken, _report: Report) -> Path:
    """Keep a pasted picture under a name of its own, and only the newest few of them."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"pasted {time.strftime('%Y-%m-%d %H.%M.%S')} {uuid4().hex[:8]}.png"
    if not image.save(str(target)):
        raise FileProblem(
            _("The picture could not be kept."), hint=_("Is there room in {folder}?").format(folder=folder)
        )
    for old in sorted(folder.glob("pasted *.png"))[:-_PICTURES_KEPT]:
        old.unlink(missing_ok=True)
    return target


def read_small(picture: Path) -> QImage:
    """A picture at thumbnail size; null when it cannot be read (the search itself will say why)."""
    reader = QImageReader(str(picture))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(_SMALL, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
