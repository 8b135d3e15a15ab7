"""The media types of the footage that the program opens, by suffix, as shared-mime-info and Windows name them."""

from __future__ import annotations

BY_SUFFIX: dict[str, tuple[str, ...]] = {
    ".3gp": ("video/3gpp",),
    ".asf": ("video/x-ms-asf", "application/vnd.ms-asf"),
    ".avi": ("video/x-msvideo", "video/vnd.avi"),
    ".dv": ("video/dv",),
    ".flv": ("video/x-flv",),
    ".m2t": ("video/mp2t",),
    ".m2ts": ("video/mp2t",),
    ".m4v": ("video/x-m4v",),
    ".mkv": ("video/x-matroska", "video/matroska"),
    ".mov": ("video/quicktime",),
    ".mp4": ("video/mp4",),
    ".mpeg": ("video/mpeg",),
    ".mpg": ("video/mpeg",),
    ".mts": ("video/mp2t",),
    ".mxf": ("application/mxf",),
    ".ogv": ("video/ogg",),
    ".ts": ("video/mp2t",),
    ".vob": ("video/mpeg",),
    ".webm": ("video/webm",),
    ".wmv": ("video/x-ms-wmv",),
}


def media_types() -> tuple[str, ...]:
    """Every type once, in order; and folders, which may be opened too."""
    return (*sorted({name for names in BY_SUFFIX.values() for name in names}), "inode/directory")
