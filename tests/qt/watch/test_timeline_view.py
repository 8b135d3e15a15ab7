"""Which part of the clip is in view."""

from __future__ import annotations

from desktop_search.ui.watch.timeline_view import TimelineView

_CLIP = TimelineView.of(100_000)


def test_a_zoom_keeps_the_time_where_it_is() -> None:
    near = _CLIP.zoomed(4, 30_000)
    assert near.span_ms == 25_000
    assert near.share_of(30_000) == _CLIP.share_of(30_000)
    assert near.zoomed(1 / 4, 30_000) == _CLIP


def test_it_never_leaves_the_clip() -> None:
    near = _CLIP.zoomed(10, 0)
    assert near.moved(-3).start_ms == 0
    assert near.moved(99).end_ms == 100_000
    assert _CLIP.zoomed(0.001, 50_000) == _CLIP
    assert near.zoomed(1e6, 50_000).span_ms == 500


def test_it_turns_the_page_with_the_playhead() -> None:
    near = _CLIP.zoomed(10, 0)
    assert near.following(9_000) == near
    page = near.following(10_500)
    assert page.start_ms <= 10_500 <= page.end_ms
    assert _CLIP.following(5_000_000) == _CLIP


def test_a_stretch_is_shown_with_room_around_it() -> None:
    shown = _CLIP.showing(40_000, 44_000)
    assert (shown.start_ms, shown.end_ms) == (38_000, 46_000)
    assert _CLIP.showing(0, 4_000).start_ms == 0


def test_without_a_clip_nothing_is_anywhere() -> None:
    nothing = TimelineView()
    assert (nothing.share_of(5), nothing.time_at(0.5), nothing.is_whole) == (0.0, 0, True)
    assert nothing.zoomed(2, 0).moved(1).following(7) == nothing
