"""Captions, searches for captions, and searches inside one video, by the client, answered by the engine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.errors import RequestRejected
from desktop_search.core.query import Scope, SearchFilters, SearchQuery
from tests.clips import clip_frame
from tests.contract.conftest import Harbour


@pytest.fixture
def reader(harbour: Harbour) -> Iterator[VisualSearchClient]:
    made = VisualSearchClient(harbour.engine.url, harbour.engine.key)
    yield made
    made.close()


def test_captions_follow_each_other_without_gaps(reader: VisualSearchClient, harbour: Harbour) -> None:
    lines = reader.captions(harbour.video_no, "default")
    assert len(lines) >= len(harbour.clip.starts)
    assert "blue" in lines[0].text
    assert all(line.end_ms == following.start_ms for line, following in pairwise(lines))
    assert reader.captions("VI1", "default") == reader.captions(harbour.video_no, "elsewhere") == ()


def test_a_search_for_captions_finds_the_same_sentences(reader: VisualSearchClient, harbour: Harbour) -> None:
    lines = {line.start_ms: line.text for line in reader.captions(harbour.video_no, "default")}
    filters = SearchFilters(video_nos=(harbour.video_no,), top_k=3)
    hits = reader.search(SearchQuery("red blue green", Scope.CAPTION, filters)).hits
    assert 0 < len(hits) <= 3
    for hit in hits:
        assert (hit.excerpt, hit.found_by, hit.video_no) == (lines[hit.start_ms], Scope.CAPTION, harbour.video_no)
        assert hit.score is not None
    too_many = SearchQuery("red", Scope.CAPTION, SearchFilters(top_k=201))
    assert too_many.problems() == {"top_k": "Between 1 and 200 results."}
    with pytest.raises(RequestRejected):
        reader.search(too_many)


def test_a_frame_and_words_find_their_shot_inside_a_video(
    reader: VisualSearchClient, harbour: Harbour, tmp_path: Path
) -> None:
    frame = tmp_path / "frame.png"
    clip_frame(harbour.clip, harbour.clip.starts[1]).save(frame)
    best = reader.search_inside(frame, "red", harbour.video_no, "default")[0]
    assert (best.video_no, best.namespace) == (harbour.video_no, "default")
    assert abs(best.start_ms - harbour.clip.start_ms(1)) <= 1
    assert best.end_ms is not None
    assert best.video is not None
    with pytest.raises(RequestRejected, match="prompt"):
        reader.search_inside(frame, " ", harbour.video_no, "default")


def test_a_query_stays_inside_its_clip(reader: VisualSearchClient, harbour: Harbour, tmp_path: Path) -> None:
    clip, silent = ("local", "default", harbour.video_no), ("local", "default", harbour.silent_no)
    assert {hit.video_no for hit in reader.search(SearchQuery("red", inside=clip)).hits} == {harbour.video_no}
    assert reader.search(SearchQuery("leaving the harbor", Scope.PHRASE, inside=clip)).hits
    assert not reader.search(SearchQuery("leaving the harbor", Scope.PHRASE, inside=silent)).hits
    frame = tmp_path / "frame.png"
    clip_frame(harbour.clip, harbour.clip.starts[1]).save(frame)
    both = SearchQuery("red", Scope.ALL, picture=frame, inside=clip, inside_name="harbour")
    best = reader.search(both).hits[0]
    assert (best.video_no, best.name) == (harbour.video_no, "harbour")
    assert abs(best.start_ms - harbour.clip.start_ms(1)) <= 1
    alone = reader.search(SearchQuery(picture=frame, similarity=0.5, inside=clip)).hits
    assert {hit.video_no for hit in alone} == {harbour.video_no}
