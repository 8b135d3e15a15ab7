"""What the user does to rows of the upload queue: one statement each, however many rows it is for."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.lost_answers import keep_lost
from desktop_search.catalog.row_texts import details_text
from desktop_search.catalog.upload_rows import COLUMNS, SELECT, read_items
from desktop_search.core.details_change import DetailsChange
from desktop_search.core.footage import TAGS_MAX_IMAGE, TAGS_MAX_VIDEO
from desktop_search.core.uploads import MediaKind, Priority, UploadItem, UploadState

_S = UploadState
Ids = Collection[int] | None

PAUSABLE = frozenset({_S.READY, _S.WAITING, _S.PREPARING, _S.SENDING})
CANCELLABLE = PAUSABLE | {_S.PAUSED}
RETRIABLE = frozenset({_S.FAILED, _S.CANCELLED, _S.KNOWN})
EDITABLE = frozenset({_S.READY, _S.WAITING, _S.PREPARING, _S.PAUSED, _S.CANCELLED, _S.KNOWN, _S.FAILED})

# A row that the user has not started goes back to where it waits for that.
_GO_ON = "state = CASE WHEN started THEN 'waiting' ELSE 'ready' END, cause = '', sent_bytes = 0, index_permille = NULL"
_AMONG = "id IN (SELECT value FROM json_each(?))"


class UploadActions:
    """Every method takes ids (`None`: all rows), changes those that can be, and returns them as they are now.

    Raises `CatalogProblem` or `DiskFull`; then nothing has changed.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def start(self, ids: Ids, library_id: str | None = None) -> tuple[UploadItem, ...]:
        """Let ready rows go to their library, which costs money; of one library if asked."""
        rest, values = ("AND library_id = ?", (library_id,)) if library_id is not None else ("", ())
        return self._change("started = 1, state = 'waiting', cause = ''", {_S.READY}, ids, rest=rest, values=values)

    def pause(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Halt rows until they are resumed."""
        return self._change("state = 'paused', cause = '', sent_bytes = 0", PAUSABLE, ids)

    def resume(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Let paused rows go on."""
        return self._change(_GO_ON, {_S.PAUSED}, ids)

    def cancel(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Halt rows for good; they stay in the list."""
        return self._change("state = 'cancelled', cause = '', sent_bytes = 0", CANCELLABLE, ids)

    def retry(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Let failed, cancelled and known rows begin again; of all rows, the failed ones."""
        return self._change(_GO_ON, RETRIABLE if ids is not None else {_S.FAILED}, ids)

    def insist(self, ids: Ids) -> tuple[UploadItem, ...]:
        """Let known rows be sent although the library has the footage."""
        return self._change(f"insisted = 1, {_GO_ON}", {_S.KNOWN}, ids)

    def set_priority(self, ids: Ids, priority: Priority) -> tuple[UploadItem, ...]:
        """Let rows that are not sent yet go before or after the others."""
        return self._change("priority = ?", EDITABLE, ids, first=(int(priority),))

    def move(self, ids: Collection[int], before_id: int | None) -> tuple[UploadItem, ...]:
        """Put rows, in the order they have, before another one (`None`: at the end), and give them its priority."""
        with self._catalog.writing() as connection:
            order = connection.execute(
                "SELECT id, position, priority FROM uploads ORDER BY priority DESC, position, id"
            )
            chosen = set(ids)
            moved: list[int] = []
            rest: list[tuple[int, float, int]] = []
            for item_id, position, priority in order:
                if item_id in chosen:
                    moved.append(item_id)
                else:
                    rest.append((item_id, position, priority))
            places = [item_id for item_id, _, _ in rest]
            if before_id is not None and before_id not in places:
                return ()
            at = len(rest) if before_id is None else places.index(before_id)
            priority = rest[min(at, len(rest) - 1)][2] if rest else int(Priority.NORMAL)
            placed = _positions(rest, at, moved, priority)
            connection.executemany("UPDATE uploads SET position = ?, priority = ? WHERE id = ?", placed)
            changed = json.dumps([item_id for _position, _priority, item_id in placed])
            return read_items(connection, f"{SELECT} WHERE {_AMONG} ORDER BY position", (changed,))

    def edit(self, ids: Collection[int], change: DetailsChange) -> tuple[UploadItem, ...]:
        """Change the details of rows that were not sent yet.

        A row of which something may be in the library already, or whose details it would then refuse, stays as it is.
        """
        where, values = _where(EDITABLE, ids, "AND remote_id = '' AND maybe_sent = 0")
        with self._catalog.writing() as connection:
            rows = read_items(connection, f"{SELECT} {where}", values)
            fresh = [(change.applied_to(row.details), row) for row in rows]
            changed = [
                (details_text(details), row.item_id)
                for details, row in fresh
                if details != row.details and not details.problems(tags_max=_tags_max(row))
            ]
            connection.executemany("UPDATE uploads SET details = ? WHERE id = ?", changed)
            done = json.dumps([item_id for _, item_id in changed])
            return read_items(connection, f"{SELECT} WHERE {_AMONG}", (done,))

    def take_proxies(self, ids: Collection[int]) -> tuple[Path, ...]:
        """The proxies of these rows, which have none from now on."""
        with self._catalog.writing() as connection:
            values = (json.dumps(list(ids)),)
            rows = connection.execute(f"SELECT proxy FROM uploads WHERE proxy IS NOT NULL AND {_AMONG}", values)  # noqa: S608
            proxies = tuple(Path(os.fsdecode(row[0])) for row in rows)
            connection.execute(f"UPDATE uploads SET proxy = NULL WHERE {_AMONG}", values)  # noqa: S608
            return proxies

    def remove(self, ids: Collection[int]) -> tuple[Path, ...]:
        """Forget rows; unknown ids are ignored. Returns the proxies that nobody needs any more."""
        with self._catalog.writing() as connection:
            proxies = self.take_proxies(ids)
            keep_lost(connection, _AMONG, (json.dumps(list(ids)),))
            connection.execute(f"DELETE FROM uploads WHERE {_AMONG}", (json.dumps(list(ids)),))  # noqa: S608
            return proxies

    def clear_done(self) -> tuple[int, ...]:
        """Forget the rows whose footage is in the library; returns their ids."""
        with self._catalog.writing() as connection:
            rows = connection.execute("DELETE FROM uploads WHERE state IN ('searchable', 'known') RETURNING id")
            return tuple(row[0] for row in rows)

    def _change(
        self,
        changes: str,
        states: Iterable[UploadState],
        ids: Ids,
        *,
        first: tuple[object, ...] = (),
        rest: str = "",
        values: tuple[object, ...] = (),
    ) -> tuple[UploadItem, ...]:
        where, chosen = _where(states, ids, rest)
        with self._catalog.writing() as connection:
            return read_items(
                connection,
                f"UPDATE uploads SET {changes} {where} RETURNING {COLUMNS}",  # noqa: S608 - of constants
                (*first, *chosen, *values),
            )


def _where(states: Iterable[UploadState], ids: Ids, rest: str) -> tuple[str, tuple[object, ...]]:
    allowed = ", ".join(f"'{state.value}'" for state in states)
    if ids is None:
        return f"WHERE state IN ({allowed}) {rest}", ()
    return f"WHERE state IN ({allowed}) AND {_AMONG} {rest}", (json.dumps(list(ids)),)


def _tags_max(item: UploadItem) -> int:
    return TAGS_MAX_VIDEO if item.kind is MediaKind.VIDEO else TAGS_MAX_IMAGE


def _positions(
    rest: Sequence[tuple[int, float, int]], at: int, moved: Sequence[int], priority: int
) -> list[tuple[float, int, int]]:
    """New positions for the moved rows; for all rows of that priority where there is no room left between two."""
    among = [row for row in rest if row[2] == priority]
    before = sum(row[2] == priority for row in rest[:at])
    low = among[before - 1][1] if before else (among[before][1] - len(moved) - 1 if before < len(among) else 0.0)
    high = among[before][1] if before < len(among) else low + len(moved) + 1
    step = (high - low) / (len(moved) + 1)
    fresh = [low + step * (number + 1) for number in range(len(moved))]
    if all(one < other for one, other in zip([low, *fresh], [*fresh, high], strict=True)):
        return [(position, priority, item_id) for position, item_id in zip(fresh, moved, strict=True)]
    order = [*(row[0] for row in among[:before]), *moved, *(row[0] for row in among[before:])]
    return [(float(number), priority, item_id) for number, item_id in enumerate(order, 1)]
