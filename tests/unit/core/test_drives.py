"""Which drive a folder lies on, by Linux's own list of what is mounted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop_search.core.drives import Drive, drive_in, drive_of

MOUNTS = r"""
21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 21 0:40 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2
31 30 254:1 / /home/anna/fast rw,relatime - xfs /dev/vdb rw
32 21 0:41 / /media/big\040disk rw - fuseblk /dev/sda1 rw
33 21 0:42 / /media/Über rw - cifs //server/share rw
34 21 0:43 / /mnt/far rw - ext4 /dev/vdc rw
35 21 0:44 / /mnt/far rw - fuse.sshfs anna@server: rw
36 21 0:45 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
37 21 0:46 / /mnt/c rw - 9p C:\134 rw
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind", "is_network"),
    [
        ("/srv/footage", "ext4", False),
        ("/home/anna/.local/share/desktop-search", "nfs4", True),
        ("/home/anna/fast/profile", "xfs", False),
        ("/homework", "ext4", False),
        ("/media/big disk/profile", "fuseblk", False),
        ("/media/Über/profile", "cifs", True),
        ("/mnt/far/away", "fuse.sshfs", True),
        ("/run/user/1000/gvfs/smb-share", "fuse.gvfsd-fuse", True),
        ("/mnt/c/Users/anna", "9p", True),
    ],
)
def test_the_deepest_mount_and_the_last_one_there_counts(folder: str, kind: str, is_network: bool) -> None:
    assert drive_in(MOUNTS, Path(folder)) == Drive(kind, is_network)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lists its mounts")
def test_a_folder_that_is_not_there_yet_lies_where_it_will_be_made(tmp_path: Path) -> None:
    assert drive_of(tmp_path / "deep" / "folder") == drive_of(tmp_path)
    assert drive_of(tmp_path).kind
    assert drive_of(Path("/proc/self")) == Drive("proc", is_network=False)
