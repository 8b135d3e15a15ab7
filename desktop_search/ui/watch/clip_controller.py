"""Fills the tabs below the player for the clip that is shown, only the one in front, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.footage import TranscriptLine, VideoRecord
from desktop_search.core.hits import Hit
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.models.clip_details import clip_details
from desktop_search.ui.watch.clip_tabs import ClipTabs
from desktop_search.ui.watch.details_tab import DetailsTab
from desktop_search.ui.watch.transcript_tab import TranscriptTab

_LANE, _SAVING_LANE = "clip", "files"
_ReadLines = Callable[[Hit, CancelToken], tuple[TranscriptLine, ...]]
_NOTHING_CHOSEN = _("Choose a result to see what is said in its clip.")
_NOTHING_SEEN = _("Nothing is written about this clip, or it is still being indexed.")
_STOPPED = _("Reading was stopped. Choose the tab again to go on.")
_NOTHING_PUBLIC = _("The library tells no more about posts of its public part than its searches do.")
_NOTHING_SAID = _("Nothing was heard in this clip, or it has not been listened to yet.")


class Texts(Protocol):
    """What a library knows of a clip; every method may take long."""

    def transcript(self, hit: Hit, token: CancelToken) -> tuple[TranscriptLine, ...]:
        """What is said in it."""
        ...

    def captions(self, hit: Hit, token: CancelToken) -> tuple[TranscriptLine, ...]:
        """What is seen in it, in sentences."""
        ...

    def record(self, hit: Hit, token: CancelToken) -> VideoRecord | None:
        """How the library lists it."""
        ...


@dataclass(frozen=True, slots=True)
class _Clip:
    hit: Hit
    path: Path | None
    timebase: Timebase | None

    @property
    def identity(self) -> tuple[str, ...]:
        return *self.hit.clip, str(self.path)


class ClipController(QObject):
    """Signals:
    seek_asked(ms): the user chose a line.
    failed(AppError): a file could not be saved.
    read(): what is said or seen in the clip was read.
    """

    seek_asked = Signal(object)
    failed = Signal(object)
    read = Signal()

    def __init__(self, runner: JobRunner, texts: Texts, tabs: ClipTabs) -> None:
        super().__init__(tabs)
        self._runner, self._texts, self._tabs = runner, texts, tabs
        self._clip: _Clip | None = None
        self._filled: dict[object, tuple[str, ...]] = {}  # what each tab shows
        tabs.currentChanged.connect(lambda _index: self._fill())
        for lines in (tabs.transcript, tabs.captions):
            lines.line_chosen.connect(self.seek_asked)
            lines.save_asked.connect(partial(self._save, lines))
        self.show_nothing()

    def show_clip(self, hit: Hit, path: Path | None = None, timebase: Timebase | None = None) -> None:
        """The tabs are about this clip from now on, be its file here or away. The hit's times are those of the file."""
        self._clip = _Clip(hit, path, timebase)
        self._fill()
        self.set_position(hit.start_ms)

    def show_nothing(self) -> None:
        """No clip is shown."""
        self._clip = None
        self._filled.clear()
        self._runner.cancel_lane(_LANE)
        self._tabs.transcript.show_note(_NOTHING_CHOSEN)
        self._tabs.captions.show_note(_("Choose a result to read what is seen in its clip."))
        self._tabs.details.show_note(_("Choose a result to see what is known of its clip."))

    def set_position(self, at_ms: int) -> None:
        """Where the picture is."""
        self._tabs.transcript.set_position(at_ms)
        self._tabs.captions.set_position(at_ms)

    def _fill(self) -> None:
        tab, clip = self._tabs.currentWidget(), self._clip
        if clip is None or self._filled.get(tab) == clip.identity:
            return
        self._filled[tab] = clip.identity
        if tab is self._tabs.transcript:
            self._fill_lines(clip, self._tabs.transcript, self._texts.transcript, _NOTHING_SAID)
        elif tab is self._tabs.captions:
            self._fill_lines(clip, self._tabs.captions, self._texts.captions, _NOTHING_SEEN)
        else:
            self._fill_details(clip)

    def _fill_lines(self, clip: _Clip, tab: TranscriptTab, read: _ReadLines, nothing: str) -> None:
        tab.show_note(_("Reading…"))

        def done(lines: tuple[TranscriptLine, ...]) -> None:
            if lines:
                tab.set_lines(clip.hit.name, [line.moved_by(clip.hit.part_start_ms) for line in lines], clip.timebase)
                tab.set_position(clip.hit.start_ms)
                self.read.emit()
            else:
                self._filled.pop(tab, None)  # it may be listened to later
                tab.show_note(_NOTHING_PUBLIC if clip.hit.is_public else nothing)

        self._read(tab, lambda token: read(clip.hit, token), done)

    def _fill_details(self, clip: _Clip) -> None:
        tab = self._tabs.details
        tab.show_pairs(clip_details(clip.hit, None, clip.path, clip.timebase)[:1])

        def done(record: VideoRecord | None) -> None:
            tab.show_pairs(clip_details(clip.hit, record, clip.path, clip.timebase))

        self._read(tab, lambda token: self._texts.record(clip.hit, token), done)

    def _read(
        self, tab: TranscriptTab | DetailsTab, work: Callable[[CancelToken], object], done: Callable[..., None]
    ) -> None:
        def failed(error: AppError) -> None:
            self._filled.pop(tab, None)  # choosing the tab or the clip again asks again
            tab.show_note(str(error))

        identity = self._filled.get(tab)

        def cancelled() -> None:
            if self._filled.get(tab) == identity:  # nothing newer is being read for this tab
                self._filled.pop(tab, None)
                tab.show_note(_STOPPED)

        job = self._runner.start(
            lambda token, _report: work(token),
            lane=_LANE,
            done=done,
            failed=failed,
            cancelled=cancelled,
            latest_wins=True,
        )
        tab.reading.follow(job, _("This takes longer than usual…"))

    def _save(self, tab: TranscriptTab, path: Path, text: str) -> None:
        def write(_token: CancelToken, _report: Report) -> None:
            try:
                path.write_text(text, encoding="utf-8", newline="")
            except OSError as error:
                reason = reason_of(error)
                raise FileProblem(
                    _("“{name}” could not be saved: {reason}.").format(name=path.name, reason=reason),
                    hint=_("Choose another place."),
                ) from None

        job = self._runner.start(write, lane=_SAVING_LANE, failed=self.failed.emit)
        tab.reading.follow(job, _("Saving “{name}”…").format(name=path.name))
