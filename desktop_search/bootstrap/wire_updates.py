"""Looking for new versions, put into the menu."""

from __future__ import annotations

import os

from desktop_search import RELEASES_URL
from desktop_search.api.releases import newest_release
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.announcing.update_controller import UpdateController
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.notices import NoticeBar

VARIABLE = "DESKTOP_SEARCH_RELEASES"  # where to ask instead: for mirrors, and for trying it out


def wire_updates(runner: JobRunner, window: MainWindow, notices: NoticeBar, commands: CommandSet) -> None:
    """The command that asks; nothing asks by itself."""
    address = os.environ.get(VARIABLE, RELEASES_URL)
    ask = (lambda token: newest_release(address, token)) if address else None
    commands.connect("help.update", UpdateController(runner, notices, ask, window).ask)
