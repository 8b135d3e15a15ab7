"""How much of the footage was searched: counted from the queue and the engine, and said."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_search.catalog.database import Catalog
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.coverage import Amount, Coverage, Gap
from desktop_search.core.engine_state import EngineState, IndexingVideo
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem, UploadState
from desktop_search.models.coverage_words import gap_words, searched_words
from desktop_search.services.coverage import CoverageReader

HOUR = 3_600_000


class Engine:
    def __init__(self, state: EngineState | None) -> None:
        self.state = state

    def read(self, _token: CancelToken) -> EngineState | None:
        return self.state


def reader(tmp_path: Path, library_id: str, rows: list[tuple[UploadState, int]], engine: Engine) -> CoverageReader:
    catalog = Catalog(tmp_path / "catalog.db")
    UploadsTable(catalog).add(
        UploadItem(0, library_id, tmp_path / f"{n}.mov", MediaKind.VIDEO, state, facts=MediaFacts(duration_ms=ms))
        for n, (state, ms) in enumerate(rows)
    )
    UploadsTable(catalog).add([UploadItem(0, library_id, tmp_path / "a.jpg", MediaKind.IMAGE, UploadState.FAILED)])
    return CoverageReader(catalog, engine)  # type: ignore[arg-type]


def test_a_cloud_library_is_counted_from_the_queue(tmp_path: Path) -> None:
    rows = [(UploadState.SEARCHABLE, 41 * HOUR), (UploadState.INDEXING, 6 * HOUR), (UploadState.INDEXING, HOUR)]
    rows += [(UploadState.PAUSED, 2 * HOUR), (UploadState.FAILED, 0), (UploadState.CANCELLED, HOUR)]
    found = reader(tmp_path, "memories.ai", rows, Engine(None)).read(("memories.ai",), CancelToken())
    assert found == Coverage(Amount(1, 41 * HOUR), Amount(2, 7 * HOUR), Amount(1, 2 * HOUR), Amount(1))


def test_this_computer_is_asked_itself(tmp_path: Path) -> None:
    state = EngineState(
        waiting=2,
        indexing=(IndexingVideo("VI1", "a", 5),),
        offline_count=4,
        searched=Amount(30, 9 * HOUR),
        failed_count=3,
    )
    rows = [(UploadState.SEARCHABLE, HOUR), (UploadState.INDEXING, HOUR), (UploadState.FAILED, 0)]
    engine = Engine(state)
    coverage = reader(tmp_path, "local", rows, engine)
    found = coverage.read(("local",), CancelToken())
    assert found == Coverage(Amount(30, 9 * HOUR), Amount(3, HOUR), Amount(), Amount(3), Amount(4))
    assert coverage.read(("memories.ai", "local"), CancelToken()) == found
    engine.state = None  # it does not run: the queue is what is known
    assert coverage.read(("local",), CancelToken()).searched == Amount(1, HOUR)


@pytest.mark.parametrize(
    ("coverage", "searched", "gaps"),
    [
        (Coverage(), "", {}),
        (Coverage(Amount(9, 48 * HOUR)), "All 48 h searched", {}),
        (
            Coverage(Amount(9, 41 * HOUR), Amount(3, 7 * HOUR), offline=Amount(1)),
            "41 of 48 h searched",
            {Gap.INDEXING: "7 h still indexing", Gap.OFFLINE: "1 clip offline"},
        ),
        (
            Coverage(Amount(2, 90_000), queued=Amount(1, 30_500), failed=Amount(1200)),
            "2 of 1,203 clips searched",
            {Gap.QUEUED: "30 s not sent yet", Gap.FAILED: "1,200 clips failed"},
        ),
        (Coverage(Amount(2, 90_000), queued=Amount(1, 500)), "90 of 90 s searched", {Gap.QUEUED: "1 s not sent yet"}),
        (Coverage(indexing=Amount(1)), "0 of 1 clip searched", {Gap.INDEXING: "1 clip still indexing"}),
        (
            Coverage(Amount(5, 119 * 60_000), Amount(1, 60_000)),
            "119 of 120 min searched",
            {Gap.INDEXING: "60 s still indexing"},
        ),
    ],
)
def test_coverage_in_words(coverage: Coverage, searched: str, gaps: dict[Gap, str]) -> None:
    assert searched_words(coverage) == searched
    assert {gap: words for gap in Gap if (words := gap_words(coverage, gap))} == gaps
