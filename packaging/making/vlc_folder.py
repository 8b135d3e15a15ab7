"""libVLC and its plugins for inside an installed program, from a VLC that is unpacked somewhere."""

from __future__ import annotations

import re
from pathlib import Path

TARGET = "libVLC"  # where player/locator.py looks
LENT = "lent"  # in it; libraries for a system that lacks them
_LIBRARIES = {"win32": ("libvlc.dll", "libvlccore.dll"), "darwin": ("libvlc.dylib", "libvlccore.dylib")}
# Kinds of plugins that a player in a window never needs: other interfaces, writing files, streaming, discs, scripts.
UNUSED_KINDS = frozenset(
    {
        "access_output",
        "control",
        "gui",
        "keystore",
        "lua",
        "meta_engine",
        "mux",
        "notify",
        "services_discovery",
        "spu",
        "stream_extractor",
        "stream_out",
        "video_splitter",
        "visualization",
    }
)
# Of the kinds that are needed: other sources than files (network shares, cameras, tuners, discs, screens), pictures of
# text, still pictures, encoders, and sound formats of old computers. Each of these brings libraries of its own.
_UNUSED = re.compile(
    r"""^lib(
    access_(?!concat|imem)\w*|addons\w*|alsasrc|avio|cdda|dc1394|dtv|dv1394|dvb|dvdnav|dvdread|ftp|http|https|jack
    |libbluray|linsys_\w*|live555|nfs|pulsesrc|rdp|rist|rtp|satip|screen|sdp|sftp|shm|smb\w*|srt|tcp|timecode|udp|upnp|v4l2
    |vcd|vdr|vnc|vod_rtsp|xcb_screen
    |aa|caca|fb|flaschen|freetype|kate|svg|svgdec|tdummy|telx|zvbi
    |fluidsynth|gme|mod|sdl_image|shine|sid|twolame|x264|x26410b|x265
    |audioscrobbler|export|fetch|gnutls|inhibit
    )_plugin\.""",
    re.VERBOSE,
)


def wanted_plugins(plugins: Path) -> list[Path]:
    """The plugins below the folder `plugins` that are taken along."""
    return [
        path
        for path in sorted(plugins.rglob("*plugin.*"))
        if path.suffix in {".so", ".dll", ".dylib"}
        and path.relative_to(plugins).parts[0] not in UNUSED_KINDS
        and not _UNUSED.match(path.name)
    ]


def binaries(folder: str, platform: str) -> list[tuple[str, str]]:
    """For PyInstaller: (file, folder inside the program). Nothing where no folder is given."""
    if not folder:
        return []
    root = Path(folder)
    libraries = [path for name in _LIBRARIES[platform] for path in (root / name, root / "lib" / name) if path.is_file()]
    plugins = root / "plugins"
    if len(libraries) != len(_LIBRARIES[platform]) or not plugins.is_dir():
        raise FileNotFoundError(f"no libVLC with plugins in {folder}")
    inside = [(str(path), f"{TARGET}/{path.parent.relative_to(root).as_posix()}") for path in wanted_plugins(plugins)]
    return [(str(path), TARGET) for path in libraries] + inside
