"""A JPEG in the place of a picture that libraries do not take."""

from __future__ import annotations

from desktop_search.media.child_work import OnPermille
from desktop_search.media.frames import picture_thumbnail
from desktop_search.media.proxy_job import MadePart, ProxyJob
from desktop_search.media.proxy_parts import check_room

_MAX_SIDE_PX = 4096


def make_still_proxy(job: ProxyJob, _on_permille: OnPermille) -> tuple[MadePart, ...]:
    """The picture upright, with at most 4096 pixels on its longer side. Raises `FileProblem`, `DiskFull`."""
    check_room(job.folder, 0)
    target = job.folder / "1.jpg"
    target.write_bytes(picture_thumbnail(job.source, _MAX_SIDE_PX))
    return (MadePart(target, 0, 0),)
