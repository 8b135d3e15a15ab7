"""Originals saved one after the other into a folder, with how far that is, below the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout

from desktop_search.core.errors import AppError
from desktop_search.core.language import _, ngettext
from desktop_search.core.library_items import LibraryItem
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.models.item_words import item_name
from desktop_search.models.transfer_words import size_words
from desktop_search.transfers.originals import Originals
from desktop_search.ui.dialogs.choosing import choose_folder
from desktop_search.ui.notices import NoticeBar, NoticeLevel

LANE = "saving originals"


class DownloadStrip(QFrame):
    """Takes no room while nothing is saved."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.label = QLabel()
        self.label.setProperty("role", "caption")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How much of the file is here"))
        self.stop = QPushButton(_("Stop"))
        self.stop.setProperty("role", "quiet")
        self.stop.setAccessibleName(_("Stop saving originals"))
        line = QHBoxLayout()
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 6, 4)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addLayout(line)
        self.hide()

    def say(self, words: str, received: int = 0, total: int | None = None) -> None:
        """What is being saved, and how far it is; without a total the bar runs to and fro."""
        self.label.setText(words)
        self.label.setToolTip(words)
        self.bar.setRange(0, 1000 if total else 0)
        if total:
            self.bar.setValue(min(1000, received * 1000 // total))
        self.show()


class DownloadController(QObject):
    """One file at a time: the service gives out so many in a minute."""

    def __init__(
        self,
        runner: JobRunner,
        originals: Originals,
        strip: DownloadStrip,
        notices: NoticeBar,
        reveal: Callable[[Sequence[Path]], object],
    ) -> None:
        super().__init__(strip)
        self._runner, self._originals, self._strip = runner, originals, strip
        self._notices, self._reveal = notices, reveal
        self._waiting = 0
        self._asked = 0
        self._saved: list[Path] = []
        strip.stop.clicked.connect(lambda: runner.cancel_lane(LANE))

    def ask(self, items: Sequence[LibraryItem]) -> None:
        """Ask for the folder, and save them there."""
        choose_folder(self._strip.window(), _("Where to save the originals"), lambda folder: self.save(items, folder))

    def save(self, items: Sequence[LibraryItem], folder: Path) -> None:
        """Save them there, behind what is being saved already."""
        for item in items:
            self._waiting += 1
            self._asked += 1
            place = self._asked
            self._runner.start(
                partial(self._work, item, folder),
                lane=LANE,
                done=self._on_saved,
                failed=partial(self._on_failed, item, folder),
                cancelled=self._end_one,
                progress=partial(self._on_progress, item, place),
            )
        self._strip.say(ngettext("Saving {count} file…", "Saving {count} files…", self._waiting))

    def _work(self, item: LibraryItem, folder: Path, token: CancelToken, report: Report) -> Path:
        return self._originals.save(item, folder, token, report)

    def _on_progress(self, item: LibraryItem, place: int, told: tuple[int, int | None]) -> None:
        received, total = told
        amount = size_words(received) if not total else f"{size_words(received)} / {size_words(total)}"
        words = _("Saving “{name}” · {amount} · {place} of {count}")
        words = words.format(name=item_name(item), amount=amount, place=place, count=self._asked)
        self._strip.say(words, received, total)

    def _on_failed(self, item: LibraryItem, folder: Path, error: AppError) -> None:
        words = _("“{name}” was not saved. {error}").format(name=item_name(item), error=error)
        self._notices.show_notice(
            NoticeLevel.ERROR,
            words,
            details=error.details,
            action_text=_("Try again"),
            action=partial(self.save, [item], folder),
        )
        self._end_one()

    def _on_saved(self, target: Path) -> None:
        self._saved.append(target)
        self._end_one()

    def _end_one(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self._strip.bar.setRange(0, 1)  # one that runs to and fro would go on doing so unseen
            self._strip.hide()
            self._asked = 0
            self._tell()

    def _tell(self) -> None:
        saved, self._saved[:] = list(self._saved), []
        if not saved:
            return
        if len(saved) == 1:
            words = _("Saved as {path}").format(path=saved[0])
        else:
            folder = saved[0].parent
            words = ngettext(
                "{count} file was saved in {folder}", "{count} files were saved in {folder}", len(saved), folder=folder
            )
        self._notices.show_notice(NoticeLevel.INFO, words, action_text=_("Show"), action=lambda: self._reveal(saved))
