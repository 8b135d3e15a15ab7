"""Pages of the web that open in the user's browser, all by one door."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_CONSOLE = "https://memories.ai/app/service/key"


class WebPage(Enum):
    """What the console of the service is opened for.

    Only the address of its page of keys is public, where credits are bought too; its menu leads to all others, so all
    of them open there.
    """

    KEYS = "keys"
    BILLING = "billing"
    WEBHOOKS = "webhooks"

    @property
    def address(self) -> str:
        """What the browser is given."""
        return _CONSOLE


def open_page(page: WebPage) -> bool:
    """Whether the system has something that opens it."""
    return QDesktopServices.openUrl(QUrl(page.address))
