"""Rows that come anew, and in which what the user does goes on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex


def replace_rows(
    model: QAbstractItemModel, before: Sequence[Hashable], now: Sequence[Hashable], put: Callable[[], None]
) -> None:
    """Let `put` put other rows in; `before` and `now` tell them apart.

    What is chosen, current, scrolled to and written in a row goes where the row goes. Told by Qt as a new layout: a
    reset would take it all away.
    """
    model.layoutAboutToBeChanged.emit()
    held = model.persistentIndexList()
    keys = [before[index.row()] for index in held]
    put()
    rows = {key: row for row, key in enumerate(now)}
    model.changePersistentIndexList(
        held,
        [
            model.index(rows[key], index.column()) if key in rows else QModelIndex()
            for key, index in zip(keys, held, strict=True)
        ],
    )
    model.layoutChanged.emit()
