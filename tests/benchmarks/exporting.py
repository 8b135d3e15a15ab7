"""Export of thousands of selects in every form: looked at, written, read back, proved; and what it takes in memory."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from desktop_search.core.handing_over import CONTACT_SHEETS, Form
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.media.opening import open_video
from desktop_search.media.source_clip import KnownClips
from desktop_search.services.handing_over import HandOver
from tests.benchmarks.measuring import Measured, compare
from tests.clips import Scene, make_clip

_CLIPS = 250
_RUNS = 3
_MORE_EXPORTS = 10


def exporting(folder: Path, selects: int) -> Iterator[Measured]:
    """In seconds, and megabytes."""
    made = make_clip(
        folder / "made.mov", [Scene(20, "navy")], Fraction(25), (320, 180), "Hello.", timecode="10:00:00:00"
    )
    paths = [folder / f"A{number:04d} & co.mov" for number in range(_CLIPS)]
    for path in paths:
        os.link(made.path, path)
    yield compare(
        f"look into {_CLIPS} files",
        lambda: KnownClips().of_all(paths, CancelToken(), lambda _: None),
        "open each, one after the other",
        lambda: [_opened(path) for path in paths],
        _RUNS,
    )
    chosen = [_select(paths[number % _CLIPS], number) for number in range(selects)]
    hand_over, target = HandOver(), folder / "cut"
    for form in Form:
        if form in CONTACT_SHEETS or form is Form.OTIOZ:  # those take as long as their pictures, and their media
            continue
        hand_over.export(chosen, form, target, CancelToken(), lambda _: None)
        content = target.read_bytes()
        yield compare(
            f"{selects:,} selects as {form.value}",
            lambda form=form: hand_over.export(chosen, form, target, CancelToken(), lambda _: None),  # type: ignore[misc]
            f"write and read {len(content) / 1e6:.1f} MB",
            lambda content=content: _written(folder / "bare", content),  # type: ignore[misc]
            _RUNS,
        )
    before_mb = _most_mb()
    for _ in range(_MORE_EXPORTS):
        hand_over.export(chosen, Form.OTIO, target, CancelToken(), lambda _: None)
    after_mb = _most_mb()
    grown_mb = after_mb - before_mb
    what = f"memory: what {_MORE_EXPORTS} more exports add"
    yield Measured(what, grown_mb, grown_mb, "what the process had", before_mb, unit="MB")


def _select(path: Path, number: int) -> Select:
    start_ms = number * 40 % 18_000
    clip = ("local", "default", "VI1")
    return Select(
        0, 1, "", path, clip, path.name, start_ms, start_ms + 2_000, f"note {number}", number % 6, "", ("a", "b")
    )


def _opened(path: Path) -> int:
    with open_video(path) as (_container, stream):
        return stream.frames


def _written(target: Path, content: bytes) -> bytes:
    with target.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return target.read_bytes()


def _most_mb() -> float:
    """The most that this process ever had in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
