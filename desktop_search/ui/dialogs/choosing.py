"""Letting the user choose a folder or a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(parent: QWidget, title: str, take: Callable[[Path], object], begin: Path | None = None) -> None:
    """Open the dialog and return at once; `take` gets the folder if one is chosen. It begins in `begin`."""
    dialog = QFileDialog(parent, title, str(begin or ""))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: take(Path(names[0])))
    dialog.open()


def choose_target(parent: QWidget, title: str, name: str, suffix: str, take: Callable[[Path], object]) -> None:
    """The same for one that is to be written, with a name to begin with; the system asks before one is replaced."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.setDirectory(str(documents_folder()))
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: take(Path(names[0])))
    dialog.open()


def documents_folder() -> Path:
    """The user's folder for documents, or their home where the system names one that is not there."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()


def choose_file(parent: QWidget, title: str, take: Callable[[Path], object]) -> None:
    """The same for one file that is there."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: take(Path(names[0])))
    dialog.open()


def choose_new_file(parent: QWidget, title: str, take: Callable[[Path], object], begin: Path) -> None:
    """The same for a file to write, which `begin` proposes; whether one that is there is replaced is not asked."""
    dialog = QFileDialog(parent, title, str(begin.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix(begin.suffix.removeprefix("."))
    dialog.selectFile(begin.name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.open()
