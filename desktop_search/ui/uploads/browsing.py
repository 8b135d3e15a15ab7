"""The dialogs in which footage is chosen instead of dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_search.core.footage import FOOTAGE_SUFFIXES, STILL_SUFFIXES
from desktop_search.core.language import _

Chosen = Callable[[Sequence[str]], object]


def browse_files(parent: QWidget, chosen: Chosen) -> None:
    """Let the user choose files."""
    dialog = QFileDialog(parent, _("Add videos and pictures"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    everything = _pattern(FOOTAGE_SUFFIXES | STILL_SUFFIXES)
    dialog.setNameFilters(
        [
            _("Videos and pictures ({patterns})").format(patterns=everything),
            _("Videos ({patterns})").format(patterns=_pattern(FOOTAGE_SUFFIXES)),
            _("Pictures ({patterns})").format(patterns=_pattern(STILL_SUFFIXES)),
            _("All files (*)"),
        ]
    )
    _open(dialog, chosen)


def browse_folder(parent: QWidget, chosen: Chosen) -> None:
    """Let the user choose a folder."""
    dialog = QFileDialog(parent, _("Add a folder of footage"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, chosen)


def _open(dialog: QFileDialog, chosen: Chosen) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(chosen)
    dialog.open()


def _pattern(suffixes: frozenset[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in sorted(suffixes))
