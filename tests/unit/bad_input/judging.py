"""What may become of a bad file: it is found with sane times, or it fails with a cause that a person understands."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from desktop_search.core.errors import FileProblem
from desktop_search.engine.encoders.terms import TERMS
from desktop_search.engine.indexing.results import ImageAnalysis, VideoAnalysis
from desktop_search.engine.library.worker import Worker
from desktop_search.engine.library.worker_process import Task

_OF_PROGRAMMERS = re.compile(r"Error|Exception|Traceback|Errno|errno|av\w*_|0x|\bNone\b|\bnan\b|[<>{}\[\]]")
_LONGEST_CAUSE = 200


def what_becomes(worker: Worker, kind: str, path: Path) -> str:
    """The cause why it failed, or "" when it was indexed sanely. `AssertionError` for anything else."""
    try:
        found = worker.run(Task(kind, path, path.name), lambda _: None, lambda: False)
    except FileProblem as problem:
        return _judged(str(problem), problem.details)
    if isinstance(found, VideoAnalysis):
        assert_sane(found)
    else:
        assert isinstance(found, ImageAnalysis)
        assert set(found.words) <= TERMS
    return ""


def _judged(cause: str, details: str) -> str:
    assert is_readable(cause), (cause, details)
    assert "stuck" not in cause, cause
    assert cause != "This file could not be read.", details  # what nobody thought of
    return cause


def is_readable(cause: str) -> bool:
    """Whether a cause is made of sentences."""
    return cause.endswith(".") and len(cause) <= _LONGEST_CAUSE and not _OF_PROGRAMMERS.search(cause)


def assert_sane(found: VideoAnalysis) -> None:
    """Segments in order, without gaps, within the video; everything else within them."""
    info, segments = found.info, found.segments
    assert segments
    assert 0 < info.duration_ms < 1 << 50
    assert all(before.end_ms == after.start_ms for before, after in pairwise(segments))
    assert all(0 <= one.start_ms <= one.keyframe_ms < one.end_ms for one in segments), segments
    assert segments[-1].end_ms <= info.duration_ms
    assert all(segments[0].start_ms <= mark.at_ms < segments[-1].end_ms for mark in found.frames)
    assert all(before.at_ms < after.at_ms for before, after in pairwise(found.frames))
    assert all(0 <= said.start_ms <= said.end_ms <= info.duration_ms for said in found.utterances)
    assert all(set(one.words) <= TERMS for one in segments)
    assert all(is_readable(note) for note in found.notes), found.notes
