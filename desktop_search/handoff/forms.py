"""One way to write each form, and one to read it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_search.core.handing_over import Arrangement, Form
from desktop_search.core.timeline import Timeline
from desktop_search.handoff.edl import edl_text
from desktop_search.handoff.fcp7xml import fcp7_sources_text, fcp7_text
from desktop_search.handoff.fcpxml import fcpxml_sources_text, fcpxml_text
from desktop_search.handoff.marker_lists import avid_locators, events_csv, premiere_marker_csv, resolve_marker_edl
from desktop_search.handoff.otio_file import otio_sources_text, otio_text, write_otioz
from desktop_search.handoff.reading import ReadEvent, read_edl, read_otio, read_otio_sources
from desktop_search.handoff.reading_xml import read_fcp7, read_fcp7_sources, read_fcpxml, read_fcpxml_sources

_TEXTS: dict[Form, Callable[[Timeline], str]] = {
    Form.FCPXML: fcpxml_text,
    Form.FCP7_XML: fcp7_text,
    Form.OTIO: otio_text,
    Form.EDL: edl_text,
    Form.RESOLVE_MARKERS: resolve_marker_edl,
    Form.PREMIERE_MARKERS: premiere_marker_csv,
    Form.AVID_LOCATORS: avid_locators,
    Form.CSV: events_csv,
}
_SOURCES_TEXTS: dict[Form, Callable[[Timeline], str]] = {
    Form.FCPXML: fcpxml_sources_text,
    Form.FCP7_XML: fcp7_sources_text,
    Form.OTIO: otio_sources_text,
}
_WITH_MARK = frozenset({Form.CSV})  # spreadsheets take a text without it for another encoding


def write(timeline: Timeline, form: Form, target: Path, arrangement: Arrangement = Arrangement.TIMELINE) -> None:
    """Write the file, which must not be there. Raises OSError."""
    if form is Form.OTIOZ:
        write_otioz(timeline, target)
        return
    texts = _SOURCES_TEXTS if arrangement is Arrangement.SOURCES else _TEXTS
    encoding = "utf-8-sig" if form in _WITH_MARK else "utf-8"
    with target.open("x", encoding=encoding, newline="") as file:
        file.write(texts[form](timeline))


def read_back(
    timeline: Timeline, form: Form, target: Path, arrangement: Arrangement = Arrangement.TIMELINE
) -> tuple[ReadEvent, ...] | None:
    """The events that are in the file; `None` for lists of marks, which hold no clips."""
    is_timeline = arrangement is Arrangement.TIMELINE
    match form:
        case Form.FCPXML:
            return (read_fcpxml if is_timeline else read_fcpxml_sources)(target.read_text(encoding="utf-8"))
        case Form.FCP7_XML:
            return (read_fcp7 if is_timeline else read_fcp7_sources)(target.read_text(encoding="utf-8"))
        case Form.EDL:
            return read_edl(target.read_text(encoding="utf-8"), timeline.timebase.rate)
        case Form.OTIO | Form.OTIOZ:
            return read_otio(target, form) if is_timeline else read_otio_sources(target)
    return None
