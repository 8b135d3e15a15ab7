"""The forms in which a timeline can be handed to another program, and what became of handing it over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop_search.core.language import _


class Form(Enum):
    """A kind of file; the value is its name for good, in the preferences."""

    FCPXML = "fcpxml"
    FCP7_XML = "fcp7-xml"
    OTIO = "otio"
    OTIOZ = "otioz"
    EDL = "edl"
    RESOLVE_MARKERS = "resolve-markers"
    PREMIERE_MARKERS = "premiere-markers"
    AVID_LOCATORS = "avid-locators"
    CSV = "csv"
    HTML = "html"
    PDF = "pdf"

    @property
    def title(self) -> str:
        """What it is called, and for what."""
        return _TITLES[self][0]

    @property
    def suffix(self) -> str:
        """How such a file's name ends."""
        return _TITLES[self][1]

    @property
    def arrangements(self) -> tuple[Arrangement, ...]:
        """How the events can be arranged in it; the first is the usual."""
        if self in _ON_SOURCES:
            return (Arrangement.TIMELINE, Arrangement.SOURCES)
        return (Arrangement.TIMELINE,)


class Arrangement(Enum):
    """One after the other, or each on the clip that it is of; the value is its name for good, in the preferences."""

    TIMELINE = "timeline"
    SOURCES = "sources"


_TITLES = {
    Form.FCPXML: (_("FCPXML: Final Cut Pro, DaVinci Resolve"), ".fcpxml"),
    Form.FCP7_XML: (_("Final Cut Pro 7 XML: Premiere Pro, Resolve, and others"), ".xml"),
    Form.OTIO: ("OpenTimelineIO", ".otio"),
    Form.OTIOZ: (_("OpenTimelineIO with all media in it"), ".otioz"),
    Form.EDL: (_("EDL, CMX 3600: almost every program"), ".edl"),
    Form.RESOLVE_MARKERS: (_("Markers for DaVinci Resolve (EDL)"), ".edl"),
    Form.PREMIERE_MARKERS: (_("Markers for Premiere Pro (CSV)"), ".csv"),
    Form.AVID_LOCATORS: (_("Locators for Avid Media Composer (text)"), ".txt"),
    Form.CSV: (_("Table (CSV)"), ".csv"),
    Form.HTML: (_("Contact sheet (HTML)"), ".html"),
    Form.PDF: (_("Contact sheet (PDF)"), ".pdf"),
}
CONTACT_SHEETS = frozenset({Form.HTML, Form.PDF})
_ON_SOURCES = frozenset({Form.FCPXML, Form.FCP7_XML, Form.OTIO})


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of it.

    Attributes:
        said: in a few words, such as "12/12 events frame-exact".
        problems: what is not exact, and why; empty where all is.
    """

    target: Path
    events: int
    said: str
    problems: tuple[str, ...] = ()


class Stage(Enum):
    """What an export is at."""

    LOOKING = "looking"
    PICTURES = "pictures"
    CLIPS = "clips"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is: so many `of` all are done, and of the next so many thousandths."""

    stage: Stage
    done: int
    of: int
    permille: int = 0
