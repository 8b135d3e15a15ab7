"""The life of a row of the upload queue."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from desktop_search.core.uploads import MediaKind, UploadItem, UploadState

_S = UploadState
_HALTS = {_S.PAUSED, _S.CANCELLED, _S.KNOWN, _S.FAILED}
ALLOWED = {
    *((_S.READY, after) for after in {_S.WAITING} | _HALTS),
    *((_S.WAITING, after) for after in {_S.READY, _S.PREPARING, _S.SENDING} | _HALTS),
    *((_S.PREPARING, after) for after in {_S.WAITING} | _HALTS),
    *((_S.SENDING, after) for after in {_S.WAITING, _S.INDEXING, _S.SEARCHABLE} | _HALTS),
    *((_S.INDEXING, after) for after in (_S.SEARCHABLE, _S.FAILED)),
    *((_S.PAUSED, after) for after in (_S.READY, _S.WAITING, _S.CANCELLED, _S.KNOWN)),
    *((before, after) for before in _HALTS - {_S.PAUSED} for after in (_S.READY, _S.WAITING)),
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
