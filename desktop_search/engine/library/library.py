"""The library: what the HTTP layer asks for, in terms of videos and images rather than tables and files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_search.engine.library.captioning import Captioning
from desktop_search.engine.library.embedding import Embedding
from desktop_search.engine.library.files import Files, accept
from desktop_search.engine.library.ids import Snowflake, now_ms
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.listening_again import ListeningAgain
from desktop_search.engine.library.people import PeopleInFootage
from desktop_search.engine.library.tidying import Tidying
from desktop_search.engine.library.watching import Watch
from desktop_search.engine.store.rows import UNPARSE, Details, Image, Video
from desktop_search.engine.store.store import Store

API_TAG = "api"


@dataclass(frozen=True, slots=True)
class NewImage:
    """An image that was received: where it lies, and the name it was sent with."""

    received: Path
    file_name: str


def clean_name(text: str) -> str:
    """A name that can be stored and sent: file names of this computer need not be Unicode."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class Library:
    """Adds and deletes; searching is in `search.py` and `pictures.py`."""

    def __init__(
        self,
        store: Store,
        files: Files,
        indexer: Indexer,
        watch: Watch,
        tidying: Tidying,
        embedding: Embedding,
        listening: ListeningAgain,
        captioning: Captioning,
        people: PeopleInFootage,
    ) -> None:
        self.store, self.files, self.indexer = store, files, indexer
        self.watch, self.tidying, self.embedding, self.listening = watch, tidying, embedding, listening
        self.captioning, self.people = captioning, people
        row = store.database.reading().execute(
            "SELECT max(last) AS last FROM (SELECT max(id) AS last FROM videos UNION ALL SELECT max(id) FROM images"
            " UNION ALL SELECT max(id) FROM namespaces)"
        )
        self._ids = Snowflake(row.fetchone()["last"] or 0)

    def clean_up(self) -> None:
        """Remove what a run that was cut off left: for the start, before anything is added."""
        names = self.store.leftovers.all()
        self.files.sweep(names, self.store.videos.all_ids())
        if names:
            self.store.leftovers.remove(names)

    def new_id(self) -> int:
        """An identifier that was never given out."""
        return self._ids.next()

    def use_namespace(self, name: str) -> None:
        """A namespace exists from its first use."""
        self.store.namespaces.ensure(name, self._ids.next())

    def add_received(
        self, received: Path, file_name: str, details: Details, *, name: str = "", duration_ms: int | None = None
    ) -> Video:
        """Take a received file into the library; indexing follows.

        Its name is the stem of its file unless there is another, its length unknown until then unless it is given.
        """
        video_id = self._ids.next()
        target = self.files.video(video_id, Path(file_name).suffix.lower())
        size_bytes = received.stat().st_size
        self.store.leftovers.add([target.name])
        try:
            accept(received, target)
            name = name or Path(file_name).stem
            return self._add(video_id, target, name, size_bytes, details, in_place=False, duration_ms=duration_ms)
        except BaseException:
            self._unlink([target])
            raise

    def add_in_place(self, file: Path, details: Details) -> Video:
        """Index a file of this computer where it lies; it is never copied, changed or deleted."""
        return self._add(self._ids.next(), file, file.stem, file.stat().st_size, details, in_place=True)

    def _add(
        self,
        video_id: int,
        file: Path,
        name: str,
        size_bytes: int,
        details: Details,
        *,
        in_place: bool,
        duration_ms: int | None = None,
    ) -> Video:
        self.use_namespace(details.namespace)
        name = clean_name(name)
        video = Video(
            video_id=video_id,
            namespace=details.namespace,
            name=name,
            file=file,
            in_place=in_place,
            retain=details.retain,
            status=UNPARSE,
            cause="",
            size_bytes=size_bytes,
            created_ms=now_ms(),
            duration_ms=duration_ms,
            width=None,
            height=None,
            fps=None,
            taken_ms=details.taken_ms,
            camera=details.camera,
            latitude=details.latitude,
            longitude=details.longitude,
            tags=_with_api(details.tags),
            post=details.post,
        )
        self.store.videos.add(video, callback=details.callback, prompt=details.prompt)
        self.indexer.add_video(video_id)
        return video

    def add_images(self, images: Sequence[NewImage], details: Details) -> tuple[list[int], list[Future[Any]]]:
        """Take received images into the library, all or none. Ids, and futures that end when each is searchable."""
        self.use_namespace(details.namespace)
        rows = [(self._new_image(image, details), image.received.stat().st_size) for image in images]
        try:
            self.store.leftovers.add([row.file_name for row, _ in rows])
            for image, (row, _) in zip(images, rows, strict=True):
                accept(image.received, self.files.image(row.image_id, row.suffix))
            self.store.images.add(rows)
        except BaseException:
            self._unlink_images([row for row, _ in rows])
            raise
        ids = [row.image_id for row, _ in rows]
        return ids, [future for each in ids if (future := self.indexer.add_image(each)) is not None]

    def take_back_images(self, image_ids: Sequence[int]) -> None:
        """Remove images again because one of their request could not be read."""
        images = [image for each in image_ids if (image := self.store.images.get(each)) is not None]
        self.store.images.delete(images)
        self._unlink_images(images)

    def delete_videos(self, video_ids: Sequence[int], namespace: str) -> None:
        """Delete those that live in the namespace: rows, index, key frames, and files the engine kept itself."""
        gone = self.store.videos.delete(video_ids, namespace)
        for video in gone:
            self.indexer.drop(video.video_id)
            self.files.drop_keyframes(video.video_id)
        self._unlink([video.file for video in gone if video.file is not None and not video.in_place])
        if gone:
            self.tidying.wake()

    def _new_image(self, image: NewImage, details: Details) -> Image:
        return Image(
            image_id=self._ids.next(),
            namespace=details.namespace,
            name=clean_name(image.file_name),
            suffix=Path(image.file_name).suffix.lower(),
            status=UNPARSE,
            created_ms=now_ms(),
            taken_ms=details.taken_ms,
            camera=details.camera,
            latitude=details.latitude,
            longitude=details.longitude,
            tags=_with_api(details.tags),
        )

    def _unlink_images(self, images: Iterable[Image]) -> None:
        self._unlink([self.files.image(image.image_id, image.suffix) for image in images])

    def _unlink(self, files: Sequence[Path]) -> None:
        for file in files:
            file.unlink(missing_ok=True)
        if files:
            with suppress(sqlite3.Error):  # a full disk: they stay noted until the next start
                self.store.leftovers.remove([file.name for file in files])


def folder_of(video: Video) -> str:
    """The name of the folder an in-place file lies in; "" for files the engine keeps."""
    return clean_name(video.file.parent.name) if video.in_place and video.file is not None else ""


def _with_api(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The service marks what came in through the API; so does the engine."""
    return tags if API_TAG in tags else (*tags, API_TAG)
