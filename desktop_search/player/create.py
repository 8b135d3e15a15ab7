"""Makes the player, or says what is missing for it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from desktop_search.core.byte_source import SourceOf
from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.media.frames import frame_at
from desktop_search.player.decoding import chosen_decoding, has_graphics_processor
from desktop_search.player.locator import Missing, find_libvlc, install_advice, lead_to
from desktop_search.player.painted_surface import PaintedSurface
from desktop_search.player.picture_way import PictureWay, chosen_way
from desktop_search.player.surface import WindowSurface
from desktop_search.player.vlc_player import VlcPlayer
from desktop_search.player.vlc_worker import Binding

_log = logging.getLogger(__name__)

SILENT = ("--aout=dummy",)
_WITHOUT_GPU = ("--gl=none", "--gles2=none")  # "--vout" is undone by set_xwindow
_DRAWN_BY = {PictureWay.WINDOW: _("VLC, into a window"), PictureWay.PAINTED: _("this program")}


def create_player(
    wanted: PictureWay = PictureWay.AUTOMATIC,
    options: tuple[str, ...] | None = None,
    *,
    hardware_decoding: bool = True,
    source_of: SourceOf = lambda _path: None,
) -> VlcPlayer | Missing:
    """A player, to be made on the GUI thread once there is an application.

    Args:
        wanted: who is to draw the video.
        options: of libVLC, beside those for the picture; by default sound goes where there is a sound device.
        hardware_decoding: whether the graphics processor may decode, where there is one.
        source_of: what is on its way to a path; `None` where nothing is.
    """
    found = find_libvlc()
    if isinstance(found, Missing):
        return found
    lead_to(found)
    chosen = picture_options() + (sound_options() if options is None else options)
    way, decoding = chosen_way(wanted, QGuiApplication.platformName()), chosen_decoding(hardware_decoding)
    _log.info("the video's picture: %s (%s); decoding: %s", way.way.value, way.reason, decoding.reason)
    made = VlcPlayer(
        lambda on_event: _bind(chosen, on_event),
        frame_at,
        PaintedSurface() if way.way is PictureWay.PAINTED else WindowSurface(),
        hardware_decoding=decoding.hardware,
        source_of=source_of,
    )
    made.facts = {
        "libVLC": found.version,
        _("Video drawn by"): f"{_DRAWN_BY[way.way]}: {way.reason}",
        _("Hardware decoding"): ": ".join((_("on") if decoding.hardware else _("off"), decoding.reason)),
    }
    return made


def sound_options(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> tuple[str, ...]:
    """No sound where there is no device for it; libVLC would complain at length."""
    if platform in {"win32", "darwin"} or "PULSE_SERVER" in environment or Path("/dev/snd").is_dir():
        return ()
    runtime = environment.get("XDG_RUNTIME_DIR")
    sockets = [Path(runtime) / name for name in ("pulse/native", "pipewire-0")] if runtime else []
    return () if any(socket.exists() for socket in sockets) else SILENT


def picture_options(platform: str = sys.platform, devices: Path = Path("/dev/dri")) -> tuple[str, ...]:
    """Plain X11 drawing where there is no graphics processor.

    libVLC would take OpenGL in software there: slow, and Mesa's crashes when one clip follows another many times.
    """
    return () if has_graphics_processor(platform, devices) else _WITHOUT_GPU


def _bind(options: tuple[str, ...], on_event: Callable[[str, int], None]) -> Binding:
    """Import and start libVLC; on the player's thread, since both take their time."""
    from desktop_search.player.vlc_binding import PlayerUnavailable, VlcBinding

    try:
        return VlcBinding(options, on_event)
    except PlayerUnavailable as error:
        raise PlayerUnavailable(error.message, hint=install_advice(), details=error.details) from error
    except (OSError, NotImplementedError, AttributeError) as error:
        details = f"{type(error).__name__}: {error}"
        raise AppError(_("VLC's library could not be loaded."), hint=install_advice(), details=details) from error
