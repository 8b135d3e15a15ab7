"""Below the player: what is said in the clip, what is seen, and what is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from desktop_search.core.language import _
from desktop_search.ui.watch.details_tab import DetailsTab
from desktop_search.ui.watch.transcript_tab import TranscriptTab


class ClipTabs(QTabWidget):
    """Holds the tabs; who fills them is told which one is in front by `currentChanged`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("About the clip"))
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.transcript = TranscriptTab(_("Transcript"), _("Find in transcript"))
        self.captions = TranscriptTab(_("Captions"), _("Find in captions"))
        self.details = DetailsTab()
        self.addTab(self.transcript, _("Transcript"))
        self.addTab(self.captions, _("Captions"))
        self.addTab(self.details, _("Details"))
        self.setMinimumHeight(90)
