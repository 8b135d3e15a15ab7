"""What a query is compared with: one button and one key for each scope, and the platform of public posts."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop_search.core.language import _, pgettext
from desktop_search.core.query import Platform, Scope
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.commands.tips import KeyTip
from desktop_search.ui.search.query_field import HINT
from desktop_search.ui.style.icons import icon

_TWICE = _("On memories.ai these are two searches, each of which is billed.")
_PUBLICLY = _(
    "What all users of a service share. On memories.ai each platform is two searches, each of which is billed."
)
HINTS = {
    Scope.ALL: HINT,
    Scope.SEEN: _("What is to be seen: red ball on grass, night, close-up, words on a sign…"),
    Scope.SAID: _("What is said, by its meaning; in “quotes” for the exact phrase"),
    Scope.PHRASE: _("What is said, word for word"),
    Scope.IMAGE: _("What is on a still image"),
    Scope.PUBLIC: _("What is seen or said in public posts"),
}
_SCOPES = (
    (Scope.ALL, pgettext("scope of a search", "All"), "search", _("Search what is seen and said"), "search.all"),
    (Scope.SEEN, pgettext("scope of a search", "Seen"), "eye", _("Search what is seen"), "search.seen"),
    (Scope.SAID, pgettext("scope of a search", "Said"), "speech", _("Search what is said"), "search.said"),
    (Scope.PHRASE, pgettext("scope of a search", "Phrase"), "quote", _("Search for an exact phrase"), "search.phrase"),
    (Scope.IMAGE, pgettext("scope of a search", "Images"), "picture", _("Search still images"), "search.images"),
    (Scope.PUBLIC, pgettext("scope of a search", "Public"), "globe", _("Search the public library"), "search.public"),
)
_PLATFORMS = (
    (_("Any platform"), None),
    ("TikTok", Platform.TIKTOK),
    ("YouTube", Platform.YOUTUBE),
    ("Instagram", Platform.INSTAGRAM),
)


class ScopeRow(QWidget):
    """Six buttons of which one is down.

    `platform_box` stands wherever there is room for it, and is shown while the public library is searched.

    Signals:
        changed(): another scope, or another platform.
    """

    changed = Signal()

    def __init__(self, commands: CommandSet) -> None:
        super().__init__()
        self._buttons = QButtonGroup(self)
        self.platform_box = _platform_box()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (scope, title, icon_name, words, command_id) in enumerate(_SCOPES):
            button = _button(number, title, icon_name, words)
            commands.connect(command_id, button.click, partial(_why_not, button))
            billed = {Scope.ALL: _TWICE, Scope.PUBLIC: _PUBLICLY}.get(scope, "")
            KeyTip(button, commands, command_id, f"{HINTS[scope]}\n{billed}".rstrip())
            self._buttons.addButton(button, number)
            row.addWidget(button)
        self._buttons.idToggled.connect(self._on_toggled)
        self.platform_box.currentIndexChanged.connect(self.changed)

    @property
    def scope(self) -> Scope:
        """The button that is down."""
        return _SCOPES[self._buttons.checkedId()][0]

    @property
    def platform(self) -> Platform | None:
        """Where public posts come from; `None` for anywhere, and in other scopes."""
        chosen = self.platform_box.currentData()
        return chosen if self.scope is Scope.PUBLIC and isinstance(chosen, Platform) else None

    def set_scope(self, scope: Scope, platform: Platform | None = None) -> None:
        """Put the button down, as if it was clicked; a scope without one does nothing."""
        for number, entry in enumerate(_SCOPES):
            if entry[0] is scope:
                self._buttons.button(number).setChecked(True)
        if scope is Scope.PUBLIC:
            self.platform_box.setCurrentIndex([entry[1] for entry in _PLATFORMS].index(platform))

    def set_words_shown(self, is_shown: bool) -> None:
        """Signs with words, or signs alone where there is no room for more; tool tips and names say the same."""
        sign_alone, with_words = Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self._buttons.buttons():
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(with_words if is_shown else sign_alone)
                button.setProperty("bare", not is_shown)
                button.style().polish(button)

    def allow(self, scopes: Collection[Scope]) -> None:
        """Only these can be chosen; where another one is, the first of them is."""
        for number, entry in enumerate(_SCOPES):
            self._buttons.button(number).setEnabled(entry[0] in scopes)
        if self.scope not in scopes:
            self.set_scope(next(entry[0] for entry in _SCOPES if entry[0] in scopes))

    def _on_toggled(self, _number: int, is_down: bool) -> None:
        if is_down:
            self.platform_box.setVisible(self.scope is Scope.PUBLIC)
            self.changed.emit()


def _button(number: int, title: str, icon_name: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setIcon(icon(icon_name))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setProperty("role", "segment")
    button.setProperty("place", {0: "first", len(_SCOPES) - 1: "last"}.get(number, "middle"))
    button.setCheckable(True)
    button.setChecked(number == 0)
    button.setAccessibleName(words)
    return button


def _why_not(button: QToolButton) -> str:
    return (
        ""
        if button.isEnabled()
        else _("A picture is compared with what is seen, and a clip holds neither images nor posts.")
    )


def _platform_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(_("Platform"))
    box.setToolTip(_("Where the posts come from"))
    for title, platform in _PLATFORMS:
        box.addItem(title, platform)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    box.hide()
    return box
