"""The kinds of file that the service takes, by suffix, with their media types (contract §17); and other footage."""

from __future__ import annotations

VIDEO_TYPES = {
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".mkv": "video/x-matroska",
    ".avi": "video/x-msvideo",
}
OTHER_FOOTAGE = frozenset(  # what can be read besides: indexed in place on this computer, sent elsewhere as a proxy
    {
        ".3gp",
        ".asf",
        ".dv",
        ".flv",
        ".m2t",
        ".m2ts",
        ".m4v",
        ".mpeg",
        ".mpg",
        ".mts",
        ".mxf",
        ".ogv",
        ".ts",
        ".vob",
        ".webm",
        ".wmv",
    }
)
OTHER_PICTURES = frozenset({".tif", ".tiff"})  # sent as JPEG
IMAGE_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".webp": "image/webp",
}
