"""A backup that was checked takes the place of what is there, before anything of that is opened."""

from __future__ import annotations

import json
import logging
import shutil
from datetime import datetime
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _
from desktop_search.settings.folders import Folders

_log = logging.getLogger(__name__)
PARTIAL, READY = "restore-unpacked", "restore-at-next-start"
_PLAN = "plan.json"
# The log of the catalog goes first: without its file it means nothing, and the file without it is whole.
_PARTS = (("catalog.db-wal", "catalog.db-shm", "catalog.db"), ("preferences.json",), ("searches",))


def restore_at_start(folders: Folders) -> str:
    """Put a backup in its place, if one waits; what to tell the user, "" for nothing.

    What was there is kept in a folder of its own. Ended in the middle, it goes on at the next start where it was.
    Raises `FileProblem`.
    """
    ready = folders.data / READY
    if not ready.is_dir():
        return ""
    try:
        aside = _aside(folders.data, ready)
        for names in _PARTS:
            if (ready / names[-1]).exists():
                for name in names:
                    _move(folders.data / name, aside / name)
                (ready / names[-1]).rename(folders.data / names[-1])
        shutil.rmtree(ready)
    except OSError as error:
        reason = reason_of(error)
        raise FileProblem(
            _("The backup could not be put in its place: {reason}.").format(reason=reason),
            hint=_("Check that you may write in {folder}, then start again.").format(folder=folders.data),
        ) from error
    _log.info("restored from a backup; what was there is in %s", aside.name)
    return _("The backup was restored. What was there before is kept in {folder}.").format(folder=aside)


def _aside(data: Path, ready: Path) -> Path:
    """The folder for what is there now: the same one when this begins again."""
    plan = ready / _PLAN
    try:
        name = str(json.loads(plan.read_text("utf-8"))["aside"])
        known = data / Path(name).name
    except (OSError, ValueError, KeyError, TypeError):
        known = None
    if known is None:
        stem = f"before-restore-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
        names = (data / f"{stem}{'' if number == 1 else f'-{number}'}" for number in range(1, 10_000))
        known = next(each for each in names if not each.exists())
        plan.write_text(json.dumps({"aside": known.name}), "utf-8")
    known.mkdir(exist_ok=True)
    return known


def _move(source: Path, target: Path) -> None:
    if source.exists():
        source.rename(target)
