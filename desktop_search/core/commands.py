"""The one table of what can be done in the window by a key, a menu or the palette. See docs/contributing.md."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Place(Enum):
    """Where the keys of a command work; the value says it."""

    WINDOW = "everywhere"
    QUERY = "in the query"
    RESULTS = "in the results"
    PLAYER = "in the player"
    QUEUE = "in the uploads"
    SELECTS = "in the selects"


class Group(Enum):
    """The menus, in their order; the value is a menu's title."""

    FILE = "&File"
    SEARCH = "&Search"
    RESULTS = "&Results"
    PLAYER = "&Player"
    SELECTS = "S&elects"
    UPLOADS = "&Uploads"
    VIEW = "&View"
    HELP = "&Help"

    @property
    def title(self) -> str:
        """The title without the sign of its Alt key."""
        return self.value.replace("&", "")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done.

    Attributes:
        command_id: its name for good: the preferences keep changed keys under it.
        group: the menu it stands in.
        title: what it is called; "&" may stand before the letter that chooses it in the menu.
        keys: the keys it has by itself, as `QKeySequence` reads them: "Ctrl+Shift+F", "Space", "Left".
        place: where they work.
        words: more words by which the palette finds it.
        opens_section: whether the menu shows a line above it.
    """

    command_id: str
    group: Group
    title: str
    keys: tuple[str, ...] = ()
    place: Place = Place.WINDOW
    words: str = ""
    opens_section: bool = False

    @property
    def name(self) -> str:
        """The title without the sign of its Alt key."""
        return self.title.replace("&", "")


def share_keys(first: Place, second: Place) -> bool:
    """Whether a key can mean one thing only in these two places."""
    return first is second or Place.WINDOW in (first, second)


_F, _S, _R, _P, _L, _U, _V, _H = Group
_QUERY, _RESULTS, _PLAYER, _QUEUE = Place.QUERY, Place.RESULTS, Place.PLAYER, Place.QUEUE
_SELECTS = Place.SELECTS

COMMANDS: tuple[Command, ...] = (
    Command("file.add-files", _F, "&Add files…", ("Ctrl+O",), words="upload footage import"),
    Command("file.add-folder", _F, "Add f&older…", ("Ctrl+Shift+O",), words="upload footage import"),
    Command("file.import", _F, "&Import from the web…", ("Ctrl+Shift+I",), words="download link url youtube"),
    Command("file.watched-folders", _F, "&Watched folders…"),
    Command("file.transfer-log", _F, "&Transfer log…", opens_section=True),
    Command("file.usage", _F, "&Usage and costs…", words="budget prices bill"),
    Command("file.models", _F, "&Models for this computer…", words="meaning speech download", opens_section=True),
    Command("file.preferences", _F, "&Preferences…", ("Ctrl+,",), words="settings options theme key server"),
    Command("file.quit", _F, "&Quit", ("Ctrl+Q",), words="exit close", opens_section=True),
    Command("search.find", _S, "&Find in footage", ("Ctrl+F",), words="query words"),
    Command("search.all", _S, "Search what is seen &and said", ("Ctrl+1",), words="scope all", opens_section=True),
    Command("search.seen", _S, "Search what is &seen", ("Ctrl+2",), words="scope visual"),
    Command("search.said", _S, "Search what is sai&d", ("Ctrl+3",), words="scope speech transcript"),
    Command("search.phrase", _S, "Search for an e&xact phrase", ("Ctrl+4",), words="scope said quote transcript"),
    Command("search.images", _S, "Search still &images", ("Ctrl+5",), words="scope pictures photos"),
    Command("search.public", _S, "Search the p&ublic library", ("Ctrl+6",), words="scope tiktok youtube instagram"),
    Command("search.by-picture", _S, "Search by a &picture…", ("Ctrl+I",), words="image", opens_section=True),
    Command("search.paste", _S, "Search by what was &copied", ("Ctrl+V",), words="paste clipboard picture image"),
    Command("search.filters", _S, "Fi&lters", ("Ctrl+Shift+F",), words="tag camera date place namespace"),
    Command("search.refresh", _S, "As&k the libraries anew", ("F5",), words="refresh again kept answer paid"),
    Command("search.everywhere", _S, "Search all &my libraries", words="together this computer memories.ai"),
    Command(
        "search.saved", _S, "Sa&ved searches", ("Ctrl+Shift+S",), words="bookmark name new hits", opens_section=True
    ),
    Command("search.recent", _S, "R&ecent searches", ("Alt+Down",), _QUERY, words="history last"),
    Command("search.undo-clear", _S, "&Bring the cleared query back", ("Ctrl+Z",), _QUERY, words="undo restore"),
    Command("search.to-results", _S, "Go to the &results", ("Down",), _QUERY, opens_section=True),
    Command("search.stop", _S, "S&top the search, or clear the query", ("Esc",), _QUERY, words="cancel"),
    Command("results.play", _R, "&Play from the chosen result", ("Return", "Enter"), _RESULTS),
    Command("results.hold", _R, "Play or &hold", ("Space",), _RESULTS, words="pause"),
    Command("results.leave", _R, "&Back to the query", ("Esc",), _RESULTS),
    Command("results.menu", _R, "What can be &done with it…", ("Shift+F10",), _RESULTS, words="context menu"),
    Command("results.like-this", _R, "&More like this", ("Y",), _RESULTS, "similar picture frame", True),
    Command("results.search-inside", _R, "Search &inside this clip", ("Shift+Y",), _RESULTS, "video words picture"),
    Command("results.select", _R, "&Take into the selects", ("S",), _RESULTS, "choose range bin", True),
    Command("results.copy-timecode", _R, "&Copy timecode", ("Ctrl+C",), _RESULTS, opens_section=True),
    Command("results.copy-name", _R, "Copy &name", place=_RESULTS),
    Command("results.copy-path", _R, "Copy p&ath", ("Ctrl+Shift+C",), _RESULTS, words="file"),
    Command("results.reveal", _R, "Show in its &folder", ("Ctrl+Shift+R",), _RESULTS, "reveal finder explorer", True),
    Command("results.open-file", _R, "&Open in the system's player", ("Ctrl+Return",), _RESULTS, words="external"),
    Command("results.sheet", _R, "Contact sheet of the clip", ("C",), _RESULTS, words="stills overview thumbnails"),
    Command("results.rate-5", _R, "Rate ★★★★★", ("5",), _RESULTS, words="stars rating best", opens_section=True),
    Command("results.rate-4", _R, "Rate ★★★★", ("4",), _RESULTS, words="stars rating"),
    Command("results.rate-3", _R, "Rate ★★★", ("3",), _RESULTS, words="stars rating"),
    Command("results.rate-2", _R, "Rate ★★", ("2",), _RESULTS, words="stars rating"),
    Command("results.rate-1", _R, "Rate ★", ("1",), _RESULTS, words="stars rating"),
    Command("results.rate-0", _R, "No rating", ("0",), _RESULTS, words="stars clear"),
    Command("results.note", _R, "Note…", ("N",), _RESULTS, words="comment mark"),
    Command("results.tags", _R, "Tags…", ("T",), _RESULTS, words="keywords mark"),
    Command("results.reject", _R, "Reject, or take it back", ("X",), _RESULTS, words="hide discard mark"),
    Command("results.undo", _R, "Undo the last mark", ("Ctrl+Z",), _RESULTS, words="take back rating"),
    Command("results.redo", _R, "Redo the mark", ("Ctrl+Shift+Z", "Ctrl+Y"), _RESULTS, words="again rating"),
    Command("results.open", _R, "Show more of the row", ("+",), _RESULTS, words="open expand", opens_section=True),
    Command("results.close", _R, "Show less of the row", ("-",), _RESULTS, words="close collapse clip fewer"),
    Command("results.view", _R, "Show as a grid or a list", ("Ctrl+Shift+G",), words="thumbnails", opens_section=True),
    Command("results.by-relevance", _R, "Sort by relevance", words="order score best"),
    Command("results.by-time", _R, "Sort by capture time", words="order date newest"),
    Command("results.by-name", _R, "Sort by name", words="order file"),
    Command("results.by-position", _R, "Sort by position in the clip", words="order timecode"),
    Command("results.group", _R, "Group by clip", words="cap per file", opens_section=True),
    Command("results.fold", _R, "Fold duplicates and neighbours", words="near copies merge"),
    Command("results.below", _R, "Show what is not close enough", words="floor strictness line hide"),
    Command("player.toggle", _P, "&Play or hold", ("Space",), _PLAYER, words="pause"),
    Command("player.backward", _P, "Shuttle &backward", ("J",), _PLAYER, words="reverse speed"),
    Command("player.hold", _P, "&Hold", ("K",), _PLAYER, words="pause stop"),
    Command("player.forward", _P, "Shuttle &forward", ("L",), _PLAYER, words="speed fast"),
    Command("player.frame-back", _P, "One frame back", ("Left",), _PLAYER, words="step", opens_section=True),
    Command("player.frame-forward", _P, "One frame forward", ("Right",), _PLAYER, words="step"),
    Command("player.second-back", _P, "One second back", ("Shift+Left",), _PLAYER),
    Command("player.second-forward", _P, "One second forward", ("Shift+Right",), _PLAYER),
    Command("player.previous-shot", _P, "Previous shot", ("PgUp", "Alt+Left"), _PLAYER, words="cut scene"),
    Command("player.next-shot", _P, "Next shot", ("PgDown", "Alt+Right"), _PLAYER, words="cut scene"),
    Command("player.go-to", _P, "&Go to timecode", ("G",), _PLAYER),
    Command("player.previous-hit", _P, "Pre&vious hit", ("P",), _PLAYER, opens_section=True),
    Command("player.next-hit", _P, "&Next hit", ("N",), _PLAYER),
    Command("player.like-this", _P, "More like thi&s frame", ("Y",), _PLAYER, "similar picture", True),
    Command("player.search-inside", _P, "Search inside this &clip", ("Shift+Y",), _PLAYER, "video words picture"),
    Command("player.mark-in", _P, "Mark &in", ("I",), _PLAYER, words="range", opens_section=True),
    Command("player.mark-out", _P, "Mark &out", ("O",), _PLAYER, words="range"),
    Command("player.mark-hit", _P, "Mark the hit with its handles", ("X",), _PLAYER, words="range in out"),
    Command("player.clear-range", _P, "Clear in and out", ("Alt+X",), _PLAYER, words="range marks"),
    Command("player.select", _P, "&Take the range into the selects", ("S",), _PLAYER, words="choose bin"),
    Command("player.loop", _P, "&Loop the marked range", ("Ctrl+L",), _PLAYER, words="repeat"),
    Command("player.mute", _P, "&Mute", ("M",), _PLAYER, words="sound volume", opens_section=True),
    Command("player.louder", _P, "Louder", ("Up",), _PLAYER, words="volume sound"),
    Command("player.quieter", _P, "Quieter", ("Down",), _PLAYER, words="volume sound"),
    Command("player.zoom-in", _P, "&Zoom into the timeline", ("=", "Ctrl+=", "Ctrl++"), _PLAYER, "closer", True),
    Command("player.zoom-out", _P, "Zoom out of the timeline", ("Ctrl+-",), _PLAYER, words="farther"),
    Command("player.zoom-hit", _P, "Zoom to the hit, and back", ("Z",), _PLAYER, words="timeline fit"),
    Command("player.zoom-clip", _P, "Zoom to the whole clip", ("Shift+Z",), _PLAYER, words="timeline fit"),
    Command("player.actual-size", _P, "Picture at 100 % or fitted", ("A",), _PLAYER, words="zoom fit pixels"),
    Command("player.full-screen", _P, "F&ull screen", ("F",), _PLAYER, words="picture alone"),
    Command("player.leave", _P, "Back to the &results", ("Esc",), _PLAYER),
    Command("selects.go", _L, "&Go to the selects", ("Ctrl+Shift+E",), words="chosen ranges bin"),
    Command("selects.show", _L, "&Show its first frame", ("Return", "Enter"), _SELECTS, "play player", True),
    Command("selects.remove", _L, "&Remove from the bin", ("Del", "Backspace"), _SELECTS, words="delete"),
    Command("selects.up", _L, "Move &up", ("Ctrl+Up",), _SELECTS, words="order"),
    Command("selects.down", _L, "Move &down", ("Ctrl+Down",), _SELECTS, words="order"),
    Command("selects.rate-0", _L, "No stars", ("0",), _SELECTS, "rating", True),
    Command("selects.rate-1", _L, "One star", ("1",), _SELECTS, words="rating"),
    Command("selects.rate-2", _L, "Two stars", ("2",), _SELECTS, words="rating"),
    Command("selects.rate-3", _L, "Three stars", ("3",), _SELECTS, words="rating"),
    Command("selects.rate-4", _L, "Four stars", ("4",), _SELECTS, words="rating"),
    Command("selects.rate-5", _L, "Five stars", ("5",), _SELECTS, words="rating"),
    Command("selects.undo", _L, "U&ndo", ("Ctrl+Z",), _SELECTS, "take back", True),
    Command("selects.redo", _L, "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), _SELECTS, words="again"),
    Command("selects.new-bin", _L, "New &bin…", words="list", opens_section=True),
    Command("selects.rename-bin", _L, "Rena&me the bin…"),
    Command("selects.remove-bin", _L, "Remove the b&in", words="delete"),
    Command("selects.export", _L, "&Export…", ("Ctrl+E",), words="edl fcpxml xml otio premiere resolve markers csv"),
    Command("queue.start", _U, "&Start", ("S",), _QUEUE, words="upload send index"),
    Command("queue.pause", _U, "&Pause or resume", ("P",), _QUEUE),
    Command("queue.cancel", _U, "&Cancel", ("C",), _QUEUE),
    Command("queue.retry", _U, "Try a&gain", ("R",), _QUEUE, words="retry"),
    Command("queue.insist", _U, "Send an&yway", place=_QUEUE, words="known duplicate"),
    Command("queue.top", _U, "Move to &top", ("Ctrl+Shift+Up",), _QUEUE, opens_section=True),
    Command("queue.up", _U, "Move &up", ("Ctrl+Up",), _QUEUE),
    Command("queue.down", _U, "Move &down", ("Ctrl+Down",), _QUEUE),
    Command("queue.bottom", _U, "Move to &bottom", ("Ctrl+Shift+Down",), _QUEUE),
    Command("queue.high", _U, "&High priority", place=_QUEUE, words="first", opens_section=True),
    Command("queue.normal", _U, "&Normal priority", place=_QUEUE),
    Command("queue.low", _U, "&Low priority", place=_QUEUE, words="last"),
    Command("queue.edit", _U, "&Edit details…", ("E",), _QUEUE, words="tags camera time", opens_section=True),
    Command("queue.reveal", _U, "Sh&ow in its folder", place=_QUEUE, words="reveal finder explorer"),
    Command("queue.remove", _U, "&Remove from the list", ("Del", "Backspace"), _QUEUE, words="delete"),
    Command("view.next-pane", _V, "&Next pane", ("F6",), words="focus"),
    Command("view.previous-pane", _V, "&Previous pane", ("Shift+F6",), words="focus"),
    Command("view.dark", _V, "&Dark theme", words="colours appearance", opens_section=True),
    Command("view.light", _V, "&Light theme", words="colours appearance"),
    Command("view.system", _V, "Theme of the &system", words="colours appearance dark light"),
    Command("help.commands", _H, "&Command palette…", ("Ctrl+K",), words="find action do"),
    Command("help.shortcuts", _H, "&Keyboard shortcuts", ("F1",), words="keys sheet help"),
    Command("help.about", _H, "&About Desktop Search", words="version licence", opens_section=True),
)
