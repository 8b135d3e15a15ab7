"""From a chosen result to its picture: finds or fetches the file off the GUI thread, then cues the player."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from desktop_search.core.byte_source import ByteSource
from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.language import _
from desktop_search.core.timecode import Timebase
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report, Work
from desktop_search.player.port import Player, PlayerState
from desktop_search.ui.dialogs.choosing import choose_file
from desktop_search.ui.watch.fetching import Fetching
from desktop_search.ui.watch.player_pane import PlayerPane

_LANE, _AHEAD_LANE = "watch", "watch ahead"


class Files(Protocol):
    """Where files of a library come from; every method may take long."""

    def video(self, hit: Hit, token: CancelToken) -> Path | ByteSource:
        """The video's file on this computer, or one that `video_path` brings and that can be read meanwhile."""
        ...

    def video_path(self, hit: Hit, token: CancelToken, report: Report) -> Path:
        """The video's whole file on this computer, fetched if need be."""
        ...

    def found_at(self, hit: Hit, path: Path, token: CancelToken) -> None:
        """The hit's original is there now. Raises `FileProblem` for another file."""
        ...

    def path_here(self, hit: Hit) -> Path | None:
        """The video's file as far as it is on this computer already; nothing is fetched."""
        ...

    def in_file(self, hit: Hit, path: Path) -> Hit:
        """The hit in the time of that file."""
        ...

    def image_path(self, image: ImageHit, token: CancelToken) -> Path:
        """The image's file on this computer, fetched if need be."""
        ...


class WatchController(QObject):
    """The newest choice wins; what was under way for an older one is cancelled.

    Signals:
        shown(Hit): the exact first frame of this hit is on the screen.
        image_shown(ImageHit)
        opened(str, Hit, Path, Timebase): the clip of a hit is being shown: its library, the hit in the time of
            the file, the file, and how it counts.
        original_found(Hit, Path): the user said where the original of this hit is now.
        missed(Hit): the clip of this hit cannot be shown; its library may know of it all the same.
        left_clip(): something else than a clip is shown, be it why there is none.
    """

    opened = Signal(object, object, object)
    missed = Signal(object)
    left_clip = Signal()
    original_found = Signal(object, object)
    shown = Signal(object)
    image_shown = Signal(object)

    def __init__(
        self,
        runner: JobRunner,
        files: Files,
        pane: PlayerPane,
        player: Player | None,
        timebase_of: Callable[[Path, CancelToken], Timebase],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._files, self._pane, self._player = runner, files, pane, player
        self._timebase_of = timebase_of
        self._fetching = Fetching(runner, files.video_path, pane, self)
        self._fetching.failed.connect(self._on_failed)
        self._again: Callable[[], None] = lambda: None
        pane.stop_asked.connect(self._on_stop_asked)
        pane.opening.stopped.connect(self._on_opening_stopped)
        pane.retry_asked.connect(self._try_again)
        pane.find_asked.connect(lambda: choose_file(pane, _("Where the file is now"), self.original_is_at))
        self._hit: Hit | None = None
        self._awaited: Hit | None = None
        if player is not None:
            player.frame_ready.connect(self._on_frame_ready)
            player.state_changed.connect(self._on_state)

    @property
    def hit(self) -> Hit | None:
        """What was chosen last."""
        return self._hit

    def cue(self, hit: Hit, others: Sequence[Hit] = ()) -> None:
        """Show the hit's first frame, held. `others` are all hits of the clip, for the marks on the timeline."""
        self._show(hit, others, playing=False)

    def play(self, hit: Hit, others: Sequence[Hit] = ()) -> None:
        """Play from the hit's first frame."""
        self._show(hit, others, playing=True)

    def make_ready(self, hits: Sequence[Hit], *, while_playing: bool = False) -> None:
        """Have the first frames of these at hand, as far as their clips are on this computer; the likeliest first.

        With `while_playing` also while a clip plays.
        """
        if self._player is None:
            return
        player = self._player

        def find(token: CancelToken, _report: Report) -> list[tuple[Path, int]]:
            moments = []
            for hit in hits:
                token.check()
                path = self._files.path_here(hit)
                if path is not None:
                    moments.append((path, self._files.in_file(hit, path).start_ms))
            return moments

        # What goes wrong here is told when the hit is chosen.
        ready = partial(player.make_ready, while_playing=while_playing)
        self._runner.start(find, lane=_AHEAD_LANE, done=ready, latest_wins=True)

    def shut_down(self) -> None:
        """The window closes: nothing is fetched, and nobody is told of it, any more."""
        self._runner.cancel_lane(_LANE)
        self._fetching.end()

    def show_image(self, image: ImageHit) -> None:
        """Show a still image."""
        self._hit = self._awaited = None
        self._again = lambda: self.show_image(image)
        self._fetching.end()

        def read(token: CancelToken, _report: Report) -> QImage:
            reader = QImageReader(str(self._files.image_path(image, token)))
            reader.setAutoTransform(True)
            reader.setDecideFormatFromContent(True)
            picture = reader.read()
            if picture.isNull():
                raise FileProblem(
                    _("This picture cannot be shown."), hint=_("It may be damaged."), details=reader.errorString()
                )
            return picture

        def done(picture: QImage) -> None:
            self._pane.show_pixmap(QPixmap.fromImage(picture), image.name)
            self.left_clip.emit()
            self.image_shown.emit(image)

        self._start(read, done, _("Fetching the picture…"))

    def _try_again(self) -> None:
        self._again()

    def original_is_at(self, path: Path) -> None:
        """The file of what was chosen last is there now: look whether it is the same, and show it."""
        hit = self._hit
        if hit is None:
            return

        def look(token: CancelToken, _report: Report) -> None:
            self._files.found_at(hit, path, token)

        def done(_nothing: object) -> None:
            self.original_found.emit(hit, path)
            self._again()

        self._start(look, done, _("Looking whether it is the same footage…"))

    def _show(self, hit: Hit, others: Sequence[Hit], *, playing: bool) -> None:
        self._hit, self._awaited = hit, None
        self._again = lambda: self._show(hit, others, playing=playing)

        def find(token: CancelToken, report: Report) -> tuple[Path, Timebase]:
            video = self._files.video(hit, token)
            path = video if isinstance(video, Path) else video.path
            report(None if isinstance(video, Path) else video)
            return path, self._timebase_of(path, token)

        def done(found: tuple[Path, Timebase]) -> None:
            path, timebase = found
            self._fetching.is_watched = True
            moment = self._files.in_file(hit, path)
            here = (each for each in others if path == hit.original or each.clip == hit.clip)
            marks = [self._files.in_file(each, path).start_ms for each in here]
            self._pane.set_hit(moment, path, timebase, marks)
            self.opened.emit(moment, path, timebase)
            if self._player is not None:
                self._awaited = hit
                go = self._player.play_from if playing else self._player.cue
                go(path, moment.start_ms)
                if self._player.state is PlayerState.LOADING and not self._fetching.is_under_way:
                    self._pane.opening.expect(self._player, _("Reading the frame…"), self._player.stop)

        def found(source: ByteSource | None) -> None:
            self._fetching.follow(hit, source)
            if self._fetching.is_under_way:  # which tells how far it is, and can be stopped
                self._pane.opening.clear()

        self._start(find, done, _("Opening the clip…"), found)

    def _start(
        self, work: Work, done: Callable[..., None], words: str, progress: Callable[..., None] | None = None
    ) -> None:
        """The newest wish; `words` say what is done, once it takes long."""
        self._pane.opening.clear()
        job = self._runner.start(
            work, lane=_LANE, done=done, failed=self._on_failed, progress=progress, latest_wins=True
        )
        self._pane.opening.follow(job, words)

    def _on_failed(self, error: AppError) -> None:
        self._runner.cancel_lane(_LANE)
        self._fetching.end()
        self._pane.show_error(error)
        self.left_clip.emit()
        if self._hit is not None:
            self.missed.emit(self._hit)

    def _on_opening_stopped(self) -> None:
        self._awaited = None
        self._pane.opening.clear()
        self._fetching.end()
        self._pane.show_message(_("Stopped"), _("Choose the result again, or try again."), can_retry=True)
        self._pane.message.retry.setFocus()  # where the button to stop it had it

    def _on_stop_asked(self) -> None:
        self._runner.cancel_lane(_LANE)
        self._fetching.end()
        self._pane.show_message(_("The clip is not fetched"), _("Choose the result again to fetch it."))

    def _on_state(self, state: PlayerState) -> None:
        if state is not PlayerState.LOADING:
            self._pane.opening.leave(self._player)

    def _on_frame_ready(self, _at_ms: int) -> None:
        hit, self._awaited = self._awaited, None
        if hit is not None:
            self.shown.emit(hit)
