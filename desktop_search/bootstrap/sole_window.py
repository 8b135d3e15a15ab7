"""One window for each profile: a lock beside the catalog, and what a second start does where another program has it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo
from PySide6.QtWidgets import QMessageBox

from desktop_search.bootstrap.meeting_place import announce
from desktop_search.core.language import _
from desktop_search.settings.folders import Folders


class SoleWindow:
    """The lock. It holds between sessions, users, and computers that share a drive."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._file = folders.data / "window.lock"
        self._lock = QLockFile(str(self._file))
        self._lock.setStaleLockTime(0)  # only the end of the other program makes its lock stale, never its age

    def take(self) -> bool:
        """Whether this program may open its window: no other has one with this profile. Held until the end."""
        if not self._lock.tryLock(0) and self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        announce(self._folders)
        return True

    def go_there(self, footage: Sequence[Path], title: str) -> int | None:
        """Hand `footage` to the window that is open, or say why that cannot be; the exit code.

        `None` where that window was just closing: its lock is now this program's.
        """
        from desktop_search.bootstrap.second_start import hand_over  # the network of Qt, behind the first frame

        words = self._foreign()
        if not words:
            if hand_over(self._folders, footage, self.take):
                return 0
            if self._lock.isLocked():
                return None
            words = [_("Desktop Search is already open, but its window does not answer."), _("Look for it, or end it.")]
        if footage:
            words.append(_("The files were not added."))
        QMessageBox.warning(None, title, "\n".join(words))
        return 1

    def _foreign(self) -> list[str]:
        """What to say of a window on another computer, or of another user, which cannot be spoken to; else nothing."""
        _pid, computer, _program = self._lock.getLockInfo()
        if computer and computer != QSysInfo.machineHostName():
            return [
                _("Desktop Search is open with these folders on another computer, {name}. End it there.").format(
                    name=computer
                ),
                _("If it is not open there any longer, delete the file {file} and start again.").format(
                    file=self._file
                ),
            ]
        if user := _other_user(self._file):
            return [
                _("Desktop Search is open with these folders for another user, {name}. End it there.").format(name=user)
            ]
        return []


def _other_user(file: Path) -> str:
    """Who owns it, where that is not the user of this program; "" else."""
    if sys.platform == "win32":
        return ""
    try:
        number = file.stat().st_uid
        return "" if number == os.getuid() else file.owner()
    except OSError:
        return ""
    except KeyError:  # of no name on this computer
        return str(number)
