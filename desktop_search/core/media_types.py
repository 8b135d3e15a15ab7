"""The kinds of file that the service takes, by suffix, with their media types (contract §17); and other footage."""

from __future__ import annotations

from desktop_search.core.language import _

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
_CODEC_NAMES = {
    "aac": "AAC",
    "ac3": "AC-3",
    "av1": "AV1",
    "cfhd": "CineForm",
    "dnxhd": _("DNxHD or DNxHR"),
    "dvvideo": "DV",
    "ffv1": "FFV1",
    "h264": "H.264",
    "hevc": "H.265",
    "mjpeg": "Motion JPEG",
    "mp3": "MP3",
    "mpeg1video": "MPEG-1",
    "mpeg2video": "MPEG-2",
    "mpeg4": "MPEG-4 Part 2",
    "opus": "Opus",
    "prores": "ProRes",
    "prores_raw": "ProRes RAW",
    "rawvideo": _("uncompressed video"),
    "v210": _("uncompressed video"),
    "vp8": "VP8",
    "vp9": "VP9",
}


def codec_name(codec: str) -> str:
    """What people call a codec; FFmpeg's own word for one that is not known here."""
    return "PCM" if codec.startswith("pcm_") else _CODEC_NAMES.get(codec, codec)
