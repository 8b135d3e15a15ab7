"""Freshly installed Debian systems in folders, as new users have them: for trying packages out. Needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_MIRROR = "http://deb.debian.org/debian"
_MINUTES_S = 60
USERS = {"root": 0, "guest": 1000, "other": 1001}
# Own mounts, processes and shared memory, so that nothing is left mounted or running, however this ends.
_ENTER = """
root=$1; id=$2; user=$3; shift 3
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
exec chroot --userspec="$id:$id" "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive HOME="$([ "$user" = root ] && echo /root || echo "/home/$user")" "$@"
"""
_ISOLATED = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--ipc"]


def why_not() -> str:
    """Why clean roots cannot be made here; "" where they can."""
    if os.geteuid() != 0:
        return "making a clean system in a folder needs root"
    missing = [tool for tool in ("mmdebstrap", "unshare", "chroot", "dpkg-deb") if shutil.which(tool) is None]
    if missing:
        return f"{', '.join(missing)} is not installed"
    if subprocess.run([*_ISOLATED, "true"], capture_output=True, check=False).returncode:
        return "this machine does not allow namespaces of one's own"
    return ""


class CleanRoot:
    """A minimal Debian in the folder `place`, with the users `guest` and `other` besides root."""

    def __init__(self, place: Path) -> None:
        self.place = place

    @classmethod
    def made(cls, suite: str, place: Path, *packages: str) -> CleanRoot:
        """Install the Debian `suite` with `packages` into the new folder `place`. Raises `CalledProcessError`."""
        included = f"--include={','.join(['ca-certificates', *packages])}"
        options = ["--quiet", "--variant=minbase", included, '--aptopt=Acquire::Retries "3"']
        kept = "--skip=cleanup/apt/lists"  # else they would be fetched again before anything is installed
        command = ["mmdebstrap", *options, kept, suite, str(place), _MIRROR]
        subprocess.run(command, capture_output=True, check=True, timeout=6 * _MINUTES_S)
        for name in ("resolv.conf", "hosts"):
            shutil.copyfile(f"/etc/{name}", place / "etc" / name)
        root = cls(place)
        for name, number in USERS.items():
            if number:
                root.run("useradd", "--create-home", "--uid", str(number), name).check_returncode()
        return root

    def copied(self, place: Path) -> CleanRoot:
        """Another one like this."""
        subprocess.run(["cp", "-a", str(self.place), str(place)], check=True)
        return CleanRoot(place)

    def run(self, *command: str, user: str = "root") -> subprocess.CompletedProcess[str]:
        """Run a command inside as one of `USERS`; its output is kept, errors among it."""
        who = [str(USERS[user]), user]
        return subprocess.run(
            [*_ISOLATED, "sh", "-eu", "-c", _ENTER, "sh", str(self.place), *who, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=8 * _MINUTES_S,
            check=False,
        )

    def apt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run apt-get without questions; only what is needed is installed. Fails with what it said."""
        options = ["-q", "-y", "--no-install-recommends", "-o", "Acquire::Retries=3"]
        done = self.run("apt-get", *options, *arguments)
        assert done.returncode == 0, done.stdout[-4000:]
        return done

    def files_named(self, part: str) -> list[str]:
        """Paths of the system, seen from inside, whose names hold `part`; caches and logs of apt are left out."""
        asked = subprocess.run(
            ["find", ".", "-path", "./proc", "-prune", "-o", "-iname", f"*{part}*", "-print"],
            cwd=self.place,
            capture_output=True,
            text=True,
            check=True,
        )
        passing = ("./home/", "./tmp/", "./var/cache/", "./var/log/", "./var/lib/apt/")
        return sorted(line for line in asked.stdout.splitlines() if not line.startswith(passing))

    def remove(self) -> None:
        """Delete all of it."""
        shutil.rmtree(self.place)
