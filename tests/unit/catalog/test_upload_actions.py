"""What the user does to many rows changes those that can be, in one step, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.upload_actions import UploadActions
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.details_change import DetailsChange
from desktop_search.core.footage import FootageDetails
from desktop_search.core.uploads import MediaKind, Priority, UploadItem, UploadState

_S = UploadState
ITEM = UploadItem(0, "local", Path("/footage/boat.mp4"), MediaKind.VIDEO)


class Bench:
    """Both tables of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self.rows, self.actions = UploadsTable(catalog), UploadActions(catalog)

    def add(self, *states: UploadState, **changes: object) -> list[int]:
        items = [replace(ITEM, state=state, **changes) for state in states]  # type: ignore[arg-type]
        return [item.item_id for item in self.rows.add(items)]

    def states(self) -> list[UploadState]:
        return [item.state for item in sorted(self.rows.all(), key=lambda item: item.item_id)]

    def order(self) -> list[int]:
        return [item.item_id for item in self.rows.all()]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with closing(Catalog(tmp_path / "catalog.db")) as catalog:
        yield Bench(catalog)


def test_pausing_all_halts_what_is_not_there_yet_and_resuming_goes_on_where_it_was(bench: Bench) -> None:
    bench.add(*_S)
    before = bench.states()
    halted = {_S.READY, _S.WAITING, _S.PREPARING, _S.SENDING}
    assert {row.state for row in bench.actions.pause(None)} == {_S.PAUSED}
    assert bench.states() == [_S.PAUSED if state in halted else state for state in before]
    assert len(bench.actions.resume(None)) == 5
    assert bench.states() == [_S.WAITING if state in {*halted, _S.PAUSED} else state for state in before]


def test_what_was_not_started_never_goes_on_by_itself(bench: Bench) -> None:
    ids = bench.add(_S.PAUSED, _S.CANCELLED, _S.FAILED, _S.KNOWN, started=False)
    assert [row.state for row in bench.actions.resume(ids)] == [_S.READY]
    assert [row.state for row in bench.actions.insist(ids)] == [_S.READY]
    assert [row.state for row in bench.actions.retry(ids)] == [_S.READY] * 2
    assert bench.states() == [_S.READY] * 4
    assert [row.insisted for row in map(bench.rows.get, ids) if row] == [False, False, False, True]
    assert {row.state for row in bench.actions.start(ids[:3])} == {_S.WAITING}
    assert bench.actions.pause(ids)
    assert [row.state for row in bench.actions.resume(ids)] == [_S.WAITING] * 3 + [_S.READY]


def test_one_library_is_started_alone(bench: Bench) -> None:
    bench.add(_S.READY, started=False, library_id="memories.ai")
    bench.add(_S.READY, started=False, library_id="other")
    (row,) = bench.actions.start(None, "memories.ai")
    assert (row.library_id, row.state) == ("memories.ai", _S.WAITING)
    assert bench.actions.start([row.item_id]) == ()


def test_cancelled_rows_stay_and_can_be_tried_again(bench: Bench) -> None:
    ids = bench.add(*_S)
    assert len(bench.actions.cancel(ids)) == 5
    assert bench.states().count(_S.CANCELLED) == 6
    assert [row.state for row in bench.actions.retry(None)] == [_S.WAITING]  # of all rows, the failed one
    assert len(bench.actions.retry(ids)) == 7


def test_unknown_ids_are_ignored(bench: Bench) -> None:
    assert bench.actions.pause([1, 2, 3]) == ()
    assert bench.actions.move([1], None) == ()
    bench.add(_S.WAITING)
    assert bench.actions.move([1], 99) == ()


def test_priority_goes_before_position(bench: Bench) -> None:
    first, second, third, sent = bench.add(_S.WAITING, _S.WAITING, _S.WAITING, _S.SEARCHABLE)
    assert len(bench.actions.set_priority([third, sent], Priority.HIGH)) == 1
    bench.actions.set_priority([first], Priority.LOW)
    assert bench.order() == [third, second, sent, first]
    assert [item.item_id for item in bench.rows.next_waiting("local", 2)] == [third, second]


def test_rows_are_moved_before_another_one_and_take_its_priority(bench: Bench) -> None:
    a, b, c, d, e = bench.add(*[_S.WAITING] * 5)
    assert [row.item_id for row in bench.actions.move([e, c], b)] == [c, e]
    assert bench.order() == [a, c, e, b, d]
    bench.actions.move([a], None)
    assert bench.order() == [c, e, b, d, a]
    bench.actions.set_priority([b], Priority.HIGH)
    (row,) = bench.actions.move([d], b)
    assert row.priority is Priority.HIGH
    assert bench.order() == [d, b, c, e, a]
    (row,) = bench.actions.move([d], None)
    assert row.priority is Priority.NORMAL
    assert bench.order() == [b, c, e, a, d]


def test_there_is_always_room_between_two_rows(bench: Bench) -> None:
    rows = bench.add(*[_S.WAITING] * 4)
    order = list(rows)
    for turn in range(120):  # halves the gap each time: soon there is none left
        moved, before = order[-1], order[1]
        bench.actions.move([moved], before)
        order.remove(moved)
        order.insert(order.index(before), moved)
        assert bench.order() == order, turn


def test_the_details_of_rows_that_are_not_sent_can_be_changed(bench: Bench) -> None:
    details = FootageDetails("field-work", ("harbour",))
    ids = bench.add(*_S, details=details)
    unsure = bench.add(_S.PAUSED, maybe_sent=True)
    failed = bench.add(_S.FAILED, remote_id="VI1")
    changed = bench.actions.edit([*ids, *unsure, *failed], DetailsChange(namespace="studio", tags_added=("night",)))
    assert {row.details for row in changed} == {FootageDetails("studio", ("harbour", "night"))}
    assert {row.state for row in changed} == set(_S) - {_S.SENDING, _S.INDEXING, _S.SEARCHABLE}
    assert all(bench.rows.get(row.item_id) == row for row in changed)
    assert bench.actions.edit(ids, DetailsChange(namespace=" ")) == ()  # the library would refuse that
    assert bench.actions.edit(ids, DetailsChange(tags_added=tuple(f"tag {n}" for n in range(30)))) == ()


def test_ten_thousand_rows_are_one_step(bench: Bench) -> None:
    ids = bench.add(*[_S.WAITING] * 10_000)
    assert len(bench.actions.pause(None)) == 10_000
    assert len(bench.actions.resume(ids)) == 10_000
    assert len(bench.actions.edit(ids, DetailsChange(camera="FX6"))) == 10_000
    assert len(bench.actions.move(ids[5000:], ids[0])) == 5000
    assert bench.order() == [*ids[5000:], *ids[:5000]]


def test_the_user_and_the_work_do_not_take_back_each_others_changes(bench: Bench) -> None:
    (item_id,) = bench.add(_S.WAITING)
    row = bench.rows.get(item_id)
    assert row is not None
    bench.actions.set_priority([item_id], Priority.HIGH)
    bench.actions.edit([item_id], DetailsChange(namespace="studio"))
    sending = bench.rows.update(row.moved_to(_S.SENDING, size_bytes=7), was=_S.WAITING)
    assert sending is not None
    assert (sending.priority, sending.details.namespace, sending.size_bytes) == (Priority.HIGH, "studio", 7)
    bench.actions.pause([item_id])
    assert bench.rows.update(sending.moved_to(_S.WAITING), was=_S.SENDING) is None
    assert bench.states() == [_S.PAUSED]
