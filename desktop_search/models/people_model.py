"""People, and the faces of one of them, as rows with pictures that may come later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QImage

from desktop_search.core.language import _, ngettext
from desktop_search.core.people import Face, Person
from desktop_search.models.kept_rows import replace_rows
from desktop_search.models.result_words import one_line
from desktop_search.models.upload_words import plain_line

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_MIME = "application/x-desktop-search-people"
_Role = Qt.ItemDataRole
PICTURE_PX = 72


class _PicturedRows(QAbstractListModel):
    """Rows, each with the id of a face that shows it."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures: dict[int, QImage] = {}
        self._none_yet = QImage(PICTURE_PX, PICTURE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        self._none_yet.fill(Qt.GlobalColor.transparent)

    def face_id(self, row: int) -> int | None:
        """The face that shows the row."""
        raise NotImplementedError

    def put_pictures(self, pictures: Mapping[int, QImage]) -> None:
        """These have come; they are shown `PICTURE_PX` large."""
        for face_id, picture in pictures.items():
            picture.setDevicePixelRatio(max(1, picture.width()) / PICTURE_PX)
            self._pictures[face_id] = picture
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0), [_Role.DecorationRole])

    def missing_pictures(self) -> list[int]:
        """The faces whose pictures are wanted, in the order of the rows."""
        wanted = (self.face_id(row) for row in range(self.rowCount()))
        return [each for each in wanted if each is not None and each not in self._pictures]

    def picture(self, row: int) -> QImage | None:
        """The picture of a row, if it has come."""
        face_id = self.face_id(row)
        return None if face_id is None else self._pictures.get(face_id)

    def shown_picture(self, row: int) -> QImage:
        """The same, else an empty one: a view gives all rows the room that the first one takes at the beginning."""
        return self.picture(row) or self._none_yet


class PeopleModel(_PicturedRows):
    """Everybody. A name is changed in place; one dropped on another means that they are the same.

    Signals:
        rename_asked(int, str): this person is called that.
        merge_asked(int, object): the first is the same as those of these ids.
    """

    rename_asked = Signal(int, str)
    merge_asked = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._people: tuple[Person, ...] = ()

    def set_people(self, people: Sequence[Person]) -> None:
        """Show these; who was chosen, and whose name is being written, stays so."""
        if tuple(people) != self._people:
            replace_rows(self, _people_ids(self._people), _people_ids(people), lambda: self._put(people))

    def _put(self, people: Sequence[Person]) -> None:
        self._people = tuple(people)

    def person(self, row: int) -> Person:
        """The person of a row."""
        return self._people[row]

    def row_of(self, person_id: int) -> int | None:
        """Where somebody is."""
        return next((row for row, each in enumerate(self._people) if each.person_id == person_id), None)

    def face_id(self, row: int) -> int | None:
        """The face that shows them best."""
        return self._people[row].face_id

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Qt: how many."""
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Qt: the name, or how often the face was seen; and the picture."""
        if not index.isValid():
            return None
        person = self._people[index.row()]
        if role == _Role.DecorationRole:
            return self.shown_picture(index.row())
        if role == _Role.EditRole:
            return person.name
        if role == _Role.DisplayRole:
            return plain_line(one_line(person.name)) if person.name else _seen(person)
        if role in (_Role.ToolTipRole, _Role.AccessibleTextRole):
            name = plain_line(one_line(person.name)) if person.name else _("Without a name")
            return f"{name} · {_seen(person)}"
        return None

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        """Qt: a name was written."""
        name = " ".join(str(value).split())
        if role != _Role.EditRole or not index.isValid() or name == self._people[index.row()].name:
            return False
        self.rename_asked.emit(self._people[index.row()].person_id, name)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Qt: what can be done with a row."""
        flags = super().flags(index)
        if index.isValid():
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Qt: people are dragged within the list alone."""
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt: who is dragged."""
        data = QMimeData()
        ids = (str(self._people[index.row()].person_id) for index in indexes)
        data.setData(_MIME, ",".join(ids).encode("ascii"))
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: _Index) -> bool:
        """Qt: dropped on somebody."""
        if not data.hasFormat(_MIME) or not parent.isValid():
            return False
        into = self._people[parent.row()].person_id
        others = [int(each) for each in bytes(data.data(_MIME).data()).decode("ascii").split(",")]
        others = [each for each in others if each != into]
        if others:
            self.merge_asked.emit(into, others)
        return False  # rows are moved by what the engine answers, not by the view


class FacesModel(_PicturedRows):
    """The faces of one person, best first."""

    def __init__(self) -> None:
        super().__init__()
        self._faces: tuple[Face, ...] = ()

    def set_faces(self, faces: Sequence[Face]) -> None:
        """Show these; what was chosen stays so."""
        if tuple(faces) != self._faces:
            before, now = ([each.face_id for each in some] for some in (self._faces, faces))
            replace_rows(self, before, now, lambda: self._put(faces))

    def _put(self, faces: Sequence[Face]) -> None:
        self._faces = tuple(faces)

    def face(self, row: int) -> Face:
        """The face of a row."""
        return self._faces[row]

    def face_id(self, row: int) -> int | None:
        """The face itself."""
        return self._faces[row].face_id

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Qt: how many."""
        return 0 if parent.isValid() else len(self._faces)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Qt: the clip's name, and the picture."""
        if not index.isValid():
            return None
        if role == _Role.DecorationRole:
            return self.shown_picture(index.row())
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole):
            return plain_line(one_line(self._faces[index.row()].name))
        return None


def _people_ids(people: Sequence[Person]) -> list[int]:
    return [each.person_id for each in people]


def _seen(person: Person) -> str:
    return ngettext("{count} face", "{count} faces", person.faces)
