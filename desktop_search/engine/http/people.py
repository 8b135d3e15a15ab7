"""People, outside the contract and for the engine's own key alone: see docs/people.md."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desktop_search.engine.http import places, rules
from desktop_search.engine.http.context import Context, own_context
from desktop_search.engine.http.envelope import ApiError, success
from desktop_search.engine.http.json_fields import JsonFields, read_json
from desktop_search.engine.http.text_fields import query_fields
from desktop_search.engine.library.accounts import OWN_ACCOUNT, name_in
from desktop_search.engine.store.people import FacePlace

PEOPLE_PATH = "/serve/engine/v1/people"
NAME_MAX_CHARS, FACES_MAX, PICTURES_MAX = 100, 500, 100

Json = dict[str, Any]
_Change = Callable[[Context, JsonFields], object]


def people_routes() -> list[Route]:
    """Listing, pictures and changes."""
    changes: dict[str, _Change] = {
        "": _switch,
        "/name": _name,
        "/merge": _merge,
        "/split": _split,
        "/remove_faces": _remove_faces,
        "/delete": _delete,
    }
    return [
        Route(PEOPLE_PATH, list_people, methods=["GET"]),
        Route(f"{PEOPLE_PATH}/faces", list_faces, methods=["GET"]),
        Route(f"{PEOPLE_PATH}/pictures", pictures, methods=["GET"]),
        *(Route(PEOPLE_PATH + path, _changing(change), methods=["POST"]) for path, change in changes.items()),
    ]


async def list_people(request: Request) -> Response:
    """`GET /serve/engine/v1/people`: whether it is on, how far it is, and everybody."""
    context = own_context(request)
    return success(await run_in_threadpool(_state, context))


async def list_faces(request: Request) -> Response:
    """`GET …/people/faces?person_id=…`: where somebody was seen, best first."""
    context = own_context(request)
    person_id = query_fields(request).integer("person_id")
    if person_id is None:
        raise ApiError("The person_id parameter cannot be empty!")

    def answer() -> object:
        return [_face(context, face) for face in context.library.store.people.faces_of(person_id, FACES_MAX)]

    return success(await run_in_threadpool(answer))


async def pictures(request: Request) -> Response:
    """`GET …/people/pictures?face_ids=7,8`: faces as JPEG, in Base64, by their ids."""
    context = own_context(request)
    texts = (query_fields(request).text("face_ids") or "").split(",")[:PICTURES_MAX]
    face_ids = [int(each) for each in texts if _is_id(each)]
    found = await run_in_threadpool(context.library.store.people.pictures, face_ids)
    return success({str(face_id): base64.b64encode(jpeg).decode("ascii") for face_id, jpeg in found.items()})


def _face(context: Context, face: FacePlace) -> Json:
    """Where a face was seen: in a segment of a video, or in an image."""
    place: Json = {"face_id": face.face_id, "unique_id": name_in(OWN_ACCOUNT, face.scope)}
    image = None if face.image_id is None else context.library.store.images.get(face.image_id)
    if image is not None:
        bucket, blob = places.of_image(image)
        return place | {"image_id": str(image.image_id), "image_name": image.name, "bucket": bucket, "blob": blob}
    moment = {"start_ms": face.start_ms, "at_ms": face.at_ms}
    return place | {"video_no": f"VI{face.video_id}", "video_name": face.name} | moment


def _changing(change: _Change) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        context = own_context(request)
        fields = JsonFields(await read_json(request, lenient=False), lenient=False)
        return success(await run_in_threadpool(change, context, fields))

    return answer


def _state(context: Context) -> Json:
    people = context.library.people
    face, person = people.models_here
    progress = people.progress()
    return {
        "on": people.is_on,
        "models": {"face": face, "person": person},
        "progress": None if progress is None else {"done": progress[0], "total": progress[1]},
        "people": [
            {
                "person_id": each.person_id,
                "name": each.name,
                "faces": each.faces,
                "videos": each.videos,
                "face_id": each.face_id,
            }
            for each in context.library.store.people.all()
        ],
    }


def _switch(context: Context, fields: JsonFields) -> Json:
    on = fields.flag("on")
    if on is None:
        raise ApiError("The on parameter cannot be empty!")
    context.library.people.switch(on=on)
    return _state(context)


def _name(context: Context, fields: JsonFields) -> Json:
    name = " ".join(rules.at_most("name", fields.text("name") or "", NAME_MAX_CHARS).split())
    if '"' in name or "“" in name or "”" in name:
        raise ApiError("A name cannot have quotation marks.")
    return _changed(context, context.library.store.people.rename(_id(fields, "person_id"), name))


def _merge(context: Context, fields: JsonFields) -> Json:
    return _changed(context, context.library.store.people.merge(_id(fields, "into"), _ids(fields, "person_ids")))


def _split(context: Context, fields: JsonFields) -> Json:
    person_id = context.library.store.people.split(_ids(fields, "face_ids"))
    return {**_changed(context, person_id is not None), "person_id": person_id}


def _remove_faces(context: Context, fields: JsonFields) -> Json:
    answer = _changed(context, context.library.store.people.remove_faces(_ids(fields, "face_ids")))
    context.library.tidying.wake()
    return answer


def _delete(context: Context, _fields: JsonFields) -> Json:
    context.library.people.delete_all()
    return _state(context)


def _changed(context: Context, is_there: bool) -> Json:
    if not is_there:
        raise ApiError("There is no such person, or no such face.")
    return _state(context)


def _id(fields: JsonFields, name: str) -> int:
    value = fields.integer(name)
    if value is None:
        raise ApiError(f"The {name} parameter cannot be empty!")
    return value


def _ids(fields: JsonFields, name: str) -> list[int]:
    texts = fields.texts(name)
    if not texts or not all(map(_is_id, texts)):
        raise ApiError(f"The {name} parameter must hold numbers as texts.")
    return list(dict.fromkeys(int(each) for each in texts))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
