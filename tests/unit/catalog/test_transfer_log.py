"""Lines of the log come back as they were written, and are found by what they say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.transfer_log import TransferLogTable
from desktop_search.core.transfer_log import LogEntry, SentAs, entry_of, joint_rate
from desktop_search.core.uploads import MediaKind, UploadItem

LINE = LogEntry(
    entry_id=0,
    library_id="memories.ai",
    path=Path("/Volumes/Kärte/A001 'C1' \udcff.mov"),
    kind=MediaKind.VIDEO,
    sent_as=SentAs.PART,
    size_bytes=2**40,
    fingerprint="f00dfeed",
    remote_id="VI687954832241201152",
    began_ms=None,
    ended_ms=1_795_267_200_123,
    part_start_ms=0,
    part_end_ms=60_000,
    cost=0.015,
)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(tmp_path / "catalog.db")) as made:
        yield made


@pytest.fixture
def table(catalog: Catalog) -> TransferLogTable:
    return TransferLogTable(catalog)


def test_every_field_comes_back_newest_first(table: TransferLogTable) -> None:
    table.add(LINE)
    table.add(replace(LINE, sent_as=SentAs.AS_IS, began_ms=7, part_start_ms=None, part_end_ms=None))
    newest, oldest = table.ids()
    assert newest > oldest
    found = table.entries([oldest, 999, newest])
    assert found[0] == replace(LINE, entry_id=oldest)
    assert (found[1].began_ms, found[1].part_start_ms, found[1].entry_id) == (7, None, newest)
    assert table.entries([]) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 2),
        ("KÄRTE", 1),
        ("c1' ", 1),
        ("memories", 2),
        ("vi6879", 2),
        ("F00D", 2),
        ("part", 1),
        ("as it is", 1),
        ("%", 0),
        ("_", 0),
        ("\udcff", 1),
    ],
)
def test_lines_are_found_by_any_part_of_their_text(table: TransferLogTable, text: str, count: int) -> None:
    table.add(LINE)
    table.add(replace(LINE, path=Path("/card/B.mp4"), sent_as=SentAs.AS_IS))
    assert len(table.ids(text)) == count


def test_a_line_of_an_undone_transaction_was_never_written(catalog: Catalog, table: TransferLogTable) -> None:
    with pytest.raises(ZeroDivisionError), catalog.writing():  # noqa: PT012 - what is undone comes first
        table.add(LINE)
        raise ZeroDivisionError
    assert table.ids() == ()


def test_the_shape_is_told_from_the_row() -> None:
    row = UploadItem(1, "memories.ai", Path("/a.mov"), MediaKind.VIDEO, size_bytes=3_000)
    cases = {
        SentAs.AS_IS: row,
        SentAs.PROXY: replace(row, proxy=Path("/proxy.mp4")),
        SentAs.PART: replace(row, proxy=Path("/part.mp4"), part_start_ms=0, part_end_ms=9),
        SentAs.IN_PLACE: replace(row, library_id="local"),
    }
    for sent_as, item in cases.items():
        assert entry_of(item, 1_000, 3_000, 0).sent_as is sent_as
    assert entry_of(replace(row, library_id="local", kind=MediaKind.IMAGE), 1, 2, 0).sent_as is SentAs.AS_IS


def test_the_mean_rate_is_known_where_bytes_went_and_their_time_is() -> None:
    line = replace(LINE, sent_as=SentAs.AS_IS, size_bytes=3_000, began_ms=1_000, ended_ms=3_000)
    assert line.rate_bytes_s == 1_500
    assert replace(line, began_ms=None).rate_bytes_s is None
    assert replace(line, began_ms=3_000).rate_bytes_s is None
    assert replace(line, sent_as=SentAs.IN_PLACE).rate_bytes_s is None


def test_the_latest_uploads_tell_how_fast_the_line_is(table: TransferLogTable) -> None:
    assert table.recent_rate(["memories.ai"]) is None
    assert table.recent_rate([]) is None
    sent = replace(LINE, sent_as=SentAs.AS_IS, size_bytes=9_000, began_ms=1_000, ended_ms=2_000)
    table.add(replace(sent, size_bytes=900_000_000))  # too long ago
    for number in range(20):
        table.add(replace(sent, began_ms=60_000 * number, ended_ms=60_000 * number + 1_000))
    table.add(replace(sent, began_ms=None))
    table.add(replace(sent, library_id="https://own.example", size_bytes=1))
    assert table.recent_rate(["memories.ai"]) == 9_000
    assert table.recent_rate(["https://own.example"]) == 1


@pytest.mark.parametrize(
    ("spans", "rate"),
    [
        ([], None),
        ([(0, 1_000, 5_000)], 5_000),
        ([(0, 1_000, 5_000), (60_000, 61_000, 5_000)], 5_000),  # it waited for its slot in between
        ([(0, 2_000, 5_000), (0, 2_000, 5_000)], 5_000),  # side by side
        ([(1_000, 3_000, 6_000), (0, 2_000, 6_000), (500, 600, 0)], 4_000),
    ],
)
def test_files_that_went_side_by_side_shared_the_line(spans: list[tuple[int, int, int]], rate: float | None) -> None:
    assert joint_rate(spans) == rate
