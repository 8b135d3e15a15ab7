"""Looks for a newer version of the program when the user asks for it. It installs nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_search import __version__
from desktop_search.core.errors import AppError
from desktop_search.core.language import _
from desktop_search.core.releases import Release, is_newer
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.notices import NoticeBar, NoticeLevel

_LANE = "update"


class UpdateController(QObject):
    """Asks, and says in the notices what it heard.

    Args:
        newest: gives the newest release; `None` where this copy of the program does not know whom to ask.
    """

    def __init__(
        self, runner: JobRunner, notices: NoticeBar, newest: Callable[[CancelToken], Release] | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner, self._notices, self._newest = runner, notices, newest

    def ask(self) -> None:
        """Look now."""
        newest = self._newest
        if newest is None:
            self._notices.show_info(
                _("This is version {version}. Where you got it, you find newer ones.").format(version=__version__)
            )
            return
        job = self._runner.start(
            lambda token, _report: newest(token),
            lane=_LANE,
            done=self._on_heard,
            failed=self._on_failed,
            latest_wins=True,
        )
        self._notices.show_progress(job, _("Looking for a new version…"))

    def _on_heard(self, release: Release) -> None:
        if not is_newer(release.version, __version__):
            text = _("This is the newest version, {version}.").format(version=__version__)
            self._notices.show_info(text)
            return
        self._notices.show_notice(
            NoticeLevel.WARNING,
            _("Version {version} is there; this is {own}. It is not installed by itself.").format(
                version=release.version, own=__version__
            ),
            action_text=_("Open its page"),
            action=lambda: QDesktopServices.openUrl(QUrl(release.page_url)),
        )

    def _on_failed(self, error: AppError) -> None:
        self._notices.show_error(error, action_text=_("Try again"), action=self.ask)
