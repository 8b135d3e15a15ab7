from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.imports import ImportedVideo, ImportItem, ImportKind, ImportState, ImportWish
from desktop_search.ui.imports.imports_dialog import ImportsDialog
from tests.support.focus import wait_exposed

LEFT = Qt.MouseButton.LeftButton
WISH = ImportWish("memories.ai", ImportKind.POSTS, tuple(f"https://www.youtube.com/watch?v={n}" for n in range(5)))


@pytest.fixture
def dialog(qtbot: QtBot) -> ImportsDialog:
    made = ImportsDialog()
    qtbot.addWidget(made)
    made.show()
    wait_exposed(qtbot, made)
    return made


def test_a_row_says_how_far_it_is(dialog: ImportsDialog) -> None:
    item = ImportItem(1, WISH)
    videos = tuple(ImportedVideo(f"VI{n}", f"v{n}", "PARSE" if n < 2 else "UNPARSE") for n in range(5))
    for now, words in (
        (item, "waits"),
        (replace(item, cause="Waits 42 s: the limit."), "waits 42 s: the limit."),
        (replace(item, cause="It cannot be reached."), "waits: It cannot be reached."),
        (replace(item, state=ImportState.ASKED), "asking…"),
        (replace(item, state=ImportState.RUNNING, fetch_permille=435), "fetching… 43 % · 0 of 5 there"),
        (replace(item, state=ImportState.RUNNING, videos=videos), "indexing… 3 to go · 2 searchable"),
        (replace(item, state=ImportState.DONE, videos=videos[:2]), "2 videos searchable"),
        (replace(item, state=ImportState.FAILED, cause="No such post."), "failed"),
    ):
        dialog.put_item(now)
        assert dialog.rows[0].state == words
    assert dialog.rows[0].cause == "No such post."


def test_only_what_failed_or_lacks_something_is_tried_again(qtbot: QtBot, dialog: ImportsDialog) -> None:
    whole = ImportItem(1, WISH, ImportState.DONE)
    dialog.set_items([whole, replace(whole, item_id=2, cause="1 of 5 posts did not come.")])
    lacking, complete = dialog.rows  # newest first
    qtbot.waitUntil(lambda: lacking.retry.isVisible() and complete.remove.isVisible())
    assert not complete.retry.isVisible()
    with qtbot.waitSignal(dialog.retry_asked) as asked:
        qtbot.mouseClick(lacking.retry, LEFT)
    assert asked.args == [2]
    with qtbot.waitSignal(dialog.remove_asked) as asked:
        qtbot.mouseClick(complete.remove, LEFT)
    assert asked.args == [1]


def test_markup_in_what_others_wrote_is_shown_as_it_is(dialog: ImportsDialog) -> None:
    dialog.put_item(ImportItem(1, WISH, ImportState.FAILED, cause="<b>bold</b> & more"))
    assert dialog.rows[0].cause.replace("\u200b", "") == "<b>bold</b> & more"


def test_every_control_has_a_name(qtbot: QtBot, dialog: ImportsDialog) -> None:
    dialog.put_item(ImportItem(1, WISH, ImportState.FAILED, cause="Gone."))
    dialog.form.public.setChecked(True)
    qtbot.waitUntil(lambda: dialog.rows[0].retry.isVisible())
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox)
    controls = [each for each in dialog.findChildren(QWidget) if isinstance(each, kinds) and each.isVisible()]
    nameless = [
        type(each).__name__
        for each in controls
        if not each.accessibleName() and not (isinstance(each, QAbstractButton) and each.text())
    ]
    assert nameless == []
    assert len(controls) > 8
