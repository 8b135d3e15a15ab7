"""A range of a clip as a file of its own: copied at key frames, or exact by encoding anew."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from desktop_search.core.cutting import Cut, CutClip, CutJob
from desktop_search.core.errors import DiskFull, FileProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.media.child_work import OnPermille, run_in_child
from desktop_search.media.cut_copy import copy_range
from desktop_search.media.cut_exact import encode_range
from desktop_search.media.cut_span import NO_FRAME
from desktop_search.media.frames import frame_at
from desktop_search.media.opening import os_problem, regular_file_size
from desktop_search.media.probe import probe
from desktop_search.media.settling import settle_new

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_COPIES = {".mp4": ".mp4", ".m4v": ".mp4", ".mov": ".mov", ".qt": ".mov", ".mkv": ".mkv", ".webm": ".webm"}
_COPIES |= {".mxf": ".mxf", ".ts": ".ts", ".mts": ".ts", ".m2ts": ".ts"}


def suffix_of(source: Path, cut: Cut) -> str:
    """How the name of a file that is cut so ends."""
    match cut:
        case Cut.H264:
            return ".mp4"
        case Cut.PRORES:
            return ".mov"
        case Cut.PNG:
            return ".png"
    return _COPIES.get(source.suffix.lower(), ".mov")


def cut_clip(job: CutJob, token: CancelToken, on_permille: OnPermille) -> CutClip:
    """Make the file, in a process of its own; it is at its place when it is whole, and else nothing is.

    What is at `job.target` already is not touched: the file is called "name (2).mov" then. Raises `FileProblem`,
    `DiskFull`, `Cancelled`.
    """
    fresh = job.target.with_name(f".{uuid4().hex[:12]}{job.target.suffix}")
    try:
        made = run_in_child(make_cut, replace(job, target=fresh), token, on_permille)
        token.check()
        return replace(made, path=settle_new(fresh, job.target))
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def make_cut(job: CutJob, on_permille: OnPermille) -> CutClip:
    """The same in this process, into a file that must not be there. Raises `FileProblem`, `DiskFull`."""
    regular_file_size(job.source)
    _check_target(job.target)
    try:
        return _WAYS[job.cut](job, on_permille)
    except FileProblem as error:
        if getattr(error.__cause__, "errno", None) in _FULL:
            raise DiskFull(
                _("There is no room left for the clip."),
                hint=_("Free some space on the disk of {folder}.").format(folder=job.target.parent),
                details=error.details,
            ) from error
        raise


def _still(job: CutJob, _on_permille: OnPermille) -> CutClip:
    """The frame on screen at `start_ms`, in full size."""
    info = probe(job.source)
    frame = info.timebase.frame_at(job.start_ms)
    if not 0 <= job.start_ms <= info.duration_ms:
        raise FileProblem(NO_FRAME)
    picture = frame_at(job.source, info.timebase.middle_ms(frame))
    try:
        picture.save(job.target, "PNG")
    except OSError as error:
        raise os_problem(error) from error
    return CutClip(job.target, frame, 1, 0, 0, info.timebase.timecode(frame))


_WAYS = {Cut.COPY: copy_range, Cut.H264: encode_range, Cut.PRORES: encode_range, Cut.PNG: _still}


def _check_target(target: Path) -> None:
    """Found out before a clip is read for long."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        said = _("Nothing can be written into {folder}: {reason}.")
        raise FileProblem(
            said.format(folder=target.parent, reason=error.strerror or error), hint=_("Choose another folder.")
        ) from error
