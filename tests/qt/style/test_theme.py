"""Both themes: readable, complete, and every icon draws something."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop_search import resources
from desktop_search.ui.style.icons import draw, icon
from desktop_search.ui.style.theme import Theme, apply_theme, style_sheet, tokens
from desktop_search.ui.style.tokens import DARK, LIGHT, Tokens, contrast

GROUNDS = ("window", "panel", "field", "raised", "selection")
TEXTS = ("text", "muted", "accent_text", "good", "warn", "bad")


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_readable_on_every_ground(theme: Tokens, ground: str, text: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


def test_every_colour_is_a_ground_a_text_or_one_of_the_few_others() -> None:
    others = {"line", "accent", "on_accent", "video"}
    assert {entry.name for entry in fields(Tokens)} == {*GROUNDS, *TEXTS, *others}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_the_focus_stands_out_from_every_ground(theme: Tokens) -> None:
    weak = [ground for ground in GROUNDS if contrast(theme.accent, getattr(theme, ground)) < 3]
    assert weak == []


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_text_on_the_accent_is_readable(theme: Tokens) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5


def test_the_style_sheet_leaves_no_name_open(qapp: QApplication) -> None:
    for theme in (DARK, LIGHT):
        assert "$" not in style_sheet(theme)


def test_applying_a_theme_changes_the_tokens(qapp: QApplication) -> None:
    apply_theme(qapp, Theme.LIGHT)
    assert tokens() is LIGHT
    apply_theme(qapp, Theme.DARK)
    assert tokens() is DARK


def test_every_icon_draws_something_in_the_colour_asked_for(qapp: QApplication) -> None:
    names = [file.stem for file in resources.path("icons").glob("*.svg")]
    assert len(names) > 20
    for name in names:
        image = draw(name, 32, QColor("#ff0000")).toImage()
        drawn = [image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 200]
        assert drawn, name
        assert all(colour.red() > 200 and colour.green() < 60 for colour in drawn), name


def test_a_change_of_theme_recolours_the_icons_on_show(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, Theme.DARK)
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icon("close"))
    apply_theme(qapp, Theme.LIGHT)
    image = button.icon().pixmap(32).toImage()
    drawn = [image.pixelColor(x, y) for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 200]
    apply_theme(qapp, Theme.DARK)
    assert drawn
    assert all(contrast(colour, LIGHT.raised) >= 4.5 for colour in drawn)
