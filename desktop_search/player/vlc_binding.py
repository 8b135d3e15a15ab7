"""The one file that imports `vlc`: libVLC as plain calls, its callbacks as plain values.

python-vlc loads the library while it is imported, so this module may only be imported once the locator found it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import vlc

from desktop_search.core.byte_source import ByteSource
from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.player.frame_store import FrameStore
from desktop_search.player.vlc_memory import MemoryOutput
from desktop_search.player.vlc_stream import StreamInput

OPTIONS = (
    "--quiet",
    "--play-and-pause",  # the last frame stays, and the player can go on; "ended" would be a dead end
    "--no-video-title-show",
    "--no-osd",
    "--no-spu",
    "--no-lua",
    "--no-interact",
    "--no-keyboard-events",
    "--no-mouse-events",
    "--no-snapshot-preview",
    "--no-sub-autodetect-file",
)
_EVENTS = {
    "opened": "MediaPlayerVout",
    "playing": "MediaPlayerPlaying",
    "paused": "MediaPlayerPaused",
    "ended": "MediaPlayerEndReached",
    "failed": "MediaPlayerEncounteredError",
    "time": "MediaPlayerTimeChanged",
    "length": "MediaPlayerLengthChanged",
}
BY_HARDWARE, BY_SOFTWARE = ":avcodec-hw=any", ":avcodec-hw=none"
OnEvent = Callable[[str, int], None]


class PlayerUnavailable(AppError):
    """libVLC is there, but does not start; nearly always its plugins are missing."""


class VlcBinding:
    """One libVLC media player.

    `on_event(name, value)` is called on libVLC's own threads and must only pass the values on: any libVLC call from
    there can deadlock. The value is a time in milliseconds for "time" and "length", and 0 otherwise.
    """

    def __init__(self, options: tuple[str, ...], on_event: OnEvent) -> None:
        self._instance = vlc.Instance(*OPTIONS, *options)
        if self._instance is None:  # python-vlc's way of saying it
            raise PlayerUnavailable(_("VLC's library is there, but it did not start: its plugins are missing."))
        self._player = self._instance.media_player_new()
        self._player.video_set_mouse_input(False)
        self._player.video_set_key_input(False)
        self._on_event: OnEvent | None = on_event
        self._stream: StreamInput | None = None
        self._events = self._player.event_manager()  # kept: its callback must outlive the player's threads
        for name, kind in _EVENTS.items():
            self._events.event_attach(getattr(vlc.EventType, kind), self._happened, name)

    def show_in(self, outlet: int | FrameStore) -> None:
        """Draw into the native window with this id, or write into this memory."""
        if isinstance(outlet, FrameStore):
            self._memory = memory = MemoryOutput(outlet)  # kept: libVLC calls what it holds
            self._player.video_set_callbacks(memory.lock, None, memory.display, None)
            self._player.video_set_format_callbacks(memory.set_up, memory.clean_up)
        elif sys.platform == "win32":
            self._player.set_hwnd(outlet)
        elif sys.platform == "darwin":
            self._player.set_nsobject(outlet)
        else:
            self._player.set_xwindow(outlet)

    def open(self, path: Path, *, hardware: bool, source: ByteSource | None = None) -> None:
        """Begin to play another file; "opened" follows when its first picture is about to be shown.

        With `hardware` the graphics processor decodes what it can. With `source` the file is still on its way.
        """
        self._abort()
        before, self._stream = self._stream, None if source is None else StreamInput(source)
        if self._stream is None:
            media = self._instance.media_new_path(os.fsencode(path))  # a name may hold bytes that are no Unicode
        else:
            stream = self._stream
            media = self._instance.media_new_callbacks(stream.open, stream.read, stream.seek, stream.close, None)
        media.add_option(BY_HARDWARE if hardware else BY_SOFTWARE)
        self._player.set_media(media)  # closes the one before
        del before
        media.release()
        self._player.play()

    def resume(self) -> None:
        """Play on."""
        self._player.set_pause(0)

    def hold(self) -> None:
        """Pause."""
        self._player.set_pause(1)

    def go_to(self, at_ms: int) -> None:
        """Exact while playing; while paused the picture comes up to four frames early, and playing on is exact."""
        self._player.set_time(at_ms)

    def pictures_shown(self) -> int:
        """How many pictures of the file have been shown so far; counted about once a second while it plays."""
        media, stats = self._player.get_media(), vlc.MediaStats()
        if media is None:
            return 0
        media.get_stats(stats)
        media.release()
        return int(stats.displayed_pictures)

    def set_rate(self, rate: float) -> None:
        """Playing speed."""
        self._player.set_rate(rate)

    def set_volume(self, percent: int) -> None:
        """0 to 100."""
        self._player.audio_set_volume(percent)

    def set_muted(self, muted: bool) -> None:
        """Sound off or on."""
        self._player.audio_set_mute(muted)

    def stop(self) -> None:
        """Close the file. Waits until libVLC's threads for it have ended."""
        self._abort()
        self._player.stop()

    def release(self) -> None:
        """Give everything back. The object is of no use afterwards."""
        self._on_event = None
        self._abort()
        for kind in _EVENTS.values():
            self._events.event_detach(getattr(vlc.EventType, kind))
        self._player.stop()
        self._player.release()
        self._instance.release()

    def _abort(self) -> None:
        """libVLC waits for its reading, and this thread for libVLC."""
        if self._stream is not None:
            self._stream.abort()

    def _happened(self, event: object, name: str) -> None:
        told = self._on_event
        if told is None:
            return
        values = getattr(event, "u", None)
        if name == "time":
            told(name, int(getattr(values, "new_time", 0)))
        elif name == "length":
            told(name, int(getattr(values, "new_length", 0)))
        else:
            told(name, 0)
