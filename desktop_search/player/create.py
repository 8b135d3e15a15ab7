"""Makes the player, or says what is missing for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop_search.core.errors import AppError
from desktop_search.media.frames import frame_at
from desktop_search.player.locator import Found, Missing, find_libvlc, install_advice
from desktop_search.player.vlc_player import VlcPlayer
from desktop_search.player.vlc_worker import Binding

SILENT = ("--aout=dummy",)
_WITHOUT_GPU = ("--gl=none", "--gles2=none", "--avcodec-hw=none")  # "--vout" is undone by set_xwindow


def create_player(found: Found | Missing | None = None, options: tuple[str, ...] | None = None) -> VlcPlayer | Missing:
    """A player, to be made on the GUI thread.

    Args:
        found: what `find_libvlc()` said, if it was asked before (on another thread, to save some milliseconds here).
        options: of libVLC, beside those for the picture; by default sound goes where there is a sound device.
    """
    found = found if found is not None else find_libvlc()
    if isinstance(found, Missing):
        return found
    os.environ["PYTHON_VLC_LIB_PATH"] = found.library
    if found.plugins is not None:
        os.environ.setdefault("VLC_PLUGIN_PATH", str(found.plugins))
    chosen = picture_options() + (sound_options() if options is None else options)
    return VlcPlayer(lambda on_event: _bind(chosen, on_event), frame_at, found.version)


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
    if platform in {"win32", "darwin"} or any(devices.glob("renderD*")):
        return ()
    return _WITHOUT_GPU


def _bind(options: tuple[str, ...], on_event: Callable[[str, int], None]) -> Binding:
    """Import and start libVLC; on the player's thread, since both take their time."""
    from desktop_search.player.vlc_binding import PlayerUnavailable, VlcBinding

    try:
        return VlcBinding(options, on_event)
    except PlayerUnavailable as error:
        raise PlayerUnavailable(error.message, hint=install_advice(), details=error.details) from error
    except (OSError, NotImplementedError, AttributeError) as error:
        details = f"{type(error).__name__}: {error}"
        raise AppError("VLC's library could not be loaded.", hint=install_advice(), details=details) from error
