"""What helps to find a fault, as texts that hold no key: gathered, shown to the user, and only then saved."""

from __future__ import annotations

import json
import os
import platform
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_search import __version__
from desktop_search.catalog.counting import counts, file_names
from desktop_search.catalog.database import Catalog
from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.services.shortening import Shortener, without_credentials
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import PreferencesStore

_LOG_MAX_BYTES, _LOGS_MAX = 500_000, 12
_VARIABLES = ("LANG", "LC_ALL", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM",
              "QT_SCALE_FACTOR", "QT_FONT_DPI", "DESKTOP_SEARCH_PICTURE")  # fmt: skip
_ABOUT = """Diagnostics of Desktop Search {version}, made {made}.
No keys are in these files. {names}
"""


@dataclass(frozen=True, slots=True)
class Report:
    """The texts by the names of their files, without keys; and what they are made short with."""

    texts: Mapping[str, str]
    shorten: Shortener

    def shown(self, *, with_names: bool) -> dict[str, str]:
        """The texts as they are to be given away, with or without the names of files and servers."""
        names = "File names and servers are as they are." if with_names else "File names and servers are made short."
        made = f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}"
        about = {"about.txt": _ABOUT.format(version=__version__, made=made, names=names)}
        return about | {name: text if with_names else self.shorten(text) for name, text in self.texts.items()}


class Diagnostics:
    """Not for the GUI thread.

    Args:
        known_keys: every key that can be read now.
        self_check: the outcome of the installation's check, as text.
        redact: takes keys out of a text, those that it is given and whatever looks like one.
    """

    def __init__(
        self,
        folders: Folders,
        catalog: Catalog,
        preferences: PreferencesStore,
        known_keys: Callable[[], Iterable[str]],
        self_check: Callable[[], str],
        redact: Callable[[str, Iterable[str]], str],
    ) -> None:
        self._folders, self._catalog, self._preferences = folders, catalog, preferences
        self._known_keys, self._self_check, self._redact = known_keys, self_check, redact

    def collect(self, token: CancelToken, _report: Callable[[object], None]) -> Report:
        """Gather everything; what cannot be read is said in its text. Raises `Cancelled`."""
        texts: dict[str, str] = {}
        for name, read in (
            ("system.json", _system),
            ("self-check.json", self._self_check),
            ("catalog.json", lambda: json.dumps(counts(self._catalog), indent=1)),
            ("settings.json", self._settings),
        ):
            token.check()
            texts[name] = _attempted(read)
        for file in self._logs():
            token.check()
            texts[file.name if file.suffix in {".log", ".txt"} else f"{file.name}.log"] = _attempted(
                lambda file=file: _tail(file)  # type: ignore[misc]
            )
        keys = tuple(self._known_keys())
        clean = {name: without_credentials(self._redact(text, keys)) for name, text in texts.items()}
        names: tuple[str, ...] = ()
        with suppress(AppError):
            names = file_names(self._catalog)
        return Report(clean, self._shortener(names))

    def save(self, texts: Mapping[str, str], target: Path) -> None:
        """Write exactly these texts as a zip. Raises `FileProblem`; what was at `target` is kept then."""
        self._folders.refuse_own(target)
        fresh = target.with_name(f"{target.name}.new")
        try:
            with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
                for name, text in texts.items():
                    packed.writestr(name, text.encode("utf-8", "replace"))
            fresh.replace(target)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            reason = reason_of(error)
            message = _("“{name}” could not be written: {reason}.").format(name=target.name, reason=reason)
            raise FileProblem(message, hint=_("Choose another folder.")) from None

    def _settings(self) -> str:
        content = json.loads(self._folders.preferences_file.read_bytes())
        content.pop("window_layout", None)
        return json.dumps(content, indent=1, ensure_ascii=False)

    def _shortener(self, names: tuple[str, ...]) -> Shortener:
        kept = self._preferences.glance()
        words = [server.name for server in kept.servers] + [name for keys in kept.keys.values() for name in keys.names]
        return Shortener(names, [server.address for server in kept.servers], words)

    def _logs(self) -> list[Path]:
        files = [file for file in self._folders.logs.iterdir() if file.is_file()] if self._folders.logs.is_dir() else []
        newest = sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)[:_LOGS_MAX]
        return sorted(newest)


def _system() -> str:
    facts = {
        "desktop_search": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "environment": {name: os.environ[name] for name in _VARIABLES if name in os.environ},
    }
    return json.dumps(facts, indent=1)


def _tail(file: Path) -> str:
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - _LOG_MAX_BYTES))
        return opened.read().decode("utf-8", "replace")


def _attempted(read: Callable[[], str]) -> str:
    try:
        return read()
    except FileNotFoundError:
        return ""
    except Exception as error:  # noqa: BLE001 - a report is made whatever is broken
        return f"could not be read: {type(error).__name__}: {error}"
