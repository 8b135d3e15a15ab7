"""Copies of made clips with something changed in the container: start time, rotation, data after a point."""

from __future__ import annotations

from pathlib import Path

import av


def remux(source: Path, target: Path, *, start_s: float = 0, rotation_deg: float = 0) -> Path:
    """Copy the video packets of `source`, shown `start_s` later, and turned."""
    options = {"avoid_negative_ts": "disabled"}
    with av.open(str(source)) as reader, av.open(str(target), "w", options=options) as writer:
        stream = reader.streams.video[0]
        copy = writer.add_stream_from_template(stream)
        if rotation_deg:
            copy.set_display_rotation(rotation_deg)
        assert stream.time_base is not None
        offset = round(start_s / stream.time_base)
        for packet in reader.demux(stream):
            if packet.pts is None:  # the end
                continue
            packet.pts += offset
            packet.dts = None if packet.dts is None else packet.dts + offset
            packet.stream = copy
            writer.mux(packet)
    return target
