"""One way to write each form, and one to read it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_search.core.handing_over import Form
from desktop_search.core.timeline import Timeline
from desktop_search.handoff.edl import edl_text
from desktop_search.handoff.fcp7xml import fcp7_text
from desktop_search.handoff.fcpxml import fcpxml_text
from desktop_search.handoff.marker_lists import avid_locators, events_csv, premiere_marker_csv, resolve_marker_edl
from desktop_search.handoff.otio_file import otio_text, write_otioz
from desktop_search.handoff.reading import ReadEvent, read_edl, read_fcpxml, read_otio

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
_WITH_MARK = frozenset({Form.CSV})  # spreadsheets take a text without it for another encoding


def write(timeline: Timeline, form: Form, target: Path) -> None:
    """Write the file, which must not be there. Raises OSError."""
    if form is Form.OTIOZ:
        write_otioz(timeline, target)
        return
    encoding = "utf-8-sig" if form in _WITH_MARK else "utf-8"
    with target.open("x", encoding=encoding, newline="") as file:
        file.write(_TEXTS[form](timeline))


def read_back(timeline: Timeline, form: Form, target: Path) -> tuple[ReadEvent, ...] | None:
    """The events that are in the file; `None` for lists of marks, which hold no clips."""
    match form:
        case Form.FCPXML:
            return read_fcpxml(target.read_text(encoding="utf-8"))
        case Form.EDL:
            return read_edl(target.read_text(encoding="utf-8"), timeline.timebase.rate)
        case Form.OTIO | Form.OTIOZ | Form.FCP7_XML:
            return read_otio(target, form)
    return None
