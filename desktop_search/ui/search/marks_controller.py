"""Marks of results: read for what was found, changed by keys and menu, taken back; all off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_search.core.hits import Hit, ImageHit
from desktop_search.core.language import _, pgettext
from desktop_search.core.marks import NO_MARK, RATING_MAX, Mark
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.search.mark_editor import MarkEditor
from desktop_search.ui.search.marks_bar import MarksBar
from desktop_search.ui.search.result_menu import Chosen, MenuEntry, ResultMenu, Section
from desktop_search.ui.search.results_pane import ResultsPane

LANE = "marks"
_Marks = dict[Hit | ImageHit, Mark]


class MarkStore(Protocol):
    """Where marks are kept; every method may take long."""

    def of(self, found: Iterable[Hit | ImageHit]) -> _Marks:
        """The marks of those that have one."""
        ...

    def tags(self) -> tuple[str, ...]:
        """Every tag that is in use."""
        ...

    def change(self, found: Iterable[Hit | ImageHit], change: Callable[[Mark], Mark], words: str) -> None:
        """Give all of these another mark."""
        ...

    def undo(self) -> str:
        """Take the last change back; what it was."""
        ...

    def redo(self) -> str:
        """Make it again."""
        ...


class MarksController(QObject):
    """Signals:
    failed(AppError): marks could not be read or kept.
    """

    failed = Signal(object)

    def __init__(
        self, runner: JobRunner, store: MarkStore, pane: ResultsPane, menu: ResultMenu, commands: CommandSet
    ) -> None:
        super().__init__(pane)
        self._runner, self._store, self._pane = runner, store, pane
        self._found: Chosen = ()
        self._marks: _Marks = {}
        self._tags: tuple[str, ...] = ()
        self._edited: Chosen = ()
        self.bar, self.editor = MarksBar(), MarkEditor()
        pane.found_shown.connect(self.set_found)
        pane.put_before_list(self.bar)
        pane.put_below(self.editor)
        self.bar.filter_changed.connect(lambda _wanted: self._show())
        self.editor.note_given.connect(self._on_note_given)
        self.editor.tags_given.connect(self._on_tags_given)
        self.editor.left.connect(pane.view.setFocus)  # what is chosen stays chosen
        self._add_entries(menu)
        commands.connect("results.undo", lambda: self._run(self._store.undo))
        commands.connect("results.redo", lambda: self._run(self._store.redo))

    def set_found(self, found: Chosen) -> None:
        """What was found now: its marks are read."""
        self._found = found
        self._run(None)

    def _add_entries(self, menu: ResultMenu) -> None:
        for stars in range(RATING_MAX, -1, -1):
            menu.add(
                MenuEntry(
                    f"results.rate-{stars}",
                    partial(self._rate, stars),
                    Section.MARK,
                    is_on=partial(self._are_rated, stars),
                    inside=pgettext("give stars", "Rate"),
                )
            )
        menu.add(MenuEntry("results.note", self._edit_note, Section.MARK, "note"))
        menu.add(MenuEntry("results.tags", self._edit_tags, Section.MARK))
        menu.add(MenuEntry("results.reject", self._toggle_rejected, Section.MARK, is_on=self._are_rejected))

    def _marks_of(self, chosen: Chosen) -> list[Mark]:
        return [self._marks.get(each, NO_MARK) for each in chosen]

    def _rate(self, stars: int, chosen: Chosen) -> None:
        self._change(chosen, lambda mark: mark.rated(stars), _("rating"))

    def _are_rated(self, stars: int, chosen: Chosen) -> bool:
        return all(mark.rating == stars for mark in self._marks_of(chosen))

    def _are_rejected(self, chosen: Chosen) -> bool:
        return all(mark.is_rejected for mark in self._marks_of(chosen))

    def _toggle_rejected(self, chosen: Chosen) -> None:
        is_rejected = not self._are_rejected(chosen)
        self._change(chosen, lambda mark: mark.rejected(is_rejected), _("rejecting"))

    def _edit_note(self, chosen: Chosen) -> None:
        self._edited = chosen
        self.editor.edit_note(self._marks_of(chosen))

    def _edit_tags(self, chosen: Chosen) -> None:
        self._edited = chosen
        self.editor.edit_tags(self._marks_of(chosen), self._tags)

    def _on_note_given(self, note: str) -> None:
        self._change(self._edited, lambda mark: mark.noted(note), _("note"))

    def _on_tags_given(self, added: tuple[str, ...], removed: tuple[str, ...]) -> None:
        self._change(self._edited, lambda mark: mark.tagged(added, removed), _("tags"))

    def _change(self, chosen: Chosen, change: Callable[[Mark], Mark], words: str) -> None:
        self._run(partial(self._store.change, chosen, change, words))

    def _run(self, act: Callable[[], object] | None) -> None:
        """Do it, if there is anything to do, and read the marks of what is found again."""
        found = self._found

        def work(_token: object, _report: object) -> tuple[_Marks, tuple[str, ...]]:
            if act is not None:
                act()
            return self._store.of(found), self._store.tags()

        self._runner.start(work, lane=LANE, done=partial(self._on_done, found), failed=self.failed.emit)

    def _on_done(self, found: Chosen, read: tuple[_Marks, tuple[str, ...]]) -> None:
        if found is self._found:  # else those of a newer answer are on their way
            self._marks, self._tags = read
            self._show()

    def _show(self) -> None:
        self.bar.show_marks(self._marks, self._tags)
        self._pane.set_marks(self._marks, self.bar.filter)
