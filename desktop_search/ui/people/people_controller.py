"""The dialog of people with its work off the GUI thread; it follows the engine while it is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.people import Face, PeopleState, Person
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.services.people import People
from desktop_search.ui.dialogs.dressing import bring_up
from desktop_search.ui.people.people_dialog import PeopleDialog

LANE, FACES_LANE, PICTURES_LANE = "people", "faces", "face pictures"
_LOOK_EVERY_MS = 2000


class _Calls(Protocol):
    """What a change may do; see `api/people.py`."""

    def switch(self, on: bool, token: CancelToken) -> PeopleState: ...
    def rename(self, person_id: int, name: str, token: CancelToken) -> PeopleState: ...
    def merge(self, into: int, others: Sequence[int], token: CancelToken) -> PeopleState: ...
    def split(self, face_ids: Sequence[int], token: CancelToken) -> PeopleState: ...
    def remove_faces(self, face_ids: Sequence[int], token: CancelToken) -> PeopleState: ...
    def delete_all(self, token: CancelToken) -> PeopleState: ...


_Change = Callable[[_Calls, CancelToken], PeopleState]


class PeopleController(QObject):
    """Opens the one dialog.

    Signals:
        search_asked(str): search for the person of this name.
        moment_asked(Found): show where a face was seen.
        models_asked(): show the models.
    """

    search_asked = Signal(str)
    moment_asked = Signal(object)
    models_asked = Signal()

    def __init__(self, runner: JobRunner, people: People, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._people, self._window = runner, people, window
        self._dialog: PeopleDialog | None = None
        self._has_failed_to_read = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._read)

    @property
    def dialog(self) -> PeopleDialog | None:
        """The dialog while it is open."""
        return self._dialog

    def open(self) -> None:
        """Show the dialog, or bring it to the front."""
        if self._dialog is None:
            self._dialog = self._new_dialog()
            self._read()
        bring_up(self._dialog)

    def _new_dialog(self) -> PeopleDialog:
        dialog = PeopleDialog(self._window)
        dialog.switch_asked.connect(lambda on: self._change(lambda calls, token: calls.switch(on, token)))
        dialog.rename_asked.connect(
            lambda person_id, name: self._change(lambda calls, token: calls.rename(person_id, name, token))
        )
        dialog.merge_asked.connect(
            lambda into, others: self._change(lambda calls, token: calls.merge(into, others, token))
        )
        dialog.split_asked.connect(lambda ids: self._change(lambda calls, token: calls.split(ids, token)))
        dialog.remove_asked.connect(lambda ids: self._change(lambda calls, token: calls.remove_faces(ids, token)))
        dialog.delete_asked.connect(lambda: self._change(lambda calls, token: calls.delete_all(token)))
        dialog.person_chosen.connect(self._read_faces)
        dialog.search_asked.connect(self.search_asked)
        dialog.moment_asked.connect(self.moment_asked)
        dialog.models_asked.connect(self.models_asked)
        dialog.destroyed.connect(self._on_destroyed)
        return dialog

    def _read(self) -> None:
        people = self._people
        self._runner.start(
            lambda token, _report: people.state(token), lane=LANE, done=self._on_read, failed=self._on_unread
        )

    def _change(self, change: _Change) -> None:
        people = self._people
        self._timer.stop()
        if self._dialog is not None:
            self._dialog.show_problem("")
        self._runner.start(
            lambda token, _report: people.change(lambda calls: change(calls, token), token),
            lane=LANE,
            done=self._on_changed,
            failed=self._on_failed,
        )

    def _on_read(self, state: PeopleState) -> None:
        """Why a change was refused stays to be read; why nothing could be read does not."""
        if self._has_failed_to_read and self._dialog is not None:
            self._dialog.show_problem("")
        self._has_failed_to_read = False
        self._on_state(state)

    def _on_unread(self, error: AppError) -> None:
        self._has_failed_to_read = True
        self._on_failed(error)

    def _on_changed(self, state: PeopleState) -> None:
        self._on_state(state)
        if self._dialog is not None and len(self._dialog.chosen_people) == 1:
            self._read_faces(self._dialog.chosen_people[0].person_id)

    def _read_new_faces(self, before: Sequence[Person]) -> None:
        """More of who is chosen was found meanwhile."""
        assert self._dialog is not None
        now = self._dialog.chosen_people
        if len(now) == 1 and any(each.person_id == now[0].person_id and each.faces != now[0].faces for each in before):
            self._read_faces(now[0].person_id)

    def _on_state(self, state: PeopleState) -> None:
        if self._dialog is None:
            return
        before = self._dialog.chosen_people
        self._dialog.show_state(state)
        self._read_new_faces(before)
        self._read_pictures(self._dialog.people.missing_pictures())
        self._timer.start()

    def _read_faces(self, person_id: int) -> None:
        people = self._people

        def show(faces: tuple[Face, ...]) -> None:
            if self._dialog is not None:
                self._dialog.show_faces(person_id, faces)
                self._read_pictures(self._dialog.faces.missing_pictures())

        self._runner.start(
            lambda token, _report: people.faces(person_id, token),
            lane=FACES_LANE,
            done=show,
            failed=self._on_failed,
            latest_wins=True,
        )

    def _read_pictures(self, face_ids: Sequence[int]) -> None:
        if not face_ids:
            return
        people = self._people

        def read(token: CancelToken, report: Report) -> None:
            for some in people.pictures(face_ids, token):
                report({face_id: QImage.fromData(jpeg) for face_id, jpeg in some.items()})

        self._runner.start(read, lane=PICTURES_LANE, progress=self._put_pictures, failed=self._on_failed)

    def _put_pictures(self, pictures: dict[int, QImage]) -> None:
        if self._dialog is not None:
            self._dialog.put_pictures(pictures)

    def _on_failed(self, error: AppError) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(str(error))
            self._timer.start()

    def _on_destroyed(self) -> None:
        self._dialog = None
        self._timer.stop()
        for lane in (FACES_LANE, PICTURES_LANE):
            self._runner.cancel_lane(lane)
