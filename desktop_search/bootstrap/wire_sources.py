"""The other ways by which footage comes in, put into the window: the web, and watched folders."""

from __future__ import annotations

from desktop_search.bootstrap.services import Services
from desktop_search.jobs.runner import JobRunner
from desktop_search.ui.commands.command_set import CommandSet
from desktop_search.ui.imports.imports_controller import ImportsController
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.main_window import MainWindow
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.uploads.uploads_controller import UploadsController
from desktop_search.ui.uploads.uploads_pane import UploadsPane
from desktop_search.ui.watching.watched_controller import WatchedController


class Sources:
    """The two controllers, joined to the menu, the library switch and the uploads."""

    def __init__(
        self,
        services: Services,
        runner: JobRunner,
        window: MainWindow,
        library: LibraryController,
        notices: NoticeBar,
        commands: CommandSet,
    ) -> None:
        self.imports = ImportsController(runner, services.imports, services.preferences.load, window)
        self.watched = WatchedController(runner, services.watcher, window)
        commands.connect("file.import", self.imports.open)
        commands.connect("file.watched-folders", self.watched.open)
        library.keys_changed.connect(self.imports.try_again)
        for each in (self.imports, self.watched):
            library.library_changed.connect(each.set_library)
            each.failed.connect(notices.show_error)

    def join(self, uploads: UploadsController, pane: UploadsPane) -> None:
        """Links that are dropped go to the imports; what watched folders bring is shown."""
        pane.links_dropped.connect(self.imports.open)
        self.watched.added.connect(uploads.show_added)

    def start(self) -> None:
        """Go on with the imports of the last run, and begin to look into the folders."""
        self.imports.start()
        self.watched.start()
