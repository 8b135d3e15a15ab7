"""The engine's calls about people (docs/people.md). No other library is asked any of them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from desktop_search.api import parsing, wire
from desktop_search.api.calling import Caller
from desktop_search.api.endpoints import Endpoint
from desktop_search.api.exchange import Request
from desktop_search.core.calls import CallKind
from desktop_search.core.people import Face, PeopleState, Person
from desktop_search.core.token import CancelToken

PICTURES_MAX = 100  # in one call
_LIST = Endpoint("GET", "/people", CallKind.LIST, "")
_FACES = Endpoint("GET", "/people/faces", CallKind.LIST, "")
_PICTURES = Endpoint("GET", "/people/pictures", CallKind.LIST, "")


class PeopleCalls:
    """Each raises an `AppError`, and `Cancelled` soon after the token is cancelled."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def state(self, token: CancelToken) -> PeopleState:
        """Everybody, and how far it is."""
        return _state(self._caller.call(Request(_LIST), token))

    def faces(self, person_id: int, token: CancelToken) -> tuple[Face, ...]:
        """Where somebody was seen, best first."""
        answer = self._caller.call(Request(_FACES, {"person_id": str(person_id)}), token)
        return tuple(
            Face(
                wire.count(row, "face_id") or 0,
                wire.text(row, "video_no"),
                wire.text(row, "video_name", "image_name"),
                wire.text(row, "unique_id"),
                wire.count(row, "start_ms") or 0,
                wire.text(row, "image_id"),
                parsing.blob(row, "") if row.get("image_id") else None,
            )
            for row in wire.rows({"faces": answer}, "faces")
        )

    def pictures(self, face_ids: Sequence[int], token: CancelToken) -> dict[int, bytes]:
        """The faces as JPEG, as far as they are there; at most `PICTURES_MAX`."""
        query = {"face_ids": ",".join(map(str, face_ids))}
        answer = self._caller.call(Request(_PICTURES, query), token)
        return {each: jpeg for each in face_ids if (jpeg := _jpeg(answer, each)) is not None}

    def switch(self, on: bool, token: CancelToken) -> PeopleState:
        """Look through footage from now on, or no longer."""
        return self._change("", {"on": on}, token)

    def rename(self, person_id: int, name: str, token: CancelToken) -> PeopleState:
        """Give somebody a name."""
        return self._change("/name", {"person_id": person_id, "name": name}, token)

    def merge(self, into: int, others: Sequence[int], token: CancelToken) -> PeopleState:
        """They are all one person."""
        return self._change("/merge", {"into": into, "person_ids": [str(each) for each in others]}, token)

    def split(self, face_ids: Sequence[int], token: CancelToken) -> PeopleState:
        """These faces are of somebody else."""
        return self._change("/split", {"face_ids": [str(each) for each in face_ids]}, token)

    def remove_faces(self, face_ids: Sequence[int], token: CancelToken) -> PeopleState:
        """Forget these faces."""
        return self._change("/remove_faces", {"face_ids": [str(each) for each in face_ids]}, token)

    def delete_all(self, token: CancelToken) -> PeopleState:
        """Switch it off, and forget everything."""
        return self._change("/delete", {}, token)

    def _change(self, path: str, body: dict[str, object], token: CancelToken) -> PeopleState:
        endpoint = Endpoint("POST", f"/people{path}", CallKind.LIST, "", repeatable=False)
        return _state(self._caller.call(Request(endpoint, json_body=body), token))


def _state(data: object) -> PeopleState:
    answer = data if isinstance(data, dict) else {}
    models, progress = (answer.get(name) for name in ("models", "progress"))
    models = models if isinstance(models, dict) else {}
    progress = progress if isinstance(progress, dict) else {}
    return PeopleState(
        is_on=answer.get("on") is True,
        has_models=models.get("face") is True and models.get("person") is True,
        done=wire.count(progress, "done") or 0,
        total=wire.count(progress, "total") or 0,
        people=tuple(
            Person(
                wire.count(row, "person_id") or 0,
                wire.text(row, "name"),
                wire.count(row, "faces") or 0,
                wire.count(row, "videos") or 0,
                wire.count(row, "face_id"),
            )
            for row in wire.rows(answer, "people")
        ),
    )


def _jpeg(answer: object, face_id: int) -> bytes | None:
    text = answer.get(str(face_id)) if isinstance(answer, dict) else None
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except binascii.Error:
        return None
