from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.core.uploads import MediaKind, Priority, UploadItem, UploadState
from desktop_search.models.upload_actions import QueueAction, applies, fitting, move_target, order_key

S = UploadState
A = QueueAction


def row(item_id: int, state: UploadState = S.WAITING, **changes: object) -> UploadItem:
    item = UploadItem(item_id, "memories.ai", Path(f"/f/{item_id}.mp4"), MediaKind.VIDEO, state, position=item_id)
    return replace(item, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("action", "states"),
    [
        (A.START, {S.READY}),
        (A.PAUSE, {S.READY, S.WAITING, S.PREPARING, S.SENDING}),
        (A.RESUME, {S.PAUSED}),
        (A.CANCEL, {S.READY, S.WAITING, S.PREPARING, S.SENDING, S.PAUSED}),
        (A.RETRY, {S.FAILED, S.CANCELLED}),
        (A.INSIST, {S.KNOWN}),
        (A.UP, set(S) - {S.SENDING, S.INDEXING, S.SEARCHABLE}),
        (A.EDIT, set(S) - {S.SENDING, S.INDEXING, S.SEARCHABLE}),
        (A.REMOVE, set(S)),
        (A.REVEAL, set(S)),
    ],
)
def test_each_action_is_offered_where_it_applies(action: QueueAction, states: set[UploadState]) -> None:
    assert {state for state in S if applies(action, row(1, state))} == states


def test_a_priority_is_offered_to_rows_of_another_one() -> None:
    rows = [row(1), row(2, priority=Priority.HIGH), row(3, S.SEARCHABLE)]
    assert fitting(A.HIGH, rows) == (1,)
    assert fitting(A.NORMAL, rows) == (2,)
    assert fitting(A.LOW, rows) == (1, 2)


def test_what_may_be_in_the_library_is_not_edited() -> None:
    assert not applies(A.EDIT, row(1, S.FAILED, remote_id="VI1"))
    assert not applies(A.EDIT, row(1, S.WAITING, maybe_sent=True))


def test_rows_are_in_the_order_in_which_they_go() -> None:
    rows = [row(1), row(2, position=0.5), row(3, priority=Priority.HIGH), row(4, priority=Priority.LOW, position=-9.0)]
    assert [item.item_id for item in sorted(rows, key=order_key)] == [3, 2, 1, 4]


ROWS = [row(1, S.SEARCHABLE), row(2, S.SENDING), row(3), row(4), row(5), row(6)]


@pytest.mark.parametrize(
    ("action", "ids", "before"),
    [
        (A.TOP, {5}, 3),
        (A.TOP, {4, 6}, 3),
        (A.UP, {5}, 4),
        (A.UP, {4, 6}, 3),
        (A.DOWN, {3}, 5),
        (A.DOWN, {3, 4}, 6),
        (A.DOWN, {5}, None),
        (A.BOTTOM, {3}, None),
        (A.BOTTOM, {3, 6}, None),
    ],
)
def test_a_step_leads_before_a_row(action: QueueAction, ids: set[int], before: int | None) -> None:
    assert move_target(action, ROWS, ids) == before


@pytest.mark.parametrize(
    ("action", "ids"), [(A.TOP, {3}), (A.UP, {3}), (A.UP, {3, 4}), (A.DOWN, {6}), (A.BOTTOM, {5, 6}), (A.TOP, {3, 4})]
)
def test_no_step_leads_beyond_the_ends(action: QueueAction, ids: set[int]) -> None:
    with pytest.raises(LookupError):
        move_target(action, ROWS, ids)
