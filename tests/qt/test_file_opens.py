"""Files that the system hands to the running program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop_search.bootstrap.file_opens import FileOpens


def test_files_are_taken_and_web_addresses_and_other_events_are_not(qapp: QApplication, tmp_path: Path) -> None:
    opened: list[Path] = []
    owner = QObject()
    watched = QObject(owner)
    watched.installEventFilter(FileOpens(opened.append, owner))
    clip = tmp_path / "take 1 # ü.mp4"
    assert qapp.sendEvent(watched, QFileOpenEvent(str(clip)))
    assert opened == [clip]
    qapp.sendEvent(watched, QFileOpenEvent(""))
    qapp.sendEvent(watched, QEvent(QEvent.Type.User))
    assert opened == [clip]
