"""The models of this computer: which lie ready, and which are in use.

<folder>/<model id>/…            the files, named as in their repository, and model.json
<folder>/chosen.json             which one of each kind is in use
<folder>/.incoming, .removing    work that has not come to its end
"""

from __future__ import annotations

import contextlib
import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.engine.model_store.holding import held
from desktop_search.engine.model_store.installed import ChosenModels, InstalledModel, Kind
from desktop_search.engine.model_store.manifest import NAME, Manifest, read_manifest, write_json

_CHOSEN = "chosen.json"
_INCOMING, _REMOVING = ".incoming", ".removing"


@dataclass(frozen=True, slots=True)
class Installation:
    """An installed model. `problem` says why it cannot be used; "" when it can."""

    manifest: Manifest
    folder: Path
    problem: str
    in_use: bool

    @property
    def usable(self) -> bool:
        """Whether its files are whole and its check passed."""
        return not self.problem


class Models:
    """Reads anew whenever it is asked, as another process may fetch or remove models at any time; that is cheap."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[Path, tuple[tuple[int, int], Manifest]] = {}

    def chosen(self) -> ChosenModels:
        """The models in use. One whose files have changed, or whose check did not pass, is not among them."""
        choice = self._choice()
        return ChosenModels(
            seen=self._usable(choice.get(Kind.SEEN)),
            text=self._usable(choice.get(Kind.TEXT)),
            speech=self._usable(choice.get(Kind.SPEECH)),
            caption=self._usable(choice.get(Kind.CAPTION)),
            face=self._usable(choice.get(Kind.FACE)),
            person=self._usable(choice.get(Kind.PERSON)),
        )

    def installed(self) -> tuple[Installation, ...]:
        """All models in the folder, in the order of their ids."""
        found = [self.find(folder.name) for folder in self._model_folders()]
        return tuple(installation for installation in found if installation is not None)

    def usable(self) -> tuple[InstalledModel, ...]:
        """All that could be used, whether or not they are."""
        return tuple(each.manifest.model(each.folder) for each in self.installed() if each.usable)

    def find(self, model_id: str) -> Installation | None:
        """The installed model of that id, if there is one."""
        folder = self.folder / model_id
        manifest = self._manifest(folder)
        if manifest is None:
            return None
        in_use = self._choice().get(manifest.kind) == model_id
        return Installation(manifest, folder, _problem(manifest, folder), in_use)

    def get(self, model_id: str) -> Installation:
        """The installed model of that id. Raises `FileProblem`."""
        installation = self.find(model_id)
        if installation is None:
            raise FileProblem(f"The model “{model_id}” is not installed.", hint="Fetch or import it first.")
        return installation

    def use(self, model_id: str) -> None:
        """Put a model in use, in place of the one of its kind that is. Raises `FileProblem` when it cannot be used."""
        installation = self.get(model_id)
        if not installation.usable:
            hint = "Check it, or fetch it again."
            raise FileProblem(f"The model “{model_id}” cannot be used: {installation.problem}", hint=hint)
        self._choose(installation.manifest.kind, model_id)

    def use_none(self, kind: Kind) -> None:
        """Use no model of that kind, also when another is installed later."""
        self._choose(kind, None)

    def use_if_first(self, model_id: str) -> None:
        """Put a model in use where nothing was ever chosen for its kind, or what was chosen is gone."""
        kind, choice = self.get(model_id).manifest.kind, self._choice()
        current = choice.get(kind)
        if kind not in choice or (current is not None and self.find(current) is None):
            self.use(model_id)

    def remove(self, model_id: str) -> int:
        """Take a model out of use and delete it, and what was fetched of it; how many bytes that was.

        Raises `FileProblem` when there is nothing of it, or another process works on it, or holds its files.
        """
        with held(self.folder, model_id, f"Another process is working on the model “{model_id}”."):
            installation, incoming = self.find(model_id), self.incoming(model_id)
            folders = [folder for folder in (self.folder / model_id, incoming) if folder.is_dir()]
            if not folders:
                raise FileProblem(f"There is no model “{model_id}” to remove.")
            removed = sum(_bytes_below(folder) for folder in folders)
            if installation is not None and installation.in_use:
                self._choose(installation.manifest.kind, None, forget=True)
            for folder in folders:
                self.discard(folder)
            return removed

    def incoming(self, model_id: str) -> Path:
        """Where a model is gathered until it is whole."""
        return self.folder / _INCOMING / model_id

    def partial_bytes(self, model_id: str) -> int:
        """What was fetched of a model so far without its being whole."""
        return _bytes_below(self.incoming(model_id))

    def disk_bytes(self) -> int:
        """All that lies in the folder, also of models that are not whole."""
        return _bytes_below(self.folder)

    def take_in(self, model_id: str) -> None:
        """Let what was gathered for a model take its place, and the place of an older one. Raises `FileProblem`."""
        incoming, place = self.incoming(model_id), self.folder / model_id
        if place.exists():
            self._set_aside(place)
        try:
            incoming.replace(place)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise FileProblem(f"The model could not be put into “{place}”: {reason}.") from None
        shutil.rmtree(self.folder / _REMOVING, ignore_errors=True)

    def discard(self, folder: Path) -> None:
        """Delete a folder so that no half of it is ever taken for a model. Raises `FileProblem`."""
        self._set_aside(folder)
        shutil.rmtree(self.folder / _REMOVING, ignore_errors=True)

    def _set_aside(self, folder: Path) -> None:
        """Take a folder out of its place at once; deleting takes longer, and may be left to the next time."""
        away = self.folder / _REMOVING / folder.name
        try:
            away.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(away, ignore_errors=True)
            folder.replace(away)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            hint = "A program may have its files open: try again in a few minutes, or close the program first."
            raise FileProblem(f"“{folder}” could not be removed: {reason}.", hint=hint) from None

    def _usable(self, model_id: str | None) -> InstalledModel | None:
        installation = None if model_id is None else self.find(model_id)
        if installation is None or not installation.usable:
            return None
        return installation.manifest.model(installation.folder)

    def _model_folders(self) -> Iterator[Path]:
        with contextlib.suppress(OSError):
            for folder in sorted(self.folder.iterdir()):
                if not folder.name.startswith(".") and folder.is_dir():
                    yield folder

    def _manifest(self, folder: Path) -> Manifest | None:
        """The manifest of a folder, parsed again only when its file has changed."""
        try:
            found = (folder / NAME).stat()
        except OSError:
            self._read.pop(folder, None)
            return None
        state, known = (found.st_mtime_ns, found.st_size), self._read.get(folder)
        if known is not None and known[0] == state:
            return known[1]
        manifest = read_manifest(folder)
        if manifest is None or manifest.model_id != folder.name:
            return None
        self._read[folder] = (state, manifest)
        return manifest

    def _choice(self) -> dict[Kind, str | None]:
        """The id in use for each kind; None where the user wants none; a kind is absent where nothing was chosen."""
        try:
            value = json.loads((self.folder / _CHOSEN).read_text(encoding="utf-8"))
            return {Kind(kind): None if model_id is None else str(model_id) for kind, model_id in value.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _choose(self, kind: Kind, model_id: str | None, *, forget: bool = False) -> None:
        with held(self.folder, "choice", "Another process is choosing a model just now.", wait=True):
            choice = self._choice() | {kind: model_id}
            if forget:
                del choice[kind]
            try:
                write_json(self.folder / _CHOSEN, choice)
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise FileProblem(f"The choice could not be kept in “{self.folder}”: {reason}.") from None


def _problem(manifest: Manifest, folder: Path) -> str:
    changed = manifest.changed_file(folder)
    if changed:
        return f"The file {changed} is missing, or has changed since it was checked."
    if manifest.checked is None:
        return "Its check did not come to an end."
    return "" if manifest.checked.passed else manifest.checked.problem


def _bytes_below(folder: Path) -> int:
    """What the files take; one that has several names there counts once."""
    sizes: dict[tuple[int, int], int] = {}
    with contextlib.suppress(OSError):
        for file in folder.rglob("*"):
            with contextlib.suppress(OSError):
                found = file.stat()
                if stat.S_ISREG(found.st_mode):
                    sizes[found.st_dev, found.st_ino] = found.st_size
    return sum(sizes.values())
