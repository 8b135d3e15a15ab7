from __future__ import annotations

from desktop_search.core.footage import FootageDetails
from desktop_search.core.import_wishes import FILES_ARE_PRIVATE, Source, Typed, cost_words, read
from desktop_search.core.imports import ImportKind
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER, Library
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.core.web_addresses import A_FILE, NOT_A_PROFILE, NOTHING_KNOWN

_POST = "https://www.tiktok.com/@a/video/"
_OWN = Library("http://studio:8000", "studio:8000", "http://studio:8000")


def test_addresses_become_a_call_for_each_file_and_for_fifty_posts_of_each_platform() -> None:
    posts = [f"{_POST}{number}" for number in range(51)]
    lines = ["https://a.example/x.mp4", *posts, "https://youtu.be/abc", posts[0], "", "https://a.example/y.mov"]
    details = FootageDetails(namespace="sea", tags=("fog",))
    reading = read(Typed(Source.ADDRESSES, "\n".join(lines), quality="1080", details=details), MEMORIES_AI)
    assert [(wish.kind, len(wish.subjects)) for wish in reading.wishes] == [
        (ImportKind.VIDEO, 1),
        (ImportKind.VIDEO, 1),
        (ImportKind.POSTS, 50),
        (ImportKind.POSTS, 1),
        (ImportKind.POSTS, 1),
    ]
    assert reading.words == "2 video files · 51 TikTok posts · 1 YouTube post"
    assert reading.wishes[0].details == details
    assert reading.wishes[2].details == FootageDetails(namespace="sea")  # posts take no tags
    assert {wish.quality for wish in reading.wishes} == {"1080"}
    assert sum(wish.expected for wish in reading.wishes) == 54


def test_each_creator_is_a_call_and_hashtags_go_together() -> None:
    profiles = "https://www.tiktok.com/@a\nhttps://www.youtube.com/@b"
    creators = read(Typed(Source.CREATORS, profiles, count=3), MEMORIES_AI)
    assert [wish.expected for wish in creators.wishes] == [3, 3]
    assert creators.words == "1 TikTok creator · 1 YouTube creator"
    tags = read(Typed(Source.HASHTAGS, ", ".join(f"t{number}" for number in range(21)), count=2), MEMORIES_AI)
    assert [(wish.kind, wish.expected) for wish in tags.wishes] == [(ImportKind.TAGS, 40), (ImportKind.TAGS, 2)]


def test_one_wrong_line_stops_all_and_is_named() -> None:
    reading = read(Typed(Source.ADDRESSES, f"{_POST}1\nfile:///tmp/a.mp4"), MEMORIES_AI)
    assert (reading.wishes, reading.problem) == ((), f"file:///tmp/a.mp4: {A_FILE}")
    assert reading.words == "1 TikTok post"
    long = "https://media.example/" + "a" * 200
    assert read(Typed(Source.ADDRESSES, long), MEMORIES_AI).problem == f"{long[:59]}…: {NOTHING_KNOWN}"


def test_only_a_server_of_ones_own_knows_other_platforms() -> None:
    for source, problem in ((Source.ADDRESSES, NOTHING_KNOWN), (Source.CREATORS, NOT_A_PROFILE)):
        typed = Typed(source, "http://posts.studio/@anna", count=1)
        assert problem in read(typed, MEMORIES_AI).problem
        assert len(read(typed, _OWN).wishes) == 1
    assert NOT_A_PROFILE in read(Typed(Source.CREATORS, "http://a.example/b.mp4"), _OWN).problem


def test_files_are_never_public() -> None:
    typed = Typed(Source.ADDRESSES, f"{_POST}1\nhttps://a.example/x.mp4", is_public=True)
    assert read(typed, MEMORIES_AI).problem == FILES_ARE_PRIVATE


def test_nothing_typed_is_said() -> None:
    for source in Source:
        assert read(Typed(source, " \n"), MEMORIES_AI).problem.startswith("Enter")


def test_costs_are_named_where_there_are_any() -> None:
    typed = Typed(Source.ADDRESSES, f"{_POST}1\nhttps://youtu.be/abc")
    words = cost_words(read(typed, MEMORIES_AI), typed, MEMORIES_AI, PriceTable())
    assert words == (
        "memories.ai charges for this: up to 2 videos; 0.002 $ for each post of TikTok or Instagram, 2.20 $ per GB "
        "from YouTube, 15.00 $ per 1,000 minutes indexed (prices read on 2026-10-01)."
    )
    assert cost_words(read(typed, THIS_COMPUTER), typed, THIS_COMPUTER, PriceTable()) == ""
    assert cost_words(read(Typed(Source.ADDRESSES, ""), MEMORIES_AI), typed, MEMORIES_AI, PriceTable()) == ""
    tags = Typed(Source.HASHTAGS, "fog", count=1)
    assert "up to 1 video; 0.002 $" in cost_words(read(tags, MEMORIES_AI), tags, MEMORIES_AI, PriceTable())
