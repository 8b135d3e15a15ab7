"""`--self-check`: is this installation whole? JSON on standard output; works without a display."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TextIO

from PySide6.QtCore import qVersion

from desktop_search import __version__, resources
from desktop_search.api.client import VisualSearchClient
from desktop_search.bootstrap.environment import changes, qt_platform
from desktop_search.core.drives import drive_of
from desktop_search.core.errors import AppError
from desktop_search.core.journals import journal_for
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.player.decoding import chosen_decoding
from desktop_search.player.locator import Found, Missing, find_libvlc, lead_to
from desktop_search.player.picture_way import VARIABLE, PictureWay, chosen_way, wanted_way
from desktop_search.services.engine_process import EngineProcess
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from desktop_search.settings.secrets import SecretStore

_CLIP = "sample/harbour.mp4"
_PICTURE_WITHIN_S = 30


@dataclass(frozen=True)
class Check:
    """The outcome of one check; `facts` are for a report."""

    name: str
    problem: str = ""
    facts: dict[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """As it is printed."""
        return {"ok": not self.problem, **({"problem": self.problem} if self.problem else {}), **self.facts}


def run_self_check(folders: Folders, out: TextIO | None = None) -> int:
    """Check everything and print the report. Returns 0 when all is well, 1 otherwise (`failing` names what is not)."""
    vlc, preferences = find_libvlc(), PreferencesStore(folders.preferences_file).glance()
    checks = [
        _guarded("libvlc", lambda: check_libvlc(vlc)),
        _guarded("libvlc_plugins", lambda: check_plugins(vlc)),
        _guarded("picture", lambda: check_picture(preferences)),
        _guarded("keyring", lambda: check_keyring(SecretStore())),
        _guarded("folders", lambda: check_folders(folders)),
        _guarded("resources", check_resources),
        _guarded("engine", check_engine),
    ]
    failing = [check.name for check in checks if check.problem]
    report = {
        "ok": not failing,
        "failing": failing,
        "versions": {
            "desktop_search": __version__,
            "python": platform.python_version(),
            "qt": qVersion(),
            "libvlc": vlc.version if isinstance(vlc, Found) else None,
            "system": platform.platform(),
        },
        "checks": {check.name: check.as_json() for check in checks},
    }
    (out or sys.stdout).write(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return 1 if failing else 0


def check_libvlc(vlc: Found | Missing) -> Check:
    """Whether libVLC can be loaded."""
    if isinstance(vlc, Missing):
        return Check("libvlc", vlc.advice, {"details": vlc.details})
    return Check("libvlc", facts={"library": vlc.library})


def check_plugins(vlc: Found | Missing) -> Check:
    """Whether libVLC starts, which it does only with its plugins, and has those that show a picture of H.264."""
    name = "libvlc_plugins"
    if isinstance(vlc, Missing):
        return Check(name, _("Not looked for, because libVLC is missing."))
    lead_to(vlc)
    from desktop_search.player.frame_store import FrameStore
    from desktop_search.player.vlc_binding import VlcBinding  # loads libVLC, so only once it was found

    happened = SimpleQueue[str]()
    player = VlcBinding(("--no-audio",), lambda event, _value: happened.put(event))
    try:
        player.show_in(FrameStore(lambda: happened.put("shown")))
        player.open(resources.path(_CLIP), hardware=False)
        until = time.monotonic() + _PICTURE_WITHIN_S
        while (event := happened.get(timeout=max(0.0, until - time.monotonic()))) != "shown":
            if event in {"failed", "paused"}:  # so it does at the end
                raise Empty
    except Empty:
        return Check(name, _("VLC shows no picture of the sample footage (H.264): its codecs are missing."))
    finally:
        player.release()
    return Check(name, facts={"folder": str(vlc.plugins) if vlc.plugins else _("found by libVLC itself")})


def check_picture(preferences: Preferences) -> Check:
    """Who would draw the video if the window were opened now, and who would decode it."""
    name, wanted = "picture", wanted_way(os.environ, preferences.picture_way)
    there = qt_platform(os.environ | changes(os.environ, sys.platform, wanted), sys.platform)
    decoding = chosen_decoding(preferences.hardware_decoding)
    facts: dict[str, object] = {"wanted": wanted.value, "platform": there or None}
    if there:
        way = chosen_way(wanted, there)
        facts |= {"way": way.way.value, "reason": way.reason}
    said = os.environ.get(VARIABLE, wanted.value)
    if said not in {way.value for way in PictureWay}:
        facts["note"] = _("{variable} says “{said}”, which is none of the ways; it is passed over.").format(
            variable=VARIABLE, said=said
        )
    return Check(name, facts=facts | {"hardware_decoding": decoding.hardware, "decoding": decoding.reason})


def check_keyring(secrets: SecretStore) -> Check:
    """Which keyring there is. None is no failure: keys are then kept until the program ends."""
    backend = secrets.backend_name()
    available = bool(backend) and secrets.available()
    note = {} if available else {"note": _("No keyring answers, so an API key is kept only until the program ends.")}
    return Check("keyring", facts={"backend": backend or None, "available": available, **note})


def check_folders(folders: Folders) -> Check:
    """Whether this program's folders can be written to, and what the one that is written most lies on."""
    problems = folders.problems()
    drive = drive_of(folders.data)
    facts: dict[str, object] = {
        "data": str(folders.data),
        "cache": str(folders.cache),
        "logs": str(folders.logs),
        "drive": drive.kind or None,
        "is_network_drive": drive.is_network,
        "journal": journal_for(folders.data).value,
    }
    if drive.is_network:
        facts["note"] = _(
            "The data is on a drive of the network, so whatever is kept waits for that drive. --profile-dir and a "
            "folder on a disk of this computer make it faster."
        )
    return Check("folders", "; ".join(problems.values()), facts)


def check_resources() -> Check:
    """Whether everything the program reads was installed."""
    missing = resources.missing()
    problem = _("Missing: {files}").format(files=", ".join(missing)) if missing else ""
    return Check("resources", problem, {"folder": str(resources.root())})


def check_engine() -> Check:
    """Whether the engine starts and answers, with an index of its own that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="desktop-search-check-") as folder:
        engine = EngineProcess(Path(folder) / "engine", Path(folder) / "engine.log")
        try:
            url, key = engine.start(CancelToken())
            client = VisualSearchClient(url, key)
            client.list_unique_ids()
            client.close()
        finally:
            engine.stop()
    return Check("engine")


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    """The check's outcome; whatever goes wrong in it is its problem, and the others go on."""
    try:
        return check()
    except AppError as error:
        return Check(name, str(error), {"details": error.details} if error.details else {})
    except Exception as error:  # noqa: BLE001 - a self-check reports, whatever happens
        return Check(name, f"{type(error).__name__}: {error}")
