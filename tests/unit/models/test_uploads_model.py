from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop_search.core.uploads import MediaKind, Priority, UploadItem, UploadState
from desktop_search.models.uploads_model import UploadRole, UploadsModel


def row(item_id: int, state: UploadState = UploadState.WAITING) -> UploadItem:
    return UploadItem(item_id, "local", Path(f"/footage/clip {item_id}.mp4"), MediaKind.VIDEO, state)


class Watched(UploadsModel):
    """Remembers which rows were said to have changed."""

    def __init__(self, items: Iterable[UploadItem] = ()) -> None:
        super().__init__()
        self.tester = QAbstractItemModelTester(self, QAbstractItemModelTester.FailureReportingMode.Fatal)
        self.put(items)
        self.changed_rows: list[tuple[int, int]] = []
        self.resets = 0
        self.dataChanged.connect(lambda first, last: self.changed_rows.append((first.row(), last.row())))
        self.modelReset.connect(self._note_reset)

    def _note_reset(self) -> None:
        self.resets += 1


def test_only_the_row_that_changed_is_announced() -> None:
    model = Watched([row(1), row(2), row(3)])
    model.put([row(2, UploadState.SENDING), row(3)])
    assert model.changed_rows == [(1, 1)]
    assert model.item_by_id(2) == row(2, UploadState.SENDING)


def test_rows_say_name_path_and_state() -> None:
    model = Watched([row(7, UploadState.SEARCHABLE)])
    index = model.index(0)
    assert index.data() == "clip 7.mp4"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "clip 7.mp4, searchable"
    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "/footage/clip 7.mp4"
    assert index.data(UploadRole.ITEM) == row(7, UploadState.SEARCHABLE)
    assert model.data(QModelIndex()) is None


def test_new_items_keep_the_rows_that_stay() -> None:
    model = Watched([row(1), row(2), row(3)])
    kept = model.index_of(3)
    model.set_items([row(1), row(3, UploadState.FAILED), row(4)])
    assert [item.item_id for item in model.items] == [1, 3, 4]
    assert model.index_of(3).row() == 1
    assert kept.row() == 2  # a plain index is of its moment
    assert model.resets == 0
    assert model.summary() == "0 of 3 searchable · 1 failed"


def test_rows_stand_in_the_order_in_which_they_go_and_the_chosen_one_goes_along() -> None:
    model = Watched([row(1), row(2), row(3)])
    held = QPersistentModelIndex(model.index(2))
    model.put([replace(row(3), position=-1.0), replace(row(2), priority=Priority.HIGH), row(4)])
    assert [item.item_id for item in model.items] == [2, 3, 1, 4]
    assert [model.index_of(item_id).row() for item_id in (2, 3, 1, 4)] == [0, 1, 2, 3]
    assert held.row() == 1
    assert model.resets == 0


def test_many_gaps_go_without_a_reset() -> None:
    model = Watched([row(number) for number in range(200)])
    held = QPersistentModelIndex(model.index_of(151))
    model.remove(range(0, 200, 2))
    assert [item.item_id for item in model.items] == list(range(1, 200, 2))
    assert held.data(UploadRole.ITEM) == row(151)
    assert model.resets == 0


def test_rates_run_on_while_nothing_is_reported() -> None:
    now = [0.0]
    model = UploadsModel(clock=lambda: now[0])
    item = replace(row(1, UploadState.SENDING), library_id="memories.ai", size_bytes=1_000_000_000)
    for second in range(11):
        now[0] = float(second)
        model.put([replace(item, sent_bytes=second * 10_000_000)])
    assert model.index(0).data(UploadRole.WORDS) == "sending 10 % · 10 MB/s · 2 min left"
    assert model.is_sending
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    now[0] = 22.0
    model.refresh_paces()
    assert changed == [0]
    assert model.index(0).data(UploadRole.WORDS) == "sending 10 % · stalled for 12 s"
    assert model.course() == "900 MB to go · stalled for 12 s"


def test_counts_are_announced_once_for_many_rows() -> None:
    model = Watched()
    announced: list[str] = []
    model.counts_changed.connect(lambda: announced.append(model.summary()))
    model.put([row(1), row(2, UploadState.SEARCHABLE)])
    model.put([row(1), row(2, UploadState.SEARCHABLE)])
    model.remove([1, 99])
    assert announced == ["1 of 2 searchable", "1 of 1 searchable"]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 12), st.sampled_from(list(UploadState))), max_size=30))
def test_any_course_of_changes_keeps_rows_and_ids_together(steps: list[tuple[bool, int, UploadState]]) -> None:
    model, plain = UploadsModel(), {}
    for puts, item_id, state in steps:
        if puts:
            model.put([row(item_id, state)])
            plain[item_id] = row(item_id, state)
        else:
            model.remove([item_id])
            plain.pop(item_id, None)
    assert list(model.items) == [plain[item_id] for item_id in sorted(plain)]
    for item_id in plain:
        assert model.item_at(model.index_of(item_id).row()).item_id == item_id
    for state in UploadState:
        assert model.count(state) == sum(item.state is state for item in plain.values())


def test_ten_thousand_rows_change_and_go() -> None:
    model = UploadsModel()
    model.put([row(number) for number in range(10_000)])
    for number in random.Random(1).sample(range(10_000), 5_000):
        model.put([replace(row(number), state=UploadState.SENDING, size_bytes=2, sent_bytes=1)])
    model.remove(range(0, 10_000, 2))
    assert model.rowCount() == 5_000
    assert model.items[0].item_id == 1
