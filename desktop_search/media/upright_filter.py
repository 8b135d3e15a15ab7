"""Frames as a proxy shows them: upright, square pixels, whole pictures, in one pixel format."""

from __future__ import annotations

from collections.abc import Iterator

from av.error import BlockingIOError as NothingYet
from av.error import EOFError as NothingMore
from av.error import FFmpegError
from av.filter import Graph
from av.video.frame import VideoFrame

from desktop_search.core.proxy_look import Look

_TURNS = {0: (), 90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}


class UprightFilter:
    """Every frame that goes in comes out, some of them later; but for frames so damaged that no picture can be made."""

    def __init__(self, look: Look, pixel_format: str = "yuv420p") -> None:
        self._look, self._pixel_format = look, pixel_format
        self._graph: Graph | None = None
        self._form: tuple[object, ...] = ()

    def push(self, frame: VideoFrame | None) -> Iterator[VideoFrame]:
        """The frames that are ready now; with `None` the last ones."""
        if frame is not None:
            form = (frame.width, frame.height, frame.format.name)
            if form != self._form:
                yield from self._pull(None)
                self._graph, self._form = self._built(frame), form
        yield from self._pull(frame)

    def _pull(self, frame: VideoFrame | None) -> Iterator[VideoFrame]:
        if self._graph is None:
            return
        try:
            self._graph.push(frame)
            while True:
                pulled = self._graph.pull()
                assert isinstance(pulled, VideoFrame)
                yield pulled
        except (NothingYet, NothingMore):
            return
        except FFmpegError:  # the frame says nonsense of its colours; begin anew with the next one
            self._graph, self._form = None, ()

    def _built(self, frame: VideoFrame) -> Graph:
        turn = round(frame.rotation / 90) * 90 % 360
        width, height = (self._look.width, self._look.height)[:: -1 if turn % 180 else 1]
        steps = [
            *(("yadif",) if frame.interlaced_frame else ()),
            f"scale={width}:{height}:flags=bicubic:out_range=tv",
            "setsar=1",
            *_TURNS[turn],
            f"format={self._pixel_format}",
        ]
        graph = Graph()
        last = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base, name="in"
        )
        for step in steps:
            name, _, arguments = step.partition("=")
            following = graph.add(name, arguments or None)
            last.link_to(following)
            last = following
        last.link_to(graph.add("buffersink"))
        graph.configure()
        return graph
