"""What the player's commands do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_search.core.commands import Place
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.watch.shuttle import Shuttle
from desktop_search.ui.watch.timeline import ZOOM_STEP

if TYPE_CHECKING:
    from desktop_search.ui.watch.player_pane import PlayerPane

_SECOND_MS = 1000
_VOLUME_STEP = 5


def connect_commands(commands: CommandSet, pane: PlayerPane, shuttle: Shuttle | None) -> None:
    """Let the commands act on the pane. `shuttle` is there when there is a player."""
    commands.attach(Place.PLAYER, pane)
    commands.connect("player.previous-hit", pane.previous_hit_asked.emit)
    commands.connect("player.next-hit", pane.next_hit_asked.emit)
    commands.connect("player.mute", pane.transport.mute.toggle)
    commands.connect("player.louder", lambda: pane.change_volume(_VOLUME_STEP))
    commands.connect("player.quieter", lambda: pane.change_volume(-_VOLUME_STEP))
    commands.connect("player.full-screen", pane.full_screen_asked.emit)
    commands.connect("player.leave", pane.list_asked.emit)
    commands.connect("player.like-this", pane.ask_for_more, pane.why_no_picture)
    if shuttle is None:
        return
    timeline, marking = pane.timeline, pane.marking
    for name, act in (
        ("toggle", pane.toggle),
        ("backward", shuttle.backward),
        ("hold", shuttle.hold),
        ("forward", shuttle.forward),
        ("frame-back", lambda: pane.step(-1)),
        ("frame-forward", lambda: pane.step(1)),
        ("second-back", lambda: pane.go_by(-_SECOND_MS)),
        ("second-forward", lambda: pane.go_by(_SECOND_MS)),
        ("previous-shot", lambda: pane.go_to_shot(-1)),
        ("next-shot", lambda: pane.go_to_shot(1)),
        ("go-to", pane.timecode.begin),
        ("mark-in", lambda: marking.mark(0, pane.position_ms)),
        ("mark-out", lambda: marking.mark(1, pane.position_ms)),
        ("mark-hit", marking.mark_hit),
        ("clear-range", marking.clear),
        ("loop", pane.transport.loop.toggle),
        ("zoom-in", lambda: timeline.zoom(ZOOM_STEP)),
        ("zoom-out", lambda: timeline.zoom(1 / ZOOM_STEP)),
        ("zoom-hit", timeline.zoom_to_hit),
        ("zoom-clip", timeline.zoom_to_clip),
        ("actual-size", pane.toggle_actual_size),
    ):
        commands.connect(f"player.{name}", act, pane.why_no_clip)
