"""What is thought of selects: stars, colours, notes and tags, for one or many."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject

from desktop_search.core.language import _
from desktop_search.core.selects import Select
from desktop_search.ui.selects.selects_controller import SelectsController
from desktop_search.ui.selects.selects_tab import SelectsTab


class SelectMarks(QObject):
    """Changes the chosen ones; the line below the list takes notes and tags."""

    def __init__(self, selects: SelectsController, tab: SelectsTab) -> None:
        super().__init__(tab)
        self._selects, self._tab = selects, tab
        self._edited: frozenset[int] = frozenset()
        tab.model.note_entered.connect(self._on_note_entered)
        tab.editor.note_given.connect(self._on_note_given)
        tab.editor.tags_given.connect(self._on_tags_given)

    def rate(self, stars: int) -> None:
        """Give the chosen ones so many stars."""
        self._selects.change_chosen(lambda one: one.marked(lambda mark: mark.rated(stars)), _("rating"))

    def colour(self, colour: str) -> None:
        """Give them this colour, "" for none."""
        self._selects.change_chosen(lambda one: one.coloured(colour), _("colour"))

    def edit_note(self) -> None:
        """Write a note for the chosen ones."""
        self._tab.editor.edit_note([one.mark for one in self._begin()])

    def edit_tags(self) -> None:
        """The same for tags."""
        self._tab.editor.edit_tags([one.mark for one in self._begin()], self._selects.tags)

    def _begin(self) -> tuple[Select, ...]:
        chosen = self._tab.chosen()
        self._edited = frozenset(one.select_id for one in chosen)
        return chosen

    def _on_note_entered(self, select: Select, note: str) -> None:
        self._note([select.select_id], note)

    def _on_note_given(self, note: str) -> None:
        self._note(self._edited, note)

    def _note(self, select_ids: Collection[int], note: str) -> None:
        self._selects.change_these(select_ids, lambda one: one.marked(lambda mark: mark.noted(note)), _("note"))

    def _on_tags_given(self, added: tuple[str, ...], removed: tuple[str, ...]) -> None:
        self._selects.change_these(
            self._edited, lambda one: one.marked(lambda mark: mark.tagged(added, removed)), _("tags")
        )
