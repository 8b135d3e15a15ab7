"""Connects the tabs below the player with the clip that it shows."""

from __future__ import annotations

from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.watch.clip_controller import ClipController
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


def wire_clip(watch: WatchController, clip: ClipController, pane: PlayerPane, notices: NoticeBar) -> None:
    """The tabs follow what is watched, and a chosen line leads the player."""
    watch.opened.connect(clip.show_clip)
    watch.left_clip.connect(clip.show_nothing)
    watch.missed.connect(clip.show_clip)
    clip.seek_asked.connect(pane.seek)
    clip.failed.connect(notices.show_error)
    pane.position_changed.connect(clip.set_position)
