"""Selects as a contact sheet: the first frame of each, taken anew, and what is known of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_search.core.contact_sheet import Sheet, SheetEntry
from desktop_search.core.errors import FileProblem
from desktop_search.core.handing_over import Form, HandedOver, Progress, Stage
from desktop_search.core.language import _, ngettext
from desktop_search.core.selects import Select
from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import SourceClip, Timeline, TimelineEvent, counting_like
from desktop_search.core.token import CancelToken
from desktop_search.handoff.sheet_html import write_sheet_html
from desktop_search.handoff.words import clip_name, plain
from desktop_search.media.frames import as_jpeg
from desktop_search.media.stills import stills
from desktop_search.services.handing_over import HandOver, Report, written_whole

_SIDE_PX = 480

WriteSheet = Callable[[Sheet, Path], None]


class ContactSheets:
    """Safe from any thread; may take long."""

    def __init__(self, hand_over: HandOver, write_pdf: WriteSheet) -> None:
        """`write_pdf` writes a sheet as PDF, and raises `OSError`."""
        self._hand_over = hand_over
        self._writers: dict[Form, WriteSheet] = {Form.HTML: write_sheet_html, Form.PDF: write_pdf}

    def export(
        self, selects: Sequence[Select], form: Form, target: Path, token: CancelToken, report: Report
    ) -> HandedOver:
        """Write the sheet whole, or not at all. Raises as `HandOver.export` does."""
        events = self._hand_over.events_of(selects, token, report)
        with written_whole(target) as fresh:
            fresh.touch(exist_ok=False)  # found out before pictures are taken for long
            fresh.unlink()
            with tempfile.TemporaryDirectory(prefix="contact-sheet-") as folder:
                pictures = _pictures(events, Path(folder), token, report)
                entries = tuple(map(_entry, range(1, 1 + len(events)), events, pictures))
                self._writers[form](Sheet(target.stem, _summary(events), entries), fresh)
            token.check()
        said = ngettext("{count} entry written", "{count} entries written", len(events))
        return HandedOver(target, len(events), said)


def _pictures(events: Sequence[TimelineEvent], folder: Path, token: CancelToken, report: Report) -> list[Path]:
    """The first frame of each event as a JPEG file; those of one clip are taken in one run through it."""
    places = [folder / f"{number}.jpg" for number in range(len(events))]
    of_clip: dict[SourceClip, list[int]] = {}
    for number, event in enumerate(events):
        of_clip.setdefault(event.clip, []).append(number)
    done = 0
    for clip, numbers in of_clip.items():
        numbers.sort(key=lambda number: events[number].in_frame)
        times_ms = [clip.timebase.middle_ms(events[number].in_frame) for number in numbers]
        taken = stills(clip.path, times_ms, _SIDE_PX, token, is_exact=True)
        try:
            for number, still in zip(numbers, taken, strict=True):
                places[number].write_bytes(as_jpeg(still.picture))
                done += 1
                report(Progress(Stage.PICTURES, done, len(events)))
        except FileProblem as error:
            raise FileProblem(f"{clip_name(clip.path)}: {error.message}", hint=error.hint) from error
    return places


def _entry(number: int, event: TimelineEvent, picture: Path) -> SheetEntry:
    base = event.clip.timebase
    return SheetEntry(
        number,
        clip_name(event.clip.path),
        plain(str(event.clip.path)),
        base.timecode(event.in_frame),
        base.timecode(event.out_frame),
        Timebase(base.rate, base.drop_frame).timecode(event.frames),
        picture,
        plain(event.note),
        event.rating,
        tuple(map(plain, event.tags)),
        event.colour,
    )


def _summary(events: tuple[TimelineEvent, ...]) -> str:
    base = counting_like(events)
    length = Timebase(base.rate, base.drop_frame).timecode(Timeline("", base, events).frames)
    count = ngettext("{count} range", "{count} ranges", len(events))
    return _("{ranges}, {length} in all").format(ranges=count, length=length)
