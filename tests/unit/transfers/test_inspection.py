"""What a library takes as it is, and what needs a proxy, with the reason in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_search.core.library import CLOUD_ID, LOCAL_ID
from desktop_search.core.uploads import MediaKind
from desktop_search.media.probe import MediaInfo
from desktop_search.transfers.inspection import container_name, proxy_reason

H264 = MediaInfo(MediaKind.VIDEO, "mov,mp4,m4a,3gp,3g2,mj2", "h264", 1000, 640, 360, size_bytes=1000)


@pytest.mark.parametrize("name", ["a.mp4", "A.MOV", "a.mkv", "a.avi"])
@pytest.mark.parametrize("codec", ["h264", "hevc", "vp9"])
def test_what_the_contract_names_is_sent_as_it_is(name: str, codec: str) -> None:
    assert proxy_reason(replace(H264, video_codec=codec), Path(name), CLOUD_ID) == ""


@pytest.mark.parametrize(
    ("changes", "name", "begins"),
    [
        ({"video_codec": "prores"}, "a.mov", "ProRes: memories.ai takes H.264, H.265 and VP9, so"),
        ({"video_codec": "dnxhd", "container": "mxf"}, "a.mxf", "DNxHD or DNxHR: memories.ai"),
        ({"container": "mxf"}, "a.mxf", "MXF: memories.ai takes MP4, MOV, MKV and AVI files, so"),
        ({"container": "mxf"}, "a.mov", "MXF: memories.ai"),
        ({"container": "mpegts"}, "a.mts", "MPEG-TS: memories.ai"),
        ({}, "a.m4v", "M4V: memories.ai"),
        ({"container": "matroska,webm", "video_codec": "vp9"}, "a.webm", "WebM: memories.ai"),
        ({"size_bytes": 3_000_000_001}, "a.mp4", "Larger than 3 GB, the most that memories.ai takes, so"),
        ({"video_codec": "cinepak"}, "a.avi", "cinepak: memories.ai"),
    ],
)
def test_what_needs_a_proxy_says_why(changes: dict[str, object], name: str, begins: str) -> None:
    info = replace(H264, **changes)  # type: ignore[arg-type]
    assert proxy_reason(info, Path(name), CLOUD_ID).startswith(begins)
    assert proxy_reason(info, Path(name), "https://search.example").startswith(
        begins.replace("memories.ai", "this library")
    )
    assert proxy_reason(info, Path(name), LOCAL_ID) == ""


def test_pictures_need_none_but_tiff() -> None:
    assert proxy_reason(MediaInfo(MediaKind.IMAGE, "PNG", "", 0, 1, 1, 10), Path("a.png"), CLOUD_ID) == ""
    for library_id in (LOCAL_ID, CLOUD_ID):  # this computer is posted pictures, too
        reason = proxy_reason(MediaInfo(MediaKind.IMAGE, "TIFF", "", 0, 1, 1, 10), Path("a.TIF"), library_id)
        assert reason == "TIFF: libraries take JPEG, PNG, GIF, BMP and WebP, so a JPEG is sent."


def test_containers_by_name() -> None:
    assert container_name(H264, Path("a.mp4")) == "MP4"
    assert container_name(H264, Path("a.qt")) == "MOV"
    assert container_name(replace(H264, container="matroska,webm"), Path("a.mkv")) == "MKV"
    assert container_name(replace(H264, container="avi"), Path("a.avi")) == "AVI"
