"""Reading the words of a library page by page."""

from __future__ import annotations

import pytest

from desktop_search.core.calls import CallKind
from desktop_search.core.errors import Cancelled
from desktop_search.core.footage import VideoRecord
from desktop_search.core.library_words import LibraryWords
from desktop_search.core.token import CancelToken
from desktop_search.services.library_words import PAGES_MAX, read_words
from tests.fakes.library import FakeLibrary


def library_of(count: int) -> FakeLibrary:
    library = FakeLibrary()
    for number in range(count):
        video_no = f"VI{number}"
        library.videos[video_no] = VideoRecord(video_no, f"{number}.mp4", tags=(f"tag {number}",))
    return library


def test_all_pages_are_read_and_each_is_told() -> None:
    library, told = library_of(450), list[LibraryWords]()
    words = read_words(library.clients, "local", "default", CancelToken(), told.append)
    assert len(words.tags.shown) == len(words.videos.names) == 450
    assert words.is_whole
    assert library.calls.count("list_videos") == 3
    assert [len(each.videos.names) for each in told] == [200, 400]
    assert not any(each.is_whole for each in told)


def test_an_empty_library_is_whole() -> None:
    words = read_words(FakeLibrary().clients, "local", "default", CancelToken(), lambda _: None)
    assert words.is_whole
    assert words.videos.names == {}


def test_a_huge_library_is_read_in_part() -> None:
    library = library_of(200 * PAGES_MAX + 1)
    words = read_words(library.clients, "local", "default", CancelToken(), lambda _: None)
    assert not words.is_whole
    assert next(iter(words.videos.names)) == f"VI{200 * PAGES_MAX}"  # the newest


def test_it_leaves_calls_to_others_and_can_be_cancelled_while_it_waits() -> None:
    library, token = library_of(450), CancelToken()
    library.waits_s[CallKind.LIST] = 3600.0
    token.cancel()
    with pytest.raises(Cancelled):
        read_words(library.clients, "local", "default", token, lambda _: None)
    assert "list_videos" not in library.calls
