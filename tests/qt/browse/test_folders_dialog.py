"""The dialog of folders while the library answers: what is typed, chosen and looked at stays."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_search.core.listing import Folder
from desktop_search.services.library_folders import Shelf, Shelves
from desktop_search.ui.browse.folders_dialog import FoldersDialog

pytestmark = pytest.mark.display


def shelf(number: int, name: str = "") -> Shelf:
    return Shelf(Folder(f"f{number}", name or f"Day {number}"), f"n{number}", number)


@pytest.fixture
def dialog(qtbot: QtBot) -> FoldersDialog:
    dialog = FoldersDialog("Server")
    qtbot.addWidget(dialog)
    dialog.show_shelves(Shelves(tuple(shelf(number) for number in range(60)), has_folders=True))
    dialog.show()
    return dialog


def test_a_name_that_is_typed_stays(dialog: FoldersDialog, qtbot: QtBot) -> None:
    dialog.list.setCurrentRow(3)
    assert dialog.name.text() == "Day 3"
    dialog.name.clear()
    qtbot.keyClicks(dialog.name, "Night")
    for there in ((shelf(9), shelf(3)), (shelf(9),), ()):
        dialog.show_shelves(Shelves(there, has_folders=True))
        assert dialog.name.text() == "Night"


def test_what_is_chosen_and_looked_at_stays(dialog: FoldersDialog) -> None:
    dialog.list.setCurrentRow(40)
    dialog.list.verticalScrollBar().setValue(20)
    scrolled = dialog.list.verticalScrollBar().value()
    assert scrolled > 0
    dialog.show_shelves(
        Shelves((shelf(70), *(shelf(each, "Renamed" * (each == 40)) for each in range(60))), has_folders=True)
    )
    assert dialog.shelf is not None
    assert (dialog.shelf.name, dialog.list.currentRow()) == ("Renamed", 41)
    assert dialog.list.verticalScrollBar().value() == scrolled
