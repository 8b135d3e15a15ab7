"""The one table of what can be done in the window by a key, a menu or the palette. See docs/contributing.md."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop_search.core.language import N_, _


class Place(Enum):
    """Where the keys of a command work; the value says it in English."""

    WINDOW = N_("everywhere")
    QUERY = N_("in the query")
    RESULTS = N_("in the results")
    PLAYER = N_("in the player")
    QUEUE = N_("in the uploads")
    SELECTS = N_("in the selects")
    MAP = N_("on the map")
    LIBRARY = N_("in the library")

    @property
    def title(self) -> str:
        """In the user's language."""
        return _(self.value)


class Group(Enum):
    """The menus, in their order; the value is a menu's title in English."""

    FILE = N_("&File")
    SEARCH = N_("&Search")
    RESULTS = N_("&Results")
    PLAYER = N_("&Player")
    SELECTS = N_("S&elects")
    LIBRARY = N_("&Library")
    UPLOADS = N_("&Uploads")
    VIEW = N_("&View")
    HELP = N_("&Help")

    @property
    def menu_title(self) -> str:
        """In the user's language; "&" stands before the letter that opens the menu."""
        return _(self.value)

    @property
    def title(self) -> str:
        """The title without the sign of its Alt key."""
        return self.menu_title.replace("&", "")


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
        inside: the name of the menu inside the menu that it stands in.
    """

    command_id: str
    group: Group
    title: str
    keys: tuple[str, ...] = ()
    place: Place = Place.WINDOW
    words: str = ""
    opens_section: bool = False
    inside: str = ""

    @property
    def name(self) -> str:
        """The title without the sign of its Alt key."""
        return self.title.replace("&", "")


def share_keys(first: Place, second: Place) -> bool:
    """Whether a key can mean one thing only in these two places."""
    return first is second or Place.WINDOW in (first, second)


_F, _S, _R, _P, _L, _B, _U, _V, _H = Group
_QUERY, _RESULTS, _PLAYER, _QUEUE = Place.QUERY, Place.RESULTS, Place.PLAYER, Place.QUEUE
_SELECTS, _MAP, _LIBRARY = Place.SELECTS, Place.MAP, Place.LIBRARY
_RATE, _COLOUR, _TRIM = _("Rate"), _("Colour"), _("Trim")

COMMANDS: tuple[Command, ...] = (
    Command("file.add-files", _F, _("&Add files…"), ("Ctrl+O",), words=_("upload footage import")),
    Command("file.add-folder", _F, _("Add f&older…"), ("Ctrl+Shift+O",), words=_("upload footage import")),
    Command("file.import", _F, _("&Import from the web…"), ("Ctrl+Shift+I",), words=_("download link url youtube")),
    Command("file.watched-folders", _F, _("&Watched folders…")),
    Command("file.transfer-log", _F, _("&Transfer log…"), opens_section=True),
    Command("file.usage", _F, _("&Usage and costs…"), words=_("budget prices bill")),
    Command("file.keys", _F, _("&Keys…"), words=_("account api key switch test console billing webhooks")),
    Command("file.servers", _F, _("Se&rvers…"), words=_("workstation share engine certificate address")),
    Command("file.models", _F, _("&Models for this computer…"), words=_("meaning speech download"), opens_section=True),
    Command("file.people", _F, _("People…"), words=_("faces persons names")),
    Command("file.preferences", _F, _("&Preferences…"), ("Ctrl+,",), words=_("settings options theme key server")),
    Command("file.back-up", _F, _("&Back up…"), words=_("backup save catalog settings"), opens_section=True),
    Command("file.restore", _F, _("Restore a backup…"), words=_("backup recover")),
    Command("file.quit", _F, _("&Quit"), ("Ctrl+Q",), words=_("exit close"), opens_section=True),
    Command("search.find", _S, _("&Find in footage"), ("Ctrl+F",), words=_("query words")),
    Command(
        "search.all", _S, _("Search what is seen &and said"), ("Ctrl+1",), words=_("scope all"), opens_section=True
    ),
    Command("search.seen", _S, _("Search what is &seen"), ("Ctrl+2",), words=_("scope visual")),
    Command("search.said", _S, _("Search what is sai&d"), ("Ctrl+3",), words=_("scope speech transcript")),
    Command("search.phrase", _S, _("Search for an e&xact phrase"), ("Ctrl+4",), words=_("scope said quote transcript")),
    Command("search.images", _S, _("Search still &images"), ("Ctrl+5",), words=_("scope pictures photos")),
    Command(
        "search.public", _S, _("Search the p&ublic library"), ("Ctrl+6",), words=_("scope tiktok youtube instagram")
    ),
    Command("search.by-picture", _S, _("Search by a &picture…"), ("Ctrl+I",), words=_("image"), opens_section=True),
    Command("search.paste", _S, _("Search by what was &copied"), ("Ctrl+V",), words=_("paste clipboard picture image")),
    Command("search.filters", _S, _("Fi&lters"), ("Ctrl+Shift+F",), words=_("tag camera date place namespace")),
    Command("search.refresh", _S, _("As&k the libraries anew"), ("F5",), words=_("refresh again kept answer paid")),
    Command("search.everywhere", _S, _("Search all &my libraries"), words=_("together this computer memories.ai")),
    Command(
        "search.saved",
        _S,
        _("Sa&ved searches"),
        ("Ctrl+Shift+S",),
        words=_("bookmark name new hits"),
        opens_section=True,
    ),
    Command("search.recent", _S, _("R&ecent searches"), ("Alt+Down",), _QUERY, words=_("history last")),
    Command("search.undo-clear", _S, _("&Bring the cleared query back"), ("Ctrl+Z",), _QUERY, words=_("undo restore")),
    Command("search.to-results", _S, _("Go to the &results"), ("Down",), _QUERY, opens_section=True),
    Command("search.stop", _S, _("S&top the search, or clear the query"), ("Esc",), _QUERY, words=_("cancel")),
    Command("results.play", _R, _("&Play from the chosen result"), ("Return", "Enter"), _RESULTS),
    Command("results.hold", _R, _("Play or &hold"), ("Space",), _RESULTS, words=_("pause")),
    Command("results.leave", _R, _("&Back to the query"), ("Esc",), _RESULTS),
    Command("results.menu", _R, _("What can be &done with it…"), ("Shift+F10",), _RESULTS, words=_("context menu")),
    Command("results.like-this", _R, _("&More like this"), ("Y",), _RESULTS, _("similar picture frame"), True),
    Command(
        "results.search-inside", _R, _("Search &inside this clip"), ("Shift+Y",), _RESULTS, _("video words picture")
    ),
    Command("results.select", _R, _("&Take into the selects"), ("S",), _RESULTS, _("choose range bin"), True),
    Command("results.select-all", _R, _("Take all results into the selects"), ("Shift+S",), _RESULTS, _("choose bin")),
    Command("results.copy-timecode", _R, _("&Copy timecode"), ("Ctrl+C",), _RESULTS, opens_section=True),
    Command("results.copy-name", _R, _("Copy &name"), place=_RESULTS),
    Command("results.copy-path", _R, _("Copy p&ath"), ("Ctrl+Shift+C",), _RESULTS, words=_("file")),
    Command(
        "results.reveal", _R, _("Show in its &folder"), ("Ctrl+Shift+R",), _RESULTS, _("reveal finder explorer"), True
    ),
    Command(
        "results.open-file", _R, _("&Open in the system's player"), ("Ctrl+Return",), _RESULTS, words=_("external")
    ),
    Command(
        "results.sheet", _R, _("Contact sheet of the clip"), ("C",), _RESULTS, words=_("stills overview thumbnails")
    ),
    Command("results.rate-5", _R, _("Rate ★★★★★"), ("5",), _RESULTS, words=_("stars rating best"), opens_section=True),
    Command("results.rate-4", _R, _("Rate ★★★★"), ("4",), _RESULTS, words=_("stars rating")),
    Command("results.rate-3", _R, _("Rate ★★★"), ("3",), _RESULTS, words=_("stars rating")),
    Command("results.rate-2", _R, _("Rate ★★"), ("2",), _RESULTS, words=_("stars rating")),
    Command("results.rate-1", _R, _("Rate ★"), ("1",), _RESULTS, words=_("stars rating")),
    Command("results.rate-0", _R, _("No rating"), ("0",), _RESULTS, words=_("stars clear")),
    Command("results.note", _R, _("Note…"), ("N",), _RESULTS, words=_("comment mark")),
    Command("results.tags", _R, _("Tags…"), ("T",), _RESULTS, words=_("keywords mark")),
    Command("results.reject", _R, _("Reject, or take it back"), ("X",), _RESULTS, words=_("hide discard mark")),
    Command("results.right", _R, _("Right for this search"), ("G",), _RESULTS, words=_("good thumbs up test set")),
    Command(
        "results.wrong",
        _R,
        _("Wrong for this search"),
        ("B",),
        _RESULTS,
        words=_("bad thumbs down test set"),
    ),
    Command("results.undo", _R, _("Undo the last mark"), ("Ctrl+Z",), _RESULTS, words=_("take back rating")),
    Command("results.redo", _R, _("Redo the mark"), ("Ctrl+Shift+Z", "Ctrl+Y"), _RESULTS, words=_("again rating")),
    Command(
        "results.open", _R, _("Show more of the row"), ("+",), _RESULTS, words=_("open expand"), opens_section=True
    ),
    Command("results.close", _R, _("Show less of the row"), ("-",), _RESULTS, words=_("close collapse clip fewer")),
    Command(
        "results.view", _R, _("Show as a grid or a list"), ("Ctrl+Shift+G",), words=_("thumbnails"), opens_section=True
    ),
    Command("results.by-relevance", _R, _("Sort by relevance"), words=_("order score best")),
    Command("results.by-time", _R, _("Sort by capture time"), words=_("order date newest")),
    Command("results.by-name", _R, _("Sort by name"), words=_("order file")),
    Command("results.by-position", _R, _("Sort by position in the clip"), words=_("order timecode")),
    Command("results.group", _R, _("Group by clip"), words=_("cap per file"), opens_section=True),
    Command("results.fold", _R, _("Fold duplicates and neighbours"), words=_("near copies merge")),
    Command("results.below", _R, _("Show what is not close enough"), words=_("floor strictness line hide")),
    Command("player.toggle", _P, _("&Play or hold"), ("Space",), _PLAYER, words=_("pause")),
    Command("player.backward", _P, _("Shuttle &backward"), ("J",), _PLAYER, words=_("reverse speed")),
    Command("player.hold", _P, _("&Hold"), ("K",), _PLAYER, words=_("pause stop")),
    Command("player.forward", _P, _("Shuttle &forward"), ("L",), _PLAYER, words=_("speed fast")),
    Command("player.frame-back", _P, _("One frame back"), ("Left",), _PLAYER, words=_("step"), opens_section=True),
    Command("player.frame-forward", _P, _("One frame forward"), ("Right",), _PLAYER, words=_("step")),
    Command("player.second-back", _P, _("One second back"), ("Shift+Left",), _PLAYER),
    Command("player.second-forward", _P, _("One second forward"), ("Shift+Right",), _PLAYER),
    Command("player.previous-shot", _P, _("Previous shot"), ("PgUp", "Alt+Left"), _PLAYER, words=_("cut scene")),
    Command("player.next-shot", _P, _("Next shot"), ("PgDown", "Alt+Right"), _PLAYER, words=_("cut scene")),
    Command("player.go-to", _P, _("&Go to timecode"), ("G",), _PLAYER),
    Command("player.previous-hit", _P, _("Pre&vious hit"), ("P",), _PLAYER, opens_section=True),
    Command("player.next-hit", _P, _("&Next hit"), ("N",), _PLAYER),
    Command("player.like-this", _P, _("More like thi&s frame"), ("Y",), _PLAYER, _("similar picture"), True),
    Command("player.save-frame", _P, _("Save this frame…"), ("Shift+S",), _PLAYER, _("still picture png export")),
    Command("player.search-inside", _P, _("Search inside this &clip"), ("Shift+Y",), _PLAYER, _("video words picture")),
    Command("player.mark-in", _P, _("Mark &in"), ("I",), _PLAYER, words=_("range"), opens_section=True),
    Command("player.mark-out", _P, _("Mark &out"), ("O",), _PLAYER, words=_("range")),
    Command("player.mark-hit", _P, _("Mark the hit with its handles"), ("X",), _PLAYER, words=_("range in out")),
    Command("player.clear-range", _P, _("Clear in and out"), ("Alt+X",), _PLAYER, words=_("range marks")),
    Command("player.select", _P, _("&Take the range into the selects"), ("S",), _PLAYER, words=_("choose bin")),
    Command("player.loop", _P, _("&Loop the marked range"), ("Ctrl+L",), _PLAYER, words=_("repeat")),
    Command("player.mute", _P, _("&Mute"), ("M",), _PLAYER, words=_("sound volume"), opens_section=True),
    Command("player.louder", _P, _("Louder"), ("Up",), _PLAYER, words=_("volume sound")),
    Command("player.quieter", _P, _("Quieter"), ("Down",), _PLAYER, words=_("volume sound")),
    Command("player.zoom-in", _P, _("&Zoom into the timeline"), ("=", "Ctrl+=", "Ctrl++"), _PLAYER, _("closer"), True),
    Command("player.zoom-out", _P, _("Zoom out of the timeline"), ("Ctrl+-",), _PLAYER, words=_("farther")),
    Command("player.zoom-hit", _P, _("Zoom to the hit, and back"), ("Z",), _PLAYER, words=_("timeline fit")),
    Command("player.zoom-clip", _P, _("Zoom to the whole clip"), ("Shift+Z",), _PLAYER, words=_("timeline fit")),
    Command("player.actual-size", _P, _("Picture at 100 % or fitted"), ("A",), _PLAYER, words=_("zoom fit pixels")),
    Command("player.full-screen", _P, _("F&ull screen"), ("F",), _PLAYER, words=_("picture alone")),
    Command("player.leave", _P, _("Back to the &results"), ("Esc",), _PLAYER),
    Command("selects.go", _L, _("&Go to the selects"), ("Ctrl+Shift+E",), words=_("chosen ranges bin")),
    Command("selects.show", _L, _("&Show its first frame"), ("Return", "Enter"), _SELECTS, _("player"), True),
    Command("selects.play-all", _L, _("&Play all from the chosen one"), ("P",), _SELECTS, _("in order sequence")),
    Command("selects.hold", _L, _("Play or &hold"), ("Space",), _SELECTS, words=_("pause stop")),
    Command("selects.stop", _L, _("Stop playin&g"), ("Esc",), _SELECTS),
    Command("selects.menu", _L, _("&What can be done with it…"), ("Shift+F10",), _SELECTS, words=_("context menu")),
    Command("selects.mark-in", _L, _("Begin at the frame on show"), ("I",), _SELECTS, _("trim in"), True, _TRIM),
    Command("selects.mark-out", _L, _("End before the frame on show"), ("O",), _SELECTS, _("trim out"), inside=_TRIM),
    Command("selects.in-earlier", _L, _("Begin a frame earlier"), ("Alt+Left",), _SELECTS, _("trim in"), inside=_TRIM),
    Command("selects.in-later", _L, _("Begin a frame later"), ("Alt+Right",), _SELECTS, _("trim in"), inside=_TRIM),
    Command("selects.out-earlier", _L, _("End a frame earlier"), ("Alt+Shift+Left",), _SELECTS, "", inside=_TRIM),
    Command("selects.out-later", _L, _("End a frame later"), ("Alt+Shift+Right",), _SELECTS, "", inside=_TRIM),
    Command("selects.rate-5", _L, _("Five stars"), ("5",), _SELECTS, _("rating"), inside=_RATE),
    Command("selects.rate-4", _L, _("Four stars"), ("4",), _SELECTS, _("rating"), inside=_RATE),
    Command("selects.rate-3", _L, _("Three stars"), ("3",), _SELECTS, _("rating"), inside=_RATE),
    Command("selects.rate-2", _L, _("Two stars"), ("2",), _SELECTS, _("rating"), inside=_RATE),
    Command("selects.rate-1", _L, _("One star"), ("1",), _SELECTS, _("rating"), inside=_RATE),
    Command("selects.rate-0", _L, _("No stars"), ("0",), _SELECTS, _("rating"), inside=_RATE),
    Command("selects.colour-red", _L, _("Red"), ("Alt+1",), _SELECTS, _("colour label"), inside=_COLOUR),
    Command("selects.colour-yellow", _L, _("Yellow"), ("Alt+2",), _SELECTS, _("colour label"), inside=_COLOUR),
    Command("selects.colour-green", _L, _("Green"), ("Alt+3",), _SELECTS, _("colour label"), inside=_COLOUR),
    Command("selects.colour-cyan", _L, _("Cyan"), ("Alt+4",), _SELECTS, _("colour label"), inside=_COLOUR),
    Command("selects.colour-blue", _L, _("Blue"), ("Alt+5",), _SELECTS, _("colour label"), inside=_COLOUR),
    Command("selects.colour-purple", _L, _("Purple"), ("Alt+6",), _SELECTS, _("colour label"), inside=_COLOUR),
    Command("selects.colour-pink", _L, _("Pink"), ("Alt+7",), _SELECTS, _("colour label"), inside=_COLOUR),
    Command("selects.colour-none", _L, _("No colour"), ("Alt+0",), _SELECTS, _("colour label"), inside=_COLOUR),
    Command("selects.note", _L, _("&Note…"), ("N",), _SELECTS, words=_("comment")),
    Command("selects.tags", _L, _("&Tags…"), ("T",), _SELECTS, words=_("keywords")),
    Command("selects.up", _L, _("Move &up"), ("Ctrl+Up",), _SELECTS, _("order"), True),
    Command("selects.down", _L, _("Move &down"), ("Ctrl+Down",), _SELECTS, words=_("order")),
    Command("selects.top", _L, _("Move to the top"), ("Ctrl+Shift+Up",), _SELECTS, words=_("order first")),
    Command("selects.bottom", _L, _("Move to the bottom"), ("Ctrl+Shift+Down",), _SELECTS, words=_("order last")),
    Command("selects.move-to", _L, _("Mo&ve to another bin…"), ("M",), _SELECTS, words=_("list")),
    Command("selects.copy-to", _L, _("&Copy to another bin…"), ("C",), _SELECTS, words=_("list")),
    Command("selects.remove", _L, _("&Remove from the bin"), ("Del", "Backspace"), _SELECTS, words=_("delete")),
    Command("selects.undo", _L, _("U&ndo"), ("Ctrl+Z",), _SELECTS, _("take back"), True),
    Command("selects.redo", _L, _("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), _SELECTS, words=_("again")),
    Command("selects.new-bin", _L, _("New &bin…"), words=_("list"), opens_section=True),
    Command("selects.rename-bin", _L, _("Rena&me the bin…")),
    Command("selects.remove-bin", _L, _("Remove the b&in"), words=_("delete")),
    Command("selects.relink", _L, _("Re&link files…"), words=_("find missing offline moved folder drive")),
    Command(
        "selects.export", _L, _("&Export…"), ("Ctrl+E",), words=_("edl fcpxml xml otio premiere resolve markers csv")
    ),
    Command("library.play", _B, _("&Play"), ("Return", "Enter"), _LIBRARY, words=_("open player watch show")),
    Command("library.hold", _B, _("Play or &hold"), ("Space",), _LIBRARY, words=_("pause")),
    Command("library.sheet", _B, _("Contact &sheet"), ("C",), _LIBRARY, words=_("stills overview thumbnails")),
    Command("library.search-inside", _B, _("Search &inside these"), ("Shift+Y",), _LIBRARY, _("videos filter"), True),
    Command("library.like-this", _B, _("&More like this"), ("Y",), _LIBRARY, words=_("similar picture")),
    Command("library.import", _B, _("Import into my librar&y…"), ("I",), _LIBRARY, words=_("post public copy")),
    Command("library.download", _B, _("Save the &original…"), ("D",), _LIBRARY, _("download file copy"), True),
    Command("library.reveal", _B, _("Show in its fol&der"), ("Ctrl+Shift+R",), _LIBRARY, _("reveal finder explorer")),
    Command("library.move", _B, _("Mo&ve into a folder…"), ("M",), _LIBRARY, words=_("namespace")),
    Command("library.tasks", _B, _("Tas&ks…"), ("Ctrl+Shift+T",), words=_("imports indexing under way failed")),
    Command("library.folders", _B, _("Folders and &namespaces…"), words=_("make rename delete list")),
    Command("library.retry", _B, _("Try a&gain"), ("R",), _LIBRARY, words=_("retry failed send")),
    Command("library.delete", _B, _("D&elete from the library…"), ("Del",), _LIBRARY, words=_("remove")),
    Command("library.copy-id", _B, _("&Copy the id"), ("Ctrl+C",), _LIBRARY, words=_("number"), opens_section=True),
    Command(
        "library.filter", _B, _("&Find in the list"), ("/",), _LIBRARY, words=_("words filter"), opens_section=True
    ),
    Command("library.view", _B, _("Show as a grid or a &table"), ("G",), _LIBRARY, words=_("posters list")),
    Command("library.refresh", _B, _("&Read the library anew"), ("Ctrl+R",), _LIBRARY, words=_("refresh again")),
    Command("library.menu", _B, _("What can be done &with it…"), ("Shift+F10",), _LIBRARY, words=_("context menu")),
    Command("library.leave", _B, _("&Back to the query"), ("Esc",), _LIBRARY),
    Command("queue.start", _U, _("&Start"), ("S",), _QUEUE, words=_("upload send index")),
    Command("queue.pause", _U, _("&Pause or resume"), ("P",), _QUEUE),
    Command("queue.cancel", _U, _("&Cancel"), ("C",), _QUEUE),
    Command("queue.retry", _U, _("Try a&gain"), ("R",), _QUEUE, words=_("retry")),
    Command("queue.insist", _U, _("Send an&yway"), place=_QUEUE, words=_("known duplicate")),
    Command("queue.top", _U, _("Move to &top"), ("Ctrl+Shift+Up",), _QUEUE, opens_section=True),
    Command("queue.up", _U, _("Move &up"), ("Ctrl+Up",), _QUEUE),
    Command("queue.down", _U, _("Move &down"), ("Ctrl+Down",), _QUEUE),
    Command("queue.bottom", _U, _("Move to &bottom"), ("Ctrl+Shift+Down",), _QUEUE),
    Command("queue.high", _U, _("&High priority"), place=_QUEUE, words=_("first"), opens_section=True),
    Command("queue.normal", _U, _("&Normal priority"), place=_QUEUE),
    Command("queue.low", _U, _("&Low priority"), place=_QUEUE, words=_("last")),
    Command("queue.edit", _U, _("&Edit details…"), ("E",), _QUEUE, words=_("tags camera time"), opens_section=True),
    Command("queue.reveal", _U, _("Sh&ow in its folder"), place=_QUEUE, words=_("reveal finder explorer")),
    Command("queue.remove", _U, _("&Remove from the list"), ("Del", "Backspace"), _QUEUE, words=_("delete")),
    Command("view.next-pane", _V, _("&Next pane"), ("F6",), words=_("focus")),
    Command("view.previous-pane", _V, _("&Previous pane"), ("Shift+F6",), words=_("focus")),
    Command("view.found", _V, _("What was &found"), ("Ctrl+Alt+1",), words=_("results page tab"), opens_section=True),
    Command("view.library", _V, _("The li&brary"), ("Ctrl+Alt+2",), words=_("videos images items page tab")),
    Command("view.map", _V, _("&Map and dates"), ("Ctrl+Alt+3",), words=_("place gps time line tab")),
    Command("map.open", _V, _("Show the clips there"), ("Return", "Enter"), _MAP, _("map list"), True),
    Command("map.next", _V, _("Next place of the map"), ("N",), _MAP, _("circle")),
    Command("map.previous", _V, _("Previous place of the map"), ("P",), _MAP, _("circle")),
    Command("map.zoom-in", _V, _("Closer on the map"), ("+", "="), _MAP, _("zoom")),
    Command("map.zoom-out", _V, _("Farther on the map"), ("-",), _MAP, _("zoom")),
    Command("map.show-all", _V, _("All clips on the map"), ("Home", "0"), _MAP, _("fit world")),
    Command("map.only-near", _V, _("Search only near the chosen place"), ("F",), _MAP, _("filter 20 km gps")),
    Command("map.only-shown", _V, _("Search only where the map is"), ("R",), _MAP, _("filter rectangle area")),
    Command("map.draw", _V, _("Draw a rectangle on the map"), ("A",), _MAP, _("filter area")),
    Command("map.everything", _V, _("Search anywhere and at any time"), ("Backspace", "Del"), _MAP, _("no filter")),
    Command("map.leave", _V, _("Let the place of the map go"), ("Esc",), _MAP, _("unselect")),
    Command("view.dark", _V, _("&Dark theme"), words=_("colours appearance"), opens_section=True),
    Command("view.light", _V, _("&Light theme"), words=_("colours appearance")),
    Command("view.system", _V, _("Theme of the &system"), words=_("colours appearance dark light")),
    Command("help.commands", _H, _("&Command palette…"), ("Ctrl+K",), words=_("find action do")),
    Command("help.shortcuts", _H, _("&Keyboard shortcuts"), ("F1",), words=_("keys sheet help")),
    Command("help.update", _H, _("Look for a new &version"), words=_("update upgrade release"), opens_section=True),
    Command("help.diagnostics", _H, _("&Diagnostics…"), words=_("report fault log bug")),
    Command("help.about", _H, _("&About Desktop Search"), words=_("version licence")),
)
