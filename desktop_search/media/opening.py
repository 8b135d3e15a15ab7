"""Opening a video calmly: never a pipe or device, never the network, every failure in words."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from desktop_search.core.byte_source import ByteReader, ByteSource
from desktop_search.core.errors import FileAway, FileProblem
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.media.completeness import ends_too_early

# The file decides its own format, whatever its name says. Playlists and picture lists are not among them, because
# they would make FFmpeg open other files.
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mxf,flv,asf,ogg,dv"
MOST_TRACKS = 128
MOST_PIXELS = 160_000_000  # of one frame: 16K footage has 133 million
_OPTIONS = {
    "format_whitelist": _FORMATS,
    "protocol_whitelist": "file",
    "max_streams": str(MOST_TRACKS + 1),  # beyond it FFmpeg gives up at once
}
_BUFFER_BYTES = 1 << 18

NOT_A_VIDEO = _("This is not a video, or it is damaged.")
TOO_SHORT = _("The file ends too early: it was not copied completely, or the recording was cut off.")
NO_PICTURE = _("No picture could be read from this video.")
UNKNOWN_FORMAT = _("The video format inside this file is not known to this program.")
CONVERT = _("Open it in another player, or convert it, to ProRes or H.264 for example.")
TOO_MANY_TRACKS = _("This file has more than {most} tracks.").format(most=MOST_TRACKS)
TOO_MUCH_MEMORY = _("This file is damaged: it asks for far too many tracks or too much memory.")
TOO_LARGE = _("The picture of this video is too large to be decoded.")


def regular_file_size(path: Path) -> int:
    """Size in bytes of an ordinary, non-empty file; nothing is opened. Raises `FileProblem` for anything else."""
    try:
        status = path.stat()
    except OSError as error:
        raise os_problem(error) from error
    if stat.S_ISDIR(status.st_mode):
        raise FileProblem(_("This is a folder, not a file."))
    if not stat.S_ISREG(status.st_mode):
        raise FileProblem(_("This is a pipe, socket or device, not a file."))
    if status.st_size == 0:
        raise FileProblem(_("The file is empty."), hint=_("Copy it again from the camera or the backup."))
    return status.st_size


def os_problem(error: OSError) -> FileProblem:
    """A failure of the file system in words."""
    details = f"{type(error).__name__}: {error}"
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return FileAway(_("The file is not there."), hint=_("Was it moved, or its disk unplugged?"), details=details)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return FileProblem(_("You may not read this file."), hint=_("Change its permissions."), details=details)
    if error.errno == errno.ELOOP:
        return FileProblem(_("The link leads in a circle."), details=details)
    if error.errno == errno.ENAMETOOLONG:
        return FileProblem(_("The name is too long for the file system."), details=details)
    return FileProblem(_("The file could not be read."), hint=_("Check the disk it is on."), details=details)


def check_whole(path: Path) -> None:
    """Raises `FileProblem` for a file that ends too early."""
    if ends_too_early(path):
        raise FileProblem(TOO_SHORT, hint=_("Copy it again; if it is still being copied, wait."))


@contextmanager
def open_video(
    video: Path | ByteSource, token: CancelToken | None = None
) -> Iterator[tuple[InputContainer, VideoStream]]:
    """The container and its main video stream, for the length of the block.

    Of a file that is still on its way, what is missing is waited for until the token is cancelled. Raises
    `FileProblem` with a cause an editor understands, for failures inside the block too; `Cancelled`.
    """
    if isinstance(video, Path):
        with _translated(video), _regular_file(video) as file, _container(file) as found:
            yield found
        return
    reader = video.open(token or CancelToken())
    try:
        with _translated(None), _container(reader) as found:
            yield found
    except FileProblem:
        _check(reader)
        raise
    _check(reader)


def _check(reader: ByteReader) -> None:
    """What was read of a file that came no further is not true, nor is what went wrong then."""
    if reader.gave_up is not None:
        raise reader.gave_up


@contextmanager
def _container(file: BinaryIO | ByteReader) -> Iterator[tuple[InputContainer, VideoStream]]:
    with _opened(file) as container:
        if len(container.streams) > MOST_TRACKS:
            raise FileProblem(TOO_MANY_TRACKS)
        yield container, main_video_stream(container)


@contextmanager
def _translated(path: Path | None) -> Iterator[None]:
    try:
        yield
    except av.error.MemoryError as error:
        raise FileProblem(TOO_MUCH_MEMORY, details=str(error)) from error
    except (av.error.FFmpegError, ValueError, OverflowError, EOFError) as error:
        raise _video_problem(path, error) from error
    except OSError as error:
        raise os_problem(error) from error


def _regular_file(path: Path) -> BinaryIO:
    regular_file_size(path)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # exchanged since it was looked at
        os.close(descriptor)
        raise FileProblem(_("This is a pipe, socket or device, not a file."))
    return os.fdopen(descriptor, "rb")


def _opened(file: BinaryIO | ByteReader) -> InputContainer:
    try:
        return av.open(file, mode="r", options=dict(_OPTIONS), metadata_errors="replace", buffer_size=_BUFFER_BYTES)
    except av.error.MemoryError as error:  # FFmpeg says so of more tracks, too
        raise FileProblem(TOO_MUCH_MEMORY, details=str(error)) from error


def main_video_stream(container: InputContainer) -> VideoStream:
    """The video that a player would show; cover pictures do not count. Raises `FileProblem` when there is none."""
    streams = [s for s in container.streams.video if not s.disposition & av.stream.Disposition.attached_pic]
    best = container.streams.best("video")
    stream = best if isinstance(best, VideoStream) and best in streams else next(iter(streams), None)
    if stream is None:
        raise FileProblem(_("There is no picture in this file, only sound or data."))
    if stream.codec_context is None:
        raise FileProblem(UNKNOWN_FORMAT, hint=CONVERT)
    if stream.codec_context.width * stream.codec_context.height > MOST_PIXELS:
        raise FileProblem(TOO_LARGE)
    stream.codec_context.options |= {"max_pixels": str(MOST_PIXELS)}  # a frame may claim another size than the file
    return stream


def _video_problem(path: Path | None, error: Exception) -> FileProblem:
    details = f"{type(error).__name__}: {error}"
    if (path is not None and ends_too_early(path)) or isinstance(error, EOFError):
        return FileProblem(TOO_SHORT, hint=_("Copy it again; if it is still being copied, wait."), details=details)
    if isinstance(error, av.error.DecoderNotFoundError):
        return FileProblem(UNKNOWN_FORMAT, hint=CONVERT, details=details)
    return FileProblem(NOT_A_VIDEO, hint=_("Try to open it in another player."), details=details)
