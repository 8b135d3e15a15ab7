"""Pages of the web that open in the user's browser, all by one door."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


class WebPage(Enum):
    """The console's pages. Its menu leads from each to the others."""

    KEYS = "https://memories.ai/app/service/key"
    BILLING = "https://memories.ai/app/service/key#billing"
    WEBHOOKS = "https://memories.ai/app/service/key#webhooks"


def open_page(page: WebPage) -> bool:
    """Whether the system has something that opens it."""
    return QDesktopServices.openUrl(QUrl(page.value))
