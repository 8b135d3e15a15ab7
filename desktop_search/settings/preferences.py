"""What the user chose, in one small JSON file. It never holds a key."""

from __future__ import annotations

import errno
import itertools
import json
import logging
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from desktop_search.core.accounts import NamedKeys, Server
from desktop_search.core.clip_names import TEMPLATE_DEFAULT, TEMPLATE_MAX_CHARS
from desktop_search.core.errors import AppError, DiskFull, FileProblem
from desktop_search.core.exporting import goal_of
from desktop_search.core.handing_over import Arrangement as ExportArrangement
from desktop_search.core.handing_over import Form
from desktop_search.core.handles import MOST_HANDLES, Handles, HandleUnit
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _
from desktop_search.core.library import LOCAL_ID
from desktop_search.core.library_rows import ItemArrangement
from desktop_search.core.result_rows import Arrangement
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.settings.account_texts import keys_from_json, keys_to_json, servers_from_json, servers_to_json
from desktop_search.settings.first_choices import THEMES, FirstChoices, language_or_none
from desktop_search.settings.results_texts import (
    arrangement_from_json,
    arrangement_to_json,
    items_from_json,
    items_to_json,
)
from desktop_search.settings.shortcut_texts import shortcuts_from_json, texts_from_json
from desktop_search.settings.transfer_texts import transfers_from_json, transfers_to_json

_log = logging.getLogger(__name__)
PICTURE_WAYS = ("automatic", "window", "painted")
_VOLUME_MAX = 100
_TABS_MAX = 10


@dataclass(frozen=True)
class Preferences:
    """The choices, each with its default.

    Attributes:
        theme: one of `THEMES`.
        language: what the window is read in, "en" or "de"; "" for the system's. It holds from the next start.
        library_id: the library the window opens with.
        servers: the servers of one's own.
        volume: of the player, 0 to 100.
        window_layout: what the window gave to keep, as text.
        notify: announce by the desktop what became of uploads while the window is not active.
        picture_way: who draws the video, one of `PICTURE_WAYS`.
        hardware_decoding: let the graphics processor decode what it can.
        handles_amount, handles_unit: what is taken along before and after a hit, see `handles`.
        drag_trimmed: ranges are dragged into other programs as clips of their own, not as whole clips.
        recent_searches: remember what was searched for.
        keep_answers: keep the answers of libraries that charge for searches.
        search_all_libraries: ask all libraries of the user together.
        transfers: how uploads go, and what the service takes for them.
        shortcuts: the keys of those commands that have others than their own, by id.
        results: how results are arranged.
        items: how the items of a library are arranged.
        clip_tab: which of the tabs below the player is in front, from 0.
        recent_commands: ids of what was chosen in the palette, the newest first.
        keys: which keys each library has, by its id; the keys themselves are in the keyring.
        export_goal, export_arrangement: as what selects were exported last, values of `Goal` and `Arrangement`.
        export_folder: where to, "" for the user's documents. `export_names`: the template of clip files' names.
    """

    theme: str = FirstChoices.theme
    library_id: str = LOCAL_ID
    servers: tuple[Server, ...] = ()
    volume: int = 80
    window_layout: str = FirstChoices.window_layout
    language: str = FirstChoices.language
    notify: bool = True
    picture_way: str = FirstChoices.picture_way
    hardware_decoding: bool = True
    handles_amount: int = Handles().amount
    handles_unit: str = Handles().unit.value
    drag_trimmed: bool = False
    recent_searches: bool = True
    keep_answers: bool = True
    search_all_libraries: bool = False
    transfers: TransferSettings = field(default_factory=TransferSettings)
    shortcuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recent_commands: tuple[str, ...] = ()
    results: Arrangement = field(default_factory=Arrangement)
    items: ItemArrangement = field(default_factory=ItemArrangement)
    clip_tab: int = 0
    keys: Mapping[str, NamedKeys] = field(default_factory=dict)
    export_goal: str = Form.FCPXML.value
    export_arrangement: str = ExportArrangement.TIMELINE.value
    export_folder: str = ""
    export_names: str = TEMPLATE_DEFAULT

    @property
    def handles(self) -> Handles:
        """What is taken along before and after a hit."""
        return Handles(self.handles_amount, HandleUnit(self.handles_unit))


class PreferencesStore:
    """Reads and writes the preferences of one file. `notice` says what was wrong with it, if anything."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.RLock()
        self.notice = ""

    def load(self) -> Preferences:
        """The kept preferences; defaults for what is missing or makes no sense. A damaged file is set aside."""
        with self._lock:
            try:
                content = json.loads(self._file.read_bytes())
            except FileNotFoundError:
                return Preferences()
            except OSError as error:
                self.notice = _("The preferences could not be read: {reason}. The defaults are used.").format(
                    reason=reason_of(error)
                )
                return Preferences()
            except (ValueError, RecursionError):
                return self._damaged()
            return _from_json(content) if isinstance(content, dict) else self._damaged()

    def glance(self) -> Preferences:
        """As `load`, but without a notice, and a damaged file stays for `load` to see to."""
        try:
            content = json.loads(self._file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return Preferences()
        return _from_json(content) if isinstance(content, dict) else Preferences()

    def save(self, preferences: Preferences) -> None:
        """Keep them. The old file stays whole until the new one is. Raises `DiskFull` or `FileProblem`."""
        text = json.dumps(_to_json(preferences), indent=2, ensure_ascii=True)
        with self._lock:
            fresh = self._file.with_name(f"{self._file.name}.new")
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                with fresh.open("wb") as file:
                    file.write(text.encode("ascii"))
                    file.flush()
                    os.fsync(file.fileno())
                fresh.replace(self._file)
            except OSError as error:
                with suppress(OSError):
                    fresh.unlink(missing_ok=True)
                raise _not_saved(error) from None

    def update(self, **changes: Any) -> Preferences:  # noqa: ANN401 - as `dataclasses.replace`
        """Change some of them, keep and return the result. Raises as `save`."""
        with self._lock:
            changed = replace(self.load(), **changes)
            self.save(changed)
            return changed

    def change_transfers(self, change: Callable[[TransferSettings], TransferSettings]) -> Preferences:
        """Change some of the choices about transfers, keep and return all. Raises as `save`."""
        with self._lock:
            return self.update(transfers=change(self.load().transfers))

    def change_keys(self, library_id: str, change: Callable[[NamedKeys], NamedKeys]) -> Preferences:
        """Change which keys a library has, keep and return all. Raises as `save`."""
        with self._lock:
            keys = self.load().keys
            return self.update(keys={**keys, library_id: change(keys.get(library_id, NamedKeys()))})

    def _damaged(self) -> Preferences:
        names = (self._file.with_name(f"{self._file.name}.damaged-{number}") for number in itertools.count(1))
        aside = next(name for name in names if not name.exists())
        self.notice = _(
            "The preferences were damaged. The defaults are used; the old file is kept as “{name}”."
        ).format(name=aside.name)
        _log.warning("preferences damaged, set aside as %s", aside.name)
        with suppress(OSError):
            self._file.replace(aside)
        return Preferences()


def _to_json(preferences: Preferences) -> dict[str, Any]:
    plain = {choice.name: getattr(preferences, choice.name) for choice in fields(Preferences)}
    arranged = {"results": arrangement_to_json(preferences.results), "items": items_to_json(preferences.items)}
    account = {"servers": servers_to_json(preferences.servers), "keys": keys_to_json(preferences.keys)}
    return plain | account | arranged | {"transfers": transfers_to_json(preferences.transfers)}


def _from_json(content: dict[str, Any]) -> Preferences:
    defaults = Preferences()
    kept: dict[str, Any] = {}
    for choice in fields(Preferences):
        value, default = content.get(choice.name), getattr(defaults, choice.name)
        kept[choice.name] = value if type(value) is type(default) else default
    kept["transfers"] = transfers_from_json(content.get("transfers"))
    kept["results"] = arrangement_from_json(content.get("results"))
    kept["items"] = items_from_json(content.get("items"))
    kept["shortcuts"] = shortcuts_from_json(content.get("shortcuts"))
    kept["recent_commands"] = texts_from_json(content.get("recent_commands"))
    kept["servers"] = servers_from_json(content.get("servers"), content.get("custom_server"))
    kept["keys"] = keys_from_json(content.get("keys"))
    if kept["theme"] not in THEMES:
        kept["theme"] = defaults.theme
    kept["language"] = language_or_none(kept["language"])
    if kept["picture_way"] not in PICTURE_WAYS:
        kept["picture_way"] = defaults.picture_way
    kept["volume"] = min(max(kept["volume"], 0), _VOLUME_MAX)
    if kept["handles_unit"] not in {unit.value for unit in HandleUnit}:
        kept["handles_unit"] = defaults.handles_unit
    kept["handles_amount"] = min(max(kept["handles_amount"], 0), MOST_HANDLES)
    kept["clip_tab"] = kept["clip_tab"] if 0 <= kept["clip_tab"] < _TABS_MAX else defaults.clip_tab
    kept["export_goal"] = goal_of(kept["export_goal"]).value
    if kept["export_arrangement"] not in {each.value for each in ExportArrangement}:
        kept["export_arrangement"] = defaults.export_arrangement
    kept["export_names"] = kept["export_names"][:TEMPLATE_MAX_CHARS]
    return Preferences(**kept)


def _not_saved(error: OSError) -> AppError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(_("There is no room left to save the preferences."), hint=_("Free some space."))
    words = _("The preferences could not be saved: {reason}.").format(reason=reason_of(error))
    return FileProblem(words, hint=_("Check the program's data folder."))
