"""Pages of the web that open in the user's browser, all by one door."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_CONSOLE = "https://api-platform.memories.ai"
_PAYMENT = f"{_CONSOLE}/stripe"  # the page of credits; API Key Management is a part of it (contract §2)


class WebPage(Enum):
    """What the console of the service is opened for; the addresses are those that the service's own examples give."""

    KEYS = "keys"
    BILLING = "billing"
    WEBHOOKS = "webhooks"

    @property
    def address(self) -> str:
        """What the browser is given."""
        return f"{_CONSOLE}/webhooks" if self is WebPage.WEBHOOKS else _PAYMENT


def open_page(page: WebPage) -> bool:
    """Whether the system has something that opens it."""
    return QDesktopServices.openUrl(QUrl(page.address))
