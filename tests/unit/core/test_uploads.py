"""The life of a row of the upload queue."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from desktop_search.core.uploads import MediaKind, UploadItem, UploadState

ALLOWED = {
    (UploadState.WAITING, UploadState.SENDING),
    (UploadState.WAITING, UploadState.FAILED),
    (UploadState.SENDING, UploadState.INDEXING),
    (UploadState.SENDING, UploadState.SEARCHABLE),
    (UploadState.SENDING, UploadState.FAILED),
    (UploadState.SENDING, UploadState.WAITING),
    (UploadState.INDEXING, UploadState.SEARCHABLE),
    (UploadState.INDEXING, UploadState.FAILED),
    (UploadState.FAILED, UploadState.WAITING),
}


def item(state: UploadState) -> UploadItem:
    return UploadItem(1, "local", Path("/footage/a.mp4"), MediaKind.VIDEO, state)


@pytest.mark.parametrize(("before", "after"), sorted(ALLOWED, key=str))
def test_the_steps_of_the_life_cycle(before: UploadState, after: UploadState) -> None:
    moved = item(before).moved_to(after, cause="why", sent_bytes=5_000_000_000)
    assert (moved.state, moved.cause, moved.sent_bytes) == (after, "why", 5_000_000_000)
    assert moved.item_id == 1


@pytest.mark.parametrize(("before", "after"), sorted(set(product(UploadState, UploadState)) - ALLOWED, key=str))
def test_all_other_steps_are_refused(before: UploadState, after: UploadState) -> None:
    with pytest.raises(ValueError, match=f"from {before.value} to {after.value}"):
        item(before).moved_to(after)
