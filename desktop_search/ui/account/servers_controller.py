"""The dialog of servers with its work: looked at before they are trusted, kept off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_search.core.accounts import Server, ServerLook
from desktop_search.core.errors import AppError
from desktop_search.jobs.runner import JobHandle, JobRunner
from desktop_search.services.libraries import Libraries
from desktop_search.ui.account.server_words import expired_words
from desktop_search.ui.account.servers_dialog import ServersDialog
from desktop_search.ui.dialogs.dressing import bring_up

_LOOKING_LANE, _KEEPING_LANE = "server look", "preferences"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be kept once the certificate is known: the name, and the server it takes the place of."""

    name: str
    former: Server | None


class ServersController(QObject):
    """Opens the one dialog.

    Signals:
        changed(str): the server of that address was added, changed or removed.
        keys_asked(str): the user wants to see to the keys of the server of that address.
        failed(object): an `AppError` while the dialog is closed.
    """

    changed = Signal(str)
    keys_asked = Signal(str)
    failed = Signal(object)

    def __init__(self, runner: JobRunner, libraries: Libraries, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._libraries, self._window = runner, libraries, window
        self._dialog: ServersDialog | None = None
        self._servers: tuple[Server, ...] = ()
        self._looking: JobHandle | None = None
        self._waiting: Server | None = None  # for its certificate to be accepted
        self._former_address = ""

    @property
    def dialog(self) -> ServersDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        self._open("")

    def open_at(self, address: str) -> None:
        """Show the dialog with that server in its form, and look at its certificate at once."""
        self._open(address)

    def _open(self, address: str) -> None:
        if self._dialog is None:
            dialog = self._dialog = ServersDialog(self._window)
            dialog.check_asked.connect(self._on_check_asked)
            dialog.check_cancelled.connect(self._on_check_cancelled)
            dialog.accept_asked.connect(self._on_accepted)
            dialog.remove_asked.connect(self._on_remove_asked)
            dialog.keys_asked.connect(self.keys_asked)
            dialog.destroyed.connect(self._on_destroyed)
        bring_up(self._dialog)
        self._keep(lambda: None, lambda: self._check_kept(address) if address else None)

    def _check_kept(self, address: str) -> None:
        server = next((each for each in self._servers if each.address == address), None)
        if self._dialog is not None and server is not None:
            self._dialog.edit(server)
            self._dialog.ask_check()

    def _on_check_asked(self, typed: str, name: str, former_address: str) -> None:
        former = next((each for each in self._servers if each.address == former_address), None)
        libraries, asked = self._libraries, _Asked(name, former)
        self._looking = self._runner.start(
            lambda token, _report: libraries.look_at(typed, token),
            lane=_LOOKING_LANE,
            done=lambda look: self._on_looked(look, asked),
            failed=self._on_failed,
            latest_wins=True,
        )

    def _on_check_cancelled(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def _on_looked(self, look: ServerLook, asked: _Asked) -> None:
        if self._dialog is None:
            return
        kept = asked.former.fingerprint if asked.former and asked.former.address == look.address else ""
        self._former_address = asked.former.address if asked.former else ""
        server = Server(look.address, asked.name, "" if look.is_trusted else look.fingerprint)
        if look.is_trusted or not look.fingerprint or look.fingerprint == kept:
            self._probe_and_keep(server)
        elif look.is_expired:
            self._dialog.show_problem(expired_words(look))
        else:
            self._waiting = server
            self._dialog.show_certificate(look, kept)

    def _on_accepted(self) -> None:
        if self._waiting is not None and self._dialog is not None:
            self._dialog.set_busy(True)
            self._probe_and_keep(self._waiting)

    def _probe_and_keep(self, server: Server) -> None:
        libraries = self._libraries
        self._looking = self._runner.start(
            lambda token, _report: libraries.probe(server, token),
            lane=_LOOKING_LANE,
            done=lambda _nothing: self._keep_server(server),
            failed=self._on_failed,
            latest_wins=True,
        )

    def _keep_server(self, server: Server) -> None:
        libraries, former = self._libraries, self._former_address
        self._waiting = None

        def kept() -> None:
            if self._dialog is not None:
                self._dialog.begin_new()
            self.changed.emit(server.address)

        self._keep(lambda: libraries.keep_server(server, former), kept)

    def _on_remove_asked(self, address: str) -> None:
        self._keep(lambda: self._libraries.remove_server(address), lambda: self.changed.emit(address))

    def _keep(self, change: Callable[[], None], then: Callable[[], object]) -> None:
        libraries = self._libraries

        def keep(_token: object, _report: object) -> tuple[Server, ...]:
            change()
            return libraries.servers()

        def show(servers: tuple[Server, ...]) -> None:
            self._servers = servers
            if self._dialog is not None:
                self._dialog.set_servers(servers)
            then()

        self._runner.start(keep, lane=_KEEPING_LANE, done=show, failed=self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(str(error))
        else:
            self.failed.emit(error)

    def _on_destroyed(self, _dialog: Any = None) -> None:  # noqa: ANN401 - Qt's
        self._dialog = self._waiting = None
