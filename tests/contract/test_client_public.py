"""Searches of the public library by the client, answered by the engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.query import Platform, Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.token import CancelToken
from desktop_search.media.frames import frame_at
from tests.contract.public_library import CAPTION, Shared


@pytest.fixture
def guest(shared: Shared) -> Iterator[VisualSearchClient]:
    """A client with the key of somebody who has put nothing there."""
    made = VisualSearchClient(shared.engine.url, shared.other_key)
    yield made
    made.close()


def videos(client: VisualSearchClient, query: SearchQuery) -> set[str]:
    return {hit.video_no for hit in client.search(query).hits}


def test_words_find_posts_of_one_platform_or_of_all(guest: VisualSearchClient, shared: Shared) -> None:
    assert videos(guest, SearchQuery("storm", Scope.PUBLIC)) == {shared.tiktok_no, shared.youtube_no}
    assert videos(guest, SearchQuery("storm", Scope.PUBLIC, platform=Platform.YOUTUBE)) == {shared.youtube_no}
    assert videos(guest, SearchQuery("storm", Scope.PUBLIC, platform=Platform.INSTAGRAM)) == set()
    first = guest.search(SearchQuery("storm", Scope.PUBLIC)).hits[0]
    assert (first.is_public, first.namespace) == (True, "")


def test_what_is_seen_and_what_is_said_are_one_list(guest: VisualSearchClient, shared: Shared) -> None:
    hits = guest.search(SearchQuery("boat leaving the harbor", Scope.PUBLIC)).hits
    assert any("leaving the harbor" in hit.excerpt for hit in hits)
    assert {scope for hit in hits for scope in (hit.found_by, *hit.also_found_by)} <= {Scope.SEEN, Scope.SAID}
    assert hits[0].name == CAPTION
    assert len({(hit.video_no, hit.start_ms, hit.found_by) for hit in hits}) == len(hits)


def test_top_k_and_strictness_hold_for_the_whole_list(guest: VisualSearchClient) -> None:
    assert len(guest.search(SearchQuery("storm", Scope.PUBLIC, SearchFilters(top_k=1))).hits) == 1
    strict = SearchFilters(strictness=Strictness.HIGH)
    assert all((hit.score or 0) >= 0.4 for hit in guest.search(SearchQuery("storm", Scope.PUBLIC, strict)).hits)


@pytest.mark.parametrize(("platform", "found"), [(None, True), (Platform.TIKTOK, True), (Platform.YOUTUBE, False)])
def test_quoted_words_are_found_word_for_word(
    guest: VisualSearchClient, shared: Shared, platform: Platform | None, *, found: bool
) -> None:
    expected = {shared.tiktok_no} if found else set()
    assert videos(guest, SearchQuery('"RED ball"', Scope.PUBLIC, platform=platform)) == expected
    assert videos(guest, SearchQuery('"ball red"', Scope.PUBLIC, platform=platform)) == set()


def test_a_picture_finds_frames_of_posts(guest: VisualSearchClient, shared: Shared, tmp_path: Path) -> None:
    picture = tmp_path / "frame.png"
    frame_at(shared.film, 1000).save(picture)
    (best, *_) = guest.search(SearchQuery(scope=Scope.PUBLIC, picture=picture)).hits
    assert (best.video_no, best.found_by, best.is_public) == (shared.tiktok_no, None, True)
    nothing = SearchQuery(scope=Scope.PUBLIC, picture=picture, platform=Platform.INSTAGRAM)
    assert guest.search(nothing).hits == ()


def test_a_post_is_fetched_with_any_key(guest: VisualSearchClient, shared: Shared, tmp_path: Path) -> None:
    hit = guest.search(SearchQuery("storm", Scope.PUBLIC, platform=Platform.TIKTOK)).hits[0]
    target = tmp_path / "post.mp4"
    guest.download_video(hit.video_no, hit.namespace, target, token=CancelToken(), on_received=lambda *_: None)
    assert target.read_bytes() == shared.film.read_bytes()
