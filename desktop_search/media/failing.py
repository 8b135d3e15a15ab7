"""Why a clip does not play, or not to its end, in words and with what to do."""

from __future__ import annotations

from pathlib import Path

from desktop_search.core.errors import FileAway, FileProblem
from desktop_search.core.language import _
from desktop_search.media.completeness import ends_too_early
from desktop_search.media.opening import CONVERT, TOO_SHORT
from desktop_search.media.probe import probe


def away(path: Path) -> FileAway:
    """The file is not there; says so of the whole folder or drive where that is gone too."""
    gone, folder = path, path.parent
    while not folder.exists() and folder != folder.parent:
        gone, folder = folder, folder.parent
    if gone == path:
        return FileAway(
            _("The file is not there any more: {file}").format(file=path), hint=_("Was it moved, renamed or deleted?")
        )
    return FileAway(
        _("The folder {folder} is not there.").format(folder=gone),
        hint=_("Plug in its drive, or connect to its server."),
    )


def why_not_played(path: Path) -> FileProblem:
    """Why libVLC did not play a file: the file's own trouble, else a format that only libVLC does not know."""
    if not path.is_file():
        return away(path)
    try:
        codec = probe(path).video_codec
    except FileProblem as error:
        return error
    return FileProblem(
        _("VLC does not know the video format of this clip ({format}).").format(format=codec), hint=CONVERT
    )


def why_cut_short(path: Path) -> FileProblem | None:
    """Why playing ended before the end; `None` where nothing is wrong with the file."""
    if not path.is_file():
        return away(path)
    if ends_too_early(path):
        return FileProblem(TOO_SHORT, hint=_("Copy it again; if it is still being copied, wait."))
    return None
