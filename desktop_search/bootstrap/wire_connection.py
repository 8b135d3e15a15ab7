"""The connection to the library of the window: made, said while it takes long, and taken back when it works again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop_search.core.errors import AppError, KeyRejected, NotTrusted
from desktop_search.core.language import _
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.services.libraries import Libraries
from desktop_search.ui.library.library_controller import LibraryController
from desktop_search.ui.notices import Notice, NoticeBar

_LANE = "namespaces"


class Connection(QObject):
    """Signals:
    connected(object): the namespaces of the library, which answers.
    certificate_asked(str): the user wants to see the certificate of the server of that address.
    """

    connected = Signal(object)
    certificate_asked = Signal(str)

    def __init__(self, runner: JobRunner, libraries: Libraries, library: LibraryController, notices: NoticeBar) -> None:
        super().__init__(library)
        self._runner, self._libraries, self._library, self._notices = runner, libraries, library, notices
        self._notice: Notice | None = None
        library.failed.connect(self.say)
        library.busy.connect(notices.show_progress)

    def read(self) -> None:
        """Connect to the library, which starts the engine of *This computer*, and ask for its namespaces."""
        library, libraries = self._library.library, self._libraries

        def read(token: CancelToken, _report: Report) -> tuple[str, ...]:
            return libraries.client(library.library_id, token).list_unique_ids(token=token)

        job = self._runner.start(read, lane=_LANE, done=self._on_connected, failed=self.say_lost, latest_wins=True)
        self._notices.show_progress(job, _("Connecting to {library}…").format(library=library.title))

    def works(self, *_answer: object) -> None:
        """What was said about the library not answering is no longer so."""
        if self._notice is not None and self._notice in self._notices.notices:
            self._notice.dismiss()

    def say_lost(self, error: AppError) -> None:
        """As `say`, of something that keeps the library from answering at all: until it works again."""
        self._notice = self.say(error)

    def say(self, error: AppError) -> Notice:
        """Say what went wrong with the library; a key that it does not take can be replaced."""
        library = self._library.library
        if isinstance(error, KeyRejected) and not library.is_local:
            action = partial(self._library.manage_key, library.library_id)
            return self._notices.show_error(error, action_text=_("Enter key…"), action=action)
        if isinstance(error, NotTrusted) and not library.is_paid:
            action = partial(self.certificate_asked.emit, library.library_id)
            return self._notices.show_error(error, action_text=_("Look at the certificate…"), action=action)
        return self._notices.show_error(error)

    def _on_connected(self, namespaces: tuple[str, ...]) -> None:
        self.connected.emit(namespaces)
        self.works()
