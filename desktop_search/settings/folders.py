"""Where this program keeps its files."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from desktop_search.core.errors import FileProblem
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _

_APP_NAME = "desktop-search"


@dataclass(frozen=True)
class Folders:
    """The three folders. `data` must not be lost; `cache` may be deleted at any time; `logs` are for reports."""

    data: Path
    cache: Path
    logs: Path

    @classmethod
    def for_user(cls, profile: Path | None = None) -> Folders:
        """The usual folders of this user on this system, or everything below `profile`."""
        if profile is not None:
            top = profile.absolute()
            return cls(top / "data", top / "cache", top / "logs")
        system = PlatformDirs(_APP_NAME, appauthor=False)
        return cls(system.user_data_path, system.user_cache_path, system.user_log_path)

    @property
    def engine_data(self) -> Path:
        """What the engine of *This computer* keeps."""
        return self.data / "engine"

    @property
    def models(self) -> Path:
        """The models for search by meaning and for speech."""
        return self.data / "models"

    @property
    def catalog_file(self) -> Path:
        """The upload queue and what this computer knows of its files."""
        return self.data / "catalog.db"

    @property
    def preferences_file(self) -> Path:
        """The preferences, as JSON."""
        return self.data / "preferences.json"

    @property
    def thumbnails(self) -> Path:
        """Small pictures; a cache."""
        return self.cache / "thumbnails"

    @property
    def downloads(self) -> Path:
        """Footage fetched for watching; a cache."""
        return self.cache / "downloads"

    def create(self) -> None:
        """Make the folders that are missing. Raises `FileProblem` for one that cannot be made."""
        for folder in (self.data, self.cache, self.logs, self.thumbnails, self.downloads):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                hint = _("Make room for it, or start the program with --profile-dir and another folder.")
                raise FileProblem(
                    _("The folder “{folder}” could not be made: {reason}.").format(
                        folder=folder, reason=reason_of(error)
                    ),
                    hint=hint,
                ) from None

    def refuse_own(self, target: Path) -> None:
        """Raises `FileProblem` where a file of the user's would be written among the program's own, and maybe over one.

        Wherever links lead.
        """
        place = target.resolve()
        if any(place.is_relative_to(folder.resolve()) for folder in (self.data, self.cache, self.logs)):
            message = _("“{name}” would lie among this program's own files.").format(name=target.name)
            raise FileProblem(message, hint=_("Choose another folder."))

    def problems(self) -> dict[str, str]:
        """Why a folder cannot be written to, by "data", "cache", "logs"; empty when all can. Makes missing ones."""
        found = {}
        for name, folder in (("data", self.data), ("cache", self.cache), ("logs", self.logs)):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryFile(dir=folder) as probe:
                    probe.write(b"writable")
            except OSError as error:
                found[name] = f"{folder}: {reason_of(error)}"
        return found
