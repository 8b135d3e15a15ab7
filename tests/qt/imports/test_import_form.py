from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_search.core.import_wishes import Source
from desktop_search.core.imports import ImportKind, ImportWish
from desktop_search.core.library import MEMORIES_AI
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.ui.imports.import_form import NOT_CONFIRMED, ImportForm
from desktop_search.ui.style.theme import Theme, apply_theme
from tests.support.focus import wait_active

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def form(qtbot: QtBot, qapp: QApplication) -> ImportForm:
    apply_theme(qapp, Theme.DARK)
    made = ImportForm()
    qtbot.addWidget(made)
    made.resize(560, 420)
    made.set_library(MEMORIES_AI)
    made.show()
    made.activateWindow()
    wait_active(qtbot, made)
    return made


def enter(qtbot: QtBot, form: ImportForm, text: str, source: Source = Source.ADDRESSES) -> None:
    qtbot.mouseClick(form.sources[source], LEFT)
    form.text.setPlainText(text)


def submitted(qtbot: QtBot, form: ImportForm) -> list[ImportWish]:
    """What a press of the button asks for; nothing when it only shows problems."""
    asked: list[ImportWish] = []
    form.import_asked.connect(asked.extend)
    qtbot.mouseClick(form.submit_button, LEFT)
    return asked


@pytest.mark.parametrize(
    ("source", "typed", "words"),
    [
        (Source.ADDRESSES, "", "Enter an address."),
        (Source.ADDRESSES, "pier.mp4", "pier.mp4: This is no address"),
        (Source.ADDRESSES, "file:///tmp/pier.mp4", "drop it on the uploads"),
        (Source.ADDRESSES, "https://a.example/page", "neither a video file"),
        (Source.CREATORS, "harbourmaster", "This is no address"),
        (Source.CREATORS, "https://a.example/@a", "named by the address of the profile"),
        (Source.HASHTAGS, "", "Enter a hashtag."),
        (Source.HASHTAGS, "#", "A hashtag cannot be empty."),
        (Source.HASHTAGS, "two words", "has no blanks in it"),
    ],
)
def test_what_cannot_be_imported_is_said_at_its_field(
    qtbot: QtBot, form: ImportForm, source: Source, typed: str, words: str
) -> None:
    enter(qtbot, form, typed, source)
    assert submitted(qtbot, form) == []
    assert words in form.problem("text")
    assert form.text.hasFocus()
    assert form.text.toPlainText() == typed
    qtbot.keyClicks(form.text, "x")
    assert form.problem("text") == ""


def test_namespace_and_tags_are_checked(qtbot: QtBot, form: ImportForm) -> None:
    enter(qtbot, form, "https://a.example/pier.mp4")
    form.namespace.clear()
    form.tags.setText(",".join(f"t{number}" for number in range(21)))
    assert submitted(qtbot, form) == []
    assert form.problem("namespace") == "A namespace cannot be empty; leave it at “default”."
    assert form.problem("tags") == "At most 20 tags."
    assert form.namespace.hasFocus()


def test_fifty_one_posts_are_two_calls(qtbot: QtBot, form: ImportForm) -> None:
    enter(qtbot, form, "\n".join(f"https://www.youtube.com/watch?v={number}" for number in range(51)))
    assert form.recognised == "51 YouTube posts"
    form.quality.setCurrentIndex(form.quality.findData("1080"))
    wishes = submitted(qtbot, form)
    assert [(wish.kind, len(wish.subjects), wish.quality) for wish in wishes] == [
        (ImportKind.POSTS, 50, "1080"),
        (ImportKind.POSTS, 1, "1080"),
    ]
    assert form.text.toPlainText() == ""


def test_only_what_applies_is_asked(qtbot: QtBot, form: ImportForm) -> None:
    def shown() -> set[str]:
        fields = {"count": form.count, "quality": form.quality, "namespace": form.namespace, "tags": form.tags}
        return {name for name, field in fields.items() if field.isVisible()}

    enter(qtbot, form, "https://a.example/pier.mp4")
    assert shown() == {"namespace", "tags"}
    enter(qtbot, form, "https://youtu.be/abc")
    assert shown() == {"namespace", "quality"}
    enter(qtbot, form, "https://www.tiktok.com/@a", Source.CREATORS)
    assert shown() == {"namespace", "count"}
    form.count.setValue(7)
    enter(qtbot, form, "fog", Source.HASHTAGS)
    assert form.count.value() == 2
    qtbot.mouseClick(form.sources[Source.CREATORS], LEFT)  # what was typed there is there still
    assert (form.text.toPlainText(), form.count.value()) == ("https://www.tiktok.com/@a", 7)
    form.public.setChecked(True)
    assert shown() == {"count"}


def test_the_public_library_needs_a_confirmation_each_time(qtbot: QtBot, form: ImportForm) -> None:
    enter(qtbot, form, "fog", Source.HASHTAGS)
    qtbot.mouseClick(form.public, LEFT, pos=QPoint(8, form.public.height() // 2))
    assert "permanent and visible to everybody who uses memories.ai" in form.warning
    assert submitted(qtbot, form) == []
    assert form.problem("confirm") == NOT_CONFIRMED
    qtbot.mouseClick(form.confirm, LEFT, pos=QPoint(8, form.confirm.height() // 2))
    assert form.problem("confirm") == ""
    (wish,) = submitted(qtbot, form)
    assert wish.is_public
    assert not form.confirm.isChecked()


def test_what_it_may_cost_is_said_before(qtbot: QtBot, form: ImportForm) -> None:
    assert form.cost == ""
    form.set_prices(PriceTable(post_per_video=0.5))
    enter(qtbot, form, "fog", Source.HASHTAGS)
    assert "0.5 $ for each post" in form.cost
    assert form.submit_button.text() == "Import into memories.ai"


def test_dropped_addresses_are_added_to_the_lines(qtbot: QtBot, form: ImportForm) -> None:
    enter(qtbot, form, "fog", Source.HASHTAGS)
    form.offer("https://a.example/a.mp4")
    form.offer("https://a.example/b.mp4")
    assert form.text.toPlainText() == "https://a.example/a.mp4\nhttps://a.example/b.mp4"
    assert form.recognised == "2 video files"
