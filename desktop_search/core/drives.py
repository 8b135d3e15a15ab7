"""Where a folder lies: on a disk of this computer, or on a drive that others reach too, over a network."""

from __future__ import annotations

import ctypes
import re
import sys
from dataclasses import dataclass
from pathlib import Path

# As Linux names them. A file system of a program (FUSE) counts as one: most are networks (sshfs, rclone, GVfs), and
# few share memory. "fuseblk" is none: so disks of Windows and of cameras are read.
_OF_A_NETWORK = re.compile(
    r"^(nfs[0-9]*|cifs|smb[0-9a-z]*|ncpfs|afs|coda|ceph|9p|virtiofs|lustre|beegfs|gpfs|gfs2?|ocfs2|glusterfs|davfs"
    r"|vboxsf|vmhgfs|prl_fs|drvfs|fuse|fuse\..+)$"
)
_OCTAL = re.compile(r"\\([0-7]{3})")
_REMOTE = 4  # GetDriveTypeW
_LOCAL = 0x1000  # MNT_LOCAL of statfs
_FLAGS_AT, _NAME_AT, _NAME_BYTES, _ENOUGH_BYTES = 64, 72, 16, 4096  # of macOS's struct statfs


@dataclass(frozen=True, slots=True)
class Drive:
    """What a folder lies on. `kind` is the system's name of the file system, "" where it is not known."""

    kind: str
    is_network: bool


def drive_of(folder: Path) -> Drive:
    """The drive that `folder`, or what there is of the way to it, lies on; a local one where nothing can be found out.

    The drive itself is asked for nothing but its name, so this does not wait for one that does not answer, once the
    folder has been reached.
    """
    try:
        if sys.platform == "win32":
            return _on_windows(folder)
        if sys.platform == "darwin":
            return _on_macos(folder)
        return drive_in(Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape"), folder.resolve())
    except (OSError, AttributeError, ValueError):
        return Drive("", is_network=False)


def drive_in(mounts: str, folder: Path) -> Drive:
    """The drive of the absolute `folder` by Linux's list of `mounts` (/proc/self/mountinfo)."""
    kind, deepest = "", -1
    for line in mounts.splitlines():
        fields, _, more = line.partition(" - ")
        place = Path(_OCTAL.sub(lambda match: chr(int(match[1], 8)), fields.split(" ")[4]))
        if folder.is_relative_to(place) and len(place.parts) >= deepest:  # the last one at a place counts
            kind, deepest = more.split(" ")[0], len(place.parts)
    return Drive(kind, _OF_A_NETWORK.match(kind) is not None)


def _on_windows(folder: Path) -> Drive:
    place = folder.resolve().anchor
    if place.startswith("\\\\") and not place.startswith("\\\\?\\"):
        return Drive("share", is_network=True)
    is_remote = ctypes.windll.kernel32.GetDriveTypeW(place) == _REMOTE  # type: ignore[attr-defined,unused-ignore]
    return Drive("", is_network=is_remote)


def _on_macos(folder: Path) -> Drive:
    there = next(place for place in (folder, *folder.parents) if place.exists())
    held = ctypes.create_string_buffer(_ENOUGH_BYTES)
    system = ctypes.CDLL(None)
    ask = getattr(system, "statfs$INODE64", None) or system.statfs
    if ask(str(there).encode(), held):
        raise OSError(there)
    flags = int.from_bytes(held.raw[_FLAGS_AT : _FLAGS_AT + 4], "little")
    kind = held.raw[_NAME_AT : _NAME_AT + _NAME_BYTES].split(b"\0")[0].decode()
    return Drive(kind, is_network=not flags & _LOCAL)
