"""Announcements of the desktop, put into the window: by D-Bus on Linux, by the system's tray elsewhere."""

from __future__ import annotations

import sys
from functools import partial

from desktop_search.bootstrap.wire_sources import Sources
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.announcing.announcer import Announcer
from desktop_search.ui.announcing.raising import bring_to_front
from desktop_search.ui.announcing.tray import TrayAnnouncements
from desktop_search.ui.dialogs.preferences_controller import PreferencesController
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.uploads.uploads_controller import UploadsController

if sys.platform == "linux":  # elsewhere there is no D-Bus, and so not the package for it
    from desktop_search.services.desktop_notices import DesktopNotice, DesktopNotices

_LANE = "notifications"


def wire_announcing(
    runner: JobRunner,
    window: MainWindow,
    uploads: UploadsController,
    sources: Sources,
    preferences: PreferencesController,
    *,
    is_on: bool,
) -> Announcer:
    """The announcer, which hears of uploads and imports, and follows the preferences."""
    announcer = Announcer(window)
    announcer.set_on(is_on)
    if sys.platform == "linux":
        notices = DesktopNotices()
        runner.start(notices.run, lane=_LANE, progress=lambda click: bring_to_front(window, click.activation_token))
        announcer.announced.connect(lambda line, text: notices.show(DesktopNotice(line, text)))
    else:
        announcer.announced.connect(TrayAnnouncements(partial(bring_to_front, window), window).announce)
    uploads.changed.connect(announcer.see_uploads)
    sources.imports.changed.connect(announcer.see_import)
    preferences.notify_changed.connect(announcer.set_on)
    return announcer
