"""People of *This computer*: switched on and off, named, merged, split, searched for, and all forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.language import _, ngettext, number
from desktop_search.core.people import Face, PeopleState, Person
from desktop_search.models.people_model import FacesModel, PeopleModel
from desktop_search.ui.dialogs.dressing import close_box, dress_dialog
from desktop_search.ui.people.delete_strip import DeleteStrip
from desktop_search.ui.people.people_views import faces_view, people_view
from desktop_search.ui.style.empty_note import EmptyNote
from desktop_search.ui.style.labels import say, wrapped_label

_ABOUT = _(
    "Faces in your footage are gathered into people, whom you can name and search for: person:Anna. All of it stays on "
    "this computer, is off until you switch it on, and can be deleted at once."
)
_NO_MODELS = _(
    "Two models are needed: YuNet finds faces, SFace tells whose they are. Without them faces are only counted: search "
    "for “close-up”, “two people” or “group”."
)


class PeopleDialog(QDialog):
    """Stays open beside the window if wanted. It acts on nothing by itself.

    Signals:
        switch_asked(bool): gather people from now on, or no longer.
        rename_asked(int, str), merge_asked(int, object): of people, by their ids.
        person_chosen(int): the faces of this person are wanted; answer with `show_faces`.
        split_asked(object), remove_asked(object): of faces, by their ids.
        search_asked(str): search for the person of this name.
        moment_asked(Found): show where a face was seen.
        delete_asked(): forget everything.
        models_asked(): show the models.
    """

    switch_asked = Signal(bool)
    rename_asked = Signal(int, str)
    merge_asked = Signal(int, object)
    person_chosen = Signal(int)
    split_asked = Signal(object)
    remove_asked = Signal(object)
    search_asked = Signal(str)
    moment_asked = Signal(object)
    delete_asked = Signal()
    models_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_dialog(self, _("People"), size=(760, 620), least=(600, 480))
        self._chosen: int | None = None
        self.switch = QCheckBox(_("Gather faces into people, on this computer alone"))
        self.models = _button(_("Models…"))
        self._state, self._needs = wrapped_label("caption"), wrapped_label("caption", _NO_MODELS)
        self._problem, self._faces_words = wrapped_label("problem"), wrapped_label("strong")
        self.people, self.faces = PeopleModel(), FacesModel()
        self.people_view = people_view(self.people, _("People"))
        self.faces_view = faces_view(self.faces, _("Faces of the chosen person"))
        self._nobody = EmptyNote(self.people_view, "").label
        EmptyNote(self.faces_view, _("Choose somebody to see their faces."))
        self.name, self.merge, self.search = _button(_("Name…")), _button(_("Merge")), _button(_("Search"))
        self.split, self.remove = _button(_("Somebody else")), _button(_("Forget faces"))
        self.delete = _button(_("Delete everything…"))
        self.strip = DeleteStrip()
        self._lay_out()
        self._connect()
        self.show_state(PeopleState())
        say(self._problem, "")

    def show_state(self, state: PeopleState) -> None:
        """What is known now. Who was chosen stays so, and a name that is being written too."""
        self.switch.setEnabled(state.has_models or state.is_on)
        self.switch.setChecked(state.is_on)
        self._needs.setVisible(not state.has_models)
        self.models.setVisible(not state.has_models)
        say(self._state, _state_words(state))
        self.people.set_people(state.people)
        off, none = _("Nobody is looked for while this is switched off."), _("Nobody was found in your footage yet.")
        self._nobody.setText(none if state.is_on else off)
        self.delete.setEnabled(bool(state.people))
        self._on_people_selected()

    def show_faces(self, person_id: int, faces: Sequence[Face]) -> None:
        """The faces of somebody, if that is still the one who is chosen."""
        if person_id == self._chosen:
            self.faces.set_faces(faces)
            self._show_choice()

    def put_pictures(self, pictures: Mapping[int, QImage]) -> None:
        """Pictures of faces have come."""
        self.people.put_pictures(pictures)
        self.faces.put_pictures(pictures)

    def show_problem(self, words: str) -> None:
        """What went wrong; "" for nothing."""
        say(self._problem, words)

    @property
    def chosen_people(self) -> tuple[Person, ...]:
        """Those that are chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.people_view.selectionModel().selectedIndexes())
        return tuple(self.people.person(row) for row in rows)

    def _chosen_faces(self) -> list[int]:
        rows = sorted(index.row() for index in self.faces_view.selectionModel().selectedIndexes())
        return [self.faces.face(row).face_id for row in rows]

    def _on_people_selected(self) -> None:
        chosen = self.chosen_people
        person_id = chosen[0].person_id if len(chosen) == 1 else None
        if person_id != self._chosen:
            self._chosen = person_id
            self.faces.set_faces(())
            if person_id is not None:
                self.person_chosen.emit(person_id)
        self._show_choice()

    def _show_choice(self) -> None:
        chosen, faces = self.chosen_people, self._chosen_faces()
        self.name.setEnabled(len(chosen) == 1)
        self.merge.setEnabled(len(chosen) > 1)
        self.search.setEnabled(len(chosen) == 1 and bool(chosen[0].name))
        self.split.setEnabled(bool(faces) and len(faces) < self.faces.rowCount())
        self.remove.setEnabled(bool(faces))
        words = ""
        if len(chosen) == 1:
            words = chosen[0].name or _("Without a name")
        elif chosen:
            words = ngettext("{count} person chosen", "{count} people chosen", len(chosen))
        say(self._faces_words, words)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.switch, 1)
        top.addWidget(self.models)
        people = QVBoxLayout()
        people.addWidget(self.people_view, 1)
        people.addLayout(_row(self.name, self.merge, self.search))
        faces = QVBoxLayout()
        faces.addWidget(self._faces_words)
        faces.addWidget(self.faces_view, 1)
        faces.addLayout(_row(self.split, self.remove))
        both = QHBoxLayout()
        both.addLayout(people, 3)
        both.addLayout(faces, 2)
        foot = QHBoxLayout()
        foot.addWidget(self.delete)
        foot.addStretch(1)
        foot.addWidget(close_box(self))
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(wrapped_label("caption", _ABOUT))
        column.addLayout(top)
        for widget in (self._needs, self._state, self._problem):
            column.addWidget(widget)
        column.addLayout(both, 1)
        column.addWidget(self.strip)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.switch.clicked.connect(self.switch_asked)
        self.models.clicked.connect(self.models_asked)
        self.people.rename_asked.connect(self.rename_asked)
        self.people.merge_asked.connect(self.merge_asked)
        self.people_view.selectionModel().selectionChanged.connect(self._on_people_selected)
        self.faces_view.selectionModel().selectionChanged.connect(self._show_choice)
        self.faces_view.activated.connect(self._on_face_activated)
        self.name.clicked.connect(self._on_name_clicked)
        self.merge.clicked.connect(self._on_merge_clicked)
        self.search.clicked.connect(lambda: self.search_asked.emit(self.chosen_people[0].name))
        self.split.clicked.connect(lambda: self.split_asked.emit(self._chosen_faces()))
        self.remove.clicked.connect(lambda: self.remove_asked.emit(self._chosen_faces()))
        self.delete.clicked.connect(self.strip.ask)
        self.strip.confirmed.connect(self.delete_asked)
        self.strip.left.connect(self.delete.setFocus)

    def _on_face_activated(self, index: QModelIndex) -> None:
        self.moment_asked.emit(self.faces.face(index.row()).found)

    def _on_name_clicked(self) -> None:
        row = self.people.row_of(self.chosen_people[0].person_id)
        if row is not None:
            self.people_view.setFocus()
            self.people_view.setCurrentIndex(self.people.index(row, 0))
            self.people_view.edit(self.people.index(row, 0))

    def _on_merge_clicked(self) -> None:
        first, *others = self.chosen_people
        self.merge_asked.emit(first.person_id, [each.person_id for each in others])


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _state_words(state: PeopleState) -> str:
    if not state.is_on:
        return _("Switched off: what is known is kept, and not used.") if state.people else ""
    if state.done < state.total:
        words = _("{done} of {total} clips and images looked through")
        return words.format(done=number(state.done), total=number(state.total))
    if not state.people:
        return _("No face was found yet.")
    return ngettext("{count} person", "{count} people", len(state.people))
