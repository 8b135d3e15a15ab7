"""The frame on screen as a picture file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_search.core.clip_names import safe_name
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.ui.dialogs.choosing import choose_new_file
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.watch.player_pane import PlayerPane

_LANE = "frames saved"
SaveStill = Callable[[Path, int, Path, CancelToken], Path]


class FrameSaving(QObject):
    """Signals:
    saved(Path): there it is.
    """

    saved = Signal(object)

    def __init__(
        self, runner: JobRunner, pane: PlayerPane, notices: NoticeBar, save: SaveStill, folder: Callable[[], Path]
    ) -> None:
        """`save(file, ms, target, token)` may take long, and tells the name it gave; `folder` is proposed."""
        super().__init__(pane)
        self._runner, self._pane, self._notices, self._save, self._folder = runner, pane, notices, save, folder

    def ask(self) -> None:
        """Hold the clip, and ask where the picture of its frame goes."""
        shown = self._pane.hold_frame()
        if shown is None:
            return
        file, at_ms = shown
        name = safe_name(f"{file.stem} {self._pane.timecode.text()}")
        target = self._folder() / f"{name}.png"
        choose_new_file(self._pane, _("Save this frame"), lambda chosen: self.save(file, at_ms, chosen), target)

    def save(self, file: Path, at_ms: int, target: Path) -> None:
        """Write the frame of `file` at this time; a file that is there stays, and the picture gets another name."""

        def work(token: CancelToken, _report: Report) -> Path:
            return self._save(file, at_ms, target, token)

        job = self._runner.start(work, lane=_LANE, done=self._on_saved, failed=self._notices.show_error)
        self._notices.show_progress(job, _("Saving the frame…"))

    def _on_saved(self, place: Path) -> None:
        self._notices.show_info(_("The frame was saved as {path}").format(path=place))
        self.saved.emit(place)
